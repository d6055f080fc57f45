import { ApiError } from "../contract/errors.ts";
import type { UpdateReplicaStatusType } from "../contract/types.gen.ts";
import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import type { Tags } from "../pools/tags.ts";
import { type Replica, replicaLimit } from "./replica.ts";

/** The replica of a pool in a region. */
export async function findReplica(db: Db, poolId: string, region: string): Promise<Replica | undefined> {
  const row = await db
    .selectFrom("replicas")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("region", "=", region)
    .executeTakeFirst();
  return row && toReplica(row);
}

/** The replica of a pool in a region. @throws ResourceNotFoundException */
export async function getReplica(db: Db, poolId: string, region: string): Promise<Replica> {
  const replica = await findReplica(db, poolId, region);
  if (replica) return replica;
  throw replicaNotFound(poolId, region);
}

/** Unconfirmed: the sentence. */
const replicaNotFound = (poolId: string, region: string): ApiError =>
  new ApiError("ResourceNotFoundException", `User pool ${poolId} has no replica in ${region}.`);

/** Every replica of a pool, in the order of regions. */
export async function listReplicas(db: Db, poolId: string): Promise<Replica[]> {
  const rows = await db
    .selectFrom("replicas")
    .selectAll()
    .where("pool_id", "=", poolId)
    .orderBy("region")
    .limit(replicaLimit)
    .execute();
  return rows.map(toReplica);
}

/** Up to `limit` ids after `after` of the pools that are served in a region, as their own or by a replica. */
export async function listServedPools(
  db: Db,
  region: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom("pools")
    .select("pool_id")
    .where("region", "=", region)
    .where("pool_id", ">", after)
    .union(db.selectFrom("replicas").select("pool_id").where("region", "=", region).where("pool_id", ">", after))
    .orderBy("pool_id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.pool_id);
}

/** Keeps a new replica. False when the pool has one in the region. */
export async function insertReplica(db: Db, replica: Replica): Promise<boolean> {
  const row = await db
    .insertInto("replicas")
    .values({
      pool_id: replica.poolId,
      region: replica.region,
      status: replica.status,
      tags: toJson(replica.tags),
      created_at: replica.createdAt,
    })
    .onConflict((conflict) => conflict.columns(["pool_id", "region"]).doNothing())
    .returning("region")
    .executeTakeFirst();
  return row !== undefined;
}

/** Activates or deactivates a replica. False when there is none. */
export async function setReplicaStatus(
  db: Db,
  {
    poolId,
    region,
    status,
  }: { readonly poolId: string; readonly region: string; readonly status: UpdateReplicaStatusType },
): Promise<boolean> {
  const row = await db
    .updateTable("replicas")
    .set({ status })
    .where("pool_id", "=", poolId)
    .where("region", "=", region)
    .returning("region")
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes a replica that is inactive. False for one that is active, or not there. */
export async function deleteReplica(db: Db, poolId: string, region: string): Promise<boolean> {
  const row = await db
    .deleteFrom("replicas")
    .where("pool_id", "=", poolId)
    .where("region", "=", region)
    .where("status", "=", "INACTIVE")
    .returning("region")
    .executeTakeFirst();
  return row !== undefined;
}

/** The tags of a replica, which nobody changes before the caller's transaction ends. */
export async function holdReplicaTags(db: Db, poolId: string, region: string): Promise<Tags | undefined> {
  const row = await db
    .updateTable("replicas")
    .set({ region })
    .where("pool_id", "=", poolId)
    .where("region", "=", region)
    .returning("tags")
    .executeTakeFirst();
  return row && fromJson(row.tags);
}

/** Replaces the tags of a replica. */
export async function setReplicaTags(db: Db, poolId: string, region: string, tags: Tags): Promise<void> {
  await db
    .updateTable("replicas")
    .set({ tags: toJson(tags) })
    .where("pool_id", "=", poolId)
    .where("region", "=", region)
    .execute();
}

const toReplica = (row: Schema["replicas"]): Replica => ({
  poolId: row.pool_id,
  region: row.region,
  status: row.status,
  tags: fromJson(row.tags),
  createdAt: row.created_at,
});
