/** A person who signs in with a provider, over HTTP: off to the provider, back with what it gives, on to the client. */
import { authorizeUrl, claimsOf, jsonOf, requestToken, type Visitor } from "./browser-steps.ts";
import { postmanCallback, type TestPool } from "./pool.ts";
import type { StandInProvider } from "./stand-in-provider.ts";

/** Where a browser is sent. */
export const locationOf = (response: Response): string => response.headers.get("location") ?? "";

/** The address of an authorization request for a pool's client. */
export const authorizeAddress = (pool: TestPool, parameters: Readonly<Record<string, string>> = {}): string =>
  authorizeUrl(pool, { scope: "openid email profile", state: "client-state", ...parameters });

/** Where the pool's domain takes browsers back. */
export const callbackAddress = (pool: TestPool, parameters: Readonly<Record<string, string>>): string =>
  `${pool.base}/oauth2/idpresponse?${new URLSearchParams(parameters)}`;

/** Leaves for a provider and comes back with its agreement. Gives where the browser is sent then. */
export async function signInWith(
  browser: Visitor,
  pool: TestPool,
  provider: StandInProvider,
  parameters: Readonly<Record<string, string>>,
): Promise<URL> {
  const left = await browser.visit(authorizeAddress(pool, parameters));
  const brought = provider.agree(locationOf(left));
  return new URL(locationOf(await browser.visit(callbackAddress(pool, brought))));
}

/** Exchanges the code of a finished sign-in. Gives the tokens, and the claims of the ID token. */
export async function redeem(pool: TestPool, location: URL) {
  const code = location.searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", code, redirect_uri: postmanCallback };
  const response = await requestToken(pool, form);
  if (response.status !== 200) throw new Error(`The code was refused: ${await response.text()}`);
  const tokens = await jsonOf(response);
  return { tokens, claims: claimsOf(tokens.id_token) };
}
