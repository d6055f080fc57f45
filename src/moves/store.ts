import { type RawBuilder, type SqlBool, sql } from "kysely";
import { bulkInsert } from "../database/bulk-insert.ts";
import type { Db } from "../database/open.ts";
import type { Row } from "./codecs.ts";
import { type TravellingTable, travellingTables } from "./travel.ts";

/** Names or values in brackets, for a comparison of whole keys. */
const tuple = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql`(${sql.join(parts)})`;

const namesIn = (columns: readonly string[]) => columns.map((column) => sql.ref(column));

/** Rows of a table of a pool in the order of its key, those after a key. */
export async function listRows(
  db: Db,
  { name, key, rowsAtOnce }: TravellingTable,
  poolId: string,
  after: readonly unknown[] | undefined,
): Promise<Row[]> {
  const isBehind =
    after === undefined || key.length === 0
      ? sql<SqlBool>`1 = 1`
      : sql<SqlBool>`${tuple(namesIn(key))} > ${tuple(after.map((value) => sql`${value}`))}`;
  const { rows } = await sql<Row>`
    select * from ${sql.table(name)} where pool_id = ${poolId} and ${isBehind}
    order by ${sql.join(namesIn(["pool_id", ...key]))} limit ${sql.lit(rowsAtOnce)}`.execute(db);
  return rows;
}

const insertMany = bulkInsert();

/** Keeps rows of one table, all with the same columns. */
export function insertRows(db: Db, { name, columns }: TravellingTable, rows: readonly Row[]): Promise<void> {
  const all = ["pool_id", ...columns.keys()];
  return insertMany(
    db,
    { table: name, columns: all },
    rows.map((row) => all.map((column) => row[column])),
  );
}

/** Notes that a pool arrives. */
export async function insertArrival(db: Db, poolId: string, leasedUntil: number): Promise<void> {
  await db.insertInto("arriving_pools").values({ pool_id: poolId, leased_until: leasedUntil }).execute();
}

/** Moves the lease of an arrival on, in the transaction of what it covers. False when somebody else has taken it. */
export async function moveLease(
  db: Db,
  poolId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<boolean> {
  const row = await db
    .updateTable("arriving_pools")
    .set({ leased_until: to })
    .where("pool_id", "=", poolId)
    .where("leased_until", "=", from)
    .returning("pool_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends an arrival. False when somebody else has taken it. */
export async function deleteArrival(db: Db, poolId: string, leasedUntil: number): Promise<boolean> {
  const row = await db
    .deleteFrom("arriving_pools")
    .where("pool_id", "=", poolId)
    .where("leased_until", "=", leasedUntil)
    .returning("pool_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Arrivals that nobody has spoken of since a time. */
export async function findAbandonedArrivals(
  db: Db,
  now: number,
  limit: number,
): Promise<{ readonly poolId: string; readonly leasedUntil: number }[]> {
  const rows = await db
    .selectFrom("arriving_pools")
    .selectAll()
    .where("leased_until", "<", now)
    .orderBy("leased_until")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ poolId: row.pool_id, leasedUntil: row.leased_until }));
}

const erasedAtOnce = 2000;

/** Takes away some rows of a pool that has not arrived. False when there were none left. */
export async function eraseSomeRows(db: Db, poolId: string): Promise<boolean> {
  for (const { name, key } of travellingTables) {
    const whole = tuple(namesIn(["pool_id", ...key]));
    const { numAffectedRows } = await sql`
      delete from ${sql.table(name)} where ${whole} in (
        select ${sql.join(namesIn(["pool_id", ...key]))} from ${sql.table(name)}
        where pool_id = ${poolId} limit ${sql.lit(erasedAtOnce)})`.execute(db);
    if ((numAffectedRows ?? 0n) > 0n) return true;
  }
  return false;
}
