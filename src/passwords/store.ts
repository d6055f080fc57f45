import { sql } from "kysely";
import { hotRead, hotWrite } from "../database/hot-query.ts";
import type { Db } from "../database/open.ts";

/** Whose password it is. */
export interface Holder {
  readonly poolId: string;
  readonly sub: string;
}

/** A password as it is kept. Times in milliseconds. */
export interface StoredPassword extends Holder {
  readonly sealedHash: string;
  /** Salt and verifier for SRP, sealed; null where the pool had no use for them. */
  readonly sealedSrp: string | null;
  /** When a temporary password lapses; null for a permanent one. */
  readonly temporaryUntil: number | null;
  readonly createdAt: number;
}

const readPassword = hotRead((db, poolId, sub) =>
  db.selectFrom("passwords").selectAll().where("pool_id", "=", poolId).where("sub", "=", sub),
);

/** A user's password. */
export async function findPassword(db: Db, { poolId, sub }: Holder): Promise<StoredPassword | undefined> {
  const [row] = await readPassword(db, poolId, sub);
  return (
    row && {
      poolId: row.pool_id,
      sub: row.sub,
      sealedHash: row.sealed_hash,
      sealedSrp: row.sealed_srp,
      temporaryUntil: row.temporary_until,
      createdAt: row.created_at,
    }
  );
}

/** Keeps a password in place of the one before, and as many in the history as the pool asks for. */
export async function replacePassword(db: Db, password: StoredPassword, historySize: number): Promise<void> {
  const { poolId, sub, sealedHash, sealedSrp, temporaryUntil, createdAt } = password;
  const values = {
    sealed_hash: sealedHash,
    sealed_srp: sealedSrp,
    temporary_until: temporaryUntil,
    created_at: createdAt,
  };
  await db
    .insertInto("passwords")
    .values({ pool_id: poolId, sub, ...values })
    .onConflict((conflict) => conflict.columns(["pool_id", "sub"]).doUpdateSet(values))
    .execute();
  if (historySize === 0) return;
  await db
    .insertInto("password_history")
    .values({ pool_id: poolId, sub, created_at: createdAt, sealed_hash: sealedHash })
    .onConflict((conflict) =>
      conflict.columns(["pool_id", "sub", "created_at"]).doUpdateSet({ sealed_hash: sealedHash }),
    )
    .execute();
}

/** Takes a user's password away. The earlier ones stay in the history. */
export async function deletePassword(db: Db, { poolId, sub }: Holder): Promise<void> {
  await db.deleteFrom("passwords").where("pool_id", "=", poolId).where("sub", "=", sub).execute();
}

/** Adds the verifier to a password that has none, unless the password was replaced meanwhile. */
export async function addVerifier(
  db: Db,
  { poolId, sub, sealedHash }: StoredPassword,
  sealedSrp: string,
): Promise<void> {
  await db
    .updateTable("passwords")
    .set({ sealed_srp: sealedSrp })
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("sealed_hash", "=", sealedHash)
    .where("sealed_srp", "is", null)
    .execute();
}

/** Replaces what is kept of the same password, unless the password was replaced meanwhile. */
export async function renewPassword(
  db: Db,
  { poolId, sub, sealedHash }: StoredPassword,
  renewed: { readonly sealedHash: string; readonly sealedSrp: string | null },
): Promise<void> {
  await db
    .updateTable("passwords")
    .set({ sealed_hash: renewed.sealedHash, sealed_srp: renewed.sealedSrp })
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("sealed_hash", "=", sealedHash)
    .execute();
}

/** The newest of a user's passwords, sealed, the present one among them. */
export async function findPasswordHistory(db: Db, { poolId, sub }: Holder, size: number): Promise<string[]> {
  const rows = await db
    .selectFrom("password_history")
    .select("sealed_hash")
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .orderBy("created_at", "desc")
    .limit(size)
    .execute();
  return rows.map((row) => row.sealed_hash);
}

/** How failures are counted. Times in milliseconds. */
export interface FailureRule {
  /** How long each failure in a row locks, beginning with the first; the last one stands for all that follow. */
  readonly lockDurations: readonly number[];
  /** After so long without a failure the count begins anew. */
  readonly quiet: number;
}

/** PostgreSQL takes a bare parameter for text where nothing else tells it otherwise. */
const integer = (value: number) => sql<number>`cast(${value} as bigint)`;

/** A failure that was counted, by the lock that it brought. */
export interface CountedFailure {
  readonly lockedUntil: number;
}

/**
 * Makes what counts a failure, and its lock, by a rule; unless the user is locked: then nothing is counted and the answer
 * is undefined.
 */
export function failureCounter({ lockDurations, quiet }: FailureRule) {
  const writeFailure = hotWrite((db, { poolId, sub, now }: Holder & { readonly now: number }) => {
    const at = integer(now);
    const lockOf = (duration = 0) => sql<number>`${at} + ${sql.lit(duration)}`;
    const count = sql<number>`case when password_failures.last_failed_at <= ${at} - ${sql.lit(quiet)} then 1 else password_failures.failures + 1 end`;
    const locks = lockDurations.map((duration, index) => sql`when ${sql.lit(index + 1)} then ${lockOf(duration)}`);
    return db
      .insertInto("password_failures")
      .values({ pool_id: poolId, sub, failures: 1, last_failed_at: now, locked_until: lockOf(lockDurations[0]) })
      .onConflict((conflict) =>
        conflict
          .columns(["pool_id", "sub"])
          .doUpdateSet({
            failures: count,
            last_failed_at: now,
            locked_until: sql<number>`case (${count}) ${sql.join(locks, sql` `)} else ${lockOf(lockDurations.at(-1))} end`,
          })
          .where("password_failures.locked_until", "<=", now),
      )
      .returning("locked_until");
  });
  return async (db: Db, { poolId, sub }: Holder, now: number): Promise<CountedFailure | undefined> => {
    const [row] = await writeFailure(db, { poolId, sub, now });
    return row && { lockedUntil: row.locked_until };
  };
}

/** Takes a counted failure back that was none. Its lock goes too, unless another failure has brought one since. */
export async function takeFailureBack(db: Db, { poolId, sub }: Holder, { lockedUntil }: CountedFailure): Promise<void> {
  await db
    .updateTable("password_failures")
    .set((eb) => ({
      failures: eb("failures", "-", 1),
      locked_until: sql<number>`case when locked_until = ${integer(lockedUntil)} then 0 else locked_until end`,
    }))
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("failures", ">", 0)
    .execute();
}

const eraseFailures = hotWrite((db, { poolId, sub }: Holder) =>
  db.deleteFrom("password_failures").where("pool_id", "=", poolId).where("sub", "=", sub),
);

/** Forgets a user's failures. */
export async function clearFailures(db: Db, { poolId, sub }: Holder): Promise<void> {
  await eraseFailures(db, { poolId, sub });
}
