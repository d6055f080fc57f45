/**
 * Factors: what a user can prove beside its password: an authenticator, codes by SMS and e-mail, passkeys, and which of
 * them it wants to be asked for. The room knows a user by its pool, sub and attributes; when a factor is asked for is
 * decided in signin/.
 */
import type { AuthFactorType } from "../contract/types.gen.ts";
import { type MfaName, mfaFactorsOf } from "../pools/mfa.ts";
import type { Pool } from "../pools/pool.ts";

/** What a user chose. */
export interface FactorSettings {
  /** The second factors that are switched on. */
  readonly enabled: readonly MfaName[];
  readonly preferred: MfaName | null;
  /** Whether a passkey that verified its user counts as a second factor. */
  readonly webAuthn?: boolean;
  /** Codes by SMS in the form of an earlier day, shown as `MFAOptions`. */
  readonly legacySms?: boolean;
  /** The name that the user gave to its authenticator. */
  readonly authenticatorName?: string;
}

/** A user's factors as they are kept. */
export interface Factors {
  readonly settings: FactorSettings;
  readonly sealedTotp: string | null;
  readonly sealedPendingTotp: string | null;
  readonly totpStep: number;
}

/** The factors of a user who has set up none. */
export const noFactors: Factors = {
  settings: { enabled: [], preferred: null },
  sealedTotp: null,
  sealedPendingTotp: null,
  totpStep: 0,
};

/** What the room looks at of a user. */
export interface FactorHolder {
  readonly poolId: string;
  readonly sub: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Whether a user has what a second factor needs: a phone, an address, a proved authenticator. */
export function isReady(name: MfaName, user: Pick<FactorHolder, "attributes">, factors: Factors): boolean {
  switch (name) {
    case "SMS_MFA":
      return Boolean(user.attributes["phone_number"]);
    case "EMAIL_OTP":
      return Boolean(user.attributes["email"]);
    case "SOFTWARE_TOKEN_MFA":
      return factors.sealedTotp !== null;
  }
}

/** The second factors that a user has switched on and the pool can ask for. */
export function activeFactors(pool: Pool, user: FactorHolder, { settings, ...factors }: Factors): MfaName[] {
  const legacy: MfaName[] = settings.legacySms ? ["SMS_MFA"] : [];
  const wanted = new Set([...settings.enabled, ...legacy]);
  return mfaFactorsOf(pool).filter((name) => wanted.has(name) && isReady(name, user, { settings, ...factors }));
}

/** The second factors of a user as views of it show them; members that are absent are left out. */
export const describeFactors = ({ settings }: Factors) => ({
  MFAOptions: settings.legacySms ? [{ DeliveryMedium: "SMS" as const, AttributeName: "phone_number" }] : undefined,
  PreferredMfaSetting: settings.preferred ?? undefined,
  UserMFASettingList: listOrNone([...settings.enabled, ...(settings.webAuthn ? ["WEB_AUTHN"] : [])]),
});

const listOrNone = <Item>(items: Item[]): Item[] | undefined => (items.length > 0 ? items : undefined);

/** What a user can begin a sign-in with. */
export interface FirstFactors {
  readonly hasPassword: boolean;
  readonly passkeys: number;
}

/** Whether users of a pool may do without a password, because they can begin with something else. */
export const mayDoWithoutPassword = ({ settings }: Pick<Pool, "settings">): boolean =>
  settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.some((factor) => factor !== "PASSWORD") ?? false;

/** The first factors of the pool that a user can use, in the order in which they are offered. */
export function firstFactors(
  pool: Pool,
  user: Pick<FactorHolder, "attributes">,
  { hasPassword, passkeys }: FirstFactors,
): AuthFactorType[] {
  const allowed = pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"];
  const isUsable: Readonly<Record<AuthFactorType, boolean>> = {
    PASSWORD: hasPassword,
    EMAIL_OTP: Boolean(user.attributes["email"]),
    SMS_OTP: Boolean(user.attributes["phone_number"]),
    WEB_AUTHN: passkeys > 0,
    SOFTWARE_TOKEN: false,
  };
  return (["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] as const).filter(
    (name) => allowed.includes(name) && isUsable[name],
  );
}
