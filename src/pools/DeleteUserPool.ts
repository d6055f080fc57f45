import { erasePool } from "../database/erase.ts";
import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { importInProgress } from "./pool.ts";
import { holdPool, listDomains } from "./store.ts";

/** Deletes a user pool with everything in it, and destroys its keys. */
export const DeleteUserPool = poolOperation("DeleteUserPool", async (app, pool, _request, error) => {
  await withTransaction(app, async ({ db, vault }) => {
    // Who protects it or starts an import at the same moment comes before or after, never between.
    const { settings, isImporting } = await holdPool(db, pool.id);
    if (settings.DeletionProtection === "ACTIVE") {
      throw error(
        "InvalidParameterException",
        "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
      );
    }
    if (isImporting) throw error("UserImportInProgressException", importInProgress);
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
