import type { Db } from "../database/open.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import type { Departure } from "./departure.ts";
import type { ProviderSession } from "./protocol.ts";

/** Keeps a departure. */
export async function insertDeparture(db: Db, departure: Departure): Promise<void> {
  await db
    .insertInto("federation_departures")
    .values({
      pool_id: departure.poolId,
      state_hash: departure.stateHash,
      browser_hash: departure.browserHash,
      client_id: departure.clientId,
      provider_name: departure.providerName,
      query: departure.query,
      sealed_memory: departure.sealedMemory,
      expires_at: departure.expiresAt,
      created_at: departure.createdAt,
    })
    .execute();
}

/**
 * Takes the departure of this state from the browser that made it, lapsed or not. It is given once: of any number who
 * come back with it, one gets it. Another browser gets nothing, and leaves it to its owner.
 */
export async function takeDeparture(
  db: Db,
  { poolId, stateHash, browserHash }: Pick<Departure, "poolId" | "stateHash" | "browserHash">,
): Promise<Departure | undefined> {
  const row = await db
    .deleteFrom("federation_departures")
    .where("pool_id", "=", poolId)
    .where("state_hash", "=", stateHash)
    .where("browser_hash", "=", browserHash)
    .returningAll()
    .executeTakeFirst();
  return (
    row && {
      poolId: row.pool_id,
      stateHash: row.state_hash,
      browserHash: row.browser_hash,
      clientId: row.client_id,
      providerName: row.provider_name,
      query: row.query,
      sealedMemory: row.sealed_memory,
      expiresAt: row.expires_at,
      createdAt: row.created_at,
    }
  );
}

/** What makes a message of a SAML provider one of its kind. */
interface SamlMessageKey {
  readonly poolId: string;
  readonly providerName: string;
  readonly messageId: string;
}

/** Whether a message is used for the first time: of any number who bring it, one may. It is known until then. */
export async function claimSamlMessage(db: Db, key: SamlMessageKey, expiresAt: number): Promise<boolean> {
  const row = await db
    .insertInto("seen_saml_messages")
    .values({
      pool_id: key.poolId,
      provider_name: key.providerName,
      message_id: key.messageId,
      expires_at: expiresAt,
    })
    .onConflict((conflict) => conflict.columns(["pool_id", "provider_name", "message_id"]).doNothing())
    .returning("message_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** A browser's session that came of one at a provider. */
export interface SessionOrigin {
  readonly poolId: string;
  readonly sessionHash: string;
  readonly sub: string;
  readonly providerName: string;
  readonly session: ProviderSession;
  readonly expiresAt: number;
}

/** Keeps what a browser's session came of. */
export async function insertSessionOrigin(db: Db, origin: SessionOrigin): Promise<void> {
  const { nameId, sessionIndex } = origin.session;
  await db
    .insertInto("provider_sessions")
    .values({
      pool_id: origin.poolId,
      session_hash: origin.sessionHash,
      sub: origin.sub,
      provider_name: origin.providerName,
      subject: nameId.value,
      name_id: toJson(nameId),
      session_index: sessionIndex ?? null,
      expires_at: origin.expiresAt,
    })
    .execute();
}

/** Takes what a browser's session came of: of any number who end the session, one gets it. */
export async function takeSessionOrigin(
  db: Db,
  poolId: string,
  sessionHash: string,
): Promise<Pick<SessionOrigin, "providerName" | "session"> | undefined> {
  const row = await db
    .deleteFrom("provider_sessions")
    .where("pool_id", "=", poolId)
    .where("session_hash", "=", sessionHash)
    .returning(["provider_name", "name_id", "session_index"])
    .executeTakeFirst();
  if (!row) return undefined;
  const session = { nameId: fromJson(row.name_id), sessionIndex: row.session_index ?? undefined };
  return { providerName: row.provider_name, session };
}

/** Takes those that came of what a provider calls a user, and gives the hashes of the browsers' sessions. */
export async function takeSessionsOf(
  db: Db,
  { poolId, providerName }: Pick<SessionOrigin, "poolId" | "providerName">,
  { subject, indexes }: { readonly subject: string; readonly indexes: readonly string[] },
): Promise<string[]> {
  const rows = await db
    .deleteFrom("provider_sessions")
    .where("pool_id", "=", poolId)
    .where("provider_name", "=", providerName)
    .where("subject", "=", subject)
    .$if(indexes.length > 0, (query) => query.where("session_index", "in", indexes))
    .returning("session_hash")
    .execute();
  return rows.map((row) => row.session_hash);
}
