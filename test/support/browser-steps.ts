/** What a person does in a browser, done over HTTP: cookies kept, forms sent back as they came. */
import type { TestPool } from "./pool.ts";

/** A browser without pictures. */
export interface Visitor {
  /** Requests a page, follows nothing, keeps cookies. */
  visit(
    url: string,
    form?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  readonly cookies: Map<string, string>;
}

/** A browser that nobody has used. */
export function newVisitor(): Visitor {
  const cookies = new Map<string, string>();
  return {
    cookies,
    visit: async (url, form, headers = {}) => {
      const response = await fetch(url, {
        redirect: "manual",
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "), ...headers },
        ...(form && { method: "POST", body: new URLSearchParams(form) }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ""] = line.split(";");
        const equals = pair.indexOf("=");
        const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
        if (/max-age=0\b/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    },
  };
}

/** The query of an authorization request for a pool's client, with changes. */
export const authorizeUrl = (pool: TestPool, changes: Readonly<Record<string, string | undefined>> = {}): string => {
  const parameters: Record<string, string | undefined> = {
    response_type: "code",
    client_id: pool.ClientId,
    redirect_uri: "https://oauth.pstmn.io/v1/callback",
    scope: "openid email order/write",
    state: "xyz",
    ...changes,
  };
  const kept = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return `${pool.base}/oauth2/authorize?${new URLSearchParams(kept.map(([name, value]): [string, string] => [name, value]))}`;
};

/** The hidden token of a page's form. */
export const csrfOf = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";

/** The message that a page shows, if any. */
export const messageOf = (html: string): string | undefined =>
  /errorMessage-customizable"[^>]*>([^<]+)</.exec(html)?.[1]?.replaceAll("&#39;", "'");

/** Goes from an authorization request through the sign-in page, and gives what the last post was answered with. */
export async function signIn(
  visitor: Visitor,
  url: string,
  credentials: { readonly username: string; readonly password: string },
): Promise<Response> {
  const toLogin = await visitor.visit(url);
  const login = toLogin.headers.get("location") ?? "";
  const page = await visitor.visit(login);
  return visitor.visit(login, { _csrf: csrfOf(await page.text()), ...credentials, cognitoAsfData: "" });
}

/** Signs in and gives the code that the client gets. */
export async function codeFor(url: string, username: string, password: string): Promise<string> {
  const response = await signIn(newVisitor(), url, { username, password });
  return new URL(response.headers.get("location") ?? "").searchParams.get("code") ?? "";
}

/** Posts to the token endpoint with the client's secret. */
export const requestToken = (
  pool: TestPool,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = { authorization: basic(pool.ClientId, pool.secret) },
): Promise<Response> =>
  fetch(`${pool.base}/oauth2/token`, { method: "POST", headers, body: new URLSearchParams(form) });

/** Source: RFC 7617. */
export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;

/** The claims of a token, unverified. */
export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

/** The same token with a signature that nobody made. */
export const withOtherSignature = (token: string): string =>
  `${token.slice(0, -10)}${token.at(-10) === "A" ? "B" : "A"}${token.slice(-9)}`;

/** An answer of the token endpoint. */
export interface TokenAnswer {
  readonly id_token: string;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly token_type: string;
  readonly error?: string;
  readonly error_description?: string;
}

/** The JSON of an answer, whose members the test then looks at. */
export const jsonOf = async <Body = TokenAnswer>(response: Response): Promise<Body> => (await response.json()) as Body;
