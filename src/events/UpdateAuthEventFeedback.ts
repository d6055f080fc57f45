import { userOperation } from "../operation.ts";
import { checkThreatProtection } from "../pools/threat-protection.ts";
import { giveFeedback, isFeedbackToken } from "./feedback.ts";

/** Says whether an event was one's own doing, by the token of the message that told of it. */
export const UpdateAuthEventFeedback = userOperation(
  "UpdateAuthEventFeedback",
  async (app, { pool, user }, { EventId, FeedbackToken, FeedbackValue }, error) => {
    checkThreatProtection(pool);
    const event = { poolId: pool.id, sub: user.sub, id: EventId };
    if (!(await isFeedbackToken(app, event, FeedbackToken))) {
      // Unconfirmed text.
      throw error("NotAuthorizedException", "Invalid feedback token.");
    }
    await giveFeedback(app, event, FeedbackValue, "User");
    return {};
  },
);
