/** Signing a browser out. Source: Cognito developer guide, logout endpoint. */
import type { Client } from "../clients/client.ts";
import { findPoolClient } from "../clients/store.ts";
import { methodNotAllowed, toErrorPage } from "./answers.ts";
import { endBrowserSession } from "./browser-session.ts";
import type { DomainRequest } from "./domain-request.ts";
import { endSession, isEndSessionRequest } from "./end-session.ts";
import { repeated, valueIn } from "./parameters.ts";

const missing = "Required parameters missing";

/** Parameters that decide who is signed out and where the browser goes. */
const single = ["client_id", "logout_uri", "redirect_uri", "post_logout_redirect_uri", "id_token_hint", "state"];

/**
 * Answers `GET /logout`: ends the browser's session and goes to a registered address, or back to the sign-in page. It
 * is by GET only, as Cognito's: a form of another site could not bring the session's cookie along anyway.
 */
export async function logout(at: DomainRequest): Promise<Response> {
  const { app, pool, query, request } = at;
  if (request.method !== "GET") return methodNotAllowed("GET");
  if (repeated(query, single)) return toErrorPage(at, missing);
  if (isEndSessionRequest(query)) return endSession(at);
  const clientId = valueIn(query, "client_id");
  if (clientId === undefined) return toErrorPage(at, missing);
  const client = await findPoolClient(app.db, pool.id, clientId);
  if (!client) return toErrorPage(at, "Client does not exist", clientId);
  const location = destination(at, client);
  if (typeof location !== "string") return location;
  return endBrowserSession(at, clientId, location);
}

function destination(at: DomainRequest, client: Client): string | Response {
  const { query, base } = at;
  const logoutUri = valueIn(query, "logout_uri");
  if (logoutUri !== undefined && client.settings.LogoutURLs?.includes(logoutUri)) return logoutUri;
  const redirectUri = valueIn(query, "redirect_uri");
  if (redirectUri === undefined) return toErrorPage(at, missing, client.id);
  if (!client.settings.CallbackURLs?.includes(redirectUri)) return toErrorPage(at, "redirect_mismatch", client.id);
  const next = new URLSearchParams();
  for (const name of ["client_id", "redirect_uri", "response_type", "state", "nonce", "scope"]) {
    const value = valueIn(query, name);
    if (value !== undefined) next.set(name, value);
  }
  if (!next.has("scope")) next.set("scope", client.settings.AllowedOAuthScopes?.join(" ") ?? "");
  return `${base}/login?${next}`;
}
