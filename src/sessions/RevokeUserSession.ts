import { selfOperation } from "../operation.ts";
import { endSession } from "./list.ts";

/** Ends one of a user's own sessions, but not the one that asks. */
export const RevokeUserSession = selfOperation("RevokeUserSession", async (app, { pool, user, token }, request) => {
  const { SessionId, RevokeAssociatedSessions } = request;
  await endSession(app, { pool, user, current: token.family }, SessionId, RevokeAssociatedSessions);
  return {};
});
