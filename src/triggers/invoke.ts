/**
 * Where a trigger's ARN leads to: a function, a module on this machine, an HTTP endpoint or one that speaks Lambda's
 * protocol. Each call has five seconds; what cannot be reached is tried three times, a function that fails once.
 * Source: Cognito developer guide, important considerations for Lambda triggers.
 */
import { second } from "../lib/clock.ts";
import { invokeEndpoint, type Signing } from "./endpoints.ts";
import { openLambdaEndpoints } from "./lambda.ts";
import { moduleHost } from "./module-host.ts";
import { type Outcome, timedOut, uncallable } from "./outcome.ts";

/**
 * A function that stands for a Lambda function: it gets the event and gives it back, changed, or calls back with it if it
 * has three parameters. Its context is empty.
 */
export type TriggerFunction = (event: never, context: never, callback: never) => unknown;

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
  const lambda = openLambdaEndpoints(timeLimit);
  const once = (arn: string, target: string | TriggerFunction, event: object): Promise<Outcome> => {
    if (typeof target === "function") return callFunction(target, event, timeLimit);
    if (target.startsWith("lambda:")) return lambda.invoke(target.slice("lambda:".length), arn, event);
    if (/^https?:\/\//.test(target)) return invokeEndpoint({ address: target, event, timeLimit, signing });
    return modules.invoke(target, event);
  };
  return {
    invoke: async (arn, event) => {
      const target = Object.hasOwn(targets, arn) ? targets[arn] : undefined;
      if (target === undefined) return uncallable("ResourceNotFoundException", "No setting says where this ARN leads.");
      const running = underWay.get(arn) ?? 0;
      if (running >= underWayAtMost)
        return uncallable("TooManyRequestsException", "Too many of its calls are under way.");
      underWay.set(arn, running + 1);
      try {
        return await withRetries(() => once(arn, target, event));
      } finally {
        underWay.set(arn, (underWay.get(arn) ?? 1) - 1);
      }
    },
    close: async () => {
      await modules.close();
      await lambda.close();
    },
  };
}

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
    timer = setTimeout(() => resolve(timedOut), timeLimit);
  });
  const call = async (): Promise<Outcome> => {
    try {
      const answer: unknown = await answerOf(target, JSON.parse(JSON.stringify(event)));
      return { kind: "answered", event: answer === undefined ? undefined : JSON.parse(JSON.stringify(answer)) };
    } catch (error) {
      return error instanceof Error
        ? { kind: "threw", message: error.message, why: error.stack }
        : { kind: "threw", message: String(error) };
    }
  };
  try {
    return await Promise.race([call(), timeOut]);
  } finally {
    clearTimeout(timer);
  }
}

function answerOf(target: TriggerFunction, event: unknown): unknown {
  if (target.length < 3) return Reflect.apply(target, undefined, [event, {}]);
  return new Promise((resolve, reject) => {
    const callback = (error: unknown, answer: unknown): void => (error ? reject(error) : resolve(answer));
    Reflect.apply(target, undefined, [event, {}, callback]);
  });
}
