import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { type Identity, type IdentityKey, subjectAttribute } from "./identity.ts";

/** The identity of this key, with the user it stands for. */
export async function findIdentity(db: Db, key: IdentityKey): Promise<Identity | undefined> {
  const row = await db
    .selectFrom("linked_identities")
    .selectAll()
    .where("pool_id", "=", key.poolId)
    .where("provider_name", "=", key.providerName)
    .where("subject", "=", key.subject)
    .where("attribute", "=", key.attribute)
    .executeTakeFirst();
  return row && toIdentity(row);
}

/**
 * The identity that one of these claims is linked by; the subject comes before other attributes. Claims by their names
 * at the provider, the subject as `Cognito_Subject`.
 */
export async function findIdentityByClaims(
  db: Db,
  { poolId, providerName }: Pick<IdentityKey, "poolId" | "providerName">,
  claims: Readonly<Record<string, string>>,
): Promise<Identity | undefined> {
  const subjects = Object.values(claims);
  if (subjects.length === 0) return undefined;
  const rows = await db
    .selectFrom("linked_identities")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("provider_name", "=", providerName)
    .where("subject", "in", subjects)
    .orderBy("created_at")
    .execute();
  const found = rows.map(toIdentity).filter(({ attribute, subject }) => claims[attribute] === subject);
  return found.find(({ attribute }) => attribute === subjectAttribute) ?? found[0];
}

/** The identities that stand for a user, the oldest first. */
export async function listIdentities(db: Db, poolId: string, sub: string): Promise<Identity[]> {
  const rows = await db
    .selectFrom("linked_identities")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .orderBy("created_at")
    .orderBy("provider_name")
    .orderBy("subject")
    .execute();
  return rows.map(toIdentity);
}

/** Keeps an identity. False when it stands for somebody already. */
export async function insertIdentity(db: Db, identity: Identity): Promise<boolean> {
  const row = await db
    .insertInto("linked_identities")
    .values({
      pool_id: identity.poolId,
      provider_name: identity.providerName,
      attribute: identity.attribute,
      subject: identity.subject,
      sub: identity.sub,
      provider_type: identity.providerType,
      issuer: identity.issuer ?? null,
      is_primary: identity.isPrimary ? 1 : 0,
      created_at: identity.createdAt,
    })
    .onConflict((conflict) => conflict.columns(["pool_id", "provider_name", "subject", "attribute"]).doNothing())
    .returning("sub")
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes an identity, linked or a user's own, and gives the sub it stood for. */
export async function deleteIdentity(db: Db, key: IdentityKey): Promise<string | undefined> {
  const row = await db
    .deleteFrom("linked_identities")
    .where("pool_id", "=", key.poolId)
    .where("provider_name", "=", key.providerName)
    .where("subject", "=", key.subject)
    .where("attribute", "=", key.attribute)
    .returning("sub")
    .executeTakeFirst();
  return row?.sub;
}

const toIdentity = (row: Schema["linked_identities"]): Identity => ({
  poolId: row.pool_id,
  providerName: row.provider_name,
  attribute: row.attribute,
  subject: row.subject,
  sub: row.sub,
  providerType: row.provider_type,
  issuer: row.issuer ?? undefined,
  isPrimary: row.is_primary === 1,
  createdAt: row.created_at,
});
