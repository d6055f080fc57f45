/** Opens the database, whichever of the two engines its address names, and brings its schema up to date. */
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely } from "kysely";
import type { Log } from "../lib/log.ts";
import type { Engine } from "./columns.ts";
import { lockFile } from "./lock.ts";
import { migrate } from "./migrate.ts";
import { keepsCommits, postgresDialect, postgresPool } from "./postgres.ts";
import type { Schema } from "./schema.ts";
import { sqliteDialect } from "./sqlite.ts";

/** The database or an open transaction: stores take either. */
export type Db = Kysely<Schema>;

export interface Database {
  readonly db: Db;
  readonly engine: Engine;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** A path of a SQLite file, `:memory:`, or a `postgres://` address. */
  readonly address: string;
  /** Called once when the store can no longer be trusted. */
  readonly onFatal: (error: Error) => void;
  readonly log: Log;
}

/** Which engine an address names. */
export const engineOf = (address: string): Engine => (/^postgres(ql)?:\/\//.test(address) ? "postgres" : "sqlite");

/** Opens the database. @throws an error that says what to do next. */
export function openDatabase(options: OpenOptions): Promise<Database> {
  return engineOf(options.address) === "postgres" ? openPostgres(options) : openSqlite(options);
}

async function openSqlite({ address, onFatal }: OpenOptions): Promise<Database> {
  const unlock = address === ":memory:" ? () => undefined : prepareFile(address);
  const db = new Kysely<Schema>({ dialect: sqliteDialect({ file: address, onFatal }) });
  try {
    await migrate(db, "sqlite");
  } catch (error) {
    await db.destroy();
    unlock();
    throw isNoDatabase(error)
      ? new Error(`${address} is not a SQLite database. Move it away, or give another --database.`, { cause: error })
      : error;
  }
  return {
    db,
    engine: "sqlite",
    close: async () => {
      await db.destroy();
      unlock();
    },
  };
}

const isNoDatabase = (error: unknown): boolean => error instanceof Error && "errcode" in error && error.errcode === 26;

/** The file belongs to this process and nobody else reads it. */
function prepareFile(file: string): () => void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const unlock = lockFile(file);
    if (existsSync(file)) chmodSync(file, 0o600);
    return unlock;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EROFS")) {
      throw new Error(`${dirname(file)} cannot be written. Give a folder that can with --data.`, { cause: error });
    }
    throw error;
  }
}

async function openPostgres({ address, log }: OpenOptions): Promise<Database> {
  const pool = postgresPool(address, log);
  const db = new Kysely<Schema>({ dialect: postgresDialect(pool) });
  try {
    if (!(await keepsCommits(pool))) {
      throw new Error("PostgreSQL has synchronous_commit=off: it would lose what it acknowledges. Switch it on.");
    }
    await migrate(db, "postgres");
  } catch (error) {
    await db.destroy();
    throw isUnreachable(error)
      ? new Error(`PostgreSQL cannot be reached (${error.message}). Check the address in --database.`, { cause: error })
      : error;
  }
  return { db, engine: "postgres", close: () => db.destroy() };
}

const unreachable: ReadonlySet<unknown> = new Set(["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "EHOSTUNREACH"]);

const isUnreachable = (error: unknown): error is Error =>
  error instanceof Error && (("code" in error && unreachable.has(error.code)) || /timeout/i.test(error.message));
