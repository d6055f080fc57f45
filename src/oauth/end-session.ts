/**
 * Signing out as OpenID Connect describes it, beside Cognito's own way: by `post_logout_redirect_uri`, `state` and an
 * ID token that says who is meant. Cognito names `/logout` as the `end_session_endpoint` and does not know these
 * parameters; clients that believe in the name send them. Source: OpenID Connect RP-Initiated Logout 1.0.
 */
import type { Client } from "../clients/client.ts";
import { findPoolClient } from "../clients/store.ts";
import { resumeHostedSession } from "../sessions/session.ts";
import { type IdTokenHint, readIdToken } from "../tokens/id-token.ts";
import { redirect, toErrorPage } from "./answers.ts";
import { addParameters } from "./authorization-request.ts";
import { endBrowserSession } from "./browser-session.ts";
import { readCookie, sessionCookie } from "./cookies.ts";
import type { DomainRequest } from "./domain-request.ts";
import { valueIn } from "./parameters.ts";

/** Whether a request is of this kind. Cognito's own parameters win: with them the others are passed over, as there. */
export const isEndSessionRequest = (query: URLSearchParams): boolean =>
  !valueIn(query, "logout_uri") &&
  !valueIn(query, "redirect_uri") &&
  (query.has("post_logout_redirect_uri") || query.has("id_token_hint"));

/** Ends the session that is meant, and goes where the client has registered. Anything doubtful ends nothing. */
export async function endSession(at: DomainRequest): Promise<Response> {
  const { app, pool, query } = at;
  const text = valueIn(query, "id_token_hint");
  const hint = text === undefined ? undefined : await readIdToken(app, pool, text);
  if (text !== undefined && !hint) return toErrorPage(at, "invalid_request");
  const clientId = valueIn(query, "client_id") ?? hint?.clientId;
  if (clientId === undefined) return toErrorPage(at, "Required parameters missing");
  if (hint && hint.clientId !== clientId) return toErrorPage(at, "invalid_request", clientId);
  const client = await findPoolClient(app.db, pool.id, clientId);
  if (!client) return toErrorPage(at, "Client does not exist", clientId);
  const location = destination(at, client);
  if (location === undefined) return toErrorPage(at, "redirect_mismatch", clientId);
  return (await isOthersSession(at, hint)) ? redirect(location) : endBrowserSession(at, clientId, location);
}

/** Whether the browser's session is somebody else's than the hint speaks of. Then it goes on. */
async function isOthersSession(at: DomainRequest, hint: IdTokenHint | undefined): Promise<boolean> {
  const secret = readCookie(at, sessionCookie);
  const resumed = secret === undefined ? undefined : await resumeHostedSession(at.app, at.pool.id, secret);
  return hint !== undefined && resumed !== undefined && resumed.user.sub !== hint.sub;
}

/** Where the browser goes: a registered address as it was registered or, where none is asked for, to sign in again. */
function destination({ query, base }: DomainRequest, { id, settings }: Client): string | undefined {
  const asked = valueIn(query, "post_logout_redirect_uri");
  const state = valueIn(query, "state");
  if (asked !== undefined) {
    if (!settings.LogoutURLs?.includes(asked)) return undefined;
    return state === undefined ? asked : addParameters(asked, new URLSearchParams({ state }), "?");
  }
  const callback = settings.DefaultRedirectURI ?? settings.CallbackURLs?.[0];
  if (callback === undefined) return undefined;
  const next = new URLSearchParams({
    client_id: id,
    redirect_uri: callback,
    response_type: settings.AllowedOAuthFlows?.includes("code") ? "code" : "token",
    scope: settings.AllowedOAuthScopes?.join(" ") ?? "",
  });
  return `${base}/login?${next}`;
}
