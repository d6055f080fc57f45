import { privateHeaders } from "../oauth/answers.ts";
import { csrfCookie, csrfTokenOf, readCookie, setCookie } from "../oauth/cookies.ts";
import type { DomainRequest } from "../oauth/domain-request.ts";
import type { Frame } from "./frame.ts";
import { contentSecurityPolicy } from "./style.ts";

/** Headers of every page. */
const pageHeaders: Readonly<Record<string, string>> = {
  ...privateHeaders,
  "content-type": "text/html;charset=UTF-8",
  "content-security-policy": contentSecurityPolicy,
  "cross-origin-opener-policy": "same-origin",
};

/** Passkeys are the one feature of the browser that a page may need. */
const permissions =
  "camera=(), geolocation=(), microphone=(), publickey-credentials-get=(self), publickey-credentials-create=(self)";

/** What a page is answered with beside its text. */
export interface PageAnswer {
  readonly frame: Frame;
  readonly status?: number;
  readonly cookies?: readonly string[];
}

const regions: Readonly<Record<string, string>> = { en: "en-US" };

/** A page. */
export function answerPage(html: string, { frame, status = 200, cookies = [] }: PageAnswer): Response {
  const { code } = frame.texts;
  const headers = new Headers({
    ...pageHeaders,
    "permissions-policy": permissions,
    "content-language": regions[code] ?? code,
  });
  for (const cookie of [...frame.cookies, ...cookies]) headers.append("set-cookie", cookie);
  return new Response(html, { status, headers });
}

/** A page with a form, which must bring back the value of a cookie that only our own pages could read. */
export function answerForm(at: DomainRequest, answer: PageAnswer, render: (csrf: string) => string): Response {
  const csrf = csrfTokenOf(at);
  return answerPage(render(csrf), { ...answer, cookies: [...(answer.cookies ?? []), setCookie(at, csrfCookie, csrf)] });
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
