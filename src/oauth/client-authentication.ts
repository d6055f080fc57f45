/** How a client proves itself at the token and revocation endpoints. Source: RFC 6749 section 2.3. */
import type { Client } from "../clients/client.ts";
import { provesClient } from "../clients/secret.ts";
import { findPoolClient } from "../clients/store.ts";
import type { DomainRequest } from "./domain-request.ts";
import { valueIn } from "./parameters.ts";

/** What a request says of its client. */
interface Credentials {
  readonly clientId: string;
  readonly secret: string | undefined;
}

/** The client that makes a request, or why it is none. */
export async function authenticateClient(
  { app, pool, request, query }: DomainRequest,
  form: URLSearchParams,
): Promise<Client | "invalid_client" | "invalid_request"> {
  // A secret in the address would stand in every log on the way.
  if (query.has("client_secret")) return "invalid_request";
  const credentials = readCredentials(request.headers.get("authorization"), form);
  if (typeof credentials === "string") return credentials;
  const client = await findPoolClient(app.db, pool.id, credentials.clientId);
  return client && (await provesClient(app, client, credentials.secret)) ? client : "invalid_client";
}

/** Source: RFC 6749 section 2.3: a client uses one way to prove itself in a request. */
function readCredentials(
  authorization: string | null,
  form: URLSearchParams,
): Credentials | "invalid_client" | "invalid_request" {
  const clientId = valueIn(form, "client_id");
  const secret = form.get("client_secret") || undefined;
  if (authorization === null) return clientId === undefined ? "invalid_request" : { clientId, secret };
  const basic = parseBasic(authorization);
  if (!basic) return "invalid_client";
  if (secret !== undefined || (clientId !== undefined && clientId !== basic.clientId)) return "invalid_request";
  return basic;
}

const credentialsLimitCharacters = 2048;

/** The id and secret are form-encoded before they are joined by a colon. Source: RFC 6749 section 2.3.1; RFC 7617. */
function parseBasic(authorization: string): Credentials | undefined {
  const encoded = /^basic +([\w+/=-]+)$/i.exec(authorization.trim())?.[1];
  if (encoded === undefined || encoded.length > credentialsLimitCharacters) return undefined;
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (colon <= 0) return undefined;
  const clientId = decodeForm(decoded.slice(0, colon));
  const secret = decodeForm(decoded.slice(colon + 1));
  return clientId === undefined || secret === undefined ? undefined : { clientId, secret };
}

function decodeForm(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    // A lone percent sign: nothing that was encoded.
    return undefined;
  }
}
