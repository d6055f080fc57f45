/** Buckets of tokens by key: who takes more than its bucket holds waits for it to fill again. */
import { type Clock, second } from "./clock.ts";
import { boundedCache } from "./lru.ts";

/** How large a bucket is, how fast it fills, and how many are kept. */
export interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
  /** The bucket that was used longest ago makes room, and is full when its key comes back. */
  readonly kept: number;
}

export interface Buckets {
  /** Takes one out of the bucket of a key; false where none is left. */
  take(key: string): boolean;
  /** Puts some back. A bucket never holds more than when it was new. */
  putBack(key: string, count: number): void;
}

interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** Buckets that are full at first. A clock that goes back fills none, and they go on filling from there. */
export function bucketsOf(clock: Pick<Clock, "now">, { burst, perSecond, kept }: BucketSize): Buckets {
  const buckets = boundedCache<Bucket>(kept);
  const leftIn = (key: string, now: number): number => {
    const bucket = buckets.get(key);
    if (!bucket) return burst;
    return Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / second) * perSecond);
  };
  return {
    take(key) {
      const now = clock.now();
      const left = leftIn(key, now);
      const isLeft = left >= 1;
      buckets.set(key, { left: isLeft ? left - 1 : left, at: now });
      return isLeft;
    },
    putBack(key, count) {
      const now = clock.now();
      buckets.set(key, { left: Math.min(burst, leftIn(key, now) + count), at: now });
    },
  };
}
