import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import type { Provider, ProviderSettings } from "./provider.ts";

/** A pool's provider of this name. */
export async function findProvider(db: Db, poolId: string, name: string): Promise<Provider | undefined> {
  const row = await db
    .selectFrom("identity_providers")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("name", "=", name)
    .executeTakeFirst();
  return row && toProvider(row);
}

/** A pool's provider that has this among its identifiers. */
export async function findProviderByIdentifier(
  db: Db,
  poolId: string,
  identifier: string,
): Promise<Provider | undefined> {
  const row = await db
    .selectFrom("provider_identifiers")
    .innerJoin("identity_providers", (join) =>
      join
        .onRef("identity_providers.pool_id", "=", "provider_identifiers.pool_id")
        .onRef("identity_providers.name", "=", "provider_identifiers.provider_name"),
    )
    .selectAll("identity_providers")
    .where("provider_identifiers.pool_id", "=", poolId)
    .where("provider_identifiers.identifier", "=", identifier)
    .executeTakeFirst();
  return row && toProvider(row);
}

/** Which of these names are providers of the pool. */
export async function existingProviders(
  db: Db,
  poolId: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  const rows = await db
    .selectFrom("identity_providers")
    .select("name")
    .where("pool_id", "=", poolId)
    .where("name", "in", names)
    .execute();
  return new Set(rows.map(({ name }) => name));
}

/** What the providers of a pool are called. */
export async function providerNames(db: Db, poolId: string): Promise<string[]> {
  const rows = await db.selectFrom("identity_providers").select("name").where("pool_id", "=", poolId).execute();
  return rows.map(({ name }) => name);
}

/** The providers of a pool that have these names, in no order. */
export async function findProviders(db: Db, poolId: string, names: readonly string[]): Promise<Provider[]> {
  if (names.length === 0) return [];
  const rows = await db
    .selectFrom("identity_providers")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("name", "in", names)
    .execute();
  return rows.map(toProvider);
}

