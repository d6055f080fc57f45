/**
 * A small site that signs people in by Auth.js's Cognito provider, as its documentation describes: run in a process of
 * its own, which trusts the house by NODE_EXTRA_CA_CERTS.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { env, stdout } from "node:process";
import { Auth, type AuthConfig } from "@auth/core";
import Cognito from "@auth/core/providers/cognito";

const { ISSUER = "", DOMAIN = "", CLIENT_ID = "", CLIENT_SECRET = "", PORT = "" } = env;
const site = `http://localhost:${PORT}`;

/** Refreshing, as the guide of Auth.js does it: by the token endpoint, in the callback that keeps the tokens. */
async function refreshed(refreshToken: unknown): Promise<string> {
  const answer = await fetch(`${DOMAIN}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: String(refreshToken) }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}

const config: AuthConfig = {
  basePath: "/auth",
  secret: "a secret of the test, longer than thirty-two characters",
  trustHost: true,
  providers: [Cognito({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, issuer: ISSUER })],
  callbacks: {
    jwt: async ({ token, account, trigger }) => {
      if (account) return { ...token, access: account.access_token, refresh: account.refresh_token };
      return trigger === "update" ? { ...token, access: await refreshed(token["refresh"]) } : token;
    },
    session: ({ session, token }) => ({ ...session, access: token["access"] }),
    redirect: ({ url }) => (url.startsWith(`${DOMAIN}/logout?`) || url.startsWith(site) ? url : site),
  },
};

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = new URL(incoming.url ?? "/", site);
  const headers = new Headers(
    Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  const request = new Request(url, {
    method: incoming.method ?? "GET",
    headers,
    ...(hasBody && { body: Buffer.concat(chunks) }),
  });
  const answered = url.pathname.startsWith("/auth/")
    ? await Auth(request, config)
    : new Response("<!doctype html><title>Site</title><h1>Site</h1>", { headers: { "content-type": "text/html" } });
  outgoing.statusCode = answered.status;
  for (const [name, value] of answered.headers) if (name !== "set-cookie") outgoing.setHeader(name, value);
  const cookies = answered.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  outgoing.end(Buffer.from(await answered.arrayBuffer()));
}

createServer((incoming, outgoing) => void answer(incoming, outgoing)).listen(Number(PORT), "127.0.0.1", () =>
  stdout.write(`ready on ${site}\n`),
);
