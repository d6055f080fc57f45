import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { Subjects } from "../operation.ts";
import { type TokenFault, verifyAccessToken } from "./verify.ts";

/** Source: Cognito developer guide and observed answers of the token-authorised operations. */
const messages: Readonly<Record<Exclude<TokenFault, "no-user">, string>> = {
  malformed: "Invalid Access Token",
  signature: "Could not verify signature for Access Token",
  expired: "Access Token has expired",
  scope: "Access Token does not have required scopes",
  revoked: "Access Token has been revoked",
};

/**
 * The user who calls with an access token.
 * @throws NotAuthorizedException with the reason, or UserNotFoundException when the user was deleted.
 */
export async function identifyTokenBearer(app: App, text: string, scope: string): Promise<Subjects["self"]> {
  const verified = await verifyAccessToken(app, text, scope);
  if (verified.fault === undefined) return { ...verified.bearer, token: verified.token };
  if (verified.fault === "no-user") throw new ApiError("UserNotFoundException", "User does not exist.");
  throw new ApiError("NotAuthorizedException", messages[verified.fault]);
}
