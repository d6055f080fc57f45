import { eraseUser } from "../database/erase.ts";
import { withTransaction } from "../database/transact.ts";
import { selfOperation } from "../operation.ts";

/** Deletes the caller with everything of it. Its names are free at once. */
export const DeleteUser = selfOperation("DeleteUser", async (app, { pool, user }) => {
  await withTransaction(app, ({ db }) => eraseUser(db, pool.id, user.sub));
  return undefined;
});
