/** How a sign-in is refused. Source: Cognito developer guide and observed answers. */
import { hidesUsers } from "../clients/client.ts";
import { ApiError } from "../contract/errors.ts";
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
  }
}

/** Sessions that are not good. Which text is told depends on what became of the session. */
export const sessionErrors = {
  invalid: "Invalid session for the user.",
  expired: "Invalid session for the user, session is expired.",
  used: "Invalid session for the user, session can only be used once.",
} as const;

/** @returns the error for a session that cannot be continued. */
export const badSession = (why: keyof typeof sessionErrors): ApiError =>
  new ApiError("NotAuthorizedException", sessionErrors[why]);
