/** Wrong passwords in a row lock a user for a while: one count over every name, every flow and every door. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { minute, second } from "../lib/clock.ts";
import { PowerQueueFullError } from "../lib/modular-power.ts";
import { HashQueueFullError } from "../lib/password-hash.ts";
import { TooManyWaitingError } from "../lib/turns.ts";
import { clearFailures, countFailure, type Holder, type StoredPassword } from "./store.ts";

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
 * Runs a check of a user's password, one at a time. The failure is counted before the check and taken back when it
 * finds the password right, so that guesses made at the same time are all counted.
 */
export function countingFailures(
  app: App,
  user: Holder,
  check: (now: number) => Promise<"right" | "wrong" | "lapsed">,
): Promise<PasswordVerdict> {
  const inTurn = async (): Promise<PasswordVerdict> => {
    const now = app.clock.now();
    if (!(await countFailure(app.db, user, { now, lockDurations, quiet: longestLock }))) return "locked";
    const verdict = await check(now);
    if (verdict !== "wrong") await clearFailures(app.db, user);
    return verdict;
  };
  return whenNotTooBusy(() => app.passwordTurns(`${user.poolId} ${user.sub}`, inTurn));
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
