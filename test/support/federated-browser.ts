/** A browser without a window that signs in with a provider: it keeps cookies and follows one redirect at a time. */
import { postmanCallback, type TestPool } from "./pool.ts";
import type { StandInProvider } from "./stand-in-provider.ts";

export interface FederatedBrowser {
  /** The cookies that it keeps, by name. */
  readonly cookies: Map<string, string>;
  /** Asks for an address and gives the answer, whatever it is. */
  visit(address: string, init?: RequestInit): Promise<Response>;
}

export function openBrowser(): FederatedBrowser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async visit(address, init = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { ...(cookie && { cookie }), ...Object.fromEntries(new Headers(init.headers)) };
      const response = await fetch(address, { ...init, redirect: "manual", headers });
      for (const set of response.headers.getSetCookie()) {
        const [pair = "", ...attributes] = set.split(";");
        const [name = "", value = ""] = pair.split("=");
        if (attributes.some((attribute) => attribute.trim() === "Max-Age=0")) cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    },
  };
}

export const locationOf = (response: Response): string => response.headers.get("location") ?? "";

/** The address of an authorization request for a pool's client. */
export function authorizeAddress(pool: TestPool, parameters: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: pool.ClientId,
    redirect_uri: postmanCallback,
    scope: "openid email profile",
    state: "client-state",
    ...parameters,
  });
  return `${pool.base}/oauth2/authorize?${query}`;
}

/** Where the pool's domain takes browsers back. */
export const callbackAddress = (pool: TestPool, parameters: Readonly<Record<string, string>>): string =>
  `${pool.base}/oauth2/idpresponse?${new URLSearchParams(parameters)}`;

/** Leaves for a provider and comes back with its agreement. Gives where the browser is sent then. */
export async function signInWith(
  browser: FederatedBrowser,
  pool: TestPool,
  provider: StandInProvider,
  parameters: Readonly<Record<string, string>>,
): Promise<URL> {
  const left = await browser.visit(authorizeAddress(pool, parameters));
  const brought = provider.agree(locationOf(left));
  return new URL(locationOf(await browser.visit(callbackAddress(pool, brought))));
}

/** What the token endpoint answers, as far as tests look at it. */
export interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
}

/** Posts a grant to the token endpoint as the pool's client. */
export const grant = (pool: TestPool, form: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(`${pool.base}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${pool.ClientId}:${pool.secret}`).toString("base64")}` },
    body: new URLSearchParams(form),
  });

/** Exchanges the code of a finished sign-in. Gives the tokens, and the claims of the ID token. */
export async function redeem(pool: TestPool, location: URL) {
  const code = location.searchParams.get("code") ?? "";
  const response = await grant(pool, { grant_type: "authorization_code", code, redirect_uri: postmanCallback });
  if (response.status !== 200) throw new Error(`The code was refused: ${await response.text()}`);
  const tokens = (await response.json()) as Tokens;
  const claims = JSON.parse(Buffer.from(tokens.id_token.split(".")[1] ?? "", "base64url").toString());
  return { tokens, claims };
}
