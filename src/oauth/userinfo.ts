/** The userInfo endpoint. Source: OpenID Connect Core 1.0 section 5.3; errors from Cognito's developer guide. */
import { readableAttributes } from "../clients/client.ts";
import { attributeFilter } from "../tokens/scopes.ts";
import { verifyAccessToken } from "../tokens/verify.ts";
import { answerJson, methodNotAllowed } from "./answers.ts";
import type { DomainRequest } from "./domain-request.ts";
import { readForm, repeated, valueIn } from "./parameters.ts";

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
  const text = await bearerToken(request);
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

/**
 * The token of a request: in its header, as Cognito wants it, or in the form of a post. Never in the address, where it
 * would stand in logs, and never in two places. Source: RFC 6750 section 2.
 */
async function bearerToken(request: Request): Promise<string | undefined> {
  const header = request.headers.get("authorization");
  const form = request.method === "POST" ? await readForm(request) : undefined;
  if (form && repeated(form, ["access_token"])) return undefined;
  const inForm = form && valueIn(form, "access_token");
  if (header === null) return inForm;
  return inForm === undefined ? /^bearer +(\S+)$/i.exec(header)?.[1] : undefined;
}
