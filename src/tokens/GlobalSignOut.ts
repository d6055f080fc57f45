import { selfOperation } from "../operation.ts";
import { signOutEverywhere } from "../users/store.ts";

/** Ends every sign-in of the caller. */
export const GlobalSignOut = selfOperation("GlobalSignOut", async ({ db, clock }, { user }) => {
  await signOutEverywhere(db, user, clock.now());
  return {};
});
