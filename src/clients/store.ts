import { ApiError } from "../contract/errors.ts";
import { hotRead } from "../database/hot-query.ts";
import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, fromKeptJson, toJson } from "../lib/json-text.ts";
import type { Client, ClientSettings } from "./client.ts";

const readClient = hotRead((db, clientId) =>
  db
    .selectFrom("directory")
    .innerJoin("clients", (join) =>
      join.onRef("clients.pool_id", "=", "directory.pool_id").onRef("clients.client_id", "=", "directory.name"),
    )
    .selectAll("clients")
    .where("directory.kind", "=", "client")
    .where("directory.name", "=", clientId),
);

/** The client of this id, whichever pool it belongs to. */
export async function findClient(db: Db, clientId: string): Promise<Client | undefined> {
  const [row] = await readClient(db, clientId);
  return row && toClient(row);
}

const readPoolClient = hotRead((db, poolId, clientId) =>
  db.selectFrom("clients").selectAll().where("pool_id", "=", poolId).where("client_id", "=", clientId),
);

/** A pool's client of this id. */
export async function findPoolClient(db: Db, poolId: string, clientId: string): Promise<Client | undefined> {
  const [row] = await readPoolClient(db, poolId, clientId);
  return row && toClient(row);
}

/** A pool's client of this id. @throws ResourceNotFoundException */
export async function getPoolClient(db: Db, poolId: string, clientId: string): Promise<Client> {
  const client = await findPoolClient(db, poolId, clientId);
  if (client) return client;
  throw new ApiError("ResourceNotFoundException", `User pool client ${clientId} does not exist.`);
}

const readSettings = hotRead((db, poolId) => db.selectFrom("clients").select("settings").where("pool_id", "=", poolId));

/** The settings of every client of a pool, for what a pool allows as a whole. */
export async function settingsOfClients(db: Db, poolId: string): Promise<ClientSettings[]> {
  const rows = await readSettings(db, poolId);
  return rows.map((row) => fromJson(row.settings));
}

/** Keeps a new client. Its id has been entered in the directory. */
export async function insertClient(db: Db, client: Client): Promise<void> {
  await db
    .insertInto("clients")
    .values({
      pool_id: client.poolId,
      client_id: client.id,
      name: client.name,
      settings: toJson(client.settings),
      secrets: toJson(client.secrets),
      version: client.version,
      created_at: client.createdAt,
      modified_at: client.modifiedAt,
    })
    .execute();
}

/** Replaces what can change of a client. False when somebody else changed it since it was read. */
export async function updateClient(db: Db, client: Client): Promise<boolean> {
  const row = await db
    .updateTable("clients")
    .set({
      name: client.name,
      settings: toJson(client.settings),
      secrets: toJson(client.secrets),
      version: client.version + 1,
      modified_at: client.modifiedAt,
    })
    .where("pool_id", "=", client.poolId)
    .where("client_id", "=", client.id)
    .where("version", "=", client.version)
    .returning("client_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes a client. */
export async function deleteClient(db: Db, poolId: string, clientId: string): Promise<void> {
  await db.deleteFrom("clients").where("pool_id", "=", poolId).where("client_id", "=", clientId).execute();
}

/** How many clients a pool has. */
export async function countClients(db: Db, poolId: string): Promise<number> {
  const { clients } = await db
    .selectFrom("clients")
    .select(({ fn }) => fn.countAll<number>().as("clients"))
    .where("pool_id", "=", poolId)
    .executeTakeFirstOrThrow();
  return clients;
}

/** Up to `limit` clients of a pool with ids after `after`, in the order of ids. */
export async function listClients(
  db: Db,
  poolId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Client[]> {
  const rows = await db
    .selectFrom("clients")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("client_id", ">", after)
    .orderBy("client_id")
    .limit(limit)
    .execute();
  return rows.map(toClient);
}

const toClient = (row: Schema["clients"]): Client => ({
  id: row.client_id,
  poolId: row.pool_id,
  name: row.name,
  settings: fromKeptJson(`client ${row.client_id}`, row.settings),
  secrets: fromKeptJson(`secrets ${row.client_id}`, row.secrets),
  version: row.version,
  createdAt: row.created_at,
  modifiedAt: row.modified_at,
});

/** Changes the lists of attributes that clients may read and write, where they differ. Run it in a transaction. */
export async function alterClientAttributes(
  db: Db,
  poolId: string,
  change: (names: readonly string[]) => string[],
): Promise<void> {
  const rows = await db.selectFrom("clients").selectAll().where("pool_id", "=", poolId).execute();
  for (const client of rows.map(toClient)) {
    const { ReadAttributes, WriteAttributes } = client.settings;
    const settings: ClientSettings = {
      ...client.settings,
      ...(ReadAttributes && { ReadAttributes: change(ReadAttributes) }),
      ...(WriteAttributes && { WriteAttributes: change(WriteAttributes) }),
    };
    if (toJson(settings) !== toJson(client.settings)) await updateClient(db, { ...client, settings });
  }
}
