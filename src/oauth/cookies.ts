/** The cookies of a user pool domain. They are scoped to the domain's own host or path. */

import { randomUUID } from "node:crypto";
import type { Client } from "../clients/client.ts";
import { toSeconds } from "../lib/clock.ts";
import { hostedSessionLifetime } from "../sessions/session.ts";
import type { DomainRequest } from "./domain-request.ts";

/** A browser's signed-in session. Source: Cognito developer guide, cookies of managed login. */
export const sessionCookie = "cognito";

/** What a form must send back. */
export const csrfCookie = "XSRF-TOKEN";

/** The challenge that a sign-in on the pages waits for. It is ours: Cognito's is not documented. */
export const attemptCookie = "cognito-attempt";

/** Source: observed: the value is a UUID. */
const csrfForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What the forms of a browser bring back. One that the browser has stays, or the form of an earlier tab could not be sent
 * any more; a sign-in ends it.
 */
export function csrfTokenOf(at: At): string {
  const kept = readCookie(at, csrfCookie);
  return kept !== undefined && csrfForm.test(kept) ? kept : randomUUID();
}

type At = Pick<DomainRequest, "base" | "request">;

/** A cookie of a request. Of one that is there twice the first counts: browsers send the more specific one first. */
export function readCookie({ request }: At, name: string): string | undefined {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const equals = part.indexOf("=");
    if (equals > 0 && part.slice(0, equals).trim() === name)
      return part
        .slice(equals + 1)
        .trim()
        .replace(/^"|"$/g, "");
  }
  return undefined;
}

/** Scripts never read them, other sites never send them with a post, and plain HTTP never carries those of HTTPS. */
function attributes({ base }: At): string {
  const { pathname, protocol } = new URL(base);
  return `; Path=${pathname}; HttpOnly; SameSite=Lax${protocol === "https:" ? "; Secure" : ""}`;
}

/** Sets a cookie for so many seconds, or until the browser is closed. */
export const setCookie = (at: At, name: string, value: string, maxAgeSeconds?: number): string =>
  `${name}=${value}${maxAgeSeconds === undefined ? "" : `; Max-Age=${maxAgeSeconds}`}${attributes(at)}`;

/** Takes a cookie away. */
export const clearCookie = (at: At, name: string): string =>
  `${name}=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT${attributes(at)}`;

/** Sets the session's cookie for as long as a session of the client lasts. */
export const setSessionCookie = (
  at: Pick<DomainRequest, "base" | "request" | "pool">,
  client: Client,
  secret: string,
): string => setCookie(at, sessionCookie, secret, toSeconds(hostedSessionLifetime(at.pool, client)));

/** What a browser that has left for a provider keeps until it is back. Source: observed. */
const departureCookie = "csrf-state";

/** The same for browsers that do not know `SameSite=None`, or that keep no secure cookie of a site in the clear. */
const legacyDepartureCookie = "csrf-state-legacy";

/**
 * Sets the secret of a browser that leaves for a provider. Some providers send it back by a form of theirs, with which
 * browsers send no cookie that is not for other sites too.
 */
export function setDepartureCookies({ base }: At, secret: string, maxAgeSeconds: number): string[] {
  const { pathname, protocol } = new URL(base);
  const common = `${secret}; Max-Age=${maxAgeSeconds}; Path=${pathname}; HttpOnly`;
  return [
    `${departureCookie}=${common}; Secure; SameSite=None`,
    `${legacyDepartureCookie}=${common}${protocol === "https:" ? "; Secure" : ""}`,
  ];
}

/** The secret of a browser that has left for a provider. */
export const readDepartureCookie = (at: At): string | undefined =>
  readCookie(at, departureCookie) ?? readCookie(at, legacyDepartureCookie);
