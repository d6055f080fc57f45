/** Where clients register themselves. Source: RFC 7591 section 3; Cognito developer guide, dynamic client registration. */
import { succeeded } from "../audit/act.ts";
import { recordUserAct } from "../audit/user-act.ts";
import { openRegistration, type Registered, registerClient } from "../clients/registration.ts";
import { RegistrationRefusal } from "../clients/registration-metadata.ts";
import type { DcrConfigurationType } from "../contract/types.gen.ts";
import { toSeconds } from "../lib/clock.ts";
import { parseObject } from "../lib/json-object.ts";
import type { Cost } from "../limits/by-address.ts";
import { registrationScope } from "../pools/resource-server.ts";
import { verifyClientToken } from "../tokens/verify.ts";
import { answerError, answerJson } from "./answers.ts";
import type { DomainRequest } from "./domain-request.ts";
import { limitedByAddress } from "./limited.ts";

/** Answers `POST /oauth2/register`. */
export const register = limitedByAddress(async (at) => {
  const { app, pool, request } = at;
  const configuration = openRegistration(pool);
  // Unconfirmed.
  if (!configuration) return answerError("access_denied", "Clients cannot register themselves here.", 403);
  const refusal = await checkToken(at, configuration);
  if (refusal) return refusal;
  const metadata = await readJson(request);
  if (!metadata) return answerError("invalid_client_metadata", "The request must be a JSON object.");
  const isAuthenticated = request.headers.has("authorization");
  try {
    const registered = await registerClient(app, pool, metadata, isAuthenticated);
    await recordUserAct(app, {
      name: "ClientRegistered",
      pool,
      clientId: registered.client.id,
      outcome: succeeded,
      address: at.origin.address,
    });
    return answerRegistered(registered);
  } catch (error) {
    if (!(error instanceof RegistrationRefusal)) throw error;
    return answerError(error.error, error.message, error.error === "access_denied" ? 403 : 400);
  }
}, costOfRegistering);

/** Where anybody may register, a client costs; who shows a good token may make as many as it likes. */
function costOfRegistering({ request }: DomainRequest): Cost {
  return request.headers.has("authorization") ? "proof" : "cause";
}

/**
 * Checks the initial access token: with the scope for it, which a pool's clients hold. Where registration is open there
 * need not be one, but one that is there must be good. Source: RFC 6750 section 3.1.
 */
async function checkToken(
  { app, pool, request }: DomainRequest,
  { OpenDcrEnabled }: DcrConfigurationType,
): Promise<Response | undefined> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) return OpenDcrEnabled ? undefined : challenge(401);
  const text = /^bearer +(\S+)$/i.exec(authorization)?.[1];
  if (text === undefined) return challenge(401, "invalid_request");
  const verified = await verifyClientToken(app, text, registrationScope);
  if (verified.fault === "scope") return challenge(403, "insufficient_scope");
  return verified.fault !== undefined || verified.pool.id !== pool.id ? challenge(401, "invalid_token") : undefined;
}

function challenge(status: number, error?: string): Response {
  const parameters = error === undefined ? "" : ` error="${error}", scope="${registrationScope}"`;
  return answerJson(status, { error: error ?? "invalid_token" }, { "www-authenticate": `Bearer${parameters}` });
}

const bodyLimitBytes = 64 * 1024;

async function readJson(request: Request): Promise<Readonly<Record<string, unknown>> | undefined> {
  const [type] = (request.headers.get("content-type") ?? "").split(";");
  if (type?.trim().toLowerCase() !== "application/json") return undefined;
  if (Number(request.headers.get("content-length") ?? 0) > bodyLimitBytes) return undefined;
  const text = await request.text();
  return text.length > bodyLimitBytes ? undefined : parseObject(text);
}

/** What the client is registered with, which may be less than it asked for. Source: RFC 7591 section 3.2.1. */
function answerRegistered({ client, secret, grantTypes, authenticationMethod }: Registered): Response {
  const { CallbackURLs, AllowedOAuthScopes = [] } = client.settings;
  return answerJson(201, {
    client_id: client.id,
    ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
    client_id_issued_at: toSeconds(client.createdAt),
    client_name: client.name,
    ...(CallbackURLs && { redirect_uris: CallbackURLs }),
    grant_types: grantTypes,
    response_types: CallbackURLs ? ["code"] : [],
    token_endpoint_auth_method: authenticationMethod,
    scope: AllowedOAuthScopes.join(" "),
  });
}
