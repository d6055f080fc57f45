import type { Db } from "./open.ts";

/** A conflict is tried again so often; then the caller is told. */
const triesAtMost = 5;
const firstPauseMilliseconds = 5;

/** Serialisation failure and deadlock. Source: PostgreSQL manual, appendix A. */
const conflictCodes: ReadonlySet<unknown> = new Set(["40001", "40P01"]);

const isConflict = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && conflictCodes.has(error.code);

/**
 * Runs `work` in a transaction: in the one that `db` already is, or in a new one. A conflict with another transaction
 * is tried again here and nowhere else, so `work` must do nothing but ask the database, and never wait for anything
 * else: on SQLite every other writer waits with it. Isolation is READ COMMITTED on PostgreSQL, so a decision rests on
 * one conditional statement and the row it returns, never on an earlier read.
 */
export async function transact<Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> {
  if (db.isTransaction) return work(db);
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (!isConflict(error) || tries >= triesAtMost) throw error;
      await pause(Math.random() * firstPauseMilliseconds * 2 ** tries);
    }
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** `transact` for who holds an app, or a part of one: `work` gets the same with the transaction as its database. */
export const withTransaction = <Held extends { readonly db: Db }, Result>(
  app: Held,
  work: (app: Held) => Promise<Result>,
): Promise<Result> => transact(app.db, (db) => work({ ...app, db }));
