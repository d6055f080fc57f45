import type { Db } from "../database/open.ts";
import type { Medium } from "./message.ts";

/** A message as it stands in the database: its text sealed, for it holds the code. */
export interface StoredMessage {
  readonly poolId: string;
  readonly id: string;
  readonly medium: Medium;
  readonly recipient: string;
  readonly sealed: string;
  readonly state: "waiting" | "sent" | "failed";
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
      tries: 0,
      next_try_at: message.createdAt,
      created_at: message.createdAt,
    })
    .execute();
}

/** The newest messages of all pools, newest first. */
export async function newestMessages(db: Db, limit: number): Promise<StoredMessage[]> {
  const rows = await db
    .selectFrom("messages")
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("message_id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    poolId: row.pool_id,
    id: row.message_id,
    medium: row.medium,
    recipient: row.recipient,
    sealed: row.sealed_content,
    state: row.state,
    createdAt: row.created_at,
  }));
}
