/** The authorization endpoint: on to the sign-in page, or straight back for a browser that is signed in. */
import { sessionSettingsOf } from "../clients/session-settings.ts";
import { minute, second } from "../lib/clock.ts";
import { resumeHostedSession } from "../sessions/session.ts";
import { redirect } from "./answers.ts";
import { type AuthorizationRequest, readAuthorizationRequest, refuseToClient } from "./authorization-request.ts";
import { completeAuthorization, type Grantee } from "./complete.ts";
import { readCookie, sessionCookie } from "./cookies.ts";
import type { DomainRequest } from "./domain-request.ts";

/** Answers `GET /oauth2/authorize`. */
export async function authorize(at: DomainRequest): Promise<Response> {
  const request = await readAuthorizationRequest(at);
  if (request instanceof Response) return request;
  const grantee = request.prompts.includes("login") ? undefined : await signedInBrowser(at, request);
  if (grantee) return completeAuthorization(at, request, grantee);
  if (request.prompts.includes("none")) return refuseToClient(at, request, { error: "login_required" });
  return redirect(`${at.base}/login?${at.query}`);
}

/** Who is signed in with this browser, unless it is longer ago than the client accepts. */
async function signedInBrowser(
  at: DomainRequest,
  { client, maxAge }: AuthorizationRequest,
): Promise<Grantee | undefined> {
  const secret = readCookie(at, sessionCookie);
  const resumed = secret && (await resumeHostedSession(at.app, at.pool.id, secret));
  if (!resumed) return undefined;
  const { session, user } = resumed;
  const age = at.app.clock.now() - session.authenticatedAt;
  const { isTracking, reuseMinutes } = sessionSettingsOf(at.pool, client);
  const isTooOld = (maxAge !== undefined && age > maxAge * second) || (isTracking && age > reuseMinutes * minute);
  return isTooOld ? undefined : { user, authenticatedAt: session.authenticatedAt, sessionHash: session.hash };
}
