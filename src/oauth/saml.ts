/**
 * Where SAML providers send browsers: with an answer to what we asked, or unasked with somebody who starts at the
 * provider's own page. Source: Cognito developer guide, SAML session initiation; SAML 2.0 bindings, section 3.5.
 */
import { isBrowserSecret } from "../federation/departure.ts";
import { messageLimitCharacters } from "../federation/saml-message.ts";
import { endSignOut, signOutForProvider } from "../federation/sign-out.ts";
import { methodNotAllowed, redirect, toErrorPage } from "./answers.ts";
import { readAuthorizationRequest } from "./authorization-request.ts";
import { readDepartureCookie } from "./cookies.ts";
import type { DomainRequest, Endpoint } from "./domain-request.ts";
import { arriveUnasked, providerOf, takeUp } from "./federated.ts";
import { readForm, repeated, valueIn } from "./parameters.ts";

/** What the error page says of a message that nobody waits for. Source: observed. */
export const unknownExchange = "Invalid samlResponse or relayState from identity provider";

/** What it says of one that does not say which sign-in it is for. Source: observed. */
export const noRelayState = "Required String parameter 'RelayState' is not present";

/** A response and what is sent along, each sign of it encoded as three. */
const formLimitBytes = 4 * messageLimitCharacters;

/** The form of a message, unless it is none or says something twice. */
async function readSamlForm({ request }: DomainRequest): Promise<URLSearchParams | undefined> {
  const form = await readForm(request, formLimitBytes);
  return form && repeated(form, [...form.keys()]) === undefined ? form : undefined;
}

/** Answers `POST /saml2/idpresponse`. */
export const samlResponse: Endpoint = async (at) => {
  if (at.request.method !== "POST") return methodNotAllowed("POST");
  const parameters = await readSamlForm(at);
  if (!parameters?.has("SAMLResponse")) return toErrorPage(at, unknownExchange);
  const state = valueIn(parameters, "RelayState");
  if (state === undefined) return toErrorPage(at, noRelayState);
  return state.includes("=")
    ? signInUnasked(at, new URLSearchParams(state), parameters)
    : takeUp(at, { state, parameters, isSaml: true, unknown: unknownExchange });
};

/** Answers `POST /saml2/logout`: a provider's answer to our request to sign out, or its own request. */
export const samlSignOut: Endpoint = async (at) => {
  if (at.request.method !== "POST") return methodNotAllowed("POST");
  const { app, pool, base, origin } = at;
  const form = await readSamlForm(at);
  if (!form) return toErrorPage(at, unknownExchange);
  const common = { pool, base, relayState: valueIn(form, "RelayState"), address: origin.address };
  const answer = valueIn(form, "SAMLResponse");
  if (answer !== undefined) {
    const browser = readDepartureCookie(at);
    const location = isBrowserSecret(browser) ? await endSignOut(app, { ...common, text: answer }, browser) : undefined;
    return location === undefined ? toErrorPage(at, unknownExchange) : redirect(location);
  }
  const done = await signOutForProvider(app, { ...common, text: valueIn(form, "SAMLRequest") ?? "" });
  if (!done) return toErrorPage(at, unknownExchange);
  // A provider that says no address for answers is answered by the status alone.
  return done.location === undefined ? new Response(null, { status: 204 }) : redirect(done.location);
};

/**
 * Signs in whom a provider sends unasked. What the browser goes on to stands in the relay state, which is no secret and
 * which anybody can write: it is checked like any authorization request, its redirect URI among the client's.
 */
async function signInUnasked(
  at: DomainRequest,
  query: URLSearchParams,
  parameters: URLSearchParams,
): Promise<Response> {
  if (!query.has("client_id")) return toErrorPage(at, unknownExchange);
  const within = { ...at, query };
  const request = await readAuthorizationRequest(within);
  if (request instanceof Response) return request;
  const provider = await providerOf(within, request);
  if (typeof provider === "string" || provider.type !== "SAML" || provider.settings.details["IDPInit"] !== "true") {
    return toErrorPage(at, unknownExchange, request.client.id);
  }
  return arriveUnasked(within, request, provider, parameters);
}
