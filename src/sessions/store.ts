import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import type { User } from "../users/user.ts";
import type { HostedSession } from "./session.ts";

/** Keeps a new session. */
export async function insertHostedSession(db: Db, session: HostedSession): Promise<void> {
  await db
    .insertInto("hosted_sessions")
    .values({
      pool_id: session.poolId,
      session_hash: session.hash,
      sub: session.sub,
      methods: toJson(session.methods),
      authenticated_at: session.authenticatedAt,
      expires_at: session.expiresAt,
      created_at: session.createdAt,
    })
    .execute();
}

/** The session of this hash, expired or not. */
export async function findHostedSession(db: Db, poolId: string, hash: string): Promise<HostedSession | undefined> {
  const row = await db
    .selectFrom("hosted_sessions")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("session_hash", "=", hash)
    .executeTakeFirst();
  return row && toSession(row);
}

/** A user's sessions that go on, the newest first, at most so many. */
export async function listHostedSessions(
  db: Db,
  { poolId, sub, tokensValidAfter }: Pick<User, "poolId" | "sub" | "tokensValidAfter">,
  now: number,
  limit: number,
): Promise<HostedSession[]> {
  const rows = await db
    .selectFrom("hosted_sessions")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("expires_at", ">", now)
    .where("created_at", ">", tokensValidAfter)
    .orderBy("created_at", "desc")
    .orderBy("session_hash")
    .limit(limit)
    .execute();
  return rows.map(toSession);
}

const toSession = (row: Schema["hosted_sessions"]): HostedSession => ({
  poolId: row.pool_id,
  hash: row.session_hash,
  sub: row.sub,
  methods: fromJson(row.methods),
  authenticatedAt: row.authenticated_at,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
});

/** Deletes the session of this hash and gives the sub of whose it was; undefined when there is none. */
export async function deleteHostedSession(db: Db, poolId: string, hash: string): Promise<string | undefined> {
  const row = await db
    .deleteFrom("hosted_sessions")
    .where("pool_id", "=", poolId)
    .where("session_hash", "=", hash)
    .returning("sub")
    .executeTakeFirst();
  return row?.sub;
}
