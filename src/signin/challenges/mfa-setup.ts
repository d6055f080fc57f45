import { ApiError } from "../../contract/errors.ts";
import { findFactors, replaceFactorSettings } from "../../factors/store.ts";
import { isEmail } from "../../lib/contact.ts";
import { type MfaName, mfaFactorsOf } from "../../pools/mfa.ts";
import { moveNames } from "../../users/alias.ts";
import { checkAttributes } from "../../users/attributes.ts";
import { updateUser } from "../../users/store.ts";
import type { Sitting } from "../attempt.ts";
import type { Answered, Challenge } from "../challenge.ts";
import { optionalParameter } from "../parameters.ts";
import { badSession } from "../refusals.ts";

/**
 * Setting up a second factor where the pool requires one and the user has none. An authenticator is set up by
 * AssociateSoftwareToken and VerifySoftwareToken with the sessions of this challenge; the answer then only says that it
 * was done. An address for codes by mail is the answer itself.
 */
export const mfaSetup: Challenge = {
  ask: (_app, { pool, user }) => ({
    parameters: {
      MFAS_CAN_SETUP: JSON.stringify(settable(pool)),
      USER_ID_FOR_SRP: user?.username ?? "",
    },
  }),
  async answer(app, sitting, responses) {
    const { pool, user } = sitting;
    if (!user) throw badSession("invalid");
    const email = optionalParameter(responses, "EMAIL");
    if (email !== undefined && settable(pool).includes("EMAIL_OTP")) return withEmail(sitting, email);
    const { sealedTotp, settings } = await findFactors(app.db, user);
    if (sealedTotp !== null && settings.enabled.includes("SOFTWARE_TOKEN_MFA")) return { proof: "second-factor" };
    // Unconfirmed text.
    throw new ApiError("InvalidParameterException", "User has not set up software token mfa");
  },
};

const settable = (pool: Sitting["pool"]): MfaName[] => mfaFactorsOf(pool).filter((name) => name !== "SMS_MFA");

/** The address becomes the user's, unverified, and a code that is sent to it comes next. */
function withEmail({ pool, user }: Sitting, email: string): Answered {
  checkAttributes(pool, { email }, { by: "admin" });
  if (!user || !isEmail(email)) throw new ApiError("InvalidParameterException", "Invalid email address format.");
  if (user.attributes["email"] && user.attributes["email"] !== email) {
    throw new ApiError("InvalidParameterException", "Cannot modify an already provided email");
  }
  const attributes = { ...user.attributes, email, email_verified: user.attributes["email_verified"] ?? "false" };
  const after = { ...user, attributes };
  return {
    chosen: "EMAIL_OTP",
    user: after,
    write: async ({ db, clock }) => {
      await updateUser(db, user, { ...after, modifiedAt: clock.now() });
      await moveNames({ db }, pool, user, after);
      const { settings } = await findFactors(db, user);
      await replaceFactorSettings(db, user, {
        ...settings,
        enabled: [...new Set([...settings.enabled, "EMAIL_OTP" as const])],
      });
    },
  };
}
