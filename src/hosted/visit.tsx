/** What every page does before its own work: who asks, whether a form is ours, and how a refusal is shown. */
import { ApiError } from "../contract/errors.ts";
import { methodNotAllowed, privateHeaders, retryAfter, toErrorPage } from "../oauth/answers.ts";
import { type AuthorizationRequest, readAuthorizationRequest } from "../oauth/authorization-request.ts";
import type { DomainRequest, Endpoint } from "../oauth/domain-request.ts";
import { readForm, valueIn } from "../oauth/parameters.ts";
import { type Frame, frameOf, plainFrame } from "./frame.ts";
import { answerForm, answerPage, isOurForm } from "./page-answers.ts";
import { ErrorPage } from "./pages/error.tsx";
import type { FormProps } from "./pages/fields.tsx";
import { renderPage } from "./pages/layout.tsx";

/** A visit to a page, its authorization request checked. */
export interface Visit {
  readonly at: DomainRequest;
  readonly request: AuthorizationRequest;
  readonly frame: Frame;
}

/** A visit that sends a form. */
export interface Post extends Visit {
  readonly form: URLSearchParams;
}

/** A page: what it shows, and what it does with its form. */
export interface Page {
  show(visit: Visit): Promise<Response> | Response;
  /** Absent for a page without a form. */
  take?(post: Post): Promise<Response> | Response;
}

/** Makes the endpoint of a page; one that is `hasKind: false` is shown to requests that name no kind of answer as well. */
export function endpointOf(page: Page, { hasKind = true }: { readonly hasKind?: boolean } = {}): Endpoint {
  return async (at) => {
    // Source: observed: where the authorization endpoint misses a parameter, the pages miss the client.
    if (valueIn(at.query, "client_id") === undefined) return toErrorPage(at, "Client does not exist");
    const request = await readAuthorizationRequest(hasKind ? at : withKind(at));
    if (request instanceof Response) return request;
    const frame = await frameOf(at, request.client);
    if (!frame) return withoutStyle(at);
    const visit = { at, request, frame };
    if (at.request.method === "GET") return page.show(visit);
    if (at.request.method !== "POST" || !page.take) return methodNotAllowed("GET", "POST");
    const form = await readForm(at.request);
    return form && isOurForm(at, form) ? page.take({ ...visit, form }) : refuseForm(frame);
  };
}

/** The request with the kind of answer that it would have, where it names none. */
function withKind(at: DomainRequest): DomainRequest {
  if (at.query.has("response_type")) return at;
  const query = new URLSearchParams(at.query);
  query.set("response_type", "code");
  return { ...at, query };
}

/** A form that did not come from our page changes nothing. */
const refuseForm = (frame: Frame): Response =>
  answerPage(renderPage(<ErrorPage frame={frame} reason={frame.texts.somethingWrong} />), { frame, status: 403 });

/** Source: observed: managed login has no page for a client without a style. */
function withoutStyle(at: DomainRequest): Response {
  const frame = plainFrame(at);
  return answerPage(renderPage(<ErrorPage frame={frame} reason={frame.texts.noStyle} />), { frame, status: 403 });
}

/** The query for the next page: that a code was sent again is said once. */
function onward(query: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(query);
  next.delete("resent");
  return next;
}

/** The address of another page of the same sign-in. */
export const pageAddress = ({ base, query }: DomainRequest, path: string): string => `${base}/${path}?${onward(query)}`;

/** The same below the origin, as a form names it. */
export const actionOf = ({ base, query }: DomainRequest, path: string): string =>
  `${new URL(base).pathname.replace(/\/$/, "")}/${path}?${onward(query)}`;

/** Answers with a page that holds a form going to `path`. */
export function showForm(
  { at, frame }: Visit,
  path: string,
  render: (form: FormProps) => { toString(): string },
  {
    message,
    cookies,
    status,
  }: { readonly message?: string | undefined; readonly cookies?: readonly string[]; readonly status?: number } = {},
): Response {
  const answer = { frame, ...(cookies && { cookies }), ...(status !== undefined && { status }) };
  return answerForm(at, answer, (csrf) => renderPage(render({ frame, action: actionOf(at, path), csrf, message })));
}

/** Runs a step. A refusal that is meant for the person is shown in the machine's own words. */
export async function trying(
  show: (message: string, error: ApiError) => Promise<Response> | Response,
  step: () => Promise<Response>,
): Promise<Response> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status >= 500) throw error;
    const shown = await show(error.message, error);
    return error.name === "TooManyRequestsException" ? asTooMany(shown, error.message) : shown;
  }
}

/**
 * The page as the answer to one request too many: what a person reads there, a program knows by the status. Where another
 * page would come instead, whose form might send the request again, the message stands alone.
 */
function asTooMany(page: Response, message: string): Response {
  if (!page.ok) {
    return new Response(message, {
      status: 429,
      headers: { ...privateHeaders, ...retryAfter, "content-type": "text/plain" },
    });
  }
  const headers = new Headers(page.headers);
  for (const [name, value] of Object.entries(retryAfter)) headers.set(name, value);
  return new Response(page.body, { status: 429, headers });
}
