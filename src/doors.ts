/**
 * Where a request goes. One listener serves everything: `POST /` is the JSON API, `/<pool id>/.well-known/…` discovery
 * and keys, and a user pool domain is reached by its host, as `<prefix>.localhost`, or by path.
 */
import { isIP } from "node:net";
import { answerCall, answerPreflight } from "./api/http.ts";
import { answerImport } from "./api/import-door.ts";
import type { App } from "./app.ts";
import { DatabaseBusyError } from "./database/busy.ts";
import { answersSoon } from "./database/open.ts";
import type { Origin } from "./events/context.ts";
import { answerAsset } from "./hosted/asset-answer.ts";
import { factor, mfa, mfaOption, mfaSetup, passkey } from "./hosted/factors.tsx";
import { plainFrame } from "./hosted/frame.ts";
import { changePassword, login, showError, verifyPassword } from "./hosted/login.tsx";
import { answerLook } from "./hosted/look-answer.ts";
import { answerPage } from "./hosted/page-answers.ts";
import { ErrorPage } from "./hosted/pages/error.tsx";
import { InboxPage } from "./hosted/pages/inbox.tsx";
import { renderPage } from "./hosted/pages/layout.tsx";
import { addPasskey } from "./hosted/passkeys.tsx";
import { confirmForgotPassword, forgotPassword } from "./hosted/recovery.tsx";
import { scripts } from "./hosted/scripts.ts";
import { confirm, confirmUser, resendCode, signUp } from "./hosted/sign-up.tsx";
import { stylePath, styleSheet } from "./hosted/style.ts";
import type { Answer } from "./listener.ts";
import { measured } from "./measured.ts";
import { readInbox } from "./messages/inbox.ts";
import { answerJson, methodNotAllowed, retryAfter } from "./oauth/answers.ts";
import { authorize } from "./oauth/authorize.ts";
import { keySet, openIdConfiguration } from "./oauth/discovery.ts";
import type { Endpoint } from "./oauth/domain-request.ts";
import { logout } from "./oauth/logout.ts";
import { providerResponse } from "./oauth/provider-response.ts";
import { register } from "./oauth/register.ts";
import { revoke } from "./oauth/revoke.ts";
import { samlResponse, samlSignOut } from "./oauth/saml.ts";
import { token } from "./oauth/token.ts";
import { userInfo } from "./oauth/userinfo.ts";
import { findPool, findPoolOfDomain } from "./pools/store.ts";
import type { Settings } from "./settings.ts";
import { siteOf } from "./site.ts";

const pageOnly =
  (endpoint: Endpoint): Endpoint =>
  (at) =>
    at.request.method === "GET" ? endpoint(at) : methodNotAllowed("GET");

/** Every path below a domain. */
const endpoints = new Map<string, Endpoint>([
  ["/oauth2/authorize", authorize],
  // Unconfirmed: examples of the guide have this short form.
  ["/authorize", authorize],
  ["/oauth2/token", token],
  ["/oauth2/userInfo", userInfo],
  ["/oauth2/revoke", revoke],
  ["/oauth2/register", register],
  ["/oauth2/idpresponse", providerResponse],
  ["/saml2/idpresponse", samlResponse],
  ["/saml2/logout", samlSignOut],
  ["/login", login],
  ["/verifyPassword", verifyPassword],
  ["/changePassword", changePassword],
  ["/factor", factor],
  ["/passkey", passkey],
  ["/mfa", mfa],
  ["/mfaOption", mfaOption],
  ["/mfaSetup", mfaSetup],
  ["/signup", signUp],
  ["/confirm", confirm],
  ["/resendcode", resendCode],
  ["/confirmUser", confirmUser],
  ["/forgotPassword", forgotPassword],
  ["/confirmForgotPassword", confirmForgotPassword],
  // Source: Cognito developer guide, which spells it so.
  ["/confirmforgotPassword", confirmForgotPassword],
  ["/passkeys/add", addPasskey],
  ["/logout", logout],
  ["/error", pageOnly(showError)],
]);

