/** Authorization codes: what stands between the browser's sign-in and the client's tokens. Source: RFC 6749 section 4.1. */
import { createHash } from "node:crypto";
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { withTransaction } from "../database/transact.ts";
import { minute } from "../lib/clock.ts";
import type { Pool } from "../pools/pool.ts";
import type { User } from "../users/user.ts";
import { type Family, type GrantRecord, newFamily } from "./family.ts";
import { keepFamily } from "./session-cap.ts";
import { burnCode, claimCode, findCode, insertCode, revokeFamily } from "./store.ts";

/** Source: Cognito developer guide: a code lives five minutes and works once. */
const codeLifetime = 5 * minute;

export interface AuthorizationCode {
  readonly poolId: string;
  readonly hash: string;
  readonly clientId: string;
  readonly sub: string;
  readonly grant: GrantRecord;
  readonly redirectUri: string;
  /** The S256 challenge of the request, when it had one. Source: RFC 7636. */
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly expiresAt: number;
  readonly redeemedFamily: string | undefined;
  readonly createdAt: number;
}

/** What the authorization request asked for. */
export interface CodeRequest {
  readonly client: Client;
  readonly user: User;
  readonly grant: GrantRecord;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
}

const hashOf = (code: string): string => createHash("sha256").update(code).digest("base64url");

/** Makes a code, a lower-case UUID as Cognito's are, and keeps its hash. */
export async function issueCode(app: App, request: CodeRequest): Promise<string> {
  const { client, user, grant, redirectUri, codeChallenge, nonce } = request;
  const code = app.random.uuid();
  const now = app.clock.now();
  // As a family is: later than any sign-out, even one within this very millisecond.
  const createdAt = Math.max(now, user.tokensValidAfter + 1);
  await insertCode(app.db, {
    poolId: client.poolId,
    hash: hashOf(code),
    clientId: client.id,
    sub: user.sub,
    grant,
    redirectUri,
    codeChallenge,
    nonce,
    expiresAt: now + codeLifetime,
    redeemedFamily: undefined,
    createdAt,
  });
  return code;
}

/** What the client presents with a code. */
export interface Redemption {
  readonly client: Client;
  readonly code: string;
  readonly redirectUri: string | undefined;
  readonly codeVerifier: string | undefined;
}

/**
 * Looks a code up for a client and checks what was presented with it. A wrong redirect URI leaves the code good, a
 * wrong verifier spends it, and a code that was redeemed before takes back the tokens it gave.
 * Source: RFC 6749 section 10.5, RFC 7636 section 4.6.
 */
export async function presentCode(
  app: App,
  { client, code, redirectUri, codeVerifier }: Redemption,
): Promise<AuthorizationCode | "invalid_grant" | "invalid_redirect"> {
  const found = await findCode(app.db, client.poolId, hashOf(code));
  if (!found || found.clientId !== client.id) return "invalid_grant";
  if (found.redeemedFamily !== undefined) {
    await revokeFamily(app.db, found.poolId, found.redeemedFamily);
    return "invalid_grant";
  }
  if (found.expiresAt <= app.clock.now()) return "invalid_grant";
  if (redirectUri !== found.redirectUri) return "invalid_redirect";
  if (!isVerified(found.codeChallenge, codeVerifier)) {
    await burnCode(app.db, found);
    return "invalid_grant";
  }
  return found;
}

/** A challenge needs its verifier; a verifier without a challenge is a mix-up of two requests. */
function isVerified(challenge: string | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier;
  return /^[\w.~-]{43,128}$/.test(verifier) && hashOf(verifier) === challenge;
}

/**
 * Redeems a presented code: one caller of any number gets the family, the others take it back. Nobody gets one whose user
 * has signed out everywhere since the code was made.
 * The claim and the family stand in one transaction, so a code is never spent without its tokens.
 */
export async function redeemCode(
  app: App,
  code: AuthorizationCode,
  { pool, client, user }: { readonly pool: Pool; readonly client: Client; readonly user: User },
): Promise<Family | undefined> {
  // The family would be younger than the sign-out that ends everything before it.
  if (code.createdAt <= user.tokensValidAfter) return undefined;
  const family = newFamily(app, client, user, code.grant);
  const isOurs = await withTransaction(app, async ({ db }) => {
    if (!(await claimCode(db, code, family.id, app.clock.now()))) return false;
    await keepFamily({ ...app, db }, pool, user, family);
    return true;
  });
  if (isOurs) return family;
  const winner = await findCode(app.db, code.poolId, code.hash);
  if (winner?.redeemedFamily !== undefined) await revokeFamily(app.db, code.poolId, winner.redeemedFamily);
  return undefined;
}
