import type { Pool } from "../pools/pool.ts";
import type { Settings } from "../settings.ts";

/**
 * The issuer that a pool's tokens carry: our own address, or Amazon's for clients that insist on it. Discovery and keys
 * answer under our own address whichever is chosen. Source: Cognito developer guide, IssuerConfiguration.
 */
export function issuerOf(settings: Pick<Settings, "issuer" | "publicUrl">, pool: Pool): string {
  if (settings.issuer === "self") return `${settings.publicUrl}/${pool.id}`;
  const service = pool.settings.IssuerConfiguration?.Type === "UPDATED" ? "issuer-cognito-idp" : "cognito-idp";
  return `https://${service}.${pool.region}.amazonaws.com/${pool.id}`;
}

/** The pool whose issuer a token names, before anything about the token is believed. */
export const poolIdOfIssuer = (issuer: string): string => issuer.slice(issuer.lastIndexOf("/") + 1);
