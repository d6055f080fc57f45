/** Whether an access token that was handed to us is one of ours and still good. */
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { findPoolClient } from "../clients/store.ts";
import { signingKeys } from "../keys/signing-key.ts";
import { toSeconds } from "../lib/clock.ts";
import { isSignedBy, parseJws } from "../lib/jws.ts";
import type { Pool } from "../pools/pool.ts";
import { findPool } from "../pools/store.ts";
import { findUserBySub } from "../users/store.ts";
import type { User } from "../users/user.ts";
import type { AccessToken } from "./access-token.ts";
import { isSignedOut } from "./family.ts";
import type { Bearer } from "./issue.ts";
import { issuerOf, poolIdOfIssuer } from "./issuer.ts";
import { findFamily } from "./store.ts";

/** Why an access token is not good. */
export type TokenFault = "malformed" | "signature" | "expired" | "scope" | "revoked" | "no-user";

export type Verified =
  | { readonly fault: TokenFault }
  | { readonly fault?: undefined; readonly token: AccessToken; readonly bearer: Bearer };

/**
 * Verifies an access token down to its user: signature by the pool's access key, kind, times without leeway, scope, and
 * that nobody has revoked it since. The order is the order of Cognito's errors.
 */
export async function verifyAccessToken(app: App, text: string, scope: string): Promise<Verified> {
  const read = await readAccessToken(app, text);
  if ("fault" in read) return read;
  const { token, pool } = read;
  if (!token.scopes.includes(scope)) return { fault: "scope" };
  const user = await findUserBySub(app.db, pool.id, token.sub);
  if (!user) return { fault: "no-user" };
  const client = await findPoolClient(app.db, pool.id, token.clientId);
  if (!client || !user.isEnabled || (await isRevoked(app, token, user))) return { fault: "revoked" };
  return { token, bearer: { pool, client, user } };
}

export type VerifiedClient =
  | { readonly fault: TokenFault }
  | { readonly fault?: undefined; readonly pool: Pool; readonly client: Client };

/**
 * Verifies an access token that a client shows for itself: of a user as above, or of the client alone, which must still
 * have the scope. A client's own token cannot be revoked but by that.
 */
export async function verifyClientToken(app: App, text: string, scope: string): Promise<VerifiedClient> {
  const read = await readAccessToken(app, text);
  if ("fault" in read) return read;
  const { token, pool } = read;
  if (token.sub !== token.clientId) {
    const verified = await verifyAccessToken(app, text, scope);
    return verified.fault === undefined ? verified.bearer : verified;
  }
  const client = await findPoolClient(app.db, pool.id, token.clientId);
  if (!client) return { fault: "revoked" };
  const isAllowed = token.scopes.includes(scope) && client.settings.AllowedOAuthScopes?.includes(scope) === true;
  return isAllowed ? { pool, client } : { fault: "scope" };
}

type Read = { readonly fault: TokenFault } | { readonly token: AccessToken; readonly pool: Pool };

async function readAccessToken(app: App, text: string): Promise<Read> {
  const jws = parseJws(text);
  const claims = jws && parseClaims(jws.payload);
  if (!jws || !claims) return { fault: "malformed" };
  const pool = await findPool(app.db, claims.poolId);
  if (!pool || claims.issuer !== issuerOf(app.settings, pool)) return { fault: "malformed" };
  const { access } = await signingKeys(app, pool.id);
  if (jws.keyId !== access.id || !isSignedBy(jws, access.publicKey)) return { fault: "signature" };
  const now = toSeconds(app.clock.now());
  if (claims.token.issuedAt > now) return { fault: "malformed" };
  return claims.expiresAt <= now ? { fault: "expired" } : { token: claims.token, pool };
}

interface ParsedClaims {
  readonly token: AccessToken;
  readonly issuer: string;
  readonly poolId: string;
  readonly expiresAt: number;
}

/** Reads the claims strictly: a number that came as text, or a token of another kind, is not one of ours. */
function parseClaims(payload: Readonly<Record<string, unknown>>): ParsedClaims | undefined {
  const { token_use, iss, sub, client_id, username, scope, exp, iat, auth_time, origin_jti, nbf } = payload;
  if (token_use !== "access" || nbf !== undefined) return undefined;
  if (!isText(iss) || !isText(sub) || !isText(client_id) || !isText(scope)) return undefined;
  if (!isTime(exp) || !isTime(iat) || !isTime(auth_time)) return undefined;
  if (origin_jti !== undefined && !isText(origin_jti)) return undefined;
  const poolId = poolIdOfIssuer(iss);
  const token: AccessToken = {
    sub,
    poolId,
    clientId: client_id,
    username: isText(username) ? username : "",
    scopes: scope.split(" "),
    ...(origin_jti !== undefined && { family: origin_jti }),
    issuedAt: iat,
    authTime: auth_time,
  };
  return { token, issuer: iss, poolId, expiresAt: exp };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

async function isRevoked(app: App, token: AccessToken, user: User): Promise<boolean> {
  // Without a family only the second of issue is known: a sign-out in the same second counts as later.
  if (token.family === undefined) return token.issuedAt <= toSeconds(user.tokensValidAfter);
  const family = await findFamily(app.db, token.poolId, token.family);
  return !family || family.isRevoked || isSignedOut(family, user);
}
