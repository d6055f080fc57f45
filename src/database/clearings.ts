/**
 * Clearings: notes of rows that belong to nobody, or to nobody yet, so that whoever looks next goes on with them when a
 * process has died. What is cleared away, and how, is the business of erase.ts and of who deletes.
 */
import type { Db } from "./open.ts";
import type { Schema } from "./schema.ts";

/** What is to be cleared away. */
export interface Clearing {
  readonly poolId: string;
  /** Whose rows of the pool; empty for all of them. */
  readonly sub: string;
  readonly reason: Schema["clearings"]["reason"];
  /** Until then somebody is at it, or it need not be begun. The value is also what whoever has it knows it by. */
  readonly leasedUntil: number;
}

/** Notes what is to be cleared away. What was noted before stays as it is. */
export async function noteClearing(db: Db, { poolId, sub, reason, leasedUntil }: Clearing): Promise<void> {
  await db
    .insertInto("clearings")
    .values({ pool_id: poolId, sub, reason, leased_until: leasedUntil })
    .onConflict((conflict) => conflict.columns(["pool_id", "sub"]).doNothing())
    .execute();
}

/** Moves the lease of a clearing on, in the transaction of what it covers. False when somebody else has taken it. */
export async function moveLease(db: Db, { poolId, sub, leasedUntil }: Clearing, to: number): Promise<boolean> {
  const row = await db
    .updateTable("clearings")
    .set({ leased_until: to })
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("leased_until", "=", leasedUntil)
    .returning("pool_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends a clearing: there is nothing to clear away, any more or after all. False when somebody else has taken it. */
export async function endClearing(db: Db, { poolId, sub, leasedUntil }: Clearing): Promise<boolean> {
  const row = await db
    .deleteFrom("clearings")
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("leased_until", "=", leasedUntil)
    .returning("pool_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends everything that is noted of a pool, whoever is at it: the next batch of theirs fails. False when nothing was. */
export async function endClearingsOfPool(db: Db, poolId: string): Promise<boolean> {
  const ended = await db.deleteFrom("clearings").where("pool_id", "=", poolId).returning("sub").execute();
  return ended.some(({ sub }) => sub === "");
}

/** What is noted of a whole pool. */
export async function findClearing(db: Db, poolId: string): Promise<Clearing | undefined> {
  const row = await db
    .selectFrom("clearings")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("sub", "=", "")
    .executeTakeFirst();
  return row && toClearing(row);
}

/** Up to `limit` clearings that nobody is at, those that wait the longest first. */
export async function findLapsedClearings(db: Db, now: number, limit: number): Promise<Clearing[]> {
  const rows = await db
    .selectFrom("clearings")
    .selectAll()
    .where("leased_until", "<", now)
    .orderBy("leased_until")
    .limit(limit)
    .execute();
  return rows.map(toClearing);
}

const toClearing = (row: Schema["clearings"]): Clearing => ({
  poolId: row.pool_id,
  sub: row.sub,
  reason: row.reason,
  leasedUntil: row.leased_until,
});
