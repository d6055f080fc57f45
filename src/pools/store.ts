import { ApiError } from "../contract/errors.ts";
import { hotRead } from "../database/hot-query.ts";
import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, fromKeptJson, toJson } from "../lib/json-text.ts";
import type { Domain } from "./domain.ts";
import type { Pool } from "./pool.ts";
import type { ResourceServer } from "./resource-server.ts";

const readPool = hotRead((db, poolId) => db.selectFrom("pools").selectAll().where("pool_id", "=", poolId));

/** The pool of this id. */
export async function findPool(db: Db, poolId: string): Promise<Pool | undefined> {
  const [row] = await readPool(db, poolId);
  return row && toPool(row);
}

/** Up to `limit` pools of all regions with ids after `after`, in the order of ids. */
export async function findPoolsAfter(db: Db, after: string, limit: number): Promise<Pool[]> {
  const rows = await db
    .selectFrom("pools")
    .selectAll()
    .where("pool_id", ">", after)
    .orderBy("pool_id")
    .limit(limit)
    .execute();
  return rows.map(toPool);
}

const toPool = (row: Schema["pools"]): Pool => ({
  id: row.pool_id,
  region: row.region,
  name: row.name,
  settings: fromKeptJson(`pool ${row.pool_id}`, row.settings),
  isImporting: row.importing === 1,
  estimatedUsers: row.estimated_users,
  version: row.version,
  createdAt: row.created_at,
  modifiedAt: row.modified_at,
});

const readPoolOfDomain = hotRead((db, name) =>
  db
    .selectFrom("directory")
    .innerJoin("pools", "pools.pool_id", "directory.pool_id")
    .selectAll("pools")
    .where("directory.kind", "=", "domain")
    .where("directory.name", "=", name),
);

/** The pool that a domain of this name belongs to. */
export async function findPoolOfDomain(db: Db, name: string): Promise<Pool | undefined> {
  const [row] = await readPoolOfDomain(db, name);
  return row && toPool(row);
}

