/**
 * Where a trigger's ARN leads to: a function, a module on this machine, an HTTP endpoint or one that speaks Lambda's
 * protocol. Each call has five seconds; what cannot be reached is tried three times, a function that fails once.
 * Source: Cognito developer guide, important considerations for Lambda triggers.
 */
import { second } from "../lib/clock.ts";
import { invokeEndpoint, invokeLambda, type Signing } from "./endpoints.ts";
import { moduleHost } from "./module-host.ts";

/** What became of a call. */
export type Outcome =
  | { readonly kind: "answered"; readonly event: unknown }
  /** The function failed, by its own words. */
  | { readonly kind: "threw"; readonly message: string }
  | { readonly kind: "not-json" }
  /** It could not be called, by the name of the reason. */
  | { readonly kind: "failed"; readonly code: string; readonly isWorthRetrying: boolean };

/** A function that stands for a Lambda function: it gets the event and gives it back, changed. */
export type TriggerFunction = (event: never) => unknown;

/** An ARN leads to a function, or to a text: a path, an http address, or `lambda:` and the address of an endpoint. */
export type TriggerTargets = Readonly<Record<string, string | TriggerFunction>>;

export interface Triggers {
  invoke(arn: string, event: object): Promise<Outcome>;
  close(): Promise<void>;
}

/** Source: Cognito developer guide: a function has five seconds. */
const standardTimeLimit = 5 * second;
const triesAtMost = 3;

/** More calls of one trigger under way would wait for a function that does not answer. */
const underWayAtMost = 50;

/** How triggers are called. */
export interface TriggerOptions {
  /** Whether modules that have changed are loaded again. */
  readonly isDev: boolean;
  /** How long one call may take, in milliseconds. */
  readonly timeLimit?: number;
  /** What HTTP endpoints know us by; without it nothing is signed. */
  readonly signing?: Signing;
}

const unsigned: Signing = { secret: "", now: () => 0 };

/** The triggers of a house. */
export function openTriggers(
  targets: TriggerTargets,
  { isDev, timeLimit = standardTimeLimit, signing = unsigned }: TriggerOptions,
): Triggers {
  const underWay = new Map<string, number>();
  const modules = moduleHost({ timeLimit, reloads: isDev });
  const once = (arn: string, target: string | TriggerFunction, event: object): Promise<Outcome> => {
    if (typeof target === "function") return callFunction(target, event, timeLimit);
    if (target.startsWith("lambda:")) return invokeLambda(target.slice("lambda:".length), arn, event, timeLimit);
    if (/^https?:\/\//.test(target)) return invokeEndpoint({ address: target, event, timeLimit, signing });
    return modules.invoke(target, event);
  };
  return {
    invoke: async (arn, event) => {
      const target = Object.hasOwn(targets, arn) ? targets[arn] : undefined;
      if (target === undefined) return failed("ResourceNotFoundException");
      const running = underWay.get(arn) ?? 0;
      if (running >= underWayAtMost) return failed("TooManyRequestsException");
      underWay.set(arn, running + 1);
      try {
        return await withRetries(() => once(arn, target, event));
      } finally {
        underWay.set(arn, (underWay.get(arn) ?? 1) - 1);
      }
    },
    close: () => modules.close(),
  };
}

const failed = (code: string): Outcome => ({ kind: "failed", code, isWorthRetrying: false });

async function withRetries(call: () => Promise<Outcome>): Promise<Outcome> {
  for (let tries = 1; ; tries++) {
    const outcome = await call();
    if (outcome.kind !== "failed" || !outcome.isWorthRetrying || tries >= triesAtMost) return outcome;
  }
}

/** The event goes through JSON both ways, as it would over the wire: what is no JSON does not arrive. */
async function callFunction(target: TriggerFunction, event: object, timeLimit: number): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const timeOut = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "failed", code: "TimeoutException", isWorthRetrying: true }), timeLimit);
  });
  const call = async (): Promise<Outcome> => {
    try {
      const answer = await target(JSON.parse(JSON.stringify(event)) as never);
      return { kind: "answered", event: answer === undefined ? undefined : JSON.parse(JSON.stringify(answer)) };
    } catch (error) {
      return { kind: "threw", message: error instanceof Error ? error.message : String(error) };
    }
  };
  try {
    return await Promise.race([call(), timeOut]);
  } finally {
    clearTimeout(timer);
  }
}
