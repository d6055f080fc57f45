/** The token endpoint: who asks, what for, and whether this client may; the rest is the grant's. */
import type { Client } from "../clients/client.ts";
import { ApiError } from "../contract/errors.ts";
import type { Category } from "../limits/categories.ts";
import { answerError, answerTooMany } from "./answers.ts";
import { authenticateClient } from "./client-authentication.ts";
import { authorizationCode } from "./grants/authorization-code.ts";
import { clientCredentials } from "./grants/client-credentials.ts";
import type { Grant } from "./grants/grant.ts";
import { refreshToken } from "./grants/refresh-token.ts";
import { limitedByAddress } from "./limited.ts";
import { readForm, repeated, valueIn } from "./parameters.ts";

const grants = new Map<string, Grant>([
  ["authorization_code", authorizationCode],
  ["refresh_token", refreshToken],
  ["client_credentials", clientCredentials],
]);

const single = [
  "grant_type",
  "client_id",
  "client_secret",
  "code",
  "redirect_uri",
  "code_verifier",
  "refresh_token",
  "scope",
  "aws_client_metadata",
];

/** Answers `POST /oauth2/token`. Source: RFC 6749 section 3.2; statuses and errors as observed. */
export const token = limitedByAddress(async (at) => {
  const form = await readForm(at.request);
  if (!form || repeated(form, single)) return answerError("invalid_request");
  const grantType = valueIn(form, "grant_type");
  if (grantType === undefined) return answerError("invalid_request");
  const grant = grants.get(grantType);
  if (!grant) return answerError("unsupported_grant_type");
  const client = await authenticateClient(at, form);
  if (typeof client === "string") return answerError(client);
  if (grant.flows.length > 0 && !mayUse(client, grant)) return answerError("unauthorized_client");
  try {
    await at.app.limits.checkCategory(at.pool.region, categoryOfGrant(grantType));
    return await grant.answer({ at, client, form });
  } catch (error) {
    if (error instanceof ApiError && error.name === "TooManyRequestsException") return answerTooMany(error.message);
    // What a trigger of the pool refuses. The form of the answer is unconfirmed.
    if (error instanceof ApiError && error.status < 500) return answerError("invalid_request", error.message);
    throw error;
  }
});

/** Source: Cognito developer guide, quotas: tokens of a client count apart from those of users. */
const categoryOfGrant = (grantType: string): Category =>
  grantType === "client_credentials" ? "ClientAuthentication" : "UserAuthentication";

const mayUse = ({ settings }: Client, { flows }: Grant): boolean =>
  settings.AllowedOAuthFlowsUserPoolClient === true &&
  flows.some((flow) => settings.AllowedOAuthFlows?.includes(flow) === true);
