/**
 * Inserts of many rows in one statement, compiled once for each table and number of rows: building the query of five
 * hundred rows anew costs several times what the engine takes for them.
 */
import { type CompiledQuery, sql } from "kysely";
import { boundedCache } from "../lib/lru.ts";
import type { Db } from "./open.ts";
import type { Schema } from "./schema.ts";

/** Where the rows go; each row has a value for each column, in their order. */
export interface Bulk {
  readonly table: keyof Schema;
  readonly columns: readonly string[];
}

/** Queries kept: the usual number of rows of each table, and the last ones of other numbers. */
const keptQueries = 100;

/** Makes the insert, with what it has compiled. */
export function bulkInsert(): (db: Db, bulk: Bulk, rows: readonly (readonly unknown[])[]) => Promise<void> {
  const kept = boundedCache<CompiledQuery>(keptQueries);
  return async (db, bulk, rows) => {
    if (rows.length === 0) return;
    const engine = db.getExecutor().adapter.constructor.name;
    const name = JSON.stringify([engine, bulk.table, bulk.columns, rows.length]);
    const query = kept.get(name) ?? compile(db, bulk, rows.length);
    kept.set(name, query);
    await db.executeQuery({ ...query, parameters: rows.flat() });
  };
}

function compile(db: Db, { table, columns }: Bulk, rows: number): CompiledQuery {
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const row = sql`(${sql.join(columns.map((column) => sql`${column}`))})`;
  const all = sql.join(Array.from({ length: rows }, () => row));
  return sql`insert into ${sql.table(table)} (${names}) values ${all}`.compile(db);
}
