/**
 * SQLite through Node's own driver. One connection writes and one reads, so that nobody sees what is not committed.
 * Writers that wait at the same time share a commit: each runs inside a savepoint, and none is told of success before
 * the one fsync that covers them all.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { boundedCache } from "../lib/lru.ts";

/** Prepared statements kept for each connection. */
const keptStatements = 500;

/** Connections that wait to be used again. */
const keptConnections = 64;

/** So many writers at most share one commit: the first must not wait for ever on those behind it. */
const groupLimit = 64;

/** A transaction that is not ended by then is rolled back: it would hold up every other writer. */
const usualTransactionLimitMilliseconds = 10_000;

export interface SqliteOptions {
  /** A path, or `:memory:`. */
  readonly file: string;
  /** Called once for an error after which the file cannot be trusted. */
  readonly onFatal: (error: Error) => void;
  /** How long a transaction may last, where nobody else waits. */
  readonly transactionLimitMilliseconds?: number | undefined;
}

interface Connection {
  run(sql: string, parameters: readonly unknown[]): QueryResult<unknown>;
  exec(sql: string): void;
  close(): void;
}

/** What every connection must say of itself before it is used. 2 is FULL: less loses acknowledged commits. */
const pragmas = [
  ["synchronous", "FULL", 2],
  ["foreign_keys", "ON", 1],
  ["trusted_schema", "OFF", 0],
  ["cell_size_check", "ON", 1],
  ["busy_timeout", "200", 200],
] as const;

/** A statement, and whether it answers with rows: asking it each time costs as much as a small read. */
interface Prepared {
  readonly statement: StatementSync;
  readonly hasRows: boolean;
}

function connect(file: string): Connection {
  const database = new DatabaseSync(file);
  // The first use of the file: one that is no database says so here.
  const { journal_mode } = { ...database.prepare("PRAGMA journal_mode = WAL").get() };
  if (file !== memory && journal_mode !== "wal")
    throw new Error(`SQLite would not use write-ahead logging: ${journal_mode}`);
  for (const [name, value, expected] of pragmas) {
    database.exec(`PRAGMA ${name} = ${value}`);
    const [found] = Object.values({ ...database.prepare(`PRAGMA ${name}`).get() });
    if (found !== expected) throw new Error(`SQLite would not set ${name} to ${value}: it says ${String(found)}`);
  }
  const statements = boundedCache<Prepared>(keptStatements);
  const prepare = (sql: string): Prepared => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    const made = { statement, hasRows: statement.columns().length > 0 };
    statements.set(sql, made);
    return made;
  };
  return {
    run(sql, parameters) {
      const { statement, hasRows } = prepare(sql);
      const values = parameters.map(toValue);
      if (hasRows) return { rows: statement.all(...values) };
      const { changes } = statement.run(...values);
      return { rows: [], numAffectedRows: BigInt(changes) };
    },
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
  };
}

const memory = ":memory:";

function toValue(parameter: unknown): SQLInputValue {
  if (typeof parameter === "string" || typeof parameter === "number" || typeof parameter === "bigint") return parameter;
  if (parameter === null || parameter instanceof Uint8Array) return parameter;
  throw new TypeError(`No column takes a ${typeof parameter}.`);
}

/** Errors after which the file is not to be trusted. Source: sqlite.org/rescode.html; a failed fsync is not repeated. */
const fatalCodes: ReadonlySet<number> = new Set([10 /* IOERR */, 11 /* CORRUPT */, 26 /* NOTADB */]);

const isFatal = (error: unknown): error is Error =>
  error instanceof Error && "errcode" in error && fatalCodes.has(Number(error.errcode) & 0xff);

/** A turn at the writer: from its savepoint until it is done, and then until the group is committed. */
interface Turn {
  /** Resolves when the savepoint is open. */
  readonly began: Promise<void>;
  /** Runs a query within the turn. @throws when the turn was taken away because it lasted too long. */
  write(query: CompiledQuery): QueryResult<unknown>;
  /** Ends the turn; resolves when what it wrote is on disk. */
  end(how: "release" | "rollback"): Promise<void>;
}

interface Waiting {
  begin(): void;
  /** Resolves when the turn is ended, with how. */
  readonly ended: Promise<"release" | "rollback">;
  settle(error: unknown): void;
  abandon(): void;
}

interface Store {
  /** Reads what is committed. */
  read(query: CompiledQuery): Promise<QueryResult<unknown>>;
  takeTurn(): Turn;
  close(): Promise<void>;
}

