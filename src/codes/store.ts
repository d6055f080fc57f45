import { sql } from "kysely";
import type { Db } from "../database/open.ts";

/** A code as it is kept. Times in milliseconds. */
export interface StoredCode {
  readonly poolId: string;
  readonly sub: string;
  readonly purpose: string;
  readonly mac: string;
  readonly attribute: string;
  /** The contact that the code went to. */
  readonly value: string;
  readonly expiresAt: number;
  readonly createdAt: number;
}

type Owner = Pick<StoredCode, "poolId" | "sub" | "purpose">;

/** Keeps a code in place of an earlier one for the same purpose. */
export async function replaceCode(db: Db, code: StoredCode): Promise<void> {
  const values = {
    code_mac: code.mac,
    attribute: code.attribute,
    contact: code.value,
    expires_at: code.expiresAt,
    created_at: code.createdAt,
  };
  await db
    .insertInto("codes")
    .values({ pool_id: code.poolId, sub: code.sub, purpose: code.purpose, ...values })
    .onConflict((conflict) => conflict.columns(["pool_id", "sub", "purpose"]).doUpdateSet(values))
    .execute();
}

/** The code of an owner, expired or not. */
export async function findCode(db: Db, { poolId, sub, purpose }: Owner): Promise<StoredCode | undefined> {
  const row = await db
    .selectFrom("codes")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("purpose", "=", purpose)
    .executeTakeFirst();
  return (
    row && {
      poolId: row.pool_id,
      sub: row.sub,
      purpose: row.purpose,
      mac: row.code_mac,
      attribute: row.attribute,
      value: row.contact,
      expiresAt: row.expires_at,
      createdAt: row.created_at,
    }
  );
}

/** Deletes this very code. Of any number of callers, one gets true. */
export async function deleteCode(db: Db, { poolId, sub, purpose }: Owner, mac: string): Promise<boolean> {
  const row = await db
    .deleteFrom("codes")
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("purpose", "=", purpose)
    .where("code_mac", "=", mac)
    .returning("sub")
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes the code of an owner, whatever it is. */
export async function deleteCodeOf(db: Db, { poolId, sub, purpose }: Owner): Promise<void> {
  await db
    .deleteFrom("codes")
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("purpose", "=", purpose)
    .execute();
}

/** Counts one more try and gives how many there were in the window, this one included. A lapsed window begins anew. */
export async function countAttempt(
  db: Db,
  attempt: {
    readonly poolId: string;
    readonly sub: string;
    readonly kind: string;
    readonly now: number;
    readonly window: number;
  },
): Promise<number> {
  const { poolId, sub, kind, now, window } = attempt;
  const row = await db
    .insertInto("attempts_made")
    .values({ pool_id: poolId, sub, kind, made: 1, window_ends_at: now + window })
    .onConflict((conflict) =>
      conflict.columns(["pool_id", "sub", "kind"]).doUpdateSet({
        made: sql<number>`case when attempts_made.window_ends_at <= ${now} then 1 else attempts_made.made + 1 end`,
        window_ends_at: sql<number>`case when attempts_made.window_ends_at <= ${now} then cast(${now + window} as bigint) else attempts_made.window_ends_at end`,
      }),
    )
    .returning("made")
    .executeTakeFirstOrThrow();
  return row.made;
}

/** Forgets how often somebody tried. */
export async function deleteAttempts(
  db: Db,
  { poolId, sub, kind }: { readonly poolId: string; readonly sub: string; readonly kind: string },
): Promise<void> {
  await db
    .deleteFrom("attempts_made")
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("kind", "=", kind)
    .execute();
}
