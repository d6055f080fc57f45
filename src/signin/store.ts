import { hotRead, hotWrite } from "../database/hot-query.ts";
import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import type { AttemptState } from "./attempt.ts";

/** An attempt that waits for an answer, as it is kept. Times in milliseconds. */
export interface StoredAttempt {
  readonly poolId: string;
  readonly hash: string;
  readonly clientId: string;
  readonly state: AttemptState;
  readonly isClaimed: boolean;
  readonly expiresAt: number;
  readonly createdAt: number;
}

const writeAttempt = hotWrite((db, row: Omit<Schema["signin_attempts"], "claimed_at" | "tries">) =>
  db.insertInto("signin_attempts").values({
    pool_id: row.pool_id,
    attempt_hash: row.attempt_hash,
    client_id: row.client_id,
    state: row.state,
    claimed_at: null,
    tries: 0,
    expires_at: row.expires_at,
    created_at: row.created_at,
  }),
);

/** Keeps an attempt under the hash of its session. */
export async function insertAttempt(db: Db, attempt: Omit<StoredAttempt, "isClaimed">): Promise<void> {
  await writeAttempt(db, {
    pool_id: attempt.poolId,
    attempt_hash: attempt.hash,
    client_id: attempt.clientId,
    state: toJson(attempt.state),
    expires_at: attempt.expiresAt,
    created_at: attempt.createdAt,
  });
}

const readAttempt = hotRead((db, poolId, hash) =>
  db.selectFrom("signin_attempts").selectAll().where("pool_id", "=", poolId).where("attempt_hash", "=", hash),
);

/** The attempt of a session's hash, claimed or not. */
export async function findAttempt(db: Db, poolId: string, hash: string): Promise<StoredAttempt | undefined> {
  const [row] = await readAttempt(db, poolId, hash);
  return (
    row && {
      poolId: row.pool_id,
      hash: row.attempt_hash,
      clientId: row.client_id,
      state: fromJson(row.state),
      isClaimed: row.claimed_at !== null,
      expiresAt: row.expires_at,
      createdAt: row.created_at,
    }
  );
}

const writeClaim = hotWrite((db, { poolId, hash, now }: { poolId: string; hash: string; now: number }) =>
  db
    .updateTable("signin_attempts")
    .set({ claimed_at: now })
    .where("pool_id", "=", poolId)
    .where("attempt_hash", "=", hash)
    .where("claimed_at", "is", null)
    .where("expires_at", ">", now)
    .returning("attempt_hash"),
);

/** Claims an attempt. Of any number of callers with one session, one gets true. */
export async function claimAttempt(db: Db, poolId: string, hash: string, now: number): Promise<boolean> {
  const claimed = await writeClaim(db, { poolId, hash, now });
  return claimed.length === 1;
}

/** Counts one more answer to an attempt. False when there were as many as it may have: then it can be answered no more. */
export async function countTry(db: Db, poolId: string, hash: string, most: number): Promise<boolean> {
  const row = await db
    .updateTable("signin_attempts")
    .set((eb) => ({ tries: eb("tries", "+", 1) }))
    .where("pool_id", "=", poolId)
    .where("attempt_hash", "=", hash)
    .where("tries", "<", most)
    .returning("attempt_hash")
    .executeTakeFirst();
  return row !== undefined;
}

/** Spends an attempt, whether it was or not: nobody goes on from it. */
export async function burnAttempt(db: Db, poolId: string, hash: string, now: number): Promise<void> {
  await db
    .updateTable("signin_attempts")
    .set({ claimed_at: now })
    .where("pool_id", "=", poolId)
    .where("attempt_hash", "=", hash)
    .execute();
}
