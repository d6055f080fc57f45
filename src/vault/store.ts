import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";

/** A fact about the store, or undefined. */
export async function findFact(db: Db, name: string): Promise<string | undefined> {
  const row = await db.selectFrom("store_facts").select("value").where("name", "=", name).executeTakeFirst();
  return row?.value;
}

/** Keeps a fact unless there is one of its name: of nodes that start together, the first one's counts. */
export async function insertFact(db: Db, name: string, value: string): Promise<void> {
  await db
    .insertInto("store_facts")
    .values({ name, value })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
}

/** A key as it stands in the database. */
export type WrappedKey = Pick<Schema["pool_keys"], "version" | "wrapped">;

/** A pool's wrapped keys, oldest first. */
export const findPoolKeys = (db: Db, poolId: string): Promise<WrappedKey[]> =>
  db.selectFrom("pool_keys").select(["version", "wrapped"]).where("pool_id", "=", poolId).orderBy("version").execute();

/** Keeps a wrapped key. False when the pool has one of its version. */
export async function insertPoolKey(
  db: Db,
  key: { readonly poolId: string; readonly version: number; readonly wrapped: string; readonly createdAt: number },
): Promise<boolean> {
  const row = await db
    .insertInto("pool_keys")
    .values({ pool_id: key.poolId, version: key.version, wrapped: key.wrapped, created_at: key.createdAt })
    .onConflict((conflict) => conflict.columns(["pool_id", "version"]).doNothing())
    .returning("version")
    .executeTakeFirst();
  return row !== undefined;
}

/** Destroys a pool's keys. */
export async function deletePoolKeys(db: Db, poolId: string): Promise<void> {
  await db.deleteFrom("pool_keys").where("pool_id", "=", poolId).execute();
}
