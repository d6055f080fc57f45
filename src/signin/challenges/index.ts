/** Every challenge of the contract: one that is added to it and forgotten here does not compile. */
import type { ChallengeNameType } from "../../contract/types.gen.ts";
import type { Challenge, UnservedChallenge } from "../challenge.ts";
import { newPasswordRequired } from "./new-password-required.ts";
import { password } from "./password.ts";

const unserved = (what: string): UnservedChallenge => ({ unserved: `${what} is not served yet.` });

export const challenges: Readonly<Record<ChallengeNameType, Challenge | UnservedChallenge>> = {
  PASSWORD: password,
  NEW_PASSWORD_REQUIRED: newPasswordRequired,
  PASSWORD_VERIFIER: unserved("Sign-in by SRP"),
  PASSWORD_SRP: unserved("Sign-in by SRP"),
  ADMIN_NO_SRP_AUTH: unserved("A password step within custom sign-in"),
  SMS_MFA: unserved("Multi-factor authentication by SMS"),
  EMAIL_OTP: unserved("A one-time code by e-mail"),
  SMS_OTP: unserved("A one-time code by SMS"),
  SOFTWARE_TOKEN_MFA: unserved("Multi-factor authentication by an authenticator"),
  SELECT_MFA_TYPE: unserved("The choice of a second factor"),
  MFA_SETUP: unserved("Setting up a second factor during sign-in"),
  SELECT_CHALLENGE: unserved("The choice of a first factor"),
  CUSTOM_CHALLENGE: unserved("Custom sign-in"),
  DEVICE_SRP_AUTH: unserved("Sign-in by a remembered device"),
  DEVICE_PASSWORD_VERIFIER: unserved("Sign-in by a remembered device"),
  WEB_AUTHN: unserved("Sign-in by a passkey"),
};
