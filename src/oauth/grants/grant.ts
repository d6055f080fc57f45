import type { Client } from "../../clients/client.ts";
import type { OAuthFlowType } from "../../contract/types.gen.ts";
import type { IssuedTokens } from "../../tokens/issue.ts";
import { answerError, answerJson } from "../answers.ts";
import type { DomainRequest } from "../domain-request.ts";

/** A request of the token endpoint whose client has proved itself. */
export interface GrantRequest {
  readonly at: DomainRequest;
  readonly client: Client;
  readonly form: URLSearchParams;
}

/** One grant type. It fills in what is unique to it; the phases around it are those of the token endpoint. */
export interface Grant {
  /** The flows of which a client must allow one; none for the refresh of what another flow gave. */
  readonly flows: readonly OAuthFlowType[];
  answer(request: GrantRequest): Promise<Response>;
}

/** Tokens as the token endpoint answers them, in the order observed. Source: RFC 6749 section 5.1. */
export const answerTokens = ({ accessToken, idToken, expiresIn }: IssuedTokens, refreshToken?: string): Response =>
  answerJson(200, {
    ...(idToken !== undefined && { id_token: idToken }),
    access_token: accessToken,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    expires_in: expiresIn,
    token_type: "Bearer",
  });

/** A grant that is not good: used, expired, somebody else's, or of a user who may not sign in. */
export const invalidGrant = (): Response => answerError("invalid_grant");
