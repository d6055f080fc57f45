/** The authenticator app of a user: handing out its secret, proving it, and the codes that it shows afterwards. */
import type { App } from "../app.ts";
import { succeeded } from "../audit/act.ts";
import { recordUserAct } from "../audit/user-act.ts";
import { clearAttempts, countAgainst } from "../codes/limits.ts";
import { ApiError } from "../contract/errors.ts";
import { stepOfCode, toBase32 } from "../lib/totp.ts";
import { mfaFactorsOf } from "../pools/mfa.ts";
import type { Pool } from "../pools/pool.ts";
import type { FactorSettings, Factors } from "./factors.ts";
import {
  deleteRecoveryCodes,
  findFactors,
  type Holder,
  promotePendingTotp,
  removeTotp,
  replacePendingTotp,
  spendTotpStep,
} from "./store.ts";

/** 256 bits: 52 characters of base32. Source: RFC 4226 section 4 asks for 128 at least and recommends 160. */
const secretBytes = 32;

/** Where the secret of an authenticator is sealed for, proved or not. */
export const placeOf = (sub: string) => ({ table: "factors", column: "totp", row: sub });

/** Hands out a new secret, as base32. It counts for nothing until it is proved, and an earlier unproved one is void. */
export async function associateAuthenticator(app: App, pool: Pool, holder: Holder): Promise<string> {
  if (pool.settings.mfa?.softwareToken?.Enabled !== true || !mfaFactorsOf(pool).includes("SOFTWARE_TOKEN_MFA")) {
    throw new ApiError("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool");
  }
  const secret = app.random.bytes(secretBytes);
  const keys = await app.vault.poolKeys(app.db, pool.id);
  await replacePendingTotp(app.db, holder, keys.seal("totp", placeOf(holder.sub), secret.toString("base64")));
  return toBase32(secret);
}

/** The secret that waits to be proved, as base32, or a new one: a page that is shown again must show the same. */
export async function pendingAuthenticator(app: App, pool: Pool, holder: Holder): Promise<string> {
  const { sealedPendingTotp } = await findFactors(app.db, holder);
  if (sealedPendingTotp === null) return associateAuthenticator(app, pool, holder);
  return toBase32(await openSecret(app, holder, sealedPendingTotp));
}

/** What a right first code changes. Run it in a transaction. @throws when another secret was handed out meanwhile */
export type Promote = (app: Pick<App, "db">) => Promise<void>;

/**
 * Checks the first code of a handed-out secret.
 * @throws EnableSoftwareTokenMFAException for a wrong code, and when no secret waits.
 */
export async function proveAuthenticator(
  app: App,
  holder: Holder,
  code: string,
  change: (settings: FactorSettings) => FactorSettings,
): Promise<Promote> {
  await countAgainst(app, holder, "SoftwareToken");
  const { sealedPendingTotp: pending, settings } = await findFactors(app.db, holder);
  const secret = pending === null ? undefined : await openSecret(app, holder, pending);
  const step = secret && stepOfCode(secret, code, app.clock.now());
  if (pending === null || step === undefined) throw codeMismatch();
  return async ({ db }) => {
    await clearAttempts(db, holder, "SoftwareToken");
    const promoted = { sealed: pending, step, settings: change(settings) };
    if (!(await promotePendingTotp(db, holder, pending, promoted))) throw codeMismatch();
    const { poolId, sub: userSub } = holder;
    const act = { name: "AuthenticatorRegistered", pool: { id: poolId }, userSub, outcome: succeeded } as const;
    await recordUserAct({ ...app, db }, act);
  };
}

/**
 * Checks a code of a user's authenticator and gives what spends it. Failures of a user are limited over all sign-ins.
 * @throws CodeMismatchException, LimitExceededException, ExpiredCodeException for a code that was used. Texts as observed.
 */
export async function checkAuthenticatorCode(
  app: App,
  holder: Holder,
  code: string,
): Promise<(app: Pick<App, "db">) => Promise<void>> {
  await countAgainst(app, holder, "SoftwareToken");
  const { sealedTotp, totpStep } = await findFactors(app.db, holder);
  const secret = sealedTotp === null ? undefined : await openSecret(app, holder, sealedTotp);
  const step = secret && stepOfCode(secret, code, app.clock.now());
  if (step === undefined) throw new ApiError("CodeMismatchException", "Invalid code received for user");
  if (step <= totpStep) throw usedCode();
  return async ({ db }) => {
    if (!(await spendTotpStep(db, holder, step))) throw usedCode();
    await clearAttempts(db, holder, "SoftwareToken");
  };
}

const usedCode = (): ApiError =>
  new ApiError("ExpiredCodeException", "Your software token has already been used once.");

async function openSecret(app: App, { poolId, sub }: Holder, sealed: string): Promise<Buffer> {
  const keys = await app.vault.poolKeys(app.db, poolId);
  return Buffer.from(keys.open("totp", placeOf(sub), sealed), "base64");
}

/** That a first code is not the one of the secret that waits. Text as observed. */
const codeMismatch = (): ApiError => new ApiError("EnableSoftwareTokenMFAException", "Code mismatch");

/** The settings of a user with an authenticator of this name. */
export const namedAuthenticator = (settings: FactorSettings, name: string | undefined): FactorSettings =>
  name ? { ...settings, authenticatorName: name } : settings;

/** The same, switched on as well. */
export const switchedOnAuthenticator = (settings: FactorSettings, name: string | undefined): FactorSettings => ({
  ...namedAuthenticator(settings, name),
  enabled: [...new Set([...settings.enabled, "SOFTWARE_TOKEN_MFA" as const])],
});

/** The settings of a user without an authenticator. */
const withoutAuthenticator = (settings: FactorSettings): FactorSettings => ({
  ...settings,
  enabled: settings.enabled.filter((name) => name !== "SOFTWARE_TOKEN_MFA"),
  preferred: settings.preferred === "SOFTWARE_TOKEN_MFA" ? null : settings.preferred,
});

/** Removes a user's authenticator, so that another can be registered, and the codes that stand for it. */
export async function removeAuthenticator(app: Pick<App, "db">, holder: Holder, { settings }: Factors): Promise<void> {
  await removeTotp(app.db, holder, withoutAuthenticator(settings));
  await deleteRecoveryCodes(app.db, holder);
}
