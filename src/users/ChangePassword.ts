import { countAgainst } from "../codes/limits.ts";
import { withTransaction } from "../database/transact.ts";
import { selfOperation } from "../operation.ts";
import { keepPassword, preparePassword, verifyPassword } from "../passwords/password.ts";
import { findPassword } from "../passwords/store.ts";

/** Changes a user's own password. Who has none yet, because it signs in otherwise, gives none. */
export const ChangePassword = selfOperation("ChangePassword", async (app, { pool, user }, request, error) => {
  await countAgainst(app, user, "ChangePassword");
  const { PreviousPassword, ProposedPassword } = request;
  if (PreviousPassword === undefined) {
    if (await findPassword(app.db, user)) {
      throw error("InvalidParameterException", "Missing required parameter PreviousPassword");
    }
  } else {
    const verdict = await verifyPassword(app, pool, user, PreviousPassword);
    if (verdict === "locked") throw error("NotAuthorizedException", "Password attempts exceeded");
    if (verdict === "wrong") throw error("NotAuthorizedException", "Incorrect username or password.");
  }
  const prepared = await preparePassword(app, pool, user, ProposedPassword);
  await withTransaction(app, (inside) => keepPassword(inside, user, prepared, null));
  return {};
});
