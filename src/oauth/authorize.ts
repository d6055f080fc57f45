/** The authorization endpoint: on to the sign-in page or a provider, or straight back for a browser that is signed in. */
import { sessionSettingsOf } from "../clients/session-settings.ts";
import { minute, second } from "../lib/clock.ts";
import { resumeHostedSession } from "../sessions/session.ts";
import { isHighEnough } from "../signin/step-up.ts";
import { readIdToken } from "../tokens/id-token.ts";
import { methodNotAllowed, redirect, toErrorPage } from "./answers.ts";
import { type AuthorizationRequest, readAuthorizationRequest, refuseToClient } from "./authorization-request.ts";
import { completeAuthorization, type Grantee } from "./complete.ts";
import { csrfCookie, csrfTokenOf, readCookie, sessionCookie, setCookie } from "./cookies.ts";
import type { DomainRequest } from "./domain-request.ts";
import { leaveFor, providerOf } from "./federated.ts";
import { readForm, valueIn } from "./parameters.ts";

/**
 * Answers `/oauth2/authorize`, by GET or as a form. Cognito takes GET alone; OpenID Connect Core 1.0 section 3.1.2.1
 * asks for both.
 */
export async function authorize(at: DomainRequest): Promise<Response> {
  if (at.request.method === "GET") return answerRequest(at);
  if (at.request.method !== "POST") return methodNotAllowed("GET", "POST");
  const form = await readForm(at.request);
  return form ? answerRequest({ ...at, query: form }) : toErrorPage(at, "Required parameters missing");
}

async function answerRequest(at: DomainRequest): Promise<Response> {
  const request = await readAuthorizationRequest(at);
  if (request instanceof Response) return request;
  const grantee = await signedInBrowser(at, request);
  if (grantee && (await isHintedUser(at, grantee))) return completeAuthorization(at, request, grantee);
  if (request.prompts.includes("none")) return refuseToClient(at, request, { error: "login_required" });
  const provider = await providerOf(at, request);
  if (typeof provider !== "string") return leaveFor(at, request, provider);
  // Who is signed in is not whom the client means: the page must not offer to go on as that one.
  if (grantee) at.query.set("prompt", "login");
  // The sign-in page says it when the client does not have the provider.
  // Source: observed: the token of the forms comes on the way already.
  return redirect(`${at.base}/login?${at.query}`, [setCookie(at, csrfCookie, csrfTokenOf(at))]);
}

/**
 * Whether the one who is signed in is whom the client means, where it says so by an ID token of ours. What is none is
 * passed over, as Cognito passes over the parameter. Source: OpenID Connect Core 1.0 section 3.1.2.1, id_token_hint.
 */
async function isHintedUser({ app, pool, query }: DomainRequest, { user }: Grantee): Promise<boolean> {
  const text = valueIn(query, "id_token_hint");
  const hint = text === undefined ? undefined : await readIdToken(app, pool, text);
  return hint === undefined || hint.sub === user.sub;
}

/** Who is signed in with this browser, unless the client wants a new sign-in, a later or a better one. */
export async function signedInBrowser(
  at: DomainRequest,
  { client, maxAge, prompts, levels }: AuthorizationRequest,
): Promise<Grantee | undefined> {
  if (prompts.includes("login")) return undefined;
  const secret = readCookie(at, sessionCookie);
  const resumed = secret && (await resumeHostedSession(at.app, at.pool.id, secret));
  if (!resumed) return undefined;
  const { session, user } = resumed;
  const age = at.app.clock.now() - session.authenticatedAt;
  const { isTracking, reuseMinutes } = sessionSettingsOf(at.pool, client);
  const isTooOld = (maxAge !== undefined && age > maxAge * second) || (isTracking && age > reuseMinutes * minute);
  const { methods, authenticatedAt } = session;
  if (isTooOld || !(await isHighEnough(at.app, { pool: at.pool, user, methods, levels }))) return undefined;
  return { user, methods, authenticatedAt, sessionHash: session.hash };
}