/** Keeps a new pool. False when its id is taken. */
export async function insertPool(db: Db, pool: Pool): Promise<boolean> {
  const row = await db
    .insertInto("pools")
    .values({
      pool_id: pool.id,
      region: pool.region,
      name: pool.name,
      settings: toJson(pool.settings),
      importing: 0,
      estimated_users: pool.estimatedUsers,
      version: pool.version,
      created_at: pool.createdAt,
      modified_at: pool.modifiedAt,
    })
    .onConflict((conflict) => conflict.column("pool_id").doNothing())
    .returning("pool_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that an import of users into a pool runs, or no longer. False when it stood so already. */
export async function markImporting(db: Db, poolId: string, isImporting: boolean): Promise<boolean> {
  const row = await db
    .updateTable("pools")
    .set({ importing: isImporting ? 1 : 0 })
    .where("pool_id", "=", poolId)
    .where("importing", "=", isImporting ? 0 : 1)
    .returning("pool_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Replaces what can change of a pool. False when somebody else changed it since it was read. */
export async function updatePool(db: Db, pool: Pool): Promise<boolean> {
  const row = await db
    .updateTable("pools")
    .set({ name: pool.name, settings: toJson(pool.settings), version: pool.version + 1, modified_at: pool.modifiedAt })
    .where("pool_id", "=", pool.id)
    .where("version", "=", pool.version)
    .returning("pool_id")
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The pool, which nobody changes before the caller's transaction ends: for changes that build on what is there and
 * must not be refused because another came between. @throws ResourceNotFoundException
 */
export async function holdPool(db: Db, poolId: string): Promise<Pool> {
  const row = await db
    .updateTable("pools")
    .set((column) => ({ version: column("version", "+", 1) }))
    .where("pool_id", "=", poolId)
    .returningAll()
    .executeTakeFirst();
  if (row) return toPool(row);
  throw new ApiError("ResourceNotFoundException", `User pool ${poolId} does not exist.`);
}

/** Enters a name that is unique over all pools. False when it is taken. */
export async function enterDirectory(
  db: Db,
  kind: "client" | "domain",
  name: string,
  poolId: string,
): Promise<boolean> {
  const row = await db
    .insertInto("directory")
    .values({ kind, name, pool_id: poolId })
    .onConflict((conflict) => conflict.columns(["kind", "name"]).doNothing())
    .returning("name")
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes a pool's name out again. */
export async function leaveDirectory(db: Db, kind: "client" | "domain", name: string, poolId: string): Promise<void> {
  await db
    .deleteFrom("directory")
    .where("kind", "=", kind)
    .where("name", "=", name)
    .where("pool_id", "=", poolId)
    .execute();
}

/** The pool id that a name stands for. */
export async function lookUp(db: Db, kind: "client" | "domain", name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("directory")
    .select("pool_id")
    .where("kind", "=", kind)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.pool_id;
}

const readDomain = hotRead((db, name) =>
  db
    .selectFrom("directory")
    .innerJoin("domains", (join) =>
      join.onRef("domains.pool_id", "=", "directory.pool_id").onRef("domains.domain", "=", "directory.name"),
    )
    .selectAll("domains")
    .where("directory.kind", "=", "domain")
    .where("directory.name", "=", name),
);

/** The domain of this name, whichever pool it belongs to. */
export async function findDomain(db: Db, name: string): Promise<Domain | undefined> {
  const [row] = await readDomain(db, name);
  return row && toDomain(row);
}

/** The domains of a pool: one prefix and one custom at most. */
export async function listDomains(db: Db, poolId: string): Promise<Domain[]> {
  const rows = await db.selectFrom("domains").selectAll().where("pool_id", "=", poolId).orderBy("domain").execute();
  return rows.map(toDomain);
}

const toDomain = (row: Schema["domains"]): Domain => ({
  poolId: row.pool_id,
  name: row.domain,
  settings: fromJson(row.settings),
  createdAt: row.created_at,
});

/** Keeps a new domain. Its name has been entered in the directory. */
export async function insertDomain(db: Db, domain: Domain): Promise<void> {
  await db
    .insertInto("domains")
    .values({
      pool_id: domain.poolId,
      domain: domain.name,
      settings: toJson(domain.settings),
      created_at: domain.createdAt,
    })
    .execute();
}

/** Replaces the settings of a domain. */
export async function updateDomain(db: Db, domain: Domain): Promise<void> {
  await db
    .updateTable("domains")
    .set({ settings: toJson(domain.settings) })
    .where("pool_id", "=", domain.poolId)
    .where("domain", "=", domain.name)
    .execute();
}

/** Deletes a domain of a pool. False when the pool has none of this name. */
export async function deleteDomain(db: Db, poolId: string, name: string): Promise<boolean> {
  const row = await db
    .deleteFrom("domains")
    .where("pool_id", "=", poolId)
    .where("domain", "=", name)
    .returning("domain")
    .executeTakeFirst();
  return row !== undefined;
}

/** More resource servers than a pool may have on Cognito. */
const serverLimit = 1000;

const readResourceServers = hotRead((db, poolId) =>
  db.selectFrom("resource_servers").selectAll().where("pool_id", "=", poolId).orderBy("identifier").limit(serverLimit),
);

/** Every resource server of a pool, in the order of identifiers. */
export async function findResourceServers(db: Db, poolId: string): Promise<ResourceServer[]> {
  const rows = await readResourceServers(db, poolId);
  return rows.map(toResourceServer);
}

const toResourceServer = (row: Schema["resource_servers"]): ResourceServer => ({
  poolId: row.pool_id,
  identifier: row.identifier,
  name: row.name,
  scopes: fromKeptJson(`scopes ${row.pool_id} ${row.identifier}`, row.scopes),
});

/** Up to `limit` resource servers with identifiers after `after`. */
export async function listResourceServers(
  db: Db,
  poolId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<ResourceServer[]> {
  const rows = await db
    .selectFrom("resource_servers")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("identifier", ">", after)
    .orderBy("identifier")
    .limit(limit)
    .execute();
  return rows.map(toResourceServer);
}

/** The resource server of this identifier. */
export async function findResourceServer(
  db: Db,
  poolId: string,
  identifier: string,
): Promise<ResourceServer | undefined> {
  const row = await db
    .selectFrom("resource_servers")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("identifier", "=", identifier)
    .executeTakeFirst();
  return row && toResourceServer(row);
}

/** Keeps a new resource server. False when its identifier is taken. */
export async function insertResourceServer(db: Db, server: ResourceServer): Promise<boolean> {
  const row = await db
    .insertInto("resource_servers")
    .values({
      pool_id: server.poolId,
      identifier: server.identifier,
      name: server.name,
      scopes: toJson(server.scopes),
    })
    .onConflict((conflict) => conflict.columns(["pool_id", "identifier"]).doNothing())
    .returning("identifier")
    .executeTakeFirst();
  return row !== undefined;
}

/** Replaces a resource server. False when there is none of its identifier. */
export async function updateResourceServer(db: Db, server: ResourceServer): Promise<boolean> {
  const row = await db
    .updateTable("resource_servers")
    .set({ name: server.name, scopes: toJson(server.scopes) })
    .where("pool_id", "=", server.poolId)
    .where("identifier", "=", server.identifier)
    .returning("identifier")
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes a resource server. False when there is none of this identifier. */
export async function deleteResourceServer(db: Db, poolId: string, identifier: string): Promise<boolean> {
  const row = await db
    .deleteFrom("resource_servers")
    .where("pool_id", "=", poolId)
    .where("identifier", "=", identifier)
    .returning("identifier")
    .executeTakeFirst();
  return row !== undefined;
}
