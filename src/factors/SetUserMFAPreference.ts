import { selfOperation } from "../operation.ts";
import { setPreference } from "./preference.ts";

/** Changes which second factors a user itself is asked for. */
export const SetUserMFAPreference = selfOperation("SetUserMFAPreference", async (app, { pool, user }, request) => {
  await setPreference(app, pool, user, request);
  return {};
});
