import { userOperation } from "../operation.ts";
import { setEnabled } from "./enablement.ts";

/** Lets a user sign in again. */
export const AdminEnableUser = userOperation("AdminEnableUser", async (app, { user }) => {
  await setEnabled(app, user, true);
  return {};
});
