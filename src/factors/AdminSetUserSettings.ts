import { userOperation } from "../operation.ts";
import { setLegacyOptions } from "./preference.ts";

/** Sets a user's SMS option of an earlier day. */
export const AdminSetUserSettings = userOperation("AdminSetUserSettings", async (app, { user }, request) => {
  await setLegacyOptions(app, user, request.MFAOptions);
  return {};
});
