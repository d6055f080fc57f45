import { ApiError } from "../../contract/errors.ts";
import { proveAuthenticator, switchedOnAuthenticator } from "../../factors/authenticator.ts";
import { findFactors, replaceFactorSettings } from "../../factors/store.ts";
import { type MfaName, mfaFactorsOf } from "../../pools/mfa.ts";
import { moveNames } from "../../users/alias.ts";
import { checkAttributes } from "../../users/attributes.ts";
import { updateUser } from "../../users/store.ts";
import type { Sitting } from "../attempt.ts";
import type { Answered, Challenge } from "../challenge.ts";
import { optionalParameter } from "../parameters.ts";
import { badSession } from "../refusals.ts";
import { checkStillLacking } from "../setup-session.ts";

/**
 * Setting up a second factor where the pool requires one and the user has none. In the JSON API, an authenticator is set
 * up by AssociateSoftwareToken and VerifySoftwareToken with the sessions of this challenge; the answer then only says
 * that it was done. The pages show the secret themselves and answer with its code. An address or a phone for codes is
 * the answer itself. Clients of the JSON API know no answer with a phone, and are told of codes by SMS nevertheless: the
 * pool's factors are listed, whatever they need. Source: Cognito API reference, RespondToAuthChallenge.
 */
export const mfaSetup: Challenge = {
  ask: (_app, { pool, user }) => ({
    parameters: {
      MFAS_CAN_SETUP: JSON.stringify(mfaFactorsOf(pool)),
      USER_ID_FOR_SRP: user?.username ?? "",
    },
  }),
  async answer(app, sitting, responses) {
    const { pool, user, state } = sitting;
    if (!user) throw badSession("invalid");
    if (state.hasSetUp) {
      // It may have been removed since.
      const { sealedTotp } = await findFactors(app.db, user);
      if (sealedTotp === null) throw badSession("invalid");
      return { proof: "second-factor", method: "otp" };
    }
    await checkStillLacking(app, pool, user);
    const offered = mfaFactorsOf(pool);
    const email = optionalParameter(responses, "EMAIL");
    if (email !== undefined && offered.includes("EMAIL_OTP")) return withContact(sitting, "email", email);
    const phone = optionalParameter(responses, "PHONE_NUMBER");
    if (phone !== undefined && offered.includes("SMS_MFA")) return withContact(sitting, "phone_number", phone);
    const code = optionalParameter(responses, "SOFTWARE_TOKEN_MFA_CODE");
    if (code !== undefined && offered.includes("SOFTWARE_TOKEN_MFA")) {
      const name = optionalParameter(responses, "FRIENDLY_DEVICE_NAME");
      const promote = await proveAuthenticator(app, user, code, (settings) => switchedOnAuthenticator(settings, name));
      return { proof: "second-factor", method: "otp", write: promote };
    }
    // Unconfirmed text.
    throw new ApiError("InvalidParameterException", "User has not set up software token mfa");
  },
};

/** The contact becomes the user's, unverified, and a code that is sent to it comes next. */
function withContact({ pool, user }: Sitting, contact: "email" | "phone_number", value: string): Answered {
  checkAttributes(pool, { [contact]: value }, { by: "admin" });
  if (!user) throw badSession("invalid");
  if (user.attributes[contact] && user.attributes[contact] !== value) {
    throw new ApiError("InvalidParameterException", `Cannot modify an already provided ${contact}`);
  }
  const verified = user.attributes[`${contact}_verified`] ?? "false";
  const after = { ...user, attributes: { ...user.attributes, [contact]: value, [`${contact}_verified`]: verified } };
  const factor: MfaName = contact === "email" ? "EMAIL_OTP" : "SMS_MFA";
  return {
    chosen: factor,
    user: after,
    write: async ({ db, clock }) => {
      await updateUser(db, user, { ...after, modifiedAt: clock.now() });
      await moveNames({ db }, pool, user, after);
      const { settings } = await findFactors(db, user);
      await replaceFactorSettings(db, user, { ...settings, enabled: [...new Set([...settings.enabled, factor])] });
    },
  };
}
