import { userOperation } from "../operation.ts";
import { setEnabled } from "./enablement.ts";

/** Keeps a user from signing in, and ends every sign-in that it has. */
export const AdminDisableUser = userOperation("AdminDisableUser", async (app, { user }) => {
  await setEnabled(app, user, false);
  return {};
});
