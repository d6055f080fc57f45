import { eraseUser } from "../database/erase.ts";
import { withTransaction } from "../database/transact.ts";
import { userOperation } from "../operation.ts";

/** Deletes a user with everything of it. Its names are free at once. */
export const AdminDeleteUser = userOperation("AdminDeleteUser", async (app, { pool, user }) => {
  await withTransaction(app, ({ db }) => eraseUser(db, pool.id, user.sub));
  return undefined;
});
