import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import type { Medium } from "./message.ts";

/** A message as it stands in the database: its text sealed, for it holds the code. */
export interface StoredMessage {
  readonly poolId: string;
  readonly id: string;
  readonly medium: Medium;
  readonly recipient: string;
  readonly sealed: string;
  readonly state: "waiting" | "sent" | "failed";
  /** How often it was tried to deliver it, a try that is under way among them. */
  readonly tries: number;
  readonly createdAt: number;
}

/** Keeps a message. */
export async function insertMessage(db: Db, message: StoredMessage): Promise<void> {
  await db
    .insertInto("messages")
    .values({
      pool_id: message.poolId,
      message_id: message.id,
      medium: message.medium,
      recipient: message.recipient,
      sealed_content: message.sealed,
      state: message.state,
      tries: message.tries,
      next_try_at: message.createdAt,
      created_at: message.createdAt,
    })
    .execute();
}

/** Takes up to `limit` messages of a medium that are due, for this node alone until a time. */
export async function claimMessages(
  db: Db,
  {
    medium,
    now,
    until,
    limit,
  }: { readonly medium: Medium; readonly now: number; readonly until: number; readonly limit: number },
): Promise<StoredMessage[]> {
  const due = await db
    .selectFrom("messages")
    .select(["pool_id", "message_id"])
    .where("state", "=", "waiting")
    .where("next_try_at", "<=", now)
    .where("medium", "=", medium)
    .orderBy("next_try_at")
    .limit(limit)
    .execute();
  const claimed: StoredMessage[] = [];
  for (const { pool_id, message_id } of due) {
    const row = await db
      .updateTable("messages")
      .set((eb) => ({ next_try_at: until, tries: eb("tries", "+", 1) }))
      .where("pool_id", "=", pool_id)
      .where("message_id", "=", message_id)
      .where("state", "=", "waiting")
      .where("next_try_at", "<=", now)
      .returningAll()
      .executeTakeFirst();
    if (row) claimed.push(toMessage(row));
  }
  return claimed;
}

/** Notes that a message was delivered. */
export async function settleSent(db: Db, { poolId, id }: StoredMessage): Promise<void> {
  await db
    .updateTable("messages")
    .set({ state: "sent" })
    .where("pool_id", "=", poolId)
    .where("message_id", "=", id)
    .execute();
}

/** Notes that a try has failed, unless another node has taken the message over meanwhile: then it is that one's to say. */
export async function settleFailed(
  db: Db,
  { poolId, id, tries }: StoredMessage,
  { state, nextTryAt }: { readonly state: "waiting" | "failed"; readonly nextTryAt: number },
): Promise<void> {
  await db
    .updateTable("messages")
    .set({ state, next_try_at: nextTryAt })
    .where("pool_id", "=", poolId)
    .where("message_id", "=", id)
    .where("state", "=", "waiting")
    .where("tries", "=", tries)
    .execute();
}

/** How many messages wait, and how many were given up. */
export async function countUndelivered(db: Db): Promise<{ waiting: number; failed: number }> {
  const counted = await db
    .selectFrom("messages")
    .select(["state", ({ fn }) => fn.countAll<number>().as("messages")])
    .where("state", "in", ["waiting", "failed"])
    .groupBy("state")
    .execute();
  const of = (state: string): number => counted.find((row) => row.state === state)?.messages ?? 0;
  return { waiting: of("waiting"), failed: of("failed") };
}

/** The newest messages of all pools that are there to somebody, to one recipient if one is named, newest first. */
export async function newestMessages(db: Db, limit: number, recipient?: string): Promise<StoredMessage[]> {
  const messages = db
    .selectFrom("messages")
    .innerJoin("pools", "pools.pool_id", "messages.pool_id")
    .selectAll("messages");
  const wanted =
    recipient === undefined ? messages.where("recipient", "!=", "") : messages.where("recipient", "=", recipient);
  const rows = await wanted.orderBy("messages.created_at", "desc").orderBy("message_id", "desc").limit(limit).execute();
  return rows.map(toMessage);
}

const toMessage = (row: Schema["messages"]): StoredMessage => ({
  poolId: row.pool_id,
  id: row.message_id,
  medium: row.medium,
  recipient: row.recipient,
  sealed: row.sealed_content,
  state: row.state,
  tries: row.tries,
  createdAt: row.created_at,
});
