import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import type { AuthEvent, EventFeedback } from "./event.ts";

/** Whose events. */
interface Owner {
  readonly poolId: string;
  readonly sub: string;
}

/**
 * Keeps an event until a time, or what has become of it. An event that ended well stays so: of two answers to one question, the wrong
 * one may come last.
 */
export async function keepEvent(db: Db, event: AuthEvent, expiresAt: number): Promise<void> {
  const { risk, challenges, context } = event;
  const row: Schema["auth_events"] = {
    pool_id: event.poolId,
    sub: event.sub,
    event_id: event.id,
    client_id: event.clientId,
    type: event.type,
    response: event.response,
    details: toJson({ risk, challenges, context }),
    feedback: event.feedback && toJson(event.feedback),
    expires_at: expiresAt,
    created_at: event.createdAt,
  };
  await db
    .insertInto("auth_events")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["pool_id", "sub", "event_id"])
        .doUpdateSet({ response: row.response, details: row.details })
        .where("auth_events.response", "!=", "Pass"),
    )
    .execute();
}

/** Up to `limit` events of a user, the newest first, after a position of creation time and id. */
export async function listEvents(
  db: Db,
  { poolId, sub }: Owner,
  { after, limit }: { readonly after: readonly [time: number, id: string] | undefined; readonly limit: number },
): Promise<AuthEvent[]> {
  let query = db.selectFrom("auth_events").selectAll().where("pool_id", "=", poolId).where("sub", "=", sub);
  if (after) {
    const [time, id] = after;
    query = query.where(({ eb, or, and }) =>
      or([eb("created_at", "<", time), and([eb("created_at", "=", time), eb("event_id", "<", id)])]),
    );
  }
  const rows = await query.orderBy("created_at", "desc").orderBy("event_id", "desc").limit(limit).execute();
  return rows.map(toEvent);
}

/** A user's newest sign-ins since a time. */
export async function recentSignIns(
  db: Db,
  { poolId, sub }: Owner,
  { since, limit }: { readonly since: number; readonly limit: number },
): Promise<AuthEvent[]> {
  const rows = await db
    .selectFrom("auth_events")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("created_at", ">", since)
    .where("type", "=", "SignIn")
    .orderBy("created_at", "desc")
    .orderBy("event_id", "desc")
    .limit(limit)
    .execute();
  return rows.map(toEvent);
}

/** Keeps what was said of an event. False when there is no such event. */
export async function keepFeedback(
  db: Db,
  { poolId, sub }: Owner,
  id: string,
  feedback: EventFeedback,
): Promise<boolean> {
  const row = await db
    .updateTable("auth_events")
    .set({ feedback: toJson(feedback) })
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("event_id", "=", id)
    .returning("event_id")
    .executeTakeFirst();
  return row !== undefined;
}

const toEvent = (row: Schema["auth_events"]): AuthEvent => ({
  poolId: row.pool_id,
  sub: row.sub,
  id: row.event_id,
  clientId: row.client_id,
  type: row.type,
  response: row.response,
  ...fromJson(row.details),
  feedback: row.feedback && fromJson(row.feedback),
  createdAt: row.created_at,
});
