import { withTransaction } from "../database/transact.ts";
import { userOperation } from "../operation.ts";
import { keepPassword, preparePassword, temporaryUntil } from "../passwords/password.ts";
import { checkNotKnown } from "../risk/judge.ts";
import { updateUser } from "./store.ts";

/**
 * Sets a user's password, for good or until its first use. Nothing is sent and no contact is verified. A user of another
 * provider becomes one of the pool's own, whose password is no temporary one. Source: Cognito API reference,
 * AdminSetUserPassword; that this holds for a password that is called temporary too is unconfirmed.
 */
export const AdminSetUserPassword = userOperation("AdminSetUserPassword", async (app, { pool, user }, request) => {
  const isPermanent = user.status === "EXTERNAL_PROVIDER" || (request.Permanent ?? false);
  const { Password: password } = request;
  const prepared = await preparePassword(app, pool, user, password);
  await checkNotKnown(app, { pool, event: "PASSWORD_CHANGE", password, names: user });
  await withTransaction(app, async (inside) => {
    await keepPassword(inside, user, prepared, isPermanent ? null : temporaryUntil(app, pool));
    const status = isPermanent ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
    await updateUser(inside.db, user, { ...user, status, modifiedAt: app.clock.now() });
  });
  return {};
});
