import { hidesUsers } from "../clients/client.ts";
import { checkSecretHash } from "../clients/secret.ts";
import { checkCode, spendCode } from "../codes/code.ts";
import { clearAttempts, countAgainst } from "../codes/limits.ts";
import { withTransaction } from "../database/transact.ts";
import { contextOfUser } from "../events/context.ts";
import { recordEvent, recordingFailure } from "../events/event.ts";
import { takingEvenTime } from "../lib/even-time.ts";
import { publicOperation } from "../operation.ts";
import { keepPassword, preparePassword } from "../passwords/password.ts";
import { imaginedHolder } from "../pools/nobody.ts";
import { checkNotKnown } from "../risk/judge.ts";
import { confirmUser } from "./confirmation.ts";
import { refuseImagined } from "./imagined.ts";
import { tellConfirmation } from "./occasions.ts";
import { recoveryOwner } from "./recovery.ts";
import { findUser, signOutEverywhere } from "./store.ts";
import { checkEnabled } from "./user.ts";

/** Sets a new password by the code that was sent. It proves the contact, and ends what was signed in before. */
export const ConfirmForgotPassword = publicOperation(
  "ConfirmForgotPassword",
  takingEvenTime(async (app, { pool, client }, request, error, origin) => {
    await checkSecretHash(app, client, request.Username, request.SecretHash);
    const { Username, ConfirmationCode: code } = request;
    const limit = "ConfirmForgotPassword";
    const context = contextOfUser(client, request.UserContextData, origin);
    const holder = await imaginedHolder(app, pool, Username);
    const user = await findUser(app.db, pool, Username);
    if (!user?.isEnabled && hidesUsers(client)) {
      const where = { clientId: client.id, context };
      return refuseImagined(app, pool, { holder, purpose: "forgot-password", limit, code, ...where });
    }
    if (!user) throw error("UserNotFoundException", "Username/client id combination not found.");
    checkEnabled(user);
    const owner = recoveryOwner(user);
    await countAgainst(app, user, limit);
    const event = { pool, user, clientId: client.id, type: "ForgotPassword", context } as const;
    const proved = await recordingFailure(app, event, () => checkCode(app, owner, code));
    const { Password: password } = request;
    const prepared = await preparePassword(app, pool, user, password);
    const risk = await checkNotKnown(app, { pool, client, event: "PASSWORD_CHANGE", password, names: user });
    const verified = user.attributes[proved.attribute] === proved.value ? proved.attribute : undefined;
    const confirmed = await withTransaction(app, async (inside) => {
      await spendCode(inside, owner, code);
      await clearAttempts(inside.db, user, limit);
      await keepPassword(inside, user, prepared, null);
      const after = await confirmUser(inside, pool, user, { ...(verified && { verified }), forceAliasCreation: false });
      // Whoever knew the old password is out. Unconfirmed for Cognito, and what anybody who resets one expects.
      await signOutEverywhere(inside.db, after, app.clock.now());
      await recordEvent(inside, { ...event, response: "Pass", risk });
      return after;
    });
    const clientMetadata = request.ClientMetadata;
    const told = { source: "ConfirmForgotPassword", clientId: client.id, clientMetadata } as const;
    await tellConfirmation(app, pool, confirmed, told);
    return {};
  }),
);
