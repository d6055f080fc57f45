/** PostgreSQL through `pg`: bounded in connections and in time, and with prepared statements. */
import { createHash } from "node:crypto";
import { type Dialect, PostgresDialect } from "kysely";
import pg from "pg";
import type { Log } from "../lib/log.ts";
import { boundedCache } from "../lib/lru.ts";
import { DatabaseBusyError, waitingLimit } from "./busy.ts";

const connectionLimit = 10;
/** Nobody waits for ten seconds: this long for a connection, and then so long for a statement. */
const connectTimeoutMilliseconds = 3_000;
const idleTimeoutMilliseconds = 30_000;
/** No statement of ours takes long; one that does is stuck, and holds a connection that others wait for. */
const statementTimeoutMilliseconds = 6_000;

/** The server ends its statements itself; one that is not answered by then went over a network that is gone. */
const answerTimeoutMilliseconds = 6_500;

/** Names of prepared statements are remembered by their text. */
const keptNames = 1_000;

/** int8 comes as text by default; every integer of ours is far below 2^53. */
const int8 = 20;

/** A pool of connections to `url`. */
export function postgresPool(url: string, log: Log): pg.Pool {
  const types = new pg.TypeOverrides();
  types.setTypeParser(int8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionLimit,
    connectionTimeoutMillis: connectTimeoutMilliseconds,
    idleTimeoutMillis: idleTimeoutMilliseconds,
    statement_timeout: statementTimeoutMilliseconds,
    idle_in_transaction_session_timeout: statementTimeoutMilliseconds,
    query_timeout: answerTimeoutMilliseconds,
    keepAlive: true,
    application_name: "poolhouse",
    types,
  });
  // The pool replaces a connection that breaks. Unheard, its error would end the process: the pool listens only while
  // nobody uses the connection, so each is listened to for as long as it lives.
  const tell = (error: Error): void => log.warn({ err: error }, "a connection to PostgreSQL broke");
  pool.on("connect", (client) => client.on("error", tell));
  pool.on("error", () => undefined);
  return pool;
}

/**
 * The dialect that Kysely speaks PostgreSQL with. Each text is prepared once a connection: measured, 17,000 reads a
 * second against 10,400.
 */
export function postgresDialect(pool: pg.Pool): Dialect {
  const names = boundedCache<string>(keptNames);
  let answers = 0;
  const nameOf = (sql: string): string => {
    const known = names.get(sql);
    if (known) return known;
    const name = `p${createHash("sha256").update(sql).digest("hex").slice(0, 24)}`;
    names.set(sql, name);
    return name;
  };
  return new PostgresDialect({
    pool: {
      connect: async () => {
        const client = await connectionOf(pool, () => answers);
        let isLost = false;
        return {
          processID: undefined,
          query: async (sql: unknown, parameters: readonly unknown[] = []) => {
            if (isLost) throw new Error("The connection to PostgreSQL does not answer.");
            const text = String(sql);
            try {
              const answer = await client.query({ name: nameOf(text), text, values: [...parameters] });
              answers++;
              return answer;
            } catch (error) {
              // It may still be answering the last question: nobody must get that answer to the next one.
              isLost = !(error instanceof pg.DatabaseError);
              throw error;
            }
          },
          release: (isDiscarded?: boolean) => client.release(isLost || isDiscarded),
        } as never;
      },
      end: () => pool.end(),
    },
  });
}

/**
 * A connection of the pool, in turn. A server that answered others meanwhile is busy; one that answered nobody is away,
 * which is another matter.
 * @throws DatabaseBusyError when too many wait, or when none came free in the time that anybody waits
 */
async function connectionOf(pool: pg.Pool, answers: () => number): Promise<pg.PoolClient> {
  if (pool.waitingCount >= waitingLimit) throw new DatabaseBusyError("Too many wait for a connection to PostgreSQL.");
  const before = answers();
  try {
    return await pool.connect();
  } catch (error) {
    if (!isTimeout(error) || answers() === before) throw error;
    throw new DatabaseBusyError("Every connection to PostgreSQL was in use for too long.", { cause: error });
  }
}

/** Source: pg-pool, which has no code for it. */
const isTimeout = (error: unknown): boolean =>
  error instanceof Error &&
  ["timeout exceeded when trying to connect", "Connection terminated due to connection timeout"].includes(
    error.message,
  );

/** What the server says of itself that its users rely on. @throws saying what to change. */
export async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ commit: string; encoding: string }>(
    "select current_setting('synchronous_commit') as commit, current_setting('server_encoding') as encoding",
  );
  const { commit, encoding } = rows[0] ?? { commit: "unknown", encoding: "unknown" };
  if (commit === "off") {
    throw new Error("PostgreSQL has synchronous_commit=off: it would lose what it acknowledges. Switch it on.");
  }
  if (encoding !== "UTF8") {
    throw new Error(`The PostgreSQL database holds texts as ${encoding}. Make one with encoding UTF8.`);
  }
}
