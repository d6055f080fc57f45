import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import { type FactorSettings, type Factors, noFactors } from "./factors.ts";
import type { Passkey, PasskeyRegistration } from "./passkey.ts";

/** Whose factors they are. */
export interface Holder {
  readonly poolId: string;
  readonly sub: string;
}

/** A user's factors. */
export async function findFactors(db: Db, { poolId, sub }: Holder): Promise<Factors> {
  const row = await db
    .selectFrom("factors")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .executeTakeFirst();
  if (!row) return noFactors;
  return {
    settings: fromJson(row.settings),
    sealedTotp: row.sealed_totp,
    sealedPendingTotp: row.sealed_pending_totp,
    totpStep: row.totp_step,
  };
}

type Values = Partial<Omit<Schema["factors"], "pool_id" | "sub">>;

async function writeFactors(db: Db, { poolId, sub }: Holder, values: Values): Promise<void> {
  const fresh = { settings: toJson(noFactors.settings), sealed_totp: null, sealed_pending_totp: null, totp_step: 0 };
  await db
    .insertInto("factors")
    .values({ pool_id: poolId, sub, ...fresh, ...values })
    .onConflict((conflict) => conflict.columns(["pool_id", "sub"]).doUpdateSet(values))
    .execute();
}

/** Keeps what a user chose. */
export const replaceFactorSettings = (db: Db, holder: Holder, settings: FactorSettings): Promise<void> =>
  writeFactors(db, holder, { settings: toJson(settings) });

/** Keeps a secret that waits to be proved. An earlier one that waits is void. */
export const replacePendingTotp = (db: Db, holder: Holder, sealed: string): Promise<void> =>
  writeFactors(db, holder, { sealed_pending_totp: sealed });

/** Makes the secret that waits the user's own, the step of its proof spent. False when another waits by now. */
export async function promotePendingTotp(
  db: Db,
  { poolId, sub }: Holder,
  pending: string,
  { sealed, step, settings }: { readonly sealed: string; readonly step: number; readonly settings: FactorSettings },
): Promise<boolean> {
  const row = await db
    .updateTable("factors")
    .set({ sealed_totp: sealed, sealed_pending_totp: null, totp_step: step, settings: toJson(settings) })
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("sealed_pending_totp", "=", pending)
    .returning("sub")
    .executeTakeFirst();
  return row !== undefined;
}

/** Removes a user's authenticator, proved or not. */
export const removeTotp = (db: Db, holder: Holder, settings: FactorSettings): Promise<void> =>
  writeFactors(db, holder, {
    settings: toJson(settings),
    sealed_totp: null,
    sealed_pending_totp: null,
    totp_step: 0,
  });

/** Spends the code of a step and of every earlier one. Of any number of callers with one code, one gets true. */
export async function spendTotpStep(db: Db, { poolId, sub }: Holder, step: number): Promise<boolean> {
  const row = await db
    .updateTable("factors")
    .set({ totp_step: step })
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("totp_step", "<", step)
    .returning("sub")
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps the hashes of a user's recovery codes in place of earlier ones. Run it in a transaction. */
export async function replaceRecoveryCodes(
  db: Db,
  holder: Holder,
  hashes: readonly string[],
  now: number,
): Promise<void> {
  const { poolId, sub } = holder;
  await deleteRecoveryCodes(db, holder);
  if (hashes.length === 0) return;
  await db
    .insertInto("recovery_codes")
    .values(hashes.map((code_hash) => ({ pool_id: poolId, code_hash, sub, created_at: now })))
    .execute();
}

/** Deletes all of a user's recovery codes. */
export async function deleteRecoveryCodes(db: Db, { poolId, sub }: Holder): Promise<void> {
  await db.deleteFrom("recovery_codes").where("pool_id", "=", poolId).where("sub", "=", sub).execute();
}

/** Spends a recovery code. Of any number of callers with one code, one gets true. */
export async function spendRecoveryCode(db: Db, { poolId, sub }: Holder, hash: string): Promise<boolean> {
  const row = await db
    .deleteFrom("recovery_codes")
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("code_hash", "=", hash)
    .returning("code_hash")
    .executeTakeFirst();
  return row !== undefined;
}

/** The registration that a user has begun, in place of an earlier one. */
export async function replaceRegistration(db: Db, registration: PasskeyRegistration): Promise<void> {
  const values = {
    client_id: registration.clientId,
    challenge: registration.challenge,
    relying_party_id: registration.relyingPartyId,
    expires_at: registration.expiresAt,
  };
  await db
    .insertInto("passkey_registrations")
    .values({ pool_id: registration.poolId, sub: registration.sub, ...values })
    .onConflict((conflict) => conflict.columns(["pool_id", "sub"]).doUpdateSet(values))
    .execute();
}

/** Takes the registration that a user has begun: it can be completed once. */
export async function takeRegistration(db: Db, { poolId, sub }: Holder): Promise<PasskeyRegistration | undefined> {
  const row = await db
    .deleteFrom("passkey_registrations")
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .returningAll()
    .executeTakeFirst();
  return (
    row && {
      poolId: row.pool_id,
      sub: row.sub,
      clientId: row.client_id,
      challenge: row.challenge,
      relyingPartyId: row.relying_party_id,
      expiresAt: row.expires_at,
    }
  );
}

/** Keeps a passkey. False when somebody has registered it. */
export async function insertPasskey(db: Db, passkey: Passkey): Promise<boolean> {
  const row = await db
    .insertInto("passkeys")
    .values({
      pool_id: passkey.poolId,
      credential_id: passkey.id,
      sub: passkey.sub,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      details: toJson(passkey.details),
      created_at: passkey.createdAt,
    })
    .onConflict((conflict) => conflict.columns(["pool_id", "credential_id"]).doNothing())
    .returning("credential_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** The passkey of this id, whoever has registered it. */
export async function findPasskey(db: Db, poolId: string, id: string): Promise<Passkey | undefined> {
  const row = await db
    .selectFrom("passkeys")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("credential_id", "=", id)
    .executeTakeFirst();
  return row && toPasskey(row);
}

/** A user's passkeys in the order of their ids, those after `after`. */
export async function listPasskeys(
  db: Db,
  { poolId, sub }: Holder,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Passkey[]> {
  const rows = await db
    .selectFrom("passkeys")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("credential_id", ">", after)
    .orderBy("credential_id")
    .limit(limit)
    .execute();
  return rows.map(toPasskey);
}

const toPasskey = (row: Schema["passkeys"]): Passkey => ({
  poolId: row.pool_id,
  id: row.credential_id,
  sub: row.sub,
  publicKey: row.public_key,
  counter: row.counter,
  details: fromJson(row.details),
  createdAt: row.created_at,
});

/** Moves a passkey's signature counter on. False when it stands there already: the passkey may have been copied. */
export async function advanceCounter(db: Db, passkey: Passkey, counter: number): Promise<boolean> {
  const row = await db
    .updateTable("passkeys")
    .set({ counter })
    .where("pool_id", "=", passkey.poolId)
    .where("credential_id", "=", passkey.id)
    .where("sub", "=", passkey.sub)
    .where((where) => where.or([where("counter", "<", counter), where("counter", "=", 0)]))
    .returning("credential_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes a user's passkey. False when the user has none of this id. */
export async function deletePasskey(db: Db, { poolId, sub }: Holder, id: string): Promise<boolean> {
  const row = await db
    .deleteFrom("passkeys")
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("credential_id", "=", id)
    .returning("credential_id")
    .executeTakeFirst();
  return row !== undefined;
}
