import { userOperation } from "../operation.ts";
import { endSession } from "./list.ts";

/** Ends one of a user's sessions. */
export const AdminRevokeUserSession = userOperation("AdminRevokeUserSession", async (app, subject, request) => {
  await endSession(app, subject, request.SessionId, request.RevokeAssociatedSessions);
  return {};
});
