import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { Db } from "../database/open.ts";
import { hour } from "../lib/clock.ts";
import { countAttempt, deleteAttempts } from "./store.ts";

/**
 * How often a user may do something in an hour. Source: Cognito developer guide, quotas on codes; those of second
 * factors and of asking for a new password are ours.
 */
const hourly = {
  ConfirmSignUp: 15,
  ResendConfirmationCode: 5,
  ForgotPassword: 10,
  ConfirmForgotPassword: 10,
  ChangePassword: 5,
  GetUserAttributeVerificationCode: 5,
  VerifyUserAttribute: 15,
  SoftwareToken: 10,
  SignInMessage: 5,
  SignInCode: 20,
} as const;

/** What is counted. */
export type Limited = keyof typeof hourly;

/**
 * Counts one more try of a user, before it is tried: parallel guesses are all counted.
 * @throws LimitExceededException
 */
export async function countAgainst(
  app: Pick<App, "db" | "clock">,
  user: { readonly poolId: string; readonly sub: string },
  kind: Limited,
): Promise<void> {
  const made = await countAttempt(app.db, { ...user, kind, now: app.clock.now(), window: hour });
  if (made > hourly[kind]) {
    throw new ApiError("LimitExceededException", "Attempt limit exceeded, please try after some time.");
  }
}

/** Forgets a user's tries: one that succeeded shows that they were its own. */
export const clearAttempts = (
  db: Db,
  user: { readonly poolId: string; readonly sub: string },
  kind: Limited,
): Promise<void> => deleteAttempts(db, { ...user, kind });
