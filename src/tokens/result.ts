import { ApiError } from "../contract/errors.ts";
import type { AuthenticationResultType } from "../contract/types.gen.ts";
import type { IssuedTokens } from "./issue.ts";
import type { RefreshOutcome, RefreshRefusal } from "./refresh.ts";

/** Tokens as the JSON API shows them. */
export const describeTokens = (tokens: IssuedTokens, refreshToken?: string): AuthenticationResultType => ({
  AccessToken: tokens.accessToken,
  ExpiresIn: tokens.expiresIn,
  TokenType: "Bearer",
  RefreshToken: refreshToken,
  IdToken: tokens.idToken,
});

/** Source: observed answers; the text of a reuse is unconfirmed. */
const refusals: Readonly<
  Record<RefreshRefusal, readonly ["NotAuthorizedException" | "RefreshTokenReuseException", string]>
> = {
  invalid: ["NotAuthorizedException", "Invalid Refresh Token."],
  expired: ["NotAuthorizedException", "Refresh Token has expired"],
  revoked: ["NotAuthorizedException", "Refresh Token has been revoked"],
  reused: ["RefreshTokenReuseException", "Refresh Token has already been used"],
  disabled: ["NotAuthorizedException", "User is disabled."],
};

/** The result of refreshing. @throws NotAuthorizedException or RefreshTokenReuseException */
export function refreshResult(outcome: RefreshOutcome): AuthenticationResultType {
  if (outcome.kind === "refreshed") return describeTokens(outcome.tokens, outcome.refreshToken);
  throw new ApiError(...refusals[outcome.reason]);
}
