import { userOperation } from "../operation.ts";
import { setPreference } from "./preference.ts";

/** Changes which second factors a user is asked for. */
export const AdminSetUserMFAPreference = userOperation(
  "AdminSetUserMFAPreference",
  async (app, { pool, user }, request) => {
    await setPreference(app, pool, user, request);
    return {};
  },
);
