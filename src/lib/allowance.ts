/** A rate that may be used up to a burst: whatever comes faster is passed over and counted. */
import { bucketsOf } from "./buckets.ts";
import type { Clock } from "./clock.ts";

/** Asks for one. */
export type Allowance = () =>
  | { readonly isGranted: false }
  /** How many were passed over since the last that was granted. */
  | { readonly isGranted: true; readonly passedOver: number };

/** The key of the only bucket. */
const theOne = "";

/** An allowance of `burst` at once, refilled with `perSecond`. */
export function allowanceOf(
  clock: Pick<Clock, "now">,
  { burst, perSecond }: { readonly burst: number; readonly perSecond: number },
): Allowance {
  const bucket = bucketsOf(clock, { burst, perSecond, kept: 1 });
  let passedOver = 0;
  return () => {
    if (!bucket.take(theOne)) {
      passedOver++;
      return { isGranted: false };
    }
    const granted = { isGranted: true, passedOver } as const;
    passedOver = 0;
    return granted;
  };
}
