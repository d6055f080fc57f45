/** For the few changes of a whole pool that may last: everybody else waits, so they are made by hand and seldom. */
import { PostgresAdapter, sql } from "kysely";
import type { Db } from "./open.ts";

/**
 * Lets the present transaction last, and keeps others from writing these tables until it ends. On SQLite nobody else
 * writes anyway, and how long a transaction may last is said when the database is opened.
 */
export async function takeTime(db: Db, tables: readonly ("users" | "user_names" | "user_search")[]): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
  await sql`set local statement_timeout = 0`.execute(db);
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(db);
  await sql`lock table ${sql.join(tables.map((table) => sql.table(table)))} in share row exclusive mode`.execute(db);
}
