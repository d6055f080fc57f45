/**
 * Limits: how many requests of a second each category of operations is served in a region. A house has none until one
 * is provisioned: then requests beyond it are refused. The room owns the limits and the counting, which each process
 * does for itself; refusing is done where requests come in.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { LimitDefinitionType, LimitType, OperationName } from "../contract/types.gen.ts";
import { second } from "../lib/clock.ts";
import { type Category, categoryOf, freeLimits, isCategory, isChallengeAnswer } from "./categories.ts";
import { findLimits } from "./store.ts";

/** So many times the free limit can be provisioned. Ours: on Cognito the account's own quota decides. */
const mostTimesFree = 10;

/** What can be provisioned of a category at most. */
export const mostProvisioned = (category: Category): number => freeLimits[category] * mostTimesFree;

/** The category that a definition names. @throws InvalidParameterException, ResourceNotFoundException. Unconfirmed: the sentences. */
export function parseCategory({ Attributes }: LimitDefinitionType): Category {
  const { Category: name, ...others } = Attributes;
  if (name === undefined || Object.keys(others).length > 0) {
    throw new ApiError("InvalidParameterException", "The limit must be defined by the attribute Category alone.");
  }
  if (isCategory(name)) return name;
  throw new ApiError("ResourceNotFoundException", `There is no limit for the category ${name}.`);
}

/** The limit as the API shows it. */
export const describeLimit = (category: Category, provisioned: number | undefined): LimitType => ({
  LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category: category } },
  ProvisionedLimitValue: provisioned ?? freeLimits[category],
  FreeLimitValue: freeLimits[category],
});

/** Counts requests against the limits of a house. */
export interface Limits {
  /** Counts a request for an operation. @throws TooManyRequestsException for one beyond its limit */
  checkOperation(region: string, operation: OperationName): Promise<void>;
  /** The same for what comes another way than by an operation. */
  checkCategory(region: string, category: Category): Promise<void>;
  /** Reads the limits again before the next request. */
  forget(): void;
}

/** Limits that were read are believed for so long: another process may have provisioned one. */
const believedFor = 5 * second;

/** Requests that may still come at once, and when that was so. */
interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** Limits that are read seldom and counted in memory: a house that has none provisioned pays a look-up in an empty map. */
export function openLimits({ db, clock }: Pick<App, "db" | "clock">): Limits {
  const buckets = new Map<string, Bucket>();
  let known: { readonly limits: ReadonlyMap<string, number>; readonly at: number } | undefined;
  let reading: Promise<ReadonlyMap<string, number>> | undefined;
  // One read serves all that wait. One that began before a limit was provisioned is not kept.
  const read = (): Promise<ReadonlyMap<string, number>> => {
    if (reading) return reading;
    const at = clock.now();
    const mine = findLimits(db)
      .then((rows) => {
        const limits = new Map(rows.map((row) => [keyOf(row.region, row.category), row.perSecond]));
        if (reading === mine) known = { limits, at };
        return limits;
      })
      .finally(() => {
        if (reading === mine) reading = undefined;
      });
    reading = mine;
    return mine;
  };
  const check = async (key: string, times: 1 | 3): Promise<void> => {
    const isFresh = known !== undefined && clock.now() - known.at < believedFor;
    const limits = known && isFresh ? known.limits : await read();
    const limit = limits.get(key);
    if (limit === undefined) return;
    const name = `${key} ${times}`;
    const left = refilled(buckets.get(name), limit * times, clock.now());
    // Unconfirmed: the sentence.
    if (left < 1) throw new ApiError("TooManyRequestsException", "Rate exceeded");
    buckets.set(name, { left: left - 1, at: clock.now() });
  };
  return {
    checkOperation: async (region, operation) => {
      const category = categoryOf[operation];
      if (category) await check(keyOf(region, category), isChallengeAnswer(operation) ? 3 : 1);
    },
    checkCategory: (region, category) => check(keyOf(region, category), 1),
    forget: () => {
      known = undefined;
      reading = undefined;
    },
  };
}

const keyOf = (region: string, category: Category): string => `${region} ${category}`;

/** What a bucket that fills in a second holds by now. */
function refilled(bucket: Bucket | undefined, perSecond: number, now: number): number {
  if (!bucket) return perSecond;
  return Math.min(perSecond, bucket.left + ((now - bucket.at) / second) * perSecond);
}
