/** The way of a browser over an identity provider: off to it, back from it, and on to the client. */
import { contextOfUser } from "../events/context.ts";
import { completeFederatedSignIn } from "../federation/arrival.ts";
import { comeHome, depart, departureLifetime, isBrowserSecret, newBrowserSecret } from "../federation/departure.ts";
import type { Memory, Statement } from "../federation/protocol.ts";
import { protocols } from "../federation/protocols.ts";
import { FederationRefusal } from "../federation/refusal.ts";
import { rememberOrigin } from "../federation/sign-out.ts";
import { toSeconds } from "../lib/clock.ts";
import type { Method } from "../pools/assurance.ts";
import { openProviderDetails, type Provider } from "../providers/provider.ts";
import { findProvider, findProviderByIdentifier, findProviders } from "../providers/store.ts";
import { beginHostedSession, hashOfSecret } from "../sessions/session.ts";
import { redirect, toErrorPage } from "./answers.ts";
import { type AuthorizationRequest, readAuthorizationRequest, refuseToClient } from "./authorization-request.ts";
import { completeAuthorization } from "./complete.ts";
import { readCookie, readDepartureCookie, sessionCookie, setDepartureCookies, setSessionCookie } from "./cookies.ts";
import type { DomainRequest } from "./domain-request.ts";
import { repeated, valueIn } from "./parameters.ts";
import { answerProviderForm } from "./provider-form.tsx";

/** The users of the pool itself, as a provider. */
const ownUsers = "COGNITO";

/**
 * The provider that a request names, by its name or by one of its identifiers. `none` where it names none or the pool
 * itself, `unavailable` where there is no such provider or the client does not have it.
 */
export async function providerOf(
  { app, pool, query }: Pick<DomainRequest, "app" | "pool" | "query">,
  { client }: Pick<AuthorizationRequest, "client">,
): Promise<Provider | "none" | "unavailable"> {
  const name = valueIn(query, "identity_provider");
  const identifier = valueIn(query, "idp_identifier");
  if ((name === undefined && identifier === undefined) || name?.toUpperCase() === ownUsers) return "none";
  if (repeated(query, ["identity_provider", "idp_identifier"])) return "unavailable";
  const provider =
    name === undefined
      ? await findProviderByIdentifier(app.db, pool.id, identifier ?? "")
      : await findProvider(app.db, pool.id, name);
  return provider && isOffered(provider, client) ? provider : "unavailable";
}

const isOffered = ({ name }: Provider, { settings }: AuthorizationRequest["client"]): boolean =>
  settings.SupportedIdentityProviders?.includes(name) === true;

/** The providers that a client offers, in its order. */
export async function offeredProviders(
  { app, pool }: Pick<DomainRequest, "app" | "pool">,
  { client }: Pick<AuthorizationRequest, "client">,
): Promise<Provider[]> {
  const names = (client.settings.SupportedIdentityProviders ?? []).filter((name) => name !== ownUsers);
  const found = new Map((await findProviders(app.db, pool.id, names)).map((provider) => [provider.name, provider]));
  return names.flatMap((name) => found.get(name) ?? []);
}

/** The provider whose identifier is the domain of a mail address, in whatever case it is written. */
export async function providerOfAddress(
  at: Pick<DomainRequest, "app" | "pool">,
  request: Pick<AuthorizationRequest, "client">,
  address: string,
): Promise<Provider | undefined> {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  const offered = await offeredProviders(at, request);
  return offered.find(({ settings }) => settings.identifiers.some((known) => known.toLowerCase() === domain));
}

/** Sends a browser to a provider. */
export async function leaveFor(
  at: DomainRequest,
  request: AuthorizationRequest,
  provider: Provider,
): Promise<Response> {
  const { app, pool, base, query } = at;
  const protocol = protocols[provider.type];
  const kept = readDepartureCookie(at);
  const browser = isBrowserSecret(kept) ? kept : newBrowserSecret(app);
  return telling(at, request, async () => {
    const { location, form } = await depart(app, {
      pool,
      client: request.client,
      provider,
      protocol,
      base,
      query: query.toString(),
      browser,
      prompts: request.prompts.filter((prompt) => prompt !== "none"),
      loginHint: request.loginHint,
      levels: request.levels,
    });
    const cookies = setDepartureCookies(at, browser, toSeconds(departureLifetime));
    return form ? answerProviderForm(location, form, cookies) : redirect(location, cookies);
  });
}

