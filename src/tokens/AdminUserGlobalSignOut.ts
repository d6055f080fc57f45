import { userOperation } from "../operation.ts";
import { signOutEverywhere } from "../users/store.ts";

/** Ends every sign-in of a user. */
export const AdminUserGlobalSignOut = userOperation("AdminUserGlobalSignOut", async ({ db, clock }, { user }) => {
  await signOutEverywhere(db, user, clock.now());
  return {};
});
