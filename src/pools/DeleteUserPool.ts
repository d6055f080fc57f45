import { erasePool } from "../database/erase.ts";
import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { listDomains } from "./store.ts";

/** Deletes a user pool with everything in it, and destroys its keys. */
export const DeleteUserPool = poolOperation("DeleteUserPool", async (app, pool, _request, error) => {
  if (pool.settings.DeletionProtection === "ACTIVE") {
    throw error(
      "InvalidParameterException",
      "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
    );
  }
  await withTransaction(app, async ({ db, vault }) => {
    if ((await listDomains(db, pool.id)).length > 0) {
      throw error(
        "InvalidParameterException",
        "User pool cannot be deleted. It has a domain configured that should be deleted first.",
      );
    }
    await erasePool(db, pool.id);
    await vault.destroyPoolKeys(db, pool.id);
  });
  app.signingKeys.delete(pool.id);
  return undefined;
});
