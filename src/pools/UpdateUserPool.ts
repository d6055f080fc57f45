import { poolOperation } from "../operation.ts";
import { importInProgress } from "./pool.ts";
import { checkPoolRules } from "./rules.ts";
import { keptSettings, updatedSettings } from "./settings.ts";
import { updatePool } from "./store.ts";

/** Updates a user pool. What the request leaves out goes back to its default. */
export const UpdateUserPool = poolOperation("UpdateUserPool", async ({ db, clock }, pool, request, error) => {
  if (pool.isImporting) throw error("UserImportInProgressException", importInProgress);
  const { mfa, sessions, logs } = pool.settings;
  checkPoolRules({ ...request, ...keptSettings(pool.settings, request), mfa, sessions, logs }, pool.region);
  const isUpdated = await updatePool(db, {
    ...pool,
    name: request.PoolName ?? pool.name,
    settings: updatedSettings(pool.settings, request),
    modifiedAt: clock.now(),
  });
  if (!isUpdated) throw error("ConcurrentModificationException", "The user pool was modified by another request.");
  return {};
});
