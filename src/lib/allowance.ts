/** A rate that may be used up to a burst: whatever comes faster is passed over and counted. */
import { type Clock, second } from "./clock.ts";

/** Asks for one. */
export type Allowance = () =>
  | { readonly isGranted: false }
  /** How many were passed over since the last that was granted. */
  | { readonly isGranted: true; readonly passedOver: number };

/** An allowance of `burst` at once, refilled with `perSecond`. */
export function allowanceOf(
  clock: Pick<Clock, "now">,
  { burst, perSecond }: { readonly burst: number; readonly perSecond: number },
): Allowance {
  let left = burst;
  let filledAt = clock.now();
  let passedOver = 0;
  return () => {
    const now = clock.now();
    left = Math.min(burst, left + (Math.max(0, now - filledAt) / second) * perSecond);
    filledAt = now;
    if (left < 1) {
      passedOver++;
      return { isGranted: false };
    }
    left--;
    const granted = { isGranted: true, passedOver } as const;
    passedOver = 0;
    return granted;
  };
}
