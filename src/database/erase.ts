/**
 * Deletes what belongs to a pool, to a user or to a client, and what has expired. The tables are named by type: a new one that is forgotten
 * does not compile. A pool may be of any size, and so may what a user has done, so rows go in batches, each of which is
 * to be a transaction of its own: whoever writes meanwhile waits for no longer than one of them.
 */
import { PostgresAdapter, type RawBuilder, type SqlBool, sql } from "kysely";
import { noteClearing } from "./clearings.ts";
import type { Db } from "./open.ts";
import type { Schema } from "./schema.ts";
import { transact } from "./transact.ts";

/** The tables that have a column. */
export type TablesWith<Column extends string> = {
  [Table in keyof Schema]: Column extends keyof Schema[Table] ? Table : never;
}[keyof Schema];

/** The tables of pools. What is still to be cleared away is noted beside them. */
export type PoolTable = Exclude<TablesWith<"pool_id">, "clearings">;

/** By these a pool is there, or is found. Access keys that are bound to a pool could open nothing else. */
const presence = ["pools", "directory", "domains", "replicas", "access_keys"] as const satisfies readonly PoolTable[];

/** The tables of pools with the columns of their keys after the pool's, in the order in which they are emptied. */
export const poolTables: { readonly [Table in PoolTable]: readonly (keyof Schema[Table] & string)[] } = {
  pools: [],
  pool_keys: ["version"],
  directory: ["kind", "name"],
  access_keys: ["access_key_id"],
  replicas: ["region"],
  domains: ["domain"],
  resource_servers: ["identifier"],
  identity_providers: ["name"],
  provider_identifiers: ["identifier"],
  provider_metadata: ["provider_name"],
  service_provider_keys: [],
  clients: ["client_id"],
  risk_configurations: ["client_id"],
  ui_customizations: ["client_id"],
  managed_login_brandings: ["client_id"],
  branding_assets: ["hash", "client_id", "kind"],
  terms: ["client_id", "name"],
  messages: ["message_id"],
  users: ["sub"],
  user_names: ["name"],
  user_search: ["attribute", "value", "sub"],
  passwords: ["sub"],
  password_history: ["sub", "created_at"],
  password_failures: ["sub"],
  factors: ["sub"],
  recovery_codes: ["sub", "code_hash"],
  passkeys: ["credential_id"],
  passkey_registrations: ["sub"],
  devices: ["sub", "device_key"],
  codes: ["sub", "purpose"],
  attempts_made: ["sub", "kind"],
  auth_events: ["sub", "event_id"],
  groups: ["name"],
  import_jobs: ["job_id"],
  import_parts: ["job_id", "upload", "part"],
  import_faults: ["job_id", "line"],
  group_members: ["group_name", "sub"],
  linked_identities: ["provider_name", "subject", "attribute"],
  signing_keys: ["use_for", "generation"],
  refresh_families: ["family"],
  authorization_codes: ["code_hash"],
  hosted_sessions: ["session_hash"],
  seen_saml_messages: ["provider_name", "message_id"],
  provider_sessions: ["session_hash"],
  federation_departures: ["state_hash"],
  signin_attempts: ["attempt_hash"],
};

type UserTable = Exclude<TablesWith<"sub">, "clearings">;

/** The tables of users, and whether a user may have any number of rows: those grow with each time that it signs in. */
const userTables: Readonly<Record<UserTable, "few" | "many">> = {
  users: "few",
  user_names: "few",
  user_search: "few",
  passwords: "few",
  password_history: "few",
  password_failures: "few",
  factors: "few",
  recovery_codes: "few",
  passkeys: "few",
  passkey_registrations: "few",
  codes: "few",
  attempts_made: "few",
  group_members: "few",
  linked_identities: "few",
  devices: "many",
  auth_events: "many",
  refresh_families: "many",
  authorization_codes: "many",
  hosted_sessions: "many",
  provider_sessions: "many",
};

/** What a client has that another of the same id must not inherit. Tokens and codes of a client die without it. */
const clientTables = {
  risk_configurations: true,
  ui_customizations: true,
  managed_login_brandings: true,
  branding_assets: true,
  terms: true,
} as const satisfies Partial<Record<TablesWith<"client_id">, true>>;

/** Rows deleted in one statement, and so at most twice as many in one transaction: on SQLite everybody waits for it. */
const batchRows = 500;

/** Of rows that may hold megabytes. */
const largeRows: { readonly [Table in PoolTable]?: number } = {
  branding_assets: 20,
  import_parts: 20,
  managed_login_brandings: 20,
  provider_metadata: 20,
};

const rowsAtOnce = (table: PoolTable): number => largeRows[table] ?? batchRows;

/** Where the next batch goes on: at a table, and there at the key of a row. */
export interface Rest {
  readonly table: PoolTable;
  readonly key?: readonly unknown[];
}

/** Deletes what makes a pool be there. What is left of it belongs to nobody. */
export async function erasePresence(db: Db, poolId: string): Promise<void> {
  for (const table of presence) await db.deleteFrom(table).where("pool_id", "=", poolId).execute();
}

/**
 * Deletes a batch of a pool's rows but not its keys, from where the last batch left off, and gives where the next one
 * goes on: undefined when it came to the end. Run it in a transaction.
 */
