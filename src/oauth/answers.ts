/** The forms in which the endpoints of a domain answer. */
import type { DomainRequest } from "./domain-request.ts";

/** Headers of everything that carries a token, a code or a form. Source: observed; RFC 6749 section 5.1 for the cache. */
export const privateHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-cache, no-store, max-age=0, must-revalidate",
  pragma: "no-cache",
  expires: "0",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-xss-protection": "1; mode=block",
  // Not no-referrer: with that a browser sends our own forms with the origin `null`.
  "referrer-policy": "same-origin",
};

/** Endpoints that pages of any origin may call. Source: Cognito developer guide, CORS of the domain. */
export const anyOrigin: Readonly<Record<string, string>> = { "access-control-allow-origin": "*" };

/** A JSON answer of the token endpoint and its siblings. */
export const answerJson = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { ...privateHeaders, ...anyOrigin, "content-type": "application/json;charset=UTF-8", ...headers },
  });

/** An error of the token endpoint. Source: RFC 6749 section 5.2. */
export const answerError = (error: string, description?: string, status = 400): Response =>
  answerJson(status, { error, ...(description !== undefined && { error_description: description }) });

/** Who was refused as one too many may come again after so long. Source: RFC 9110 section 10.2.3. */
export const retryAfter: Readonly<Record<string, string>> = { "retry-after": "1" };

/** The answer to one request too many of its kind. Unconfirmed: the status and the words. */
export const answerTooMany = (description: string): Response =>
  answerJson(429, { error: "invalid_request", error_description: description }, retryAfter);

/** Control characters, blanks, and whatever is not ASCII. */
const unwritable = /[^\x21-\x7e]+/g;

/**
 * Sends a browser somewhere. The location is written as it is, for a client compares it letter by letter, but for what
 * no header holds: that could end it.
 */
export function redirect(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers(privateHeaders);
  headers.set("location", location.toWellFormed().replace(unwritable, encodeURIComponent));
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 302, headers });
}

/** The answer to a method that an endpoint does not have. */
export const methodNotAllowed = (...allowed: readonly string[]): Response =>
  new Response(null, { status: 405, headers: { ...privateHeaders, allow: allowed.join(", ") } });

/** Sends a browser to the error page of the domain: what is wrong with the request must not reach its redirect URI. */
export function toErrorPage({ base }: Pick<DomainRequest, "base">, error: string, clientId?: string): Response {
  const query = new URLSearchParams({ error, ...(clientId !== undefined && { client_id: clientId }) });
  return redirect(`${base}/error?${query}`);
}
