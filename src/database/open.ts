/** Opens the database, whichever of the two engines its address names, and brings its schema up to date. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely } from "kysely";
import type { Log } from "../lib/log.ts";
import type { Engine } from "./columns.ts";
import { lockFile, makePrivate } from "./lock.ts";
import { migrate } from "./migrate.ts";
import { checkServer, postgresDialect, postgresPool } from "./postgres.ts";
import type { Schema } from "./schema.ts";
import { sqliteDialect } from "./sqlite.ts";

/** The database or an open transaction: stores take either. */
export type Db = Kysely<Schema>;

export interface Database {
  readonly db: Db;
  readonly engine: Engine;
  /** How many connections are open, how many of them idle, and who waits for one. PostgreSQL only. */
  load(): { readonly open: number; readonly idle: number; readonly waiting: number } | undefined;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** A path of a SQLite file, `:memory:`, or a `postgres://` address. */
  readonly address: string;
  /** Called once when the store can no longer be trusted. */
  readonly onFatal: (error: Error) => void;
  readonly log: Log;
  /** On SQLite, how long a transaction may last; a few seconds where others wait. */
  readonly transactionLimitMilliseconds?: number;
}

/** Which engine an address names. */
export const engineOf = (address: string): Engine => (/^postgres(ql)?:\/\//.test(address) ? "postgres" : "sqlite");

/** Opens the database. @throws an error that says what to do next. */
export function openDatabase(options: OpenOptions): Promise<Database> {
  return engineOf(options.address) === "postgres" ? openPostgres(options) : openSqlite(options);
}

async function openSqlite({ address, onFatal, transactionLimitMilliseconds }: OpenOptions): Promise<Database> {
  const unlock = address === ":memory:" ? () => undefined : prepareFile(address);
  const db = new Kysely<Schema>({ dialect: sqliteDialect({ file: address, onFatal, transactionLimitMilliseconds }) });
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
    load: () => undefined,
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
    makePrivate(file);
    return unlock;
  } catch (error) {
    if (!isUnwritable(error)) throw error;
    throw new Error(`${dirname(file)} cannot be written. Give a folder that can with --data.`, { cause: error });
  }
}

/** Codes of the system, and SQLite's for what it cannot open or write. Source: sqlite.org/rescode.html. */
const unwritableCodes: ReadonlySet<unknown> = new Set(["EACCES", "EPERM", "EROFS", "EEXIST", "ENOTDIR", 8, 14]);

const isUnwritable = (error: unknown): boolean =>
  error instanceof Error &&
  (("errcode" in error && unwritableCodes.has(error.errcode)) || ("code" in error && unwritableCodes.has(error.code)));

async function openPostgres({ address, log }: OpenOptions): Promise<Database> {
  const pool = postgresPool(address, log);
  const db = new Kysely<Schema>({ dialect: postgresDialect(pool) });
  try {
    await checkServer(pool);
    await migrate(db, "postgres");
  } catch (error) {
    await db.destroy();
    return explainPostgres(error);
  }
  const load = () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount });
  return { db, engine: "postgres", load, close: () => db.destroy() };
}

/** Longer than this, and whoever asks had better ask another node. */
const patienceMilliseconds = 2_000;

/** Whether the database answers, soon. */
export async function answersSoon(db: Db): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), patienceMilliseconds);
  const asked = db
    .selectFrom("store_facts")
    .select("name")
    .limit(1)
    .execute()
    .then(
      () => true,
      () => false,
    );
  const answers = await Promise.race([asked, late.promise]);
  clearTimeout(timer);
  return answers;
}

/** Codes of the network, and of a server that is starting, stopping or full. Source: PostgreSQL manual, appendix A. */
const unreachableCodes: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "ETIMEDOUT",
  "53300",
  "57P01",
  "57P03",
]);

/** No such user or password, no such database, and no right to make tables. Source: PostgreSQL manual, appendix A. */
const refusedCodes: ReadonlySet<unknown> = new Set(["28000", "28P01", "3D000", "42501"]);

/** Says what to do about a server that does not let us in. @throws always: what was thrown, or a better explanation. */
export function explainPostgres(error: unknown): never {
  if (!(error instanceof Error)) throw error;
  const code = "code" in error ? error.code : undefined;
  if (unreachableCodes.has(code) || /connection timeout|timeout expired/.test(error.message)) {
    throw new Error(`PostgreSQL cannot be reached (${error.message}). Check the address in --database.`, {
      cause: error,
    });
  }
  if (!refusedCodes.has(code)) throw error;
  throw new Error(
    `PostgreSQL refuses: ${error.message}. Make the user and an empty database that it owns, or correct --database.`,
    { cause: error },
  );
}
