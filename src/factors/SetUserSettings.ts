import { selfOperation } from "../operation.ts";
import { setLegacyOptions } from "./preference.ts";

/** Sets a user's own SMS option of an earlier day. */
export const SetUserSettings = selfOperation("SetUserSettings", async (app, { user }, request) => {
  await setLegacyOptions(app, user, request.MFAOptions);
  return {};
});
