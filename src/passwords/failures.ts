/** Wrong passwords in a row lock a user for a while: one count over every name, every flow and every door. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { minute, second } from "../lib/clock.ts";
import { PowerQueueFullError } from "../lib/modular-power.ts";
import { HashQueueFullError } from "../lib/password-hash.ts";
import { TooManyWaitingError } from "../lib/turns.ts";
import { imaginedHolder } from "../pools/nobody.ts";
import type { Pool } from "../pools/pool.ts";
import { clearFailures, failureCounter, type Holder, type StoredPassword, takeFailureBack } from "./store.ts";

/** Who has a password, with the name that is immutable and so may go into the password's verifier. */
export interface Credential extends Holder {
  readonly username: string;
}

/** What a password check finds: it matches, it does not, too many did not, or it was a temporary one and lapsed. */
export type PasswordVerdict = "right" | "wrong" | "locked" | "lapsed";

/** A verdict, and since when the password that it is about is its user's: what it proves is worth nothing once that is replaced. */
export interface CheckedPassword {
  readonly verdict: PasswordVerdict;
  readonly since: number | undefined;
}

/** Source: Cognito developer guide, lockout behaviour: from the fifth failure on, 2^(n-5) seconds, about 15 minutes at most. */
const longestLock = 15 * minute;
const freeFailures = 4;

/** How long each failure in a row locks, in milliseconds, beginning with the first. */
export const lockDurations: readonly number[] = Array.from({ length: 15 }, (_, index) =>
  index < freeFailures ? 0 : Math.min(2 ** (index - freeFailures) * second, longestLock),
);

const countFailure = failureCounter({ lockDurations, quiet: longestLock });

/** Whose password is checked: a user's, or that of a name that nobody has. */
export interface PasswordSubject {
  readonly pool: Pool;
  readonly user: Credential | undefined;
  /** The name as it was given. */
  readonly username: string;
}

/** What a check is told: who holds the password and the failures, and the time. Nobody holds none. */
export interface Check {
  readonly holder: Holder;
  readonly now: number;
}

/**
 * Runs a check of a user's password, one at a time. The failure is counted before the check and taken back when it
 * finds the password right, so that guesses made at the same time are all counted. Guesses for a name that nobody has
 * are counted and locked as well: neither answers nor their time tell who exists.
 */
export async function countingFailures(
  app: App,
  { pool, user, username }: PasswordSubject,
  check: (check: Check) => Promise<"right" | "wrong" | "lapsed">,
): Promise<PasswordVerdict> {
  const holder = user ?? (await imaginedHolder(app, pool, username));
  const inTurn = async (): Promise<PasswordVerdict> => {
    const now = app.clock.now();
    const counted = await countFailure(app.db, holder, now);
    if (!counted) return "locked";
    const verdict = await check({ holder, now }).catch(async (error: unknown) => {
      // What could not be checked, because too much waits, was no failure.
      await takeFailureBack(app.db, holder, counted);
      throw error;
    });
    if (verdict !== "wrong") await clearFailures(app.db, holder);
    return verdict;
  };
  return whenNotTooBusy(() => app.passwordTurns(`${holder.poolId} ${holder.sub}`, inTurn));
}

/** Whether a temporary password has lapsed. */
export const hasLapsed = (stored: StoredPassword | undefined, now: number): boolean =>
  stored !== undefined && stored.temporaryUntil !== null && stored.temporaryUntil <= now;

/** Work that is refused because too much of it waits already is for the caller to try again. @throws TooManyRequestsException */
export async function whenNotTooBusy<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isBusy = [HashQueueFullError, TooManyWaitingError, PowerQueueFullError].some((kind) => error instanceof kind);
    if (!isBusy) throw error;
    throw new ApiError("TooManyRequestsException", "Too many requests");
  }
}
