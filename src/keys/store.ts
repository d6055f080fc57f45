import type { Db } from "../database/open.ts";
import type { KeyUse } from "./signing-key.ts";

/** A signing key as it stands in the database: its private half sealed. */
export interface StoredSigningKey {
  readonly poolId: string;
  readonly use: KeyUse;
  readonly generation: number;
  readonly id: string;
  readonly publicKey: string;
  readonly sealedPrivateKey: string;
  readonly createdAt: number;
}

/** A pool's keys, oldest generation first. */
export async function findSigningKeys(db: Db, poolId: string): Promise<StoredSigningKey[]> {
  const rows = await db
    .selectFrom("signing_keys")
    .selectAll()
    .where("pool_id", "=", poolId)
    .orderBy("generation")
    .execute();
  return rows.map((row) => ({
    poolId: row.pool_id,
    use: row.use_for,
    generation: row.generation,
    id: row.key_id,
    publicKey: row.public_key,
    sealedPrivateKey: row.sealed_private_key,
    createdAt: row.created_at,
  }));
}

/** Keeps a key, unless the generation has one already: of two nodes that make the first key at once, one wins. */
export async function insertSigningKey(db: Db, key: StoredSigningKey): Promise<void> {
  await db
    .insertInto("signing_keys")
    .values({
      pool_id: key.poolId,
      use_for: key.use,
      generation: key.generation,
      key_id: key.id,
      public_key: key.publicKey,
      sealed_private_key: key.sealedPrivateKey,
      created_at: key.createdAt,
    })
    .onConflict((conflict) => conflict.columns(["pool_id", "use_for", "generation"]).doNothing())
    .execute();
}
