/** A relying party as OpenID Connect describes it: an unmodified client library with every check switched on. */
import * as openid from "openid-client";
import { claimsOf, newVisitor, signIn, type Visitor } from "./browser-steps.ts";
import type { TestHouse } from "./house.ts";
import { password, postmanCallback, type TestPool } from "./pool.ts";

/** The one who signs in, unless a test says otherwise. */
export const person = "jane@example.com";

/** Finds a pool by discovery, as a client with its secret. Signatures of ID tokens are verified by the pool's keys. */
export const discover = (
  { url }: Pick<TestHouse, "url">,
  { UserPoolId, ClientId, secret }: TestPool,
  authentication: openid.ClientAuth = openid.ClientSecretBasic(secret),
): Promise<openid.Configuration> =>
  openid.discovery(new URL(`${url}/${UserPoolId}`), ClientId, {}, authentication, {
    execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks],
  });

/** Parameters of an authorization request; undefined leaves one out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/** The address of an authorization request for the code flow. */
export function requestAddress(config: openid.Configuration, changes: Parameters = {}): string {
  const wanted: Parameters = { redirect_uri: postmanCallback, scope: "openid", ...changes };
  const url = openid.buildAuthorizationUrl(config, {});
  for (const [name, value] of Object.entries(wanted)) {
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.href;
}

/** How a flow goes. */
export interface Flow {
  readonly visitor?: Visitor;
  readonly parameters?: Parameters;
  readonly username?: string;
}

/** Where a request leads a browser first: to the sign-in page, to the client, or to the error page. */
export async function landing(
  config: openid.Configuration,
  { visitor = newVisitor(), parameters = {} }: Flow,
): Promise<URL> {
  const answer = await visitor.visit(requestAddress(config, parameters));
  return new URL(answer.headers.get("location") ?? "none:");
}

/** Goes from the request to the client, by the sign-in page where there is one on the way. */
export async function callback(
  config: openid.Configuration,
  { visitor = newVisitor(), parameters = {}, username = person }: Flow = {},
): Promise<URL> {
  const first = await landing(config, { visitor, parameters });
  if (!first.pathname.endsWith("/login")) return first;
  const last = await signIn(visitor, requestAddress(config, parameters), { username, password });
  return new URL(last.headers.get("location") ?? "none:");
}

/** Goes through the whole flow and gives verified tokens. @throws whatever the library finds wrong */
export async function tokens(
  config: openid.Configuration,
  flow: Flow = {},
  checks: openid.AuthorizationCodeGrantChecks = {},
) {
  const state = openid.randomState();
  const nonce = openid.randomNonce();
  const parameters = { state, nonce, ...flow.parameters };
  const back = await callback(config, { ...flow, parameters });
  const answer = await openid.authorizationCodeGrant(config, back, {
    expectedState: parameters.state,
    ...(parameters.nonce !== undefined && { expectedNonce: parameters.nonce }),
    idTokenExpected: true,
    ...checks,
  });
  return { ...answer, claims: claimsOf(answer.id_token ?? "") };
}
