/**
 * The request of the authorization endpoint, as an ordered list of small checks. Whether a failure may travel back to
 * the client is decided by the list that its check stands in: until client and redirect URI are known to belong
 * together, everything ends on our own error page. Source: RFC 6749 sections 3.1 and 4.1.2.1; answers as observed.
 */
import type { Client } from "../clients/client.ts";
import { findPoolClient } from "../clients/store.ts";
import { type Level, levelsAsked } from "../pools/assurance.ts";
import { customScopes } from "../pools/resource-server.ts";
import { findResourceServers } from "../pools/store.ts";
import { standardScopes } from "../tokens/scopes.ts";
import { redirect, toErrorPage } from "./answers.ts";
import type { DomainRequest } from "./domain-request.ts";
import { repeated, valueIn } from "./parameters.ts";

/** What is known once client and redirect URI are. */
interface Trusted {
  readonly client: Client;
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** A request that may be granted once somebody has signed in. */
export interface AuthorizationRequest extends Trusted {
  readonly responseType: "code" | "token";
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly resource: string | undefined;
  readonly prompts: readonly string[];
  /** Seconds since the sign-in that the client accepts. */
  readonly maxAge: number | undefined;
  readonly loginHint: string | undefined;
  /** The levels of assurance that the client wants, the one that it wants most first. */
  readonly levels: readonly Level[];
}

/** Reads and checks the request. The answer is the one to send when it is refused. */
export async function readAuthorizationRequest(at: DomainRequest): Promise<AuthorizationRequest | Response> {
  const trusted = await checkBeforeRedirect(at);
  if (trusted instanceof Response) return trusted;
  const refusal = await checkAfterRedirect(at, trusted);
  if (refusal) return refuseToClient(at, trusted, refusal);
  const { query } = at;
  const maxAge = valueIn(query, "max_age");
  return {
    ...trusted,
    responseType: responseTypeOf(query) === "token" ? "token" : "code",
    scopes: await grantedScopes(at, trusted.client),
    nonce: valueIn(query, "nonce"),
    codeChallenge: valueIn(query, "code_challenge"),
    resource: valueIn(query, "resource"),
    prompts: valueIn(query, "prompt")?.split(" ") ?? [],
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
    loginHint: valueIn(query, "login_hint"),
    levels: levelsAsked(at.pool, valueIn(query, "acr_values")),
  };
}

/** Source: observed: these words stand in the query of the error page. */
const missing = "Required parameters missing";

async function checkBeforeRedirect(at: DomainRequest): Promise<Trusted | Response> {
  const { app, pool, query } = at;
  const clientId = valueIn(query, "client_id");
  if (clientId === undefined || repeated(query, ["client_id", "redirect_uri", "state"]))
    return toErrorPage(at, missing);
  const client = await findPoolClient(app.db, pool.id, clientId);
  if (!client) return toErrorPage(at, "Client does not exist", clientId);
  if (!client.settings.AllowedOAuthFlowsUserPoolClient) {
    return toErrorPage(at, "Client is not enabled for OAuth2.0 flows.", clientId);
  }
  const redirectUri = valueIn(query, "redirect_uri") ?? defaultRedirectUri(client);
  if (redirectUri === undefined) return toErrorPage(at, missing, clientId);
  // Equality of the text as it is: any reading of a URL that is cleverer can be led astray.
  if (!client.settings.CallbackURLs?.includes(redirectUri)) return toErrorPage(at, "redirect_mismatch", clientId);
  return { client, redirectUri, state: valueIn(query, "state") };
}

/** Source: Cognito developer guide: with one identity provider, the default or the only callback is used. */
function defaultRedirectUri({ settings }: Client): string | undefined {
  if ((settings.SupportedIdentityProviders?.length ?? 1) !== 1) return undefined;
  const [only, ...others] = settings.CallbackURLs ?? [];
  return settings.DefaultRedirectURI ?? (others.length === 0 ? only : undefined);
}

/** An error that the client is told. */
export interface ClientError {
  readonly error: string;
  readonly description?: string;
}

type Check = (at: DomainRequest, trusted: Trusted) => ClientError | undefined | Promise<ClientError | undefined>;

const single = [
  "response_type",
  "response_mode",
  "scope",
  "nonce",
  "code_challenge",
  "code_challenge_method",
  "prompt",
  "resource",
  "max_age",
  "acr_values",
  "id_token_hint",
];

const responseTypeOf = (query: URLSearchParams): string | undefined => valueIn(query, "response_type");

const checksAfterRedirect: readonly Check[] = [
  ({ query }) => (repeated(query, single) ? { error: "invalid_request" } : undefined),
  ({ query }) => (query.has("request") ? { error: "request_not_supported" } : undefined),
  ({ query }) => (query.has("request_uri") ? { error: "request_uri_not_supported" } : undefined),
  ({ query }) => {
    const type = responseTypeOf(query);
    return type === "code" || type === "token" ? undefined : { error: "invalid_request" };
  },
  ({ query }, { client }) => {
    const flow = responseTypeOf(query) === "token" ? "implicit" : "code";
    return client.settings.AllowedOAuthFlows?.includes(flow) ? undefined : { error: "unauthorized_client" };
  },
  ({ query }) => {
    const mode = valueIn(query, "response_mode");
    const usual = responseTypeOf(query) === "token" ? "fragment" : "query";
    return mode === undefined || mode === usual ? undefined : { error: "invalid_request" };
  },
  ({ query }) => checkChallenge(valueIn(query, "code_challenge"), valueIn(query, "code_challenge_method")),
  ({ query }) => checkResource(valueIn(query, "resource")),
  ({ query }) => (/^\d{0,15}$/.test(query.get("max_age") ?? "") ? undefined : { error: "invalid_request" }),
  ({ query }) => {
    const prompts = valueIn(query, "prompt")?.split(" ") ?? [];
    return prompts.includes("none") && prompts.length > 1 ? { error: "invalid_request" } : undefined;
  },
  checkScopes,
];

async function checkAfterRedirect(at: DomainRequest, trusted: Trusted): Promise<ClientError | undefined> {
  for (const check of checksAfterRedirect) {
    const refusal = await check(at, trusted);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Challenge and method come together, the method is S256. Source: RFC 7636 section 4.3; Cognito developer guide. */
function checkChallenge(challenge: string | undefined, method: string | undefined): ClientError | undefined {
  if (challenge === undefined && method === undefined) return undefined;
  const isGood = challenge !== undefined && method === "S256" && /^[\w-]{43}$/.test(challenge);
  return isGood ? undefined : { error: "invalid_request" };
}

/** Source: RFC 8707 section 2; Cognito developer guide, resource binding. The answer to a bad value is unconfirmed. */
function checkResource(resource: string | undefined): ClientError | undefined {
  if (resource === undefined) return undefined;
  if (!URL.canParse(resource)) return { error: "invalid_request" };
  const { protocol, hostname } = new URL(resource);
  const isGood = /^[a-z][a-z\d+.-]*:\/\//i.test(resource) && (protocol !== "http:" || hostname === "localhost");
  return isGood && !resource.includes("#") ? undefined : { error: "invalid_request" };
}

const scopesLimit = 50;

/** Source: observed since 2021: the guide's `error=invalid_scope` is not what the service answers. */
const invalidScope: ClientError = { error: "invalid_request", description: "invalid_scope" };

/** Scopes that say what an ID token shows mean nothing without one. */
const needsOpenId = ["email", "phone", "profile"];

function checkScopes({ query }: DomainRequest, { client }: Trusted): ClientError | undefined {
  const asked = requestedScopes(query);
  if (!asked) return undefined;
  const allowed = client.settings.AllowedOAuthScopes ?? [];
  const isGood =
    asked.length <= scopesLimit &&
    asked.every((scope) => allowed.includes(scope)) &&
    (asked.includes("openid") || !needsOpenId.some((scope) => asked.includes(scope)));
  return isGood ? undefined : invalidScope;
}

/** More text than any list of scopes that could be granted. */
const scopeLimitCharacters = 50 * 257 * 2;

function requestedScopes(query: URLSearchParams): string[] | undefined {
  const text = valueIn(query, "scope");
  if (text === undefined) return undefined;
  if (text.length > scopeLimitCharacters) return [text.slice(0, 1), ""];
  return [...new Set(text.split(" ").filter((scope) => scope !== ""))];
}

/** The scopes of the request, or all of the client's; one whose resource server lost it gives nothing. */
async function grantedScopes({ app, pool, query }: DomainRequest, client: Client): Promise<string[]> {
  const asked = requestedScopes(query) ?? client.settings.AllowedOAuthScopes ?? [];
  if (asked.every((scope) => standardScopes.has(scope))) return asked;
  const known = customScopes(await findResourceServers(app.db, pool.id));
  return asked.filter((scope) => standardScopes.has(scope) || known.has(scope));
}

/** Sends an error to the client, its parameters in Cognito's order. */
export function refuseToClient(
  { query }: Pick<DomainRequest, "query">,
  { redirectUri, state }: Trusted,
  { error, description }: ClientError,
): Response {
  const parameters = new URLSearchParams({
    ...(description !== undefined && { error_description: description }),
    ...(state !== undefined && { state }),
    error,
  });
  return redirect(addParameters(redirectUri, parameters, responseTypeOf(query) === "token" ? "#" : "?"));
}

/** A redirect URI with parameters in its query or fragment. Its own query stays. */
export function addParameters(uri: string, parameters: URLSearchParams, separator: "?" | "#"): string {
  const joint = separator === "?" && uri.includes("?") ? "&" : separator;
  return `${uri}${joint}${parameters}`;
}
