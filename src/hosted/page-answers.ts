import { randomUUID } from "node:crypto";
import { privateHeaders } from "../oauth/answers.ts";
import { csrfCookie, readCookie, setCookie } from "../oauth/cookies.ts";
import type { DomainRequest } from "../oauth/domain-request.ts";
import { contentSecurityPolicy } from "./style.ts";

/** Headers of every page. */
const pageHeaders: Readonly<Record<string, string>> = {
  ...privateHeaders,
  "content-type": "text/html;charset=UTF-8",
  "content-language": "en-US",
  "content-security-policy": contentSecurityPolicy,
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
};

/** A page. */
export function answerPage(html: string, status = 200, cookies: readonly string[] = []): Response {
  const headers = new Headers(pageHeaders);
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(html, { status, headers });
}

/** A page with a form. The form must bring back the value of a cookie that only our own pages could read. */
export function answerForm(at: DomainRequest, render: (csrf: string) => string, status = 200): Response {
  const csrf = randomUUID();
  return answerPage(render(csrf), status, [setCookie(at, csrfCookie, csrf)]);
}

/**
 * Whether a post comes from a page of ours: the form holds what the cookie holds, and the browser names no other origin.
 */
export function isOurForm(at: DomainRequest, form: URLSearchParams): boolean {
  const cookie = readCookie(at, csrfCookie);
  const origin = at.request.headers.get("origin");
  const isOurOrigin = origin === null || origin === new URL(at.base).origin;
  return isOurOrigin && cookie !== undefined && cookie !== "" && form.get("_csrf") === cookie;
}
