/**
 * Looks at a database as it stands at one moment, beside the house that may be running on it: nothing is written, no
 * lock is taken, and what others write meanwhile is not seen.
 */
import { existsSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { Kysely, SqliteDialect, sql } from "kysely";
import type { Log } from "../lib/log.ts";
import { checkMigrated } from "./migrate.ts";
import { type Db, engineOf, explainPostgres } from "./open.ts";
import { checkServer, postgresDialect, postgresPool } from "./postgres.ts";
import type { Schema } from "./schema.ts";

/** Runs `work` on a database as it stands now. @throws an error that says what to do next. */
export function withSnapshot<Result>(
  { address, log }: { readonly address: string; readonly log: Log },
  work: (db: Db) => Promise<Result>,
): Promise<Result> {
  return engineOf(address) === "postgres" ? onPostgres(address, log, work) : onSqlite(address, work);
}

async function onSqlite<Result>(file: string, work: (db: Db) => Promise<Result>): Promise<Result> {
  if (!existsSync(file)) throw new Error(`There is no database at ${file}. Name it with --database, or its --data.`);
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: readerOf(file) }) });
  try {
    return await db.transaction().execute(async (inside) => {
      await checkMigrated(inside);
      return work(inside);
    });
  } finally {
    await db.destroy();
  }
}

/** A connection that cannot write, as Kysely's own dialect asks for one. */
function readerOf(file: string) {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 200 });
  return {
    prepare: (text: string) => {
      const statement = database.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (values: readonly unknown[]) => statement.all(...values.map(asInput)),
        run: (values: readonly unknown[]) => statement.run(...values.map(asInput)),
        iterate: (values: readonly unknown[]) => statement.iterate(...values.map(asInput)),
      };
    },
    close: () => database.close(),
  };
}

function asInput(value: unknown): SQLInputValue {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  throw new TypeError(`No column takes a ${typeof value}.`);
}

async function onPostgres<Result>(address: string, log: Log, work: (db: Db) => Promise<Result>): Promise<Result> {
  const pool = postgresPool(address, log);
  const db = new Kysely<Schema>({ dialect: postgresDialect(pool) });
  try {
    await checkServer(pool).catch(explainPostgres);
    return await db
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute(async (inside) => {
        // What takes the rows may be slow, a pipe to another machine for example; nobody waits for this transaction.
        await sql`set local idle_in_transaction_session_timeout = 0`.execute(inside);
        await checkMigrated(inside);
        return work(inside);
      });
  } finally {
    await db.destroy();
  }
}
