import type { Db } from "../database/open.ts";
import type { AccessKey } from "./access-key.ts";

/** A key with its secret still sealed. */
export interface StoredAccessKey extends AccessKey {
  readonly sealedSecret: string;
}

/** Keeps a new key. */
export async function insertAccessKey(db: Db, key: StoredAccessKey): Promise<void> {
  await db
    .insertInto("access_keys")
    .values({
      access_key_id: key.id,
      sealed_secret: key.sealedSecret,
      role: key.role,
      pool_id: key.poolId,
      created_at: key.createdAt,
      disabled: key.isDisabled ? 1 : 0,
    })
    .execute();
}

/** The key of this id, disabled or not. */
export async function findStoredAccessKey(db: Db, id: string): Promise<StoredAccessKey | undefined> {
  const row = await db.selectFrom("access_keys").selectAll().where("access_key_id", "=", id).executeTakeFirst();
  return row && toKey(row);
}

/** More keys than anyone should have. */
const listedKeys = 1000;

/** Every key, oldest id first. */
export async function listStoredAccessKeys(db: Db): Promise<StoredAccessKey[]> {
  const rows = await db.selectFrom("access_keys").selectAll().orderBy("access_key_id").limit(listedKeys).execute();
  return rows.map(toKey);
}

/** Disables a key. False when there is none. */
export async function disableStoredAccessKey(db: Db, id: string): Promise<boolean> {
  const row = await db
    .updateTable("access_keys")
    .set({ disabled: 1 })
    .where("access_key_id", "=", id)
    .returning("access_key_id")
    .executeTakeFirst();
  return row !== undefined;
}

interface Row {
  access_key_id: string;
  sealed_secret: string;
  role: "admin" | "read";
  pool_id: string | null;
  created_at: number;
  disabled: 0 | 1;
}

const toKey = (row: Row): StoredAccessKey => ({
  id: row.access_key_id,
  sealedSecret: row.sealed_secret,
  role: row.role,
  poolId: row.pool_id,
  createdAt: row.created_at,
  isDisabled: row.disabled === 1,
});
