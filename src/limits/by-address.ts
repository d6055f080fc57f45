/**
 * What one address may try. Requests that nobody signed and that guess, or that cause something, cost one each; whoever
 * then shows to be who it says gets it back, so that people who sign in cost nothing and those who guess run dry. It is
 * an address that is refused and never a user, so nobody is locked out by others from elsewhere; and what is counted is
 * what was answered, so the count tells no more than the answers do. Each process counts for itself, in memory.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { OperationName } from "../contract/types.gen.ts";
import { householdOf, inNetworks } from "../lib/address.ts";
import { allowanceOf } from "../lib/allowance.ts";
import { bucketsOf } from "../lib/buckets.ts";

/** Counts what addresses try. */
export interface AddressLimit {
  /**
   * Counts one request before it is served, and gives what takes some of it back.
   * @throws TooManyRequestsException when the address has none left
   */
  count(address: string | undefined): (returned: number) => void;
}

/** So many minutes' worth may come at once: an office in the morning, a test that is run again. */
const burstMinutes = 5;

/** Some 10 MB when all are taken. */
const keptBuckets = 50_000;

/** An attack is seen in the log, and fills no disk. */
const linesInLog = { burst: 10, perSecond: 0.1 };

/** Requests over a connection that was gone before anybody asked whose it was share one bucket: none goes uncounted. */
const unknown = "unknown";

type Counted = Pick<App, "clock" | "log" | "metrics"> & {
  readonly settings: Pick<App["settings"], "addressLimit" | "unlimitedAddresses">;
};

/** The limit that the settings say, or none. */
export function openAddressLimit({ settings, clock, log, metrics }: Counted): AddressLimit {
  const { addressLimit: perMinute, unlimitedAddresses } = settings;
  if (perMinute === 0) return { count: () => () => undefined };
  const isUnlimited = inNetworks(unlimitedAddresses);
  const size = { burst: perMinute * burstMinutes, perSecond: perMinute / 60, kept: keptBuckets };
  const buckets = bucketsOf(clock, size);
  const mayTell = allowanceOf(clock, linesInLog);
  return {
    count: (address) => {
      if (isUnlimited(address)) return () => undefined;
      const household = householdOf(address) ?? unknown;
      if (buckets.take(household)) {
        return (returned) => {
          if (returned > 0) buckets.putBack(household, returned);
        };
      }
      metrics.refuse("address");
      const telling = mayTell();
      if (telling.isGranted) {
        const words = "requests of an address are refused: it has used up its limit; one of a proxy needs --proxies";
        log.warn({ address: household, passedOver: telling.passedOver }, words);
      }
      throw new ApiError("TooManyRequestsException", "Too many requests");
    },
  };
}

/** What a request does, as far as its cost goes. */
export type Cost =
  /** Begins a sign-in: it costs until that sign-in ends well. */
  | "beginning"
  /** Answers a question of a sign-in; the answer that ends it well gives back what the beginning cost. */
  | "answer"
  /** Shows a code, a token or a secret: one that is right costs nothing. */
  | "proof"
  /** Causes a message, a user or a client, whatever comes of it. */
  | "cause";

const costs: Partial<Record<OperationName, Cost>> = {
  InitiateAuth: "beginning",
  RespondToAuthChallenge: "answer",
  SignUp: "cause",
  ResendConfirmationCode: "cause",
  ForgotPassword: "cause",
};

/** What an operation costs that nobody signs. */
export const costOf = (operation: OperationName): Cost => costs[operation] ?? "proof";

/** How much of what was paid comes back for a request that was not refused. */
export function returnedFor(cost: Cost, isSignedIn: boolean): 0 | 1 | 2 {
  switch (cost) {
    case "beginning":
      return isSignedIn ? 1 : 0;
    case "answer":
      return isSignedIn ? 2 : 1;
    case "proof":
      return 1;
    case "cause":
      return 0;
  }
}

/** A request of an address. */
export interface Costly<Answer> {
  readonly address: string | undefined;
  readonly cost: Cost;
  /** Whether an answer lets somebody in. */
  readonly isSignedIn?: (answer: Answer) => boolean;
}

/** Serves a request that costs. What is thrown is a refusal, and paid for. @throws TooManyRequestsException */
export async function atCost<Answer>(
  { addressLimit }: Pick<App, "addressLimit">,
  { address, cost, isSignedIn }: Costly<Answer>,
  serve: () => Promise<Answer>,
): Promise<Answer> {
  const giveBack = addressLimit.count(address);
  const answer = await serve();
  giveBack(returnedFor(cost, isSignedIn?.(answer) === true));
  return answer;
}
