/** The ids of records sort by time and, of those that one process makes in the same millisecond, in their order. */
import type { Clock } from "../lib/clock.ts";
import { digits, lowerCase, type Random } from "../lib/random.ts";

const timeDigits = 15;
const countDigits = 6;

/** The beginning of the ids of a time: all that was recorded before sorts before it. */
export const idPrefixAt = (time: number): string => String(Math.max(0, time)).padStart(timeDigits, "0");

/** Makes ids, each behind those before it, even when the clock is set back. */
export function recordIdsOf(clock: Pick<Clock, "now">, random: Random): () => string {
  let last = 0;
  let count = 0;
  return () => {
    const now = Math.max(last, clock.now());
    count = now === last ? count + 1 : 0;
    last = now;
    return `${idPrefixAt(now)}-${String(count).padStart(countDigits, "0")}${random.text(digits + lowerCase, 8)}`;
  };
}