/** A browser that came back: the request that its sign-in is for, and what its provider is to be asked. */
export interface Return {
  readonly state: string | undefined;
  readonly parameters: URLSearchParams;
  /** Whether the endpoint is the one of SAML. */
  readonly isSaml: boolean;
  /** What the error page says to a browser that nobody knows. */
  readonly unknown?: string;
}

/** Takes up the sign-in of a browser that came back from a provider, and ends it. */
export async function takeUp(at: DomainRequest, { state, parameters, isSaml, unknown }: Return): Promise<Response> {
  const { app, pool } = at;
  const browser = readDepartureCookie(at);
  const home =
    state !== undefined && isBrowserSecret(browser) ? await comeHome(app, { pool, state, browser }) : undefined;
  if (!home) return toErrorPage(at, unknown ?? "Invalid state");
  const { departure, memory, isLate } = home;
  // Source: Cognito developer guide: who took too long begins again, and is told that something went wrong.
  const query = new URLSearchParams(departure.query);
  if (isLate) {
    query.set("lapsed", "yes");
    // Else the page would send the browser off again at once.
    for (const name of ["identity_provider", "idp_identifier"]) query.delete(name);
    return redirect(`${at.base}/login?${query}`);
  }
  const before = { ...at, query };
  // The client and the provider may have changed while the browser was away.
  const request = await readAuthorizationRequest(before);
  if (request instanceof Response) return request;
  const provider = await findProvider(app.db, pool.id, departure.providerName);
  if (!provider || !isOffered(provider, request.client) || isSaml !== (provider.type === "SAML")) {
    return toErrorPage(at, "invalid_request", request.client.id);
  }
  return arrive(before, request, { provider, memory, parameters });
}

/** Ends the sign-in of a browser that a provider sent unasked: there is nothing that it would have to answer. */
export const arriveUnasked = (
  at: DomainRequest,
  request: AuthorizationRequest,
  provider: Provider,
  parameters: URLSearchParams,
): Promise<Response> => arrive(at, request, { provider, memory: {}, parameters });

/** What a browser that is back is held against, and what it brings. */
interface Back {
  readonly provider: Provider;
  readonly memory: Memory;
  readonly parameters: URLSearchParams;
}

function arrive(
  at: DomainRequest,
  request: AuthorizationRequest,
  { provider, memory, parameters }: Back,
): Promise<Response> {
  const { app, pool, base } = at;
  return telling(at, request, async () => {
    const details = await openProviderDetails(app, provider);
    const brought = Object.fromEntries(parameters);
    const returning = { pool, provider, details, base, memory, parameters: brought };
    const statement = await protocols[provider.type].arrive(app, returning);
    return signIn(at, request, provider, statement);
  });
}

/** The bytes of the nonce that Cognito makes for a client that sent none. Source: observed: 171 characters. */
const nonceBytes = 128;

/** Signs in whom a provider vouches for, and goes on to the client as after the sign-in page. */
async function signIn(
  at: DomainRequest,
  request: AuthorizationRequest,
  provider: Provider,
  statement: Statement,
): Promise<Response> {
  const { app, pool, origin } = at;
  const { client } = request;
  const context = contextOfUser(client, undefined, origin);
  const methods: readonly Method[] = [statement.level === undefined ? "fed" : `fed:${statement.level}`];
  const { user, authenticatedAt, secret } = await completeFederatedSignIn(
    app,
    { pool, client, provider, statement, context },
    async (inside, signedIn) => {
      const former = readCookie(at, sessionCookie);
      const begun = await beginHostedSession(inside, { ...signedIn, pool, client, methods, former });
      await rememberOrigin(inside, { pool, client, provider, user: signedIn.user, secret: begun }, statement);
      return { ...signedIn, secret: begun };
    },
  );
  const nonce = request.nonce ?? app.random.bytes(nonceBytes).toString("base64url");
  const grantee = { user, methods, authenticatedAt, sessionHash: hashOfSecret(secret) };
  return completeAuthorization(at, { ...request, nonce }, grantee, [setSessionCookie(at, client, secret)]);
}

/** Runs a step of a federated sign-in. What goes wrong in it the client is told. */
async function telling(
  at: DomainRequest,
  request: AuthorizationRequest,
  step: () => Promise<Response>,
): Promise<Response> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof FederationRefusal)) throw error;
    const { error: code, description } = error;
    return refuseToClient(at, request, { error: code, ...(description !== undefined && { description }) });
  }
}
