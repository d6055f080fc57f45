import { userOperation } from "../operation.ts";
import { checkThreatProtection } from "../pools/threat-protection.ts";
import { giveFeedback } from "./feedback.ts";

/** Says for a user whether an event was its own doing. */
export const AdminUpdateAuthEventFeedback = userOperation(
  "AdminUpdateAuthEventFeedback",
  async (app, { pool, user }, { EventId, FeedbackValue }) => {
    checkThreatProtection(pool);
    await giveFeedback(app, { poolId: pool.id, sub: user.sub, id: EventId }, FeedbackValue, "Admin");
    return {};
  },
);
