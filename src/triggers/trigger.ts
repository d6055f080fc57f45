/**
 * Triggers: the functions of a customer that Cognito calls on the way. They are not run yet, and a pool that relies on
 * one must not go on without it: where a configured trigger would have to run, the call fails as Cognito's does when
 * the function cannot be invoked.
 */
import { ApiError } from "../contract/errors.ts";
import type { LambdaConfigType } from "../contract/types.gen.ts";
import type { Pool } from "../pools/pool.ts";

/** The triggers by the names that messages use. */
export type TriggerName = Exclude<keyof LambdaConfigType, "KMSKeyID" | "PreTokenGenerationConfig">;

/** Refuses to go on where a trigger of the pool would have to run. @throws UnexpectedLambdaException */
export function refuseTrigger(pool: Pool, ...names: readonly TriggerName[]): void {
  for (const name of names) {
    if (pool.settings.LambdaConfig?.[name] === undefined) continue;
    throw new ApiError(
      "UnexpectedLambdaException",
      `${name} invocation failed due to error ResourceNotFoundException.`,
    );
  }
}
