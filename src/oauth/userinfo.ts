/** The userInfo endpoint. Source: OpenID Connect Core 1.0 section 5.3; errors from Cognito's developer guide. */
import { readableAttributes } from "../clients/client.ts";
import { attributeFilter } from "../tokens/scopes.ts";
import { verifyAccessToken } from "../tokens/verify.ts";
import { answerJson, methodNotAllowed } from "./answers.ts";
import type { DomainRequest } from "./domain-request.ts";

const badRequest = "Bad OAuth2 request at UserInfo Endpoint";
const badToken = "Access token is expired, disabled, or deleted, or the user has globally signed out.";
const noScope = "Access token does not contain openid scope";

function refuse(status: number, error: string, description: string): Response {
  const challenge = `error="${error}", error_description="${description}"`;
  return answerJson(status, { error, error_description: description }, { "www-authenticate": challenge });
}

/** Answers `GET` and `POST /oauth2/userInfo` with the attributes that the token's scopes let out. */
export async function userInfo(at: DomainRequest): Promise<Response> {
  const { app, pool, request } = at;
  if (request.method !== "GET" && request.method !== "POST") return methodNotAllowed("GET", "POST");
  const text = /^bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (text === undefined) return refuse(400, "invalid_request", badRequest);
  const verified = await verifyAccessToken(app, text, "openid");
  if (verified.fault === "scope") return refuse(401, "invalid_token", noScope);
  if (verified.fault !== undefined || verified.bearer.pool.id !== pool.id)
    return refuse(401, "invalid_token", badToken);
  const { user, client } = verified.bearer;
  const mayRead = readableAttributes(pool, client);
  const isInScope = attributeFilter(verified.token.scopes);
  const shown = Object.entries(user.attributes).filter(([name]) => mayRead(name) && isInScope(name));
  return answerJson(200, { sub: user.sub, ...Object.fromEntries(shown), username: user.username });
}
