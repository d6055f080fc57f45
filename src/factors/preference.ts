/** Which second factors a user wants: one function for the user and for its administrator. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { MFAOptionType, SetUserMFAPreferenceRequest } from "../contract/types.gen.ts";
import { configuredFactorsOf, type MfaName, mfaNames } from "../pools/mfa.ts";
import type { Pool } from "../pools/pool.ts";
import { type FactorHolder, type FactorSettings, type Factors, isReady } from "./factors.ts";
import { findFactors, replaceFactorSettings } from "./store.ts";

/** What a request says of each factor. Those that it leaves out stay as they are. */
export type Preference = Omit<SetUserMFAPreferenceRequest, "AccessToken">;

/** Changes a user's second factors. @throws InvalidParameterException */
export async function setPreference(app: App, pool: Pool, user: FactorHolder, wanted: Preference): Promise<void> {
  const factors = await findFactors(app.db, user);
  const settings = preferred(user, factors, wanted);
  const offered = configuredFactorsOf(pool);
  const foreign = settings.enabled.find((name) => !offered.includes(name) && !factors.settings.enabled.includes(name));
  // Unconfirmed text.
  if (foreign !== undefined) throw invalid(`${foreign} is not enabled for the user pool`);
  // Unconfirmed text: a pool that requires a second factor leaves its users at least one.
  if (pool.settings.MfaConfiguration === "ON" && factors.settings.enabled.length > 0 && settings.enabled.length === 0) {
    throw invalid("MFA cannot be turned off for the user, because the user pool requires it");
  }
  await replaceFactorSettings(app.db, user, settings);
}

function preferred(user: FactorHolder, factors: Factors, wanted: Preference): FactorSettings {
  const asked: Readonly<Record<MfaName, Preference["SMSMfaSettings"]>> = {
    SMS_MFA: wanted.SMSMfaSettings,
    SOFTWARE_TOKEN_MFA: wanted.SoftwareTokenMfaSettings,
    EMAIL_OTP: wanted.EmailMfaSettings,
  };
  const liked = mfaNames.filter((name) => asked[name]?.Enabled && asked[name].PreferredMfa);
  // Unconfirmed text.
  if (liked.length > 1) throw invalid("Only one MFA method can be preferred");
  const enabled = mfaNames.filter((name) => asked[name]?.Enabled ?? factors.settings.enabled.includes(name));
  const unready = enabled.find((name) => asked[name]?.Enabled && !isReady(name, user, factors));
  if (unready) throw invalid(`User does not have delivery config set to turn on ${unready}`);
  const kept = factors.settings.preferred;
  const keepsPreferred = kept !== null && enabled.includes(kept) && asked[kept]?.PreferredMfa !== false;
  return {
    ...factors.settings,
    enabled,
    preferred: liked[0] ?? (keepsPreferred ? kept : null),
    webAuthn: wanted.WebAuthnMfaSettings?.Enabled ?? factors.settings.webAuthn ?? false,
  };
}

/** Sets the SMS option of an earlier day; an empty list switches it off. @throws InvalidParameterException */
export async function setLegacyOptions(app: App, user: FactorHolder, options: readonly MFAOptionType[]): Promise<void> {
  const isForeign = ({ DeliveryMedium, AttributeName }: MFAOptionType): boolean =>
    DeliveryMedium !== "SMS" || AttributeName !== "phone_number";
  // Unconfirmed text.
  if (options.some(isForeign)) throw invalid("MFA options may only be SMS to the attribute phone_number");
  const { settings } = await findFactors(app.db, user);
  await replaceFactorSettings(app.db, user, { ...settings, legacySms: options.length > 0 });
}

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);
