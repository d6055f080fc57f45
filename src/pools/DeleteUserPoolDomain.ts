import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { deleteDomain, leaveDirectory } from "./store.ts";

/** Takes a domain from a pool. Its name is free at once. */
export const DeleteUserPoolDomain = poolOperation("DeleteUserPoolDomain", async (app, pool, { Domain }, error) => {
  await withTransaction(app, async ({ db }) => {
    if (!(await deleteDomain(db, pool.id, Domain))) {
      throw error("InvalidParameterException", "No such domain or user pool exists.");
    }
    await leaveDirectory(db, "domain", Domain, pool.id);
  });
  return {};
});
