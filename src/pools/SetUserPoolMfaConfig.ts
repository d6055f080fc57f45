import { poolOperation } from "../operation.ts";
import { describeMfa, withMfaConfig } from "./mfa.ts";
import { updatePool } from "./store.ts";

/** Replaces which second factors a pool asks for. */
export const SetUserPoolMfaConfig = poolOperation("SetUserPoolMfaConfig", async (app, pool, request, error) => {
  const settings = withMfaConfig(pool.settings, request);
  if (!(await updatePool(app.db, { ...pool, settings, modifiedAt: app.clock.now() }))) {
    throw error("ConcurrentModificationException", "The user pool was modified by another request.");
  }
  return describeMfa(settings);
});
