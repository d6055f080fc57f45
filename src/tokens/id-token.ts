import type { App } from "../app.ts";
import { signingKeys } from "../keys/signing-key.ts";
import { isSignedBy, parseJws } from "../lib/jws.ts";
import type { Pool } from "../pools/pool.ts";
import { issuerOf } from "./issuer.ts";

/** What an ID token says when it comes back to us: for whom it was made, and for which client. */
export interface IdTokenHint {
  readonly sub: string;
  readonly clientId: string;
}

/**
 * Reads an ID token that a client hands back to say whom it means. It may have expired: it opens nothing, and clients
 * keep it for as long as they keep a user signed in. Undefined for anything that this pool did not sign as an ID token.
 * Source: OpenID Connect Core 1.0 section 3.1.2.1; OpenID Connect RP-Initiated Logout 1.0 section 2.
 */
export async function readIdToken(app: App, pool: Pool, text: string): Promise<IdTokenHint | undefined> {
  const jws = parseJws(text);
  if (!jws) return undefined;
  const { iss, aud, sub, token_use } = jws.payload;
  if (token_use !== "id" || typeof sub !== "string" || typeof aud !== "string") return undefined;
  if (iss !== issuerOf(app.settings, pool)) return undefined;
  const { id } = await signingKeys(app, pool.id);
  return jws.keyId === id.id && isSignedBy(jws, id.publicKey) ? { sub, clientId: aud } : undefined;
}