function openStore({
  file,
  onFatal,
  transactionLimitMilliseconds = usualTransactionLimitMilliseconds,
}: SqliteOptions): Store {
  const writer = connect(file);
  const reader = file === memory ? undefined : connect(file);
  const queue: Waiting[] = [];
  let fatal: Error | undefined;
  let isRunning = false;
  let idle: Promise<void> = Promise.resolve();

  const guard = <T>(work: () => T): T => {
    if (fatal) throw fatal;
    try {
      return work();
    } catch (error) {
      if (isFatal(error)) {
        fatal = error;
        onFatal(error);
      }
      throw error;
    }
  };

  const startRunning = (): void => {
    if (isRunning) return;
    isRunning = true;
    // One turn of the event loop later, everyone whose request came in the same turn stands in the queue.
    idle = new Promise((done) => {
      setImmediate(() => void runQueue().finally(done));
    });
  };

  const runQueue = async (): Promise<void> => {
    while (queue.length > 0) await runGroup();
    isRunning = false;
  };

  const runGroup = async (): Promise<void> => {
    const members: Waiting[] = [];
    try {
      guard(() => writer.exec("BEGIN IMMEDIATE"));
      for (let next = queue.shift(); next; next = members.length < groupLimit ? queue.shift() : undefined) {
        members.push(next);
        await runMember(next);
      }
      guard(() => writer.exec("COMMIT"));
      for (const member of members) member.settle(undefined);
    } catch (error) {
      rollBackAll();
      for (const member of members) member.settle(error);
      for (const member of fatal ? queue.splice(0) : []) member.settle(error);
      if (members.length === 0) queue.shift()?.settle(error);
    }
  };

  const runMember = async (member: Waiting): Promise<void> => {
    guard(() => writer.exec("SAVEPOINT turn"));
    member.begin();
    const limit = setTimeout(() => member.abandon(), transactionLimitMilliseconds);
    const how = await member.ended;
    clearTimeout(limit);
    guard(() => {
      if (how === "rollback") writer.exec("ROLLBACK TO turn");
      writer.exec("RELEASE turn");
    });
  };

  const rollBackAll = (): void => {
    try {
      writer.exec("ROLLBACK");
    } catch {
      // There is nothing to roll back when BEGIN itself failed; the error that brought us here is the one to tell.
    }
  };

  return {
    read: async (query) => {
      // In memory there is one connection: what is being written must be committed before it is read.
      while (!reader && isRunning) await idle;
      return guard(() => (reader ?? writer).run(query.sql, query.parameters));
    },
    takeTurn: () => {
      const began = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<"release" | "rollback">();
      const committed = Promise.withResolvers<void>();
      let isAbandoned = false;
      // Whoever is no longer listening has been told already.
      committed.promise.catch(() => undefined);
      queue.push({
        begin: began.resolve,
        ended: ended.promise,
        settle: (error) => {
          if (error === undefined) return committed.resolve();
          began.reject(error);
          committed.reject(error);
        },
        abandon: () => {
          isAbandoned = true;
          ended.resolve("rollback");
        },
      });
      startRunning();
      return {
        began: began.promise,
        write: (query) => {
          if (isAbandoned) throw tooLong();
          return guard(() => writer.run(query.sql, query.parameters));
        },
        end: async (how) => {
          ended.resolve(how);
          await committed.promise;
          if (isAbandoned && how === "release") throw tooLong();
        },
      };
    },
    close: async () => {
      await idle;
      reader?.close();
      writer.close();
    },
  };
}

const tooLong = (): Error => new Error("The transaction lasted too long and was rolled back.");

/** The connection that Kysely sees. Outside a transaction a read goes to the reader and a write takes a turn. */
interface StoreConnection extends DatabaseConnection {
  turn: Turn | undefined;
}

function connectionTo(store: Store): StoreConnection {
  return {
    turn: undefined,
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const result = await this.execute(query);
      return result as QueryResult<Row>;
    },
    async execute(query: CompiledQuery): Promise<QueryResult<unknown>> {
      if (this.turn) return this.turn.write(query);
      if (SelectQueryNode.is(query.query)) return store.read(query);
      const turn = store.takeTurn();
      await turn.began;
      try {
        const result = turn.write(query);
        await turn.end("release");
        return result;
      } catch (error) {
        // The end of a turn that failed tells nothing beyond the failure itself.
        await turn.end("rollback").catch(() => undefined);
        throw error;
      }
    },
    streamQuery() {
      throw new Error("Rows are not streamed: every list has a limit.");
    },
  } as StoreConnection & { execute(query: CompiledQuery): Promise<QueryResult<unknown>> };
}

function driverFor(options: SqliteOptions): Driver {
  let store: Store | undefined;
  const opened = (): Store => {
    if (!store) throw new Error("The database is not open.");
    return store;
  };
  const connections = new WeakMap<DatabaseConnection, StoreConnection>();
  // Those that nobody uses: each query takes one, and making one costs more than finding it again.
  const free: StoreConnection[] = [];
  const ours = (connection: DatabaseConnection): StoreConnection => {
    const known = connections.get(connection);
    if (!known) throw new Error("A connection of another driver.");
    return known;
  };
  const endTurn = async (connection: DatabaseConnection, how: "release" | "rollback"): Promise<void> => {
    const held = ours(connection);
    const turn = held.turn;
    held.turn = undefined;
    await turn?.end(how);
  };
  return {
    init: async () => {
      store = openStore(options);
    },
    acquireConnection: async () => {
      const known = free.pop();
      if (known) return known;
      const connection = connectionTo(opened());
      connections.set(connection, connection);
      return connection;
    },
    beginTransaction: async (connection) => {
      const turn = opened().takeTurn();
      await turn.began;
      ours(connection).turn = turn;
    },
    commitTransaction: (connection) => endTurn(connection, "release"),
    rollbackTransaction: (connection) => endTurn(connection, "rollback"),
    releaseConnection: async (connection) => {
      if (free.length < keptConnections) free.push(ours(connection));
    },
    destroy: async () => store?.close(),
  };
}

/** The dialect that Kysely speaks SQLite with. */
export const sqliteDialect = (options: SqliteOptions): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => driverFor(options),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});
