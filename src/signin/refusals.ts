/** How a sign-in is refused. Source: Cognito developer guide and observed answers. */
import { type Client, hidesUsers } from "../clients/client.ts";
import { ApiError } from "../contract/errors.ts";
import { refusingInEvenTime } from "../lib/even-time.ts";
import type { CheckedPassword } from "../passwords/failures.ts";
import type { Sitting } from "./attempt.ts";
import type { Refusal } from "./next-step.ts";

/** A wrong password. A client that does not hide its users is told when nobody has the name. */
export function unknownOrWrong({ client, user }: Pick<Sitting, "client" | "user">): ApiError {
  if (!user && !hidesUsers(client)) return new ApiError("UserNotFoundException", "User does not exist.");
  return new ApiError("NotAuthorizedException", "Incorrect username or password.");
}

/** The error of each refusal. All but the last come only after a right password. */
export function refusal(reason: Refusal, sitting: Pick<Sitting, "client" | "user">): ApiError {
  switch (reason) {
    case "disabled":
      return new ApiError("NotAuthorizedException", "User is disabled.");
    case "unconfirmed":
      return new ApiError("UserNotConfirmedException", "User is not confirmed.");
    case "reset-required":
      return new ApiError("PasswordResetRequiredException", "Password reset required for the user");
    case "unknown":
      return unknownOrWrong(sitting);
    case "blocked":
      return new ApiError("NotAuthorizedException", "Unable to login because of security reasons.");
    case "known-password":
      return new ApiError("PasswordResetRequiredException", "Password reset required for user due to security reasons");
    case "no-second-factor":
      // Unconfirmed text.
      return new ApiError("InvalidParameterException", "User has no phone number or email to receive an MFA code");
  }
}

/** Refuses a password that is not right, in the words of each way to fail; gives since when a right one is. Texts as observed. */
export function checkVerdict(sitting: Sitting, { verdict, since }: CheckedPassword): number | undefined {
  switch (verdict) {
    case "right":
      return since;
    case "wrong":
      throw unknownOrWrong(sitting);
    case "locked":
      throw new ApiError("NotAuthorizedException", "Password attempts exceeded");
    case "lapsed":
      // Pools of an earlier day said "User account has expired".
      throw new ApiError(
        "NotAuthorizedException",
        "Temporary password has expired and must be reset by an administrator.",
      );
  }
}

/**
 * Runs a step of a sign-in. Where a client hides its users, what it is refused with takes even time: of a name that
 * nobody has, some microseconds of work are left out.
 */
export const refusingEvenly = <Result>(client: Client, step: () => Promise<Result>): Promise<Result> =>
  hidesUsers(client) ? refusingInEvenTime(step, tellsWho) : step();

/** That too much waits says nothing of anybody, and is answered at once. */
const tellsWho = (error: unknown): boolean => error instanceof ApiError && error.name !== "TooManyRequestsException";

/** Sessions that are not good. Which text is told depends on what became of the session. */
const sessionErrors = {
  invalid: "Invalid session for the user.",
  expired: "Invalid session for the user, session is expired.",
  used: "Invalid session for the user, session can only be used once.",
} as const;

/** @returns the error for a session that cannot be continued. */
export const badSession = (why: keyof typeof sessionErrors): ApiError =>
  new ApiError("NotAuthorizedException", sessionErrors[why]);

const sessionTexts: ReadonlySet<string> = new Set(Object.values(sessionErrors));

/** Whether an error says that a session cannot be continued, and so nothing of who holds it. */
export const isBadSession = (error: unknown): boolean =>
  error instanceof ApiError && error.name === "NotAuthorizedException" && sessionTexts.has(error.message);
