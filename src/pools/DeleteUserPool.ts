import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { clearPool, removePool } from "./clearing.ts";
import { importInProgress } from "./pool.ts";
import { holdPool, listDomains } from "./store.ts";

/** A pool with some thousands of users is gone to the last row when the call answers. */
const batchesInCall = 20;

/**
 * Deletes a user pool with everything in it, and destroys its keys. From the first transaction on it is there for
 * nobody; rows of a large one go in the background.
 */
export const DeleteUserPool = poolOperation("DeleteUserPool", async (app, pool, _request, error) => {
  const removed = await withTransaction(app, async (inside) => {
    // Who protects it or starts an import at the same moment comes before or after, never between.
    const { settings, isImporting } = await holdPool(inside.db, pool.id);
    if (settings.DeletionProtection === "ACTIVE") {
      throw error(
        "InvalidParameterException",
        "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
      );
    }
    if (isImporting) throw error("UserImportInProgressException", importInProgress);
    if ((await listDomains(inside.db, pool.id)).length > 0) {
      throw error(
        "InvalidParameterException",
        "User pool cannot be deleted. It has a domain configured that should be deleted first.",
      );
    }
    return removePool(inside, pool.id);
  });
  const { clearing, state } = await clearPool(app, removed, { batches: batchesInCall });
  if (state === "unfinished") app.background(clearPool(app, clearing, { signal: app.closing }));
  return undefined;
});
