import { type RawBuilder, type SqlBool, sql } from "kysely";
import { bulkInsert } from "../database/bulk-insert.ts";
import type { Db } from "../database/open.ts";
import type { Row } from "./codecs.ts";
import type { TravellingTable } from "./travel.ts";

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
