export { AdminUserGlobalSignOut } from "./AdminUserGlobalSignOut.ts";
export { GetClientToken } from "./GetClientToken.ts";
export { GetTokensFromRefreshToken } from "./GetTokensFromRefreshToken.ts";
export { GlobalSignOut } from "./GlobalSignOut.ts";
export { RevokeToken } from "./RevokeToken.ts";
