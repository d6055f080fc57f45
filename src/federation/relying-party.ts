/**
 * Ourselves as a client of an OpenID provider: what is known of the provider, and the library that speaks with it. Tokens
 * are believed after their signature, whatever way they came.
 */
import type { Configuration, CustomFetch, ExportedJWKSCache, ServerMetadata } from "openid-client";
import type { App } from "../app.ts";
import { minute, second } from "../lib/clock.ts";
import { parseObject } from "../lib/json-object.ts";
import { isVisitable } from "../providers/endpoint.ts";
import type { Provider } from "../providers/provider.ts";
import { askProvider, leadingTo } from "./ask.ts";
import type { Destination } from "./protocol.ts";
import { provesNothing, reaching, refusalIn, refusedThere } from "./provider-faults.ts";

/** The library, which is loaded when the first browser leaves: few houses need it. */
export type OpenIdClient = typeof import("openid-client");

/** What was found out about a provider. */
export interface Discovery {
  readonly server: ServerMetadata;
  readonly keys?: ExportedJWKSCache;
  readonly readAt: number;
}

/** A provider that moves is followed after so long. */
const believedFor = 10 * minute;

/** The library, set up for one provider. */
export interface Party {
  readonly client: OpenIdClient;
  readonly config: Configuration;
  readonly server: ServerMetadata;
  /** Keeps the provider's keys for the next sign-in. */
  readonly remember: () => void;
}

/** A client of a provider that has just been made again is another one. */
const keyOf = ({ poolId, name, version, createdAt }: Provider): string => `${poolId} ${name} ${createdAt} ${version}`;

/** Ourselves as a client of a provider. `secret` proves us to its token endpoint. */
export async function relyingParty(
  app: App,
  destination: Destination,
  secret: string | undefined = destination.details["client_secret"],
): Promise<Party> {
  const { provider, details } = destination;
  const client = await import("openid-client");
  const known = await discover(app, destination);
  const { server } = known;
  const config = new client.Configuration(
    server,
    details["client_id"] ?? "",
    { [client.clockSkew]: Math.round((app.clock.now() - Date.now()) / second) },
    authentication(client, server, secret),
  );
  config[client.customFetch] = fetchFrom(app, provider, server);
  client.enableNonRepudiationChecks(config);
  // Which of the addresses in the clear may be asked at all is decided where they are.
  client.allowInsecureRequests(config);
  if (known.keys) client.setJwksCache(config, known.keys);
  const remember = (): void => {
    const keys = client.getJwksCache(config);
    app.discoveries.set(keyOf(provider), { ...known, ...(keys && { keys }) });
  };
  return { client, config, server, remember };
}

/**
 * Source: Cognito developer guide, OIDC providers: the secret goes in the form. Providers that take it in the header
 * alone get it there.
 */
function authentication(client: OpenIdClient, server: ServerMetadata, secret: string | undefined) {
  if (!secret) return client.None();
  const methods = server.token_endpoint_auth_methods_supported;
  const isHeaderOnly = methods?.includes("client_secret_basic") === true && !methods.includes("client_secret_post");
  return isHeaderOnly ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret);
}

const manual = { authorize_url: "authorization_endpoint", token_url: "token_endpoint", jwks_uri: "jwks_uri" } as const;

/** What a provider says of itself, with what its owner says instead. Who says everything is not asked. */
async function discover(app: App, { provider, details }: Destination): Promise<Discovery> {
  const known = app.discoveries.get(keyOf(provider));
  if (known && app.clock.now() - known.readAt < believedFor) return known;
  const given = Object.fromEntries(
    Object.entries({ ...manual, attributes_url: "userinfo_endpoint" }).flatMap(([detail, name]) =>
      details[detail] ? [[name, details[detail]]] : [],
    ),
  );
  const issuer = details["oidc_issuer"] ?? "";
  const isComplete = Object.values(manual).every((name) => given[name] !== undefined);
  const said = isComplete ? {} : await readConfiguration(app, provider, issuer);
  const found: Discovery = { server: { issuer, ...said, ...given }, readAt: app.clock.now() };
  app.discoveries.set(keyOf(provider), found);
  return found;
}

/** Source: OpenID Connect Discovery 1.0 section 4: the document is below the issuer, and names it. */
async function readConfiguration(app: App, provider: Provider, issuer: string): Promise<ServerMetadata> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const { status, body } = await reaching(provider, "discovery", () => askProvider(app, { address }));
  if (status !== 200) throw refusedThere(provider, "discovery", status);
  const said = parseObject(body);
  const named = said?.["issuer"];
  // A slash at the end is left out or added by many owners; tokens are held to what the provider itself says.
  if (typeof named !== "string" || named.replace(/\/$/, "") !== issuer.replace(/\/$/, ""))
    throw provesNothing(provider);
  const texts = ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"];
  if (texts.some((name) => said?.[name] !== undefined && typeof said[name] !== "string")) throw provesNothing(provider);
  // A browser is sent there.
  if (!isVisitable(String(said?.["authorization_endpoint"]), app.settings.mode)) throw provesNothing(provider);
  return { ...said, issuer: named };
}

/** The library's requests, asked our way. */
const fetchFrom =
  (app: App, provider: Provider, server: ServerMetadata): CustomFetch =>
  async (address, { method, headers, body }) => {
    const place = address === server.jwks_uri ? "keys" : address === server.token_endpoint ? "token" : "profile";
    const answer = await reaching(provider, place, () =>
      askProvider(app, {
        address,
        method: method === "POST" ? "POST" : "GET",
        headers,
        ...(body !== undefined && body !== null && { body: String(body) }),
      }),
    );
    if (place === "keys" && answer.status !== 200) throw refusedThere(provider, place, answer.status);
    if (answer.status < 200 || answer.status > 599) throw provesNothing(provider);
    return new Response(bodyless.has(answer.status) ? null : answer.body, {
      status: answer.status,
      headers: { ...answer.headers },
    });
  };

/** An answer of these has no body, and fetch makes none that has. Source: Fetch Standard, null body status. */
const bodyless: ReadonlySet<number> = new Set([204, 205, 304]);

/** Where a browser is sent, by the address that a provider has for it. */
export const browserAddress = (app: App, url: URL): string => leadingTo(app.settings, url.href);

/** What an error of the library means for the client. Anything that is no answer of the provider is a bug and stays one. */
export function toldByLibrary({ client }: Party, provider: Provider, error: unknown): unknown {
  const inner = refusalIn(error);
  if (inner) return inner;
  if (error instanceof client.ResponseBodyError) return refusedThere(provider, "token", error.status, error.error);
  if (error instanceof client.WWWAuthenticateChallengeError) return refusedThere(provider, "token", error.status);
  if (error instanceof client.ClientError && error.cause instanceof Response && error.cause.status !== 200) {
    return refusedThere(provider, "token", error.cause.status);
  }
  const isRefused = error instanceof client.ClientError || error instanceof client.AuthorizationResponseError;
  return isRefused ? provesNothing(provider) : error;
}
