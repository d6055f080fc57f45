import { poolOperation } from "../operation.ts";
import { checkSessionTier, describePoolSessions, parsePoolSessionSettings } from "./session-settings.ts";
import { updatePool } from "./store.ts";

/** Replaces how sessions of a pool's users are kept track of. What clients have set stays, and rests while it is off. */
export const SetUserPoolSessionConfiguration = poolOperation(
  "SetUserPoolSessionConfiguration",
  async ({ db, clock }, pool, request, error) => {
    checkSessionTier(pool);
    const settings = { ...pool.settings, sessions: parsePoolSessionSettings(request) };
    if (!(await updatePool(db, { ...pool, settings, modifiedAt: clock.now() }))) {
      throw error("ConcurrentModificationException", "The user pool was modified by another request.");
    }
    return describePoolSessions({ id: pool.id, settings });
  },
);
