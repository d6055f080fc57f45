import { checkAuthenticatorCode } from "../../factors/authenticator.ts";
import { findFactors } from "../../factors/store.ts";
import type { Challenge } from "../challenge.ts";
import { parameter } from "../parameters.ts";
import { unknownOrWrong } from "../refusals.ts";

/** A code of the user's authenticator. Each is good once. */
export const softwareTokenMfa: Challenge = {
  triesAtMost: 5,
  async ask(app, { user }) {
    const name = user && (await findFactors(app.db, user)).settings.authenticatorName;
    return { parameters: { ...(name && { FRIENDLY_DEVICE_NAME: name }), USER_ID_FOR_SRP: user?.username ?? "" } };
  },
  async answer(app, sitting, responses) {
    const code = parameter(responses, "SOFTWARE_TOKEN_MFA_CODE");
    if (!sitting.user) throw unknownOrWrong(sitting);
    return { proof: "second-factor", method: "otp", write: await checkAuthenticatorCode(app, sitting.user, code) };
  },
};
