import { ApiError } from "../../contract/errors.ts";
import { activeFactors } from "../../factors/factors.ts";
import { findFactors } from "../../factors/store.ts";
import { mfaNames } from "../../pools/mfa.ts";
import type { Challenge } from "../challenge.ts";
import { parameter } from "../parameters.ts";

/** The choice of a second factor. Guides name the one by mail EMAIL_MFA, clients send EMAIL_OTP: both are taken. */
export const selectMfaType: Challenge = {
  triesAtMost: 3,
  async ask(app, { pool, user }) {
    const offered = user ? activeFactors(pool, user, await findFactors(app.db, user)) : [];
    return {
      parameters: { MFAS_CAN_CHOOSE: JSON.stringify(offered), USER_ID_FOR_SRP: user?.username ?? "" },
      offered,
    };
  },
  async answer(_app, { state }, responses) {
    const given = parameter(responses, "ANSWER");
    const wanted = given === "EMAIL_MFA" ? "EMAIL_OTP" : given;
    const chosen = mfaNames.find((name) => name === wanted && state.offered.includes(name));
    // Unconfirmed text.
    if (!chosen) throw new ApiError("InvalidParameterException", "Invalid MFA type selected.");
    return { chosen };
  },
};
