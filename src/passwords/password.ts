/**
 * Passwords: the policy, the hash, the history and the lock that wrong ones bring. The room knows a user by its pool and
 * sub alone; what follows from a right password is the business of signin/.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { day, minute, second } from "../lib/clock.ts";
import { HashQueueFullError } from "../lib/password-hash.ts";
import { TooManyWaitingError } from "../lib/turns.ts";
import type { Pool } from "../pools/pool.ts";
import type { PoolKeys } from "../vault/vault.ts";
import { checkPassword, type PolicyPrefix } from "./policy.ts";
import {
  clearFailures,
  countFailure,
  findPassword,
  findPasswordHistory,
  type Holder,
  replacePassword,
  type StoredPassword,
} from "./store.ts";

/** A password that was checked and hashed, ready to be kept in a transaction. */
export interface PreparedPassword {
  readonly sealedHash: string;
  readonly historySize: number;
}

const placeOf = (sub: string) => ({ table: "passwords", column: "sealed_hash", row: sub });

/**
 * Checks a new password against the pool's policy and the user's earlier ones, and hashes it. Hashing is slow, so it is
 * done before the transaction that keeps the password.
 * @throws InvalidPasswordException, PasswordHistoryPolicyViolationException
 */
export async function preparePassword(
  app: App,
  pool: Pool,
  user: Pick<Holder, "sub">,
  password: string,
  prefix?: PolicyPrefix,
): Promise<PreparedPassword> {
  checkPassword(pool, password, prefix);
  const historySize = pool.settings.Policies?.PasswordPolicy?.PasswordHistorySize ?? 0;
  const keys = await app.vault.poolKeys(app.db, pool.id);
  if (historySize > 0) await checkHistory(app, keys, { poolId: pool.id, sub: user.sub }, { password, historySize });
  const hash = await whenNotTooBusy(() => app.passwords.hash(password));
  return { sealedHash: keys.seal("pw", placeOf(user.sub), hash), historySize };
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
  const { sealedHash, historySize } = prepared;
  await replacePassword(app.db, { ...user, sealedHash, temporaryUntil, createdAt: app.clock.now() }, historySize);
  await clearFailures(app.db, user);
}

const defaultValidityDays = 7;

/** When a temporary password that is set now lapses. */
export const temporaryUntil = (app: Pick<App, "clock">, pool: Pool): number =>
  app.clock.now() +
  (pool.settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays || defaultValidityDays) * day;

/** What a password check finds: it matches, it does not, too many did not, or it was a temporary one and lapsed. */
export type PasswordVerdict = "right" | "wrong" | "locked" | "lapsed";

/** Source: Cognito developer guide, lockout behaviour: from the fifth failure on, 2^(n-5) seconds, about 15 minutes at most. */
const longestLock = 15 * minute;
const freeFailures = 4;

/** How long each failure in a row locks, in milliseconds, beginning with the first. */
export const lockDurations: readonly number[] = Array.from({ length: 15 }, (_, index) =>
  index < freeFailures ? 0 : Math.min(2 ** (index - freeFailures) * second, longestLock),
);

/**
 * Checks a password. The failure is counted before the hash is made and taken back when the password is right, so that
 * guesses made at the same time are all counted. A user who does not exist costs the same time.
 */
export async function verifyPassword(
  app: App,
  pool: Pool,
  user: Holder | undefined,
  password: string,
): Promise<PasswordVerdict> {
  return whenNotTooBusy(() => verifyInTurn(app, pool, user, password));
}

async function verifyInTurn(
  app: App,
  pool: Pool,
  user: Holder | undefined,
  password: string,
): Promise<PasswordVerdict> {
  if (!user) {
    await app.passwords.verify(undefined, password);
    return "wrong";
  }
  return app.passwordTurns(`${pool.id} ${user.sub}`, async () => {
    const now = app.clock.now();
    if (!(await countFailure(app.db, user, { now, lockDurations, quiet: longestLock }))) return "locked";
    const stored = await findPassword(app.db, user);
    const keys = await app.vault.poolKeys(app.db, pool.id);
    const hash = stored && keys.open("pw", placeOf(user.sub), stored.sealedHash);
    if (!(await app.passwords.verify(hash, password))) return "wrong";
    await clearFailures(app.db, user);
    return hasLapsed(stored, now) ? "lapsed" : "right";
  });
}

const hasLapsed = (stored: StoredPassword | undefined, now: number): boolean =>
  stored !== undefined && stored.temporaryUntil !== null && stored.temporaryUntil <= now;

/** Work that is refused because too much of it waits already is for the caller to try again. @throws TooManyRequestsException */
async function whenNotTooBusy<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HashQueueFullError) && !(error instanceof TooManyWaitingError)) throw error;
    throw new ApiError("TooManyRequestsException", "Too many requests");
  }
}
