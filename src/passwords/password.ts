/**
 * Passwords: the policy, the hash, the history and the lock that wrong ones bring. The room knows a user by its pool and
 * sub alone; what follows from a right password is the business of signin/.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { day } from "../lib/clock.ts";
import { isPresent } from "../lib/password-hash.ts";
import type { Pool } from "../pools/pool.ts";
import type { PoolKeys } from "../vault/vault.ts";
import {
  type CheckedPassword,
  type Credential,
  countingFailures,
  hasLapsed,
  type PasswordSubject,
  whenNotTooBusy,
} from "./failures.ts";
import { checkPassword, type PolicyPrefix } from "./policy.ts";
import {
  addVerifier,
  clearFailures,
  findPassword,
  findPasswordHistory,
  type Holder,
  renewPassword,
  replacePassword,
  type StoredPassword,
} from "./store.ts";
import { sealVerifier } from "./verifier.ts";

/** A password that was checked and hashed, ready to be kept in a transaction. */
export interface PreparedPassword {
  readonly sealedHash: string;
  /** Null where the pool has no use for one. */
  readonly sealedSrp: string | null;
  readonly historySize: number;
}

/** Where a hash is sealed for: the history keeps it as it was. */
export const placeOf = (sub: string) => ({ table: "passwords", column: "sealed_hash", row: sub });

/**
 * Checks a new password against the pool's policy and the user's earlier ones, and hashes it. Hashing is slow, so it is
 * done before the transaction that keeps the password.
 * @throws InvalidPasswordException, PasswordHistoryPolicyViolationException
 */
export async function preparePassword(
  app: App,
  pool: Pool,
  user: Pick<Credential, "sub" | "username">,
  password: string,
  prefix?: PolicyPrefix,
): Promise<PreparedPassword> {
  checkPassword(pool, password, prefix);
  const historySize = historySizeOf(pool);
  if (historySize > 0) {
    const keys = await app.vault.poolKeys(app.db, pool.id);
    await checkHistory(app, keys, { poolId: pool.id, sub: user.sub }, { password, historySize });
  }
  return prepareMigrated(app, pool, user, password);
}

const historySizeOf = ({ settings }: Pool): number => settings.Policies?.PasswordPolicy?.PasswordHistorySize ?? 0;

/** Hashes a password that a user brings from elsewhere: no policy of this pool was there when it was chosen. */
export async function prepareMigrated(
  app: App,
  pool: Pool,
  user: Pick<Credential, "sub" | "username">,
  password: string,
): Promise<PreparedPassword> {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const hash = await whenNotTooBusy(() => app.passwords.hash(password));
  const sealedSrp = await sealVerifier(app, pool, user, password);
  return { sealedHash: keys.seal("pw", placeOf(user.sub), hash), sealedSrp, historySize: historySizeOf(pool) };
}

async function checkHistory(
  app: App,
  keys: PoolKeys,
  user: Holder,
  { password, historySize }: { readonly password: string; readonly historySize: number },
): Promise<void> {
  for (const sealed of await findPasswordHistory(app.db, user, historySize)) {
    if (await whenNotTooBusy(() => app.passwords.verify(keys.open("pw", placeOf(user.sub), sealed), password))) {
      throw new ApiError("PasswordHistoryPolicyViolationException", "Password has previously been used");
    }
  }
}

/** Keeps a prepared password, and forgets the failures with the one before. Run it in a transaction. */
export async function keepPassword(
  app: Pick<App, "db" | "clock">,
  user: Holder,
  prepared: PreparedPassword,
  temporaryUntil: number | null,
): Promise<void> {
  const { historySize, ...sealed } = prepared;
  await replacePassword(app.db, { ...user, ...sealed, temporaryUntil, createdAt: app.clock.now() }, historySize);
  await clearFailures(app.db, user);
}

const defaultValidityDays = 7;

/** When a temporary password that is set now lapses. */
export const temporaryUntil = (app: Pick<App, "clock">, pool: Pool): number =>
  app.clock.now() +
  (pool.settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays || defaultValidityDays) * day;

/** Checks a password. A user who does not exist costs the same time. */
export async function verifyPassword(app: App, subject: PasswordSubject, password: string): Promise<CheckedPassword> {
  const { pool, user } = subject;
  let since: number | undefined;
  // A check that is refused is no failure: it must not be counted as one.
  await whenNotTooBusy(async () => app.passwords.checkRoom());
  const verdict = await countingFailures(app, subject, async ({ holder, now }) => {
    const stored = await findPassword(app.db, holder);
    since = stored?.createdAt;
    const keys = await app.vault.poolKeys(app.db, pool.id);
    const hash = stored && keys.open("pw", placeOf(holder.sub), stored.sealedHash);
    if (!(await app.passwords.verify(hash, password))) return "wrong";
    if (user && stored && hash) app.background(renew(app, pool, { user, stored, password, isOld: !isPresent(hash) }));
    return hasLapsed(stored, now) ? "lapsed" : "right";
  });
  return { verdict, since };
}

/**
 * Brings what is kept of a password up to date when the password was just given: a hash that was made elsewhere is made
 * anew, and a password that was set while no client allowed SRP gets its verifier.
 */
async function renew(
  app: App,
  pool: Pool,
  {
    user,
    stored,
    password,
    isOld,
  }: { readonly user: Credential; readonly stored: StoredPassword; readonly password: string; readonly isOld: boolean },
): Promise<void> {
  if (!isOld && stored.sealedSrp !== null) return;
  const sealedSrp = stored.sealedSrp ?? (await sealVerifier(app, pool, user, password));
  if (!isOld) {
    if (sealedSrp !== null) await addVerifier(app.db, stored, sealedSrp);
    return;
  }
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const sealedHash = keys.seal("pw", placeOf(user.sub), await app.passwords.hash(password));
  await renewPassword(app.db, stored, { sealedHash, sealedSrp });
}

/** Seals a hash that was made elsewhere, for a user of the pool. */
export async function sealForeignHash(app: App, pool: Pool, sub: string, hash: string): Promise<PreparedPassword> {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  return { sealedHash: keys.seal("pw", placeOf(sub), hash), sealedSrp: null, historySize: historySizeOf(pool) };
}
