import { hotRead, hotWrite } from "../database/hot-query.ts";
import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import type { AuthorizationCode } from "./authorization-code.ts";
import type { Family } from "./family.ts";

const writeFamily = hotWrite((db, row: Schema["refresh_families"]) =>
  db.insertInto("refresh_families").values({
    pool_id: row.pool_id,
    family: row.family,
    sub: row.sub,
    client_id: row.client_id,
    grant_record: row.grant_record,
    generation: row.generation,
    rotated_at: row.rotated_at,
    revoked: row.revoked,
    expires_at: row.expires_at,
    created_at: row.created_at,
  }),
);

/** Keeps a new family. */
export async function insertFamily(db: Db, family: Family): Promise<void> {
  await writeFamily(db, {
    pool_id: family.poolId,
    family: family.id,
    sub: family.sub,
    client_id: family.clientId,
    grant_record: toJson(family.grant),
    generation: family.generation,
    rotated_at: family.rotatedAt,
    revoked: family.isRevoked ? 1 : 0,
    expires_at: family.expiresAt,
    created_at: family.createdAt,
  });
}

const readFamily = hotRead((db, poolId, family) =>
  db.selectFrom("refresh_families").selectAll().where("pool_id", "=", poolId).where("family", "=", family),
);

/** The family of this id, revoked or not. */
export async function findFamily(db: Db, poolId: string, family: string): Promise<Family | undefined> {
  const [row] = await readFamily(db, poolId, family);
  return row && toFamily(row);
}

const toFamily = (row: Schema["refresh_families"]): Family => ({
  poolId: row.pool_id,
  id: row.family,
  sub: row.sub,
  clientId: row.client_id,
  grant: fromJson(row.grant_record),
  generation: row.generation,
  rotatedAt: row.rotated_at,
  isRevoked: row.revoked === 1,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
});

/** A user's families that still give tokens, the one that was used last first, at most so many. */
export async function listLiveFamilies(
  db: Db,
  user: { readonly poolId: string; readonly sub: string; readonly tokensValidAfter: number },
  now: number,
  limit: number,
): Promise<Family[]> {
  const rows = await db
    .selectFrom("refresh_families")
    .selectAll()
    .where("pool_id", "=", user.poolId)
    .where("sub", "=", user.sub)
    .where("revoked", "=", 0)
    .where("expires_at", ">", now)
    .where("created_at", ">", user.tokensValidAfter)
    .orderBy("rotated_at", "desc")
    .orderBy("family")
    .limit(limit)
    .execute();
  return rows.map(toFamily);
}

/** Moves a family on to its next generation. Of any number of callers with one token, one gets true. */
export async function rotateFamily(db: Db, family: Family, now: number): Promise<boolean> {
  const row = await db
    .updateTable("refresh_families")
    .set({ generation: family.generation + 1, rotated_at: now })
    .where("pool_id", "=", family.poolId)
    .where("family", "=", family.id)
    .where("generation", "=", family.generation)
    .where("revoked", "=", 0)
    .returning("family")
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends a family: its refresh tokens, and its access tokens wherever they are checked with us. */
export async function revokeFamily(db: Db, poolId: string, family: string): Promise<void> {
  await db
    .updateTable("refresh_families")
    .set({ revoked: 1 })
    .where("pool_id", "=", poolId)
    .where("family", "=", family)
    .execute();
}

const writeCode = hotWrite((db, row: Schema["authorization_codes"]) =>
  db.insertInto("authorization_codes").values({
    pool_id: row.pool_id,
    code_hash: row.code_hash,
    client_id: row.client_id,
    sub: row.sub,
    grant_record: row.grant_record,
    redirect_uri: row.redirect_uri,
    code_challenge: row.code_challenge,
    nonce: row.nonce,
    expires_at: row.expires_at,
    redeemed_family: row.redeemed_family,
    created_at: row.created_at,
  }),
);

/** Keeps a new authorization code. */
export async function insertCode(db: Db, code: AuthorizationCode): Promise<void> {
  await writeCode(db, {
    pool_id: code.poolId,
    code_hash: code.hash,
    client_id: code.clientId,
    sub: code.sub,
    grant_record: toJson(code.grant),
    redirect_uri: code.redirectUri,
    code_challenge: code.codeChallenge ?? null,
    nonce: code.nonce ?? null,
    expires_at: code.expiresAt,
    redeemed_family: code.redeemedFamily ?? null,
    created_at: code.createdAt,
  });
}

const readCode = hotRead((db, poolId, hash) =>
  db.selectFrom("authorization_codes").selectAll().where("pool_id", "=", poolId).where("code_hash", "=", hash),
);

/** The code of this hash, redeemed or not. */
export async function findCode(db: Db, poolId: string, hash: string): Promise<AuthorizationCode | undefined> {
  const [row] = await readCode(db, poolId, hash);
  return (
    row && {
      poolId: row.pool_id,
      hash: row.code_hash,
      clientId: row.client_id,
      sub: row.sub,
      grant: fromJson(row.grant_record),
      redirectUri: row.redirect_uri,
      codeChallenge: row.code_challenge ?? undefined,
      nonce: row.nonce ?? undefined,
      expiresAt: row.expires_at,
      redeemedFamily: row.redeemed_family ?? undefined,
      createdAt: row.created_at,
    }
  );
}

interface Claim {
  readonly poolId: string;
  readonly hash: string;
  readonly family: string;
  readonly now: number;
}

const writeClaim = hotWrite((db, { poolId, hash, family, now }: Claim) =>
  db
    .updateTable("authorization_codes")
    .set({ redeemed_family: family })
    .where("pool_id", "=", poolId)
    .where("code_hash", "=", hash)
    .where("redeemed_family", "is", null)
    .where("expires_at", ">", now)
    .returning("code_hash"),
);

/** Redeems a code for a family. Of any number of callers, one gets true. */
export async function claimCode(db: Db, code: AuthorizationCode, family: string, now: number): Promise<boolean> {
  const claimed = await writeClaim(db, { poolId: code.poolId, hash: code.hash, family, now });
  return claimed.length === 1;
}

/** Spends a code that was presented wrongly, so that it can never be redeemed. */
export async function burnCode(db: Db, code: AuthorizationCode): Promise<void> {
  await db
    .updateTable("authorization_codes")
    .set({ expires_at: 0 })
    .where("pool_id", "=", code.poolId)
    .where("code_hash", "=", code.hash)
    .where("redeemed_family", "is", null)
    .execute();
}