/** Endpoints that scripts of any origin may call. */
const callable: ReadonlySet<string> = new Set([
  "/oauth2/token",
  "/oauth2/userInfo",
  "/oauth2/revoke",
  "/oauth2/register",
]);

/** What tells one answer of a domain from all others; the log has it where we failed. Source: observed. */
const requestIdHeader = "x-amz-cognito-request-id";

/** Gives the function that answers every request of a house. */
export function buildDoors(app: App): Answer {
  const answer: Answer = async (request, headers, address) => {
    try {
      const given = headers ?? [...request.headers];
      return await route(app, request, { headers: given, origin: originOf(app.settings, given, address) });
    } catch (error) {
      if (error instanceof DatabaseBusyError) return answerBusy(app, new URL(request.url).pathname);
      const requestId = app.random.uuid();
      app.log.error({ requestId, err: error }, "a request failed for a reason of our own");
      return new Response("Internal error", {
        status: 500,
        headers: { "content-type": "text/plain", [requestIdHeader]: requestId },
      });
    }
  };
  return measured(app, answer, (path) => endpoints.has(path));
}

/**
 * More is asked of the database than it does in time. Clients that speak OAuth read the error, people the page, and who
 * balances requests the status. Source: RFC 6749 section 4.1.2.1 for the error, RFC 9110 section 15.6.4.
 */
function answerBusy(app: App, path: string): Response {
  app.metrics.refuse("database");
  const isOf = (paths: Pick<ReadonlySet<string>, "has">): boolean =>
    paths.has(path) || paths.has(path.replace(/^\/[^/]*/, ""));
  if (isOf(callable) || !isOf(endpoints)) return answerJson(503, { error: "temporarily_unavailable" }, retryAfter);
  const frame = plainFrame({ app });
  const page = answerPage(renderPage(ErrorPage({ frame, reason: "Too many requests" })), { frame, status: 503 });
  for (const [name, value] of Object.entries(retryAfter)) page.headers.set(name, value);
  return page;
}

/** Alive is who answers at all. Ready is who also has its database, and has not been told to end. */
async function answerReadiness(app: App): Promise<Response> {
  if (app.closing.aborted) return Response.json({ status: "ending" }, { status: 503 });
  if (await answersSoon(app.db)) return Response.json({ status: "ready" });
  return Response.json({ status: "no database" }, { status: 503 });
}

type Headers = readonly (readonly [string, string])[];

/** Who makes a request. Behind proxies that add to `X-Forwarded-For`, only what the nearest of them have added is believed. */
function originOf({ proxies }: Settings, headers: Headers, address: string | undefined): Origin {
  const valuesOf = (name: string): string[] =>
    headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);
  const forwarded = valuesOf("x-forwarded-for").flatMap((value) => value.split(",").map((part) => part.trim()));
  const named = proxies === 0 ? undefined : forwarded.at(-proxies);
  return {
    // What is no address says nothing of where the call comes from: the peer is known.
    address: named !== undefined && isIP(named) !== 0 ? named : address,
    userAgent: valuesOf("user-agent")[0],
  };
}

interface Wire {
  readonly headers: Headers;
  readonly origin: Origin;
}

async function route(app: App, request: Request, { headers, origin }: Wire): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname === "/health" && request.method === "GET") return Response.json({ status: "ok" });
  if (url.pathname === "/ready" && request.method === "GET") return answerReadiness(app);
  // Nobody types U+0000, and no text of PostgreSQL holds it.
  if (/%00/.test(request.url))
    return new Response("Bad request", { status: 400, headers: { "content-type": "text/plain" } });
  const site = siteOf(app.settings, request, headers);
  if (site.kind === "unknown") return new Response(site.reason, { status: site.status });
  if (url.pathname.startsWith("/_poolhouse/")) return answerOurs(app, request, url);
  if (site.kind === "domain")
    return answerDomain(app, request, {
      name: site.name,
      base: site.origin,
      path: url.pathname,
      query: url.searchParams,
      origin,
    });
  if (url.pathname === "/") return answerApi(app, request, { headers, origin });
  const [, first = "", ...rest] = url.pathname.split("/");
  // A pool id has an underscore and a domain's name never has one, so the first segment decides.
  if (first.includes("_")) return answerPool(app, request, first, rest.join("/"));
  return answerDomain(app, request, {
    name: first,
    base: `${site.origin}/${first}`,
    path: `/${rest.join("/")}`,
    query: url.searchParams,
    origin,
  });
}

