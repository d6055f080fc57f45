/** Every challenge of the contract: one that is added to it and forgotten here does not compile. */
import type { ChallengeNameType } from "../../contract/types.gen.ts";
import type { Challenge } from "../challenge.ts";
import { customChallenge } from "./custom-challenge.ts";
import { devicePasswordVerifier, deviceSrpAuth } from "./device.ts";
import { mfaSetup } from "./mfa-setup.ts";
import { newPasswordRequired } from "./new-password-required.ts";
import { emailOtp, smsMfa, smsOtp } from "./one-time-code.ts";
import { adminPassword, password } from "./password.ts";
import { passwordSrp } from "./password-srp.ts";
import { passwordVerifier } from "./password-verifier.ts";
import { selectChallenge } from "./select-challenge.ts";
import { selectMfaType } from "./select-mfa-type.ts";
import { softwareTokenMfa } from "./software-token-mfa.ts";
import { webAuthn } from "./web-authn.ts";

export const challenges: Readonly<Record<ChallengeNameType, Challenge>> = {
  PASSWORD: password,
  PASSWORD_SRP: passwordSrp,
  PASSWORD_VERIFIER: passwordVerifier,
  ADMIN_NO_SRP_AUTH: adminPassword,
  NEW_PASSWORD_REQUIRED: newPasswordRequired,
  SELECT_CHALLENGE: selectChallenge,
  EMAIL_OTP: emailOtp,
  SMS_OTP: smsOtp,
  WEB_AUTHN: webAuthn,
  SMS_MFA: smsMfa,
  SOFTWARE_TOKEN_MFA: softwareTokenMfa,
  SELECT_MFA_TYPE: selectMfaType,
  MFA_SETUP: mfaSetup,
  CUSTOM_CHALLENGE: customChallenge,
  DEVICE_SRP_AUTH: deviceSrpAuth,
  DEVICE_PASSWORD_VERIFIER: devicePasswordVerifier,
};