/** Up to `limit` providers of a pool with names after `after`, in the order of names. */
export async function listProviders(
  db: Db,
  poolId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Provider[]> {
  const rows = await db
    .selectFrom("identity_providers")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("name", ">", after)
    .orderBy("name")
    .limit(limit)
    .execute();
  return rows.map(toProvider);
}

/** How many providers a pool has. */
export async function countProviders(db: Db, poolId: string): Promise<number> {
  const { providers } = await db
    .selectFrom("identity_providers")
    .select(({ fn }) => fn.countAll<number>().as("providers"))
    .where("pool_id", "=", poolId)
    .executeTakeFirstOrThrow();
  return providers;
}

/** Keeps a new provider. False when its name is taken. */
export async function insertProvider(db: Db, provider: Provider): Promise<boolean> {
  const row = await db
    .insertInto("identity_providers")
    .values({
      pool_id: provider.poolId,
      name: provider.name,
      type: provider.type,
      settings: toJson(provider.settings),
      sealed_secrets: provider.sealedSecrets,
      version: provider.version,
      created_at: provider.createdAt,
      modified_at: provider.modifiedAt,
    })
    .onConflict((conflict) => conflict.columns(["pool_id", "name"]).doNothing())
    .returning("name")
    .executeTakeFirst();
  return row !== undefined;
}

/** Replaces what can change of a provider. False when it was changed or deleted since it was read. */
export async function updateProvider(db: Db, provider: Provider): Promise<boolean> {
  const row = await db
    .updateTable("identity_providers")
    .set({
      settings: toJson(provider.settings),
      sealed_secrets: provider.sealedSecrets,
      version: provider.version + 1,
      modified_at: provider.modifiedAt,
    })
    .where("pool_id", "=", provider.poolId)
    .where("name", "=", provider.name)
    .where("version", "=", provider.version)
    .returning("name")
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes a provider and its identifiers. False when there is none of this name. Run it in a transaction. */
export async function deleteProvider(db: Db, poolId: string, name: string): Promise<boolean> {
  const row = await db
    .deleteFrom("identity_providers")
    .where("pool_id", "=", poolId)
    .where("name", "=", name)
    .returning("name")
    .executeTakeFirst();
  if (row) {
    await releaseIdentifiers(db, poolId, name);
    await db.deleteFrom("provider_metadata").where("pool_id", "=", poolId).where("provider_name", "=", name).execute();
  }
  return row !== undefined;
}

async function releaseIdentifiers(db: Db, poolId: string, name: string): Promise<void> {
  await db.deleteFrom("provider_identifiers").where("pool_id", "=", poolId).where("provider_name", "=", name).execute();
}

/** Puts these in place of a provider's identifiers. Gives the first that another provider has. Run it in a transaction. */
export async function replaceIdentifiers(db: Db, { poolId, name, settings }: Provider): Promise<string | undefined> {
  await releaseIdentifiers(db, poolId, name);
  for (const identifier of settings.identifiers) {
    const row = await db
      .insertInto("provider_identifiers")
      .values({ pool_id: poolId, identifier, provider_name: name })
      .onConflict((conflict) => conflict.columns(["pool_id", "identifier"]).doNothing())
      .returning("identifier")
      .executeTakeFirst();
    if (!row) return identifier;
  }
  return undefined;
}

const toProvider = (row: Schema["identity_providers"]): Provider => ({
  poolId: row.pool_id,
  name: row.name,
  type: row.type,
  settings: fromJson(row.settings),
  sealedSecrets: row.sealed_secrets,
  version: row.version,
  createdAt: row.created_at,
  modifiedAt: row.modified_at,
});

/** The metadata of a provider as it was found at its address. Times are milliseconds since the epoch. */
export interface FoundMetadata {
  readonly address: string;
  readonly document: string;
  readonly fetchedAt: number;
}

/** The metadata that was found last for a provider. */
export async function findMetadata(
  db: Db,
  { poolId, name }: Pick<Provider, "poolId" | "name">,
): Promise<FoundMetadata | undefined> {
  const row = await db
    .selectFrom("provider_metadata")
    .select(["address", "document", "fetched_at"])
    .where("pool_id", "=", poolId)
    .where("provider_name", "=", name)
    .executeTakeFirst();
  return row && { address: row.address, document: row.document, fetchedAt: row.fetched_at };
}

/** Keeps the metadata of a provider in place of what was found before. */
export async function keepMetadata(
  db: Db,
  { poolId, name }: Pick<Provider, "poolId" | "name">,
  { address, document, fetchedAt }: FoundMetadata,
): Promise<void> {
  const found = { address, document, fetched_at: fetchedAt, tried_at: fetchedAt };
  await db
    .insertInto("provider_metadata")
    .values({ pool_id: poolId, provider_name: name, ...found })
    .onConflict((conflict) => conflict.columns(["pool_id", "provider_name"]).doUpdateSet(found))
    .execute();
}

/** Whether it is the caller who looks for newer metadata: of those who want to, one does, unless one just did. */
export async function claimMetadataRefresh(
  db: Db,
  { poolId, name }: Pick<Provider, "poolId" | "name">,
  { now, notSince }: { readonly now: number; readonly notSince: number },
): Promise<boolean> {
  const row = await db
    .updateTable("provider_metadata")
    .set({ tried_at: now })
    .where("pool_id", "=", poolId)
    .where("provider_name", "=", name)
    .where("tried_at", "<=", notSince)
    .returning("provider_name")
    .executeTakeFirst();
  return row !== undefined;
}

/** The key of a pool's SAML service provider as it is kept. */
export interface StoredServiceProviderKey {
  readonly certificatePem: string;
  readonly sealedPrivateKey: string;
}

/** The key of a pool's SAML service provider. */
export async function findServiceProviderKey(db: Db, poolId: string): Promise<StoredServiceProviderKey | undefined> {
  const row = await db.selectFrom("service_provider_keys").selectAll().where("pool_id", "=", poolId).executeTakeFirst();
  return row && { certificatePem: row.certificate, sealedPrivateKey: row.sealed_private_key };
}

/** Keeps a pool's first key, unless another node was faster. */
export async function insertServiceProviderKey(
  db: Db,
  poolId: string,
  { certificatePem, sealedPrivateKey }: StoredServiceProviderKey,
  now: number,
): Promise<void> {
  await db
    .insertInto("service_provider_keys")
    .values({ pool_id: poolId, certificate: certificatePem, sealed_private_key: sealedPrivateKey, created_at: now })
    .onConflict((conflict) => conflict.column("pool_id").doNothing())
    .execute();
}

/**
 * Changes the attributes that providers fill in, where they differ; one that becomes undefined is filled in no more.
 * Run it in a transaction.
 */
export async function alterProviderAttributes(
  db: Db,
  poolId: string,
  change: (name: string) => string | undefined,
): Promise<void> {
  const rows = await db.selectFrom("identity_providers").selectAll().where("pool_id", "=", poolId).execute();
  for (const provider of rows.map(toProvider)) {
    const entries = Object.entries(provider.settings.attributeMapping).flatMap(([name, claim]) => {
      const next = change(name);
      return next === undefined ? [] : [[next, claim]];
    });
    const settings: ProviderSettings = { ...provider.settings, attributeMapping: Object.fromEntries(entries) };
    if (toJson(settings) !== toJson(provider.settings)) await updateProvider(db, { ...provider, settings });
  }
}
