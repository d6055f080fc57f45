import { clientOperation } from "../operation.ts";
import { checkSessionTier, poolSessionSettings } from "../pools/session-settings.ts";
import { checkReuseMinutes, describeClientSessions } from "./session-settings.ts";
import { updateClient } from "./store.ts";

/** Sets how long a browser's session is used again in a client's name. The pool must keep track of sessions. */
export const SetUserPoolClientSessionConfiguration = clientOperation(
  "SetUserPoolClientSessionConfiguration",
  async ({ db, clock }, { pool, client }, { SSOSession }, error) => {
    checkSessionTier(pool);
    checkReuseMinutes(SSOSession.MaxValidityMinutes);
    if (!poolSessionSettings(pool).isTracking) {
      // Unconfirmed: the name and the sentence.
      throw error("InvalidParameterException", "User session tracking must be enabled for the user pool.");
    }
    const settings = { ...client.settings, sessionReuseMinutes: SSOSession.MaxValidityMinutes };
    if (!(await updateClient(db, { ...client, settings, modifiedAt: clock.now() }))) {
      throw error("ConcurrentModificationException", "The user pool client was modified by another request.");
    }
    return describeClientSessions({ ...client, settings });
  },
);
