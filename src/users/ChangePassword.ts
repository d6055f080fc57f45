import { countAgainst } from "../codes/limits.ts";
import { withTransaction } from "../database/transact.ts";
import { contextOfUser } from "../events/context.ts";
import { recordEvent, recordingFailure } from "../events/event.ts";
import { selfOperation } from "../operation.ts";
import { keepPassword, preparePassword, verifyPassword } from "../passwords/password.ts";
import { findPassword } from "../passwords/store.ts";
import { checkNotKnown } from "../risk/judge.ts";

/** Changes a user's own password. Who has none yet, because it signs in otherwise, gives none. */
export const ChangePassword = selfOperation(
  "ChangePassword",
  async (app, { pool, client, user }, request, error, origin) => {
    await countAgainst(app, user, "ChangePassword");
    const { PreviousPassword, ProposedPassword: password } = request;
    const context = contextOfUser(client, undefined, origin);
    const event = { pool, user, clientId: client.id, type: "PasswordChange", context } as const;
    if (PreviousPassword === undefined) {
      if (await findPassword(app.db, user)) {
        throw error("InvalidParameterException", "Missing required parameter PreviousPassword");
      }
    } else {
      await recordingFailure(app, event, async () => {
        const { verdict } = await verifyPassword(app, { pool, user, username: user.username }, PreviousPassword);
        if (verdict === "locked") throw error("NotAuthorizedException", "Password attempts exceeded");
        if (verdict === "wrong") throw error("NotAuthorizedException", "Incorrect username or password.");
      });
    }
    const prepared = await preparePassword(app, pool, user, password);
    const risk = await checkNotKnown(app, { pool, client, event: "PASSWORD_CHANGE", password, names: user });
    await withTransaction(app, async (inside) => {
      await keepPassword(inside, user, prepared, null);
      await recordEvent(inside, { ...event, response: "Pass", risk });
    });
    return {};
  },
);
