/**
 * Triggers: the functions of a customer that Cognito calls on the way. The room owns what they are sent, what they may
 * answer, and how their failures are told; when one is called, and what its answer changes, is the caller's.
 * Source: Cognito developer guide, customizing user pool workflows with Lambda triggers; sentences as observed.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { Pool } from "../pools/pool.ts";
import type { Definition } from "./definitions.ts";
import type { Outcome } from "./outcome.ts";
import type { TriggerName, TriggerSource } from "./sources.ts";

/** The ARN of a trigger, or undefined where the pool has none. */
function triggerArn({ settings }: Pool, name: TriggerName): string | undefined {
  const set = settings.LambdaConfig?.[name];
  return typeof set === "string" ? set : set?.LambdaArn;
}

export const hasTrigger = (pool: Pool, name: TriggerName): boolean => triggerArn(pool, name) !== undefined;

/** What one call of a trigger is about. */
export interface Occasion {
  readonly pool: Pool;
  readonly source: TriggerSource;
  /** Absent where an administrator acts without a client. */
  readonly clientId?: string | undefined;
  readonly userName: string;
  /** The members of the event's `request`; undefined ones are left out. */
  readonly request: Readonly<Record<string, unknown>>;
  /** The event's version, `1` unless told otherwise. */
  readonly version?: string;
}

/** What a log keeps of a function's own words, in characters. */
const longestReason = 2_000;

/**
 * Calls a trigger and gives its checked answer; undefined where the pool has none.
 * @throws UserLambdaValidationException when it fails, InvalidLambdaResponseException when its answer is of no use,
 * UnexpectedLambdaException when it cannot be called.
 */
export async function runTrigger<Response>(
  app: App,
  definition: Definition<Response>,
  occasion: Occasion,
): Promise<Response | undefined> {
  const arn = triggerArn(occasion.pool, definition.name);
  if (arn === undefined) return undefined;
  const outcome = await app.triggers.invoke(arn, eventOf(definition, occasion));
  const result = resultOf(definition, outcome);
  if (!("refusal" in result)) return result.response;
  // Who called learns a sentence; whoever runs the function wants to know more.
  const why = "why" in outcome ? outcome.why?.slice(0, longestReason) : undefined;
  const { pool, source } = occasion;
  app.log.warn(
    { poolId: pool.id, triggerSource: source, arn, reason: result.refusal.message, why },
    "a trigger failed",
  );
  throw result.refusal;
}

/** What a call came to: the function's answer, or what its caller is told. */
function resultOf<Response>(
  { name, initial, parse }: Definition<Response>,
  outcome: Outcome,
): { readonly response: Response } | { readonly refusal: ApiError } {
  const isAsked = initial !== undefined;
  switch (outcome.kind) {
    case "threw":
      return refused("UserLambdaValidationException", `${name} failed with error ${outcome.message}.`);
    case "failed":
      return refused("UnexpectedLambdaException", `${name} invocation failed due to error ${outcome.code}.`);
    case "not-json":
      if (!isAsked) return answer(parse({}));
      return refused("InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON");
    case "answered": {
      const given = isRecord(outcome.event) ? outcome.event["response"] : undefined;
      if (!isAsked) return answer(parse({}));
      return answer(isRecord(given) ? parse({ ...initial, ...given }) : undefined);
    }
  }
}

const answer = <Response>(response: Response | undefined) =>
  response === undefined ? { refusal: unrecognizable() } : { response };

const refused = (
  name: "UserLambdaValidationException" | "UnexpectedLambdaException" | "InvalidLambdaResponseException",
  message: string,
) => ({ refusal: new ApiError(name, message) });

/** An answer of the wrong shape, or one that asks for what cannot be. */
export const unrecognizable = (): ApiError =>
  new ApiError("InvalidLambdaResponseException", "Unrecognizable lambda output");

const eventOf = ({ initial }: Definition<unknown>, occasion: Occasion) => ({
  version: occasion.version ?? "1",
  region: occasion.pool.region,
  userPoolId: occasion.pool.id,
  userName: occasion.userName,
  callerContext: {
    awsSdkVersion: "aws-sdk-unknown-unknown",
    clientId: occasion.clientId ?? "CLIENT_ID_NOT_APPLICABLE",
  },
  triggerSource: occasion.source,
  request: occasion.request,
  response: initial,
});

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whose attributes an event shows. */
export interface Shown {
  readonly sub: string;
  readonly status: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * A user's attributes as events show them, with its status and the contacts that it is found by. A user who does not
 * exist yet has no sub to show. Source: observed events.
 */
export function eventAttributes(
  { settings }: Pool,
  { sub, status, attributes }: Shown,
): Readonly<Record<string, string>> {
  const aliases = (["email", "phone_number"] as const).flatMap((name) => {
    const value = attributes[`${name}_verified`] === "true" ? attributes[name] : undefined;
    return value && settings.AliasAttributes?.includes(name) ? [[`cognito:${name}_alias`, value] as const] : [];
  });
  return { sub, ...Object.fromEntries(aliases), "cognito:user_status": status, ...attributes };
}
