export { AdminListUserSessions } from "./AdminListUserSessions.ts";
export { AdminRevokeUserSession } from "./AdminRevokeUserSession.ts";
export { ListUserSessions } from "./ListUserSessions.ts";
export { RevokeUserSession } from "./RevokeUserSession.ts";