export async function erasePoolBatch(db: Db, poolId: string, from?: Rest): Promise<Rest | undefined> {
  const tables: readonly PoolTable[] = namesOf(poolTables).filter((table) => table !== "pool_keys");
  await goByKeys(db);
  let erased = 0;
  for (const table of tables.slice(from ? tables.indexOf(from.table) : 0)) {
    if (erased >= batchRows) return { table };
    const part = { table, poolId, behind: from?.table === table ? from.key : undefined };
    const some = await eraseInOrder(db, part);
    const next = some < rowsAtOnce(table) ? undefined : await firstKey(db, part);
    if (next) return { table, key: next };
    erased += some;
  }
  return undefined;
}

/** Names or values in brackets, for a comparison of whole keys. */
const tuple = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql`(${sql.join(parts)})`;

const columnsOf = (table: PoolTable): RawBuilder<unknown>[] =>
  ["pool_id", ...poolTables[table]].map((column) => sql.ref(column));

/**
 * Lets PostgreSQL find the rows of the present transaction by their keys. Left alone it reads the whole table for each
 * batch, as long as the table has no more than some hundred thousand rows. Source: PostgreSQL manual, query planning.
 */
async function goByKeys(db: Db): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
  const others = ["enable_seqscan", "enable_sort", "enable_hashjoin", "enable_mergejoin"];
  await sql`select ${sql.join(others.map((way) => sql`set_config(${sql.lit(way)}, 'off', true)`))}`.execute(db);
}

interface Part {
  readonly table: PoolTable;
  readonly poolId: string;
  /** The key of the first row that may be left: on PostgreSQL an index is walked over the rows that are dead already. */
  readonly behind: readonly unknown[] | undefined;
}

const isIn = ({ table, poolId, behind }: Part): RawBuilder<SqlBool> =>
  behind
    ? sql<SqlBool>`pool_id = ${poolId} and ${tuple(columnsOf(table))} >= ${tuple(behind.map((value) => sql`${value}`))}`
    : sql<SqlBool>`pool_id = ${poolId}`;

const eraseInOrder = (db: Db, part: Part): Promise<number> =>
  eraseSome(db, part.table, sql`${isIn(part)} order by ${sql.join(columnsOf(part.table))}`, rowsAtOnce(part.table));

/** Deletes up to so many rows, chosen by what stands behind `where`, and says how many there were. */
async function eraseSome(
  db: Db,
  table: PoolTable,
  which: RawBuilder<unknown>,
  atMost: number = batchRows,
): Promise<number> {
  const columns = columnsOf(table);
  // The limit stands in the statement: PostgreSQL would else plan for any number of rows.
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where ${tuple(columns)} in (
      select ${sql.join(columns)} from ${sql.table(table)} where ${which} limit ${sql.lit(atMost)})`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** A time in a table, and which of the rows may go once it has passed. */
export type Expiry = {
  [Table in PoolTable]: {
    readonly table: Table;
    readonly column: keyof Schema[Table] & string;
    /** All of them, unless told otherwise. */
    readonly only?: RawBuilder<SqlBool>;
  };
}[PoolTable];

/** Deletes a batch of the rows whose time was before `before`, the oldest first. False when no more are left. */
export function eraseExpiredBatch(db: Db, { table, column, only }: Expiry, before: number): Promise<boolean> {
  const time = sql.ref(column);
  const which = sql`${only ?? sql`true`} and ${time} < ${before} order by ${time}`;
  return transact(db, async (inside) => {
    await goByKeys(inside);
    return (await eraseSome(inside, table, which)) >= batchRows;
  });
}

async function firstKey(db: Db, part: Part): Promise<readonly unknown[] | undefined> {
  const columns = columnsOf(part.table);
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(columns)} from ${sql.table(part.table)} where ${isIn(part)}
    order by ${sql.join(columns)} limit 1`.execute(db);
  const [row] = rows;
  return row && ["pool_id", ...poolTables[part.table]].map((column) => row[column]);
}

/**
 * Deletes a user, and what there may be much of up to a batch; more is noted, for the sweep to clear away. A sub is
 * never given twice, so what is left stands in nobody's way. Run it in a transaction.
 */
export async function eraseUser(db: Db, poolId: string, sub: string): Promise<void> {
  for (const table of namesOf(userTables)) {
    if (userTables[table] === "many") continue;
    await db.deleteFrom(table).where("pool_id", "=", poolId).where("sub", "=", sub).execute();
  }
  const isMore = await eraseUserBatch(db, poolId, sub);
  if (isMore) await noteClearing(db, { poolId, sub, reason: "deletion", leasedUntil: 0 });
}

/** Deletes a batch of what there may be much of a user. False when nothing is left. Run it in a transaction. */
export async function eraseUserBatch(db: Db, poolId: string, sub: string): Promise<boolean> {
  let erased = 0;
  for (const table of namesOf(userTables)) {
    if (userTables[table] === "few") continue;
    erased += await eraseSome(db, table, sql`pool_id = ${poolId} and sub = ${sub}`);
    if (erased >= batchRows) return true;
  }
  return false;
}

/** Deletes what belongs to a client alone. Run it in a transaction. */
export async function eraseClient(db: Db, poolId: string, clientId: string): Promise<void> {
  for (const table of namesOf(clientTables)) {
    await db.deleteFrom(table).where("pool_id", "=", poolId).where("client_id", "=", clientId).execute();
  }
}

/** The names that a table of names has, typed. */
export const namesOf = <Name extends string>(tables: Readonly<Record<Name, unknown>>): Name[] =>
  Object.keys(tables).filter((name): name is Name => name in tables);
