/** What a pool allows as a second factor, and how passkeys work in it. Cognito shows it apart from the other settings. */
import { ApiError } from "../contract/errors.ts";
import type {
  EmailMfaConfigType,
  SetUserPoolMfaConfigRequest,
  SetUserPoolMfaConfigResponse,
  SoftwareTokenMfaConfigType,
  WebAuthnConfigurationType,
} from "../contract/types.gen.ts";
import type { Pool, PoolSettings } from "./pool.ts";

/** The second factors that a pool can ask for, by the names of their challenges. */
export type MfaName = "SMS_MFA" | "SOFTWARE_TOKEN_MFA" | "EMAIL_OTP";

/** The settings that only SetUserPoolMfaConfig changes. An update of the pool leaves them as they are. */
export interface MfaSettings {
  /**
   * Whether codes go out by SMS, as long as the pool has an SMS configuration: an update can take that away. A pool that
   * is made with MFA and an SMS configuration has it on.
   */
  readonly sms?: boolean | undefined;
  readonly softwareToken?: SoftwareTokenMfaConfigType | undefined;
  readonly email?: EmailMfaConfigType | undefined;
  readonly webAuthn?: WebAuthnConfigurationType | undefined;
}

/** The second factors that a pool asks for: none while MFA is off. */
export const mfaFactorsOf = (pool: Pick<Pool, "settings">): MfaName[] =>
  pool.settings.MfaConfiguration === "OFF" ? [] : configuredFactorsOf(pool);

/** The second factors that are set up in a pool, whether or not it asks for any at present. */
export function configuredFactorsOf({ settings }: Pick<Pool, "settings">): MfaName[] {
  const { sms, softwareToken, email } = settings.mfa ?? {};
  const isOn: Readonly<Record<MfaName, boolean>> = {
    SMS_MFA: sms === true && settings.SmsConfiguration !== undefined,
    SOFTWARE_TOKEN_MFA: softwareToken?.Enabled === true,
    EMAIL_OTP: email !== undefined,
  };
  return mfaNames.filter((name) => isOn[name]);
}

export const mfaNames = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"] as const satisfies readonly MfaName[];

/** The settings of a pool after its MFA settings were replaced as a whole. @throws InvalidParameterException */
export function withMfaConfig(settings: PoolSettings, request: SetUserPoolMfaConfigRequest): PoolSettings {
  checkMfaConfig(settings, request);
  const sms = request.SmsMfaConfiguration;
  return {
    ...settings,
    MfaConfiguration: request.MfaConfiguration ?? "OFF",
    SmsConfiguration: sms?.SmsConfiguration ?? settings.SmsConfiguration,
    SmsAuthenticationMessage: sms?.SmsAuthenticationMessage ?? settings.SmsAuthenticationMessage,
    mfa: {
      sms: sms !== undefined,
      softwareToken: request.SoftwareTokenMfaConfiguration,
      email: request.EmailMfaConfiguration,
      webAuthn: request.WebAuthnConfiguration,
    },
  };
}

/** Source: Cognito API reference, SetUserPoolMfaConfig; the second sentence is unconfirmed, the others as measured. */
function checkMfaConfig(settings: PoolSettings, request: SetUserPoolMfaConfigRequest): void {
  const { SmsMfaConfiguration: sms, SoftwareTokenMfaConfiguration: token, EmailMfaConfiguration: email } = request;
  const isOff = (request.MfaConfiguration ?? "OFF") === "OFF";
  const hasFactor = sms !== undefined || token?.Enabled === true || email !== undefined;
  if (isOff && hasFactor) {
    throw invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
  }
  if (!isOff && !hasFactor) {
    throw invalid("Invalid MFA configuration given, can't disable all MFAs and require an MFA together.");
  }
  if (sms && !(sms.SmsConfiguration ?? settings.SmsConfiguration)) {
    throw invalid("SMS configuration is required when SMS MFA is enabled.");
  }
  if (!email) return;
  if (settings.EmailConfiguration?.EmailSendingAccount !== "DEVELOPER") {
    throw invalid(
      "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT.",
    );
  }
  if (settings.UserPoolTier === "LITE") {
    throw new ApiError(
      "FeatureUnavailableInTierException",
      "The following features need to be disabled for the LITE pricing tier configured: Email MFA",
    );
  }
}

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

/** The MFA settings as the API shows them: only what is set. */
export const describeMfa = ({ MfaConfiguration, mfa, ...settings }: PoolSettings): SetUserPoolMfaConfigResponse => ({
  SmsMfaConfiguration:
    mfa?.sms && settings.SmsConfiguration
      ? {
          SmsAuthenticationMessage: settings.SmsAuthenticationMessage,
          SmsConfiguration: settings.SmsConfiguration,
        }
      : undefined,
  SoftwareTokenMfaConfiguration: mfa?.softwareToken,
  EmailMfaConfiguration: mfa?.email,
  MfaConfiguration,
  WebAuthnConfiguration: mfa?.webAuthn && { UserVerification: "preferred", ...mfa.webAuthn },
});