function answerApi(app: App, request: Request, wire: Wire): Promise<Response> | Response {
  if (request.method === "POST") return answerCall(app, { request, ...wire });
  return request.method === "OPTIONS" ? answerPreflight(request) : methodNotAllowed("POST", "OPTIONS");
}

const notFound = (): Response => new Response("Not found", { status: 404, headers: { "content-type": "text/plain" } });

/** What never changes under its name. */
const forEver = (text: string, type: string): Response =>
  new Response(text, {
    headers: {
      "content-type": type,
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    },
  });

/** What is ours and not Cognito's: the style sheet, images, and in dev mode the inbox as a page and as JSON. */
async function answerOurs(app: App, request: Request, url: URL): Promise<Response> {
  const { pathname } = url;
  const imported = await answerImport(app, request, url);
  if (imported) return imported;
  if (request.method !== "GET") return methodNotAllowed("GET");
  if (pathname === stylePath) return forEver(styleSheet, "text/css;charset=UTF-8");
  const script = scripts.get(pathname);
  if (script !== undefined) return forEver(script, "text/javascript;charset=UTF-8");
  const owned = (await answerAsset(app, pathname)) ?? (await answerLook(app, pathname));
  if (owned) return owned;
  if (app.settings.mode !== "dev") return notFound();
  if (pathname === "/_poolhouse/inbox.json") {
    const messages = await readInbox(app, url.searchParams.get("to") ?? undefined);
    return Response.json({ messages }, { headers: { "cache-control": "no-store" } });
  }
  return pathname === "/_poolhouse/inbox"
    ? answerPage(renderPage(InboxPage({ frame: plainFrame({ app }), messages: await readInbox(app) })), {
        frame: plainFrame({ app }),
      })
    : notFound();
}

async function answerPool(app: App, request: Request, poolId: string, document: string): Promise<Response> {
  if (request.method !== "GET") return methodNotAllowed("GET");
  const pool = await findPool(app.db, poolId);
  if (!pool) return Response.json({ message: `User pool ${poolId} does not exist.` }, { status: 404 });
  if (document === ".well-known/jwks.json") return keySet(app, pool);
  return document === ".well-known/openid-configuration" ? openIdConfiguration(app, pool) : notFound();
}

interface Place {
  readonly name: string;
  readonly base: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly origin: Origin;
}

async function answerDomain(app: App, request: Request, { name, base, path, query, origin }: Place): Promise<Response> {
  const endpoint = endpoints.get(path);
  if (endpoint) app.admit();
  const pool = endpoint && (await findPoolOfDomain(app.db, name));
  if (!endpoint || !pool) return notFound();
  if (request.method === "OPTIONS" && callable.has(path)) return domainPreflight();
  const answer = await endpoint({ app, pool, name, request, query, path, base, origin });
  return withDomainHeaders(app, base, answer);
}

/** What was observed on every answer of a domain. In dev mode the name is localhost, which other servers share. */
function withDomainHeaders({ settings, random }: App, base: string, answer: Response): Response {
  answer.headers.set(requestIdHeader, random.uuid());
  if (settings.mode === "serve" && base.startsWith("https:")) {
    answer.headers.set("strict-transport-security", "max-age=31536000 ; includeSubDomains");
  }
  return answer;
}

/** The values of Cognito's own headers are unconfirmed. */
const domainPreflight = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET,POST,OPTIONS",
      "access-control-allow-headers": "Authorization,Content-Type,X-Amz-User-Agent",
      "access-control-max-age": "86400",
    },
  });
