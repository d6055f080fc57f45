import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import type { Asset } from "./asset.ts";
import type { AssetContents, Branding, BrandingStyle } from "./branding.ts";
import type { Terms } from "./terms.ts";
import { everyClient, type UiCustomization } from "./ui-customization.ts";

/** Whose images they are: those of a client's classic pages, or of its managed login. */
export interface AssetOwner {
  readonly poolId: string;
  readonly clientId: string;
  readonly kind: "classic" | "managed";
}

/** Puts images in place of an owner's others, but for those whose hashes are to stay. Run it in a transaction. */
export async function replaceAssets(
  db: Db,
  { poolId, clientId, kind }: AssetOwner,
  { added, keep }: { readonly added: readonly Asset[]; readonly keep: readonly string[] },
): Promise<void> {
  const gone = db
    .deleteFrom("branding_assets")
    .where("pool_id", "=", poolId)
    .where("client_id", "=", clientId)
    .where("kind", "=", kind);
  await (keep.length > 0 ? gone.where("hash", "not in", keep) : gone).execute();
  for (const { hash, mediaType, bytes } of added) {
    const content = Buffer.from(bytes).toString("base64");
    await db
      .insertInto("branding_assets")
      .values({ pool_id: poolId, client_id: clientId, kind, hash, media_type: mediaType, content })
      .onConflict((conflict) => conflict.columns(["pool_id", "hash", "client_id", "kind"]).doNothing())
      .execute();
  }
}

/** An image of a pool, whichever client has it. */
export async function findAsset(db: Db, poolId: string, hash: string): Promise<Asset | undefined> {
  const row = await db
    .selectFrom("branding_assets")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("hash", "=", hash)
    .limit(1)
    .executeTakeFirst();
  return row && { hash, mediaType: row.media_type, bytes: Buffer.from(row.content, "base64") };
}

/** The bytes of the images of a client's managed login. */
export async function findContents(
  db: Db,
  { poolId, clientId }: Pick<AssetOwner, "poolId" | "clientId">,
): Promise<AssetContents> {
  const rows = await db
    .selectFrom("branding_assets")
    .select(["hash", "content"])
    .where("pool_id", "=", poolId)
    .where("client_id", "=", clientId)
    .where("kind", "=", "managed")
    .execute();
  return new Map(rows.map(({ hash, content }) => [hash, Buffer.from(content, "base64")]));
}

/** The look of the classic pages for a client: its own, or that of the whole pool. */
export async function findUiCustomization(
  db: Db,
  poolId: string,
  clientId: string,
): Promise<UiCustomization | undefined> {
  const rows = await db
    .selectFrom("ui_customizations")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("client_id", "in", [clientId, everyClient])
    .execute();
  const row = rows.find((candidate) => candidate.client_id === clientId) ?? rows[0];
  return row && toUiCustomization(row);
}

/** Keeps a look in place of the one before, and gives it with the day on which the first was set. */
export async function replaceUiCustomization(db: Db, look: UiCustomization): Promise<UiCustomization> {
  const values = {
    css: look.css ?? null,
    image_hash: look.imageHash ?? null,
    css_version: look.cssVersion,
    modified_at: look.modifiedAt,
  };
  const row = await db
    .insertInto("ui_customizations")
    .values({ pool_id: look.poolId, client_id: look.clientId, ...values, created_at: look.createdAt })
    .onConflict((conflict) => conflict.columns(["pool_id", "client_id"]).doUpdateSet(values))
    .returningAll()
    .executeTakeFirstOrThrow();
  return toUiCustomization(row);
}

/** Takes a look away. */
export async function deleteUiCustomization(db: Db, poolId: string, clientId: string): Promise<void> {
  await db.deleteFrom("ui_customizations").where("pool_id", "=", poolId).where("client_id", "=", clientId).execute();
}

const toUiCustomization = (row: Schema["ui_customizations"]): UiCustomization => ({
  poolId: row.pool_id,
  clientId: row.client_id,
  css: row.css ?? undefined,
  imageHash: row.image_hash ?? undefined,
  cssVersion: row.css_version,
  createdAt: row.created_at,
  modifiedAt: row.modified_at,
});

/** The style of managed login for a client. */
export async function findBranding(db: Db, poolId: string, clientId: string): Promise<Branding | undefined> {
  const row = await db
    .selectFrom("managed_login_brandings")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("client_id", "=", clientId)
    .executeTakeFirst();
  return row && toBranding(row);
}

/** A pool's style of this id. */
export async function findBrandingById(db: Db, poolId: string, id: string): Promise<Branding | undefined> {
  const row = await db
    .selectFrom("managed_login_brandings")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("branding_id", "=", id)
    .executeTakeFirst();
  return row && toBranding(row);
}

/** Keeps a new style. False when its client has one. */
export async function insertBranding(db: Db, branding: Branding): Promise<boolean> {
  const row = await db
    .insertInto("managed_login_brandings")
    .values({
      pool_id: branding.poolId,
      client_id: branding.clientId,
      branding_id: branding.id,
      style: toJson(branding.style),
      version: branding.version,
      created_at: branding.createdAt,
      modified_at: branding.modifiedAt,
    })
    .onConflict((conflict) => conflict.columns(["pool_id", "client_id"]).doNothing())
    .returning("branding_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Replaces what can change of a style. False when it was changed or deleted since it was read. */
export async function updateBranding(db: Db, branding: Branding): Promise<boolean> {
  const row = await db
    .updateTable("managed_login_brandings")
    .set({ style: toJson(branding.style), version: branding.version + 1, modified_at: branding.modifiedAt })
    .where("pool_id", "=", branding.poolId)
    .where("branding_id", "=", branding.id)
    .where("version", "=", branding.version)
    .returning("branding_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes a style and its images. False when there is none of this id. Run it in a transaction. */
export async function deleteBranding(db: Db, poolId: string, id: string): Promise<boolean> {
  const row = await db
    .deleteFrom("managed_login_brandings")
    .where("pool_id", "=", poolId)
    .where("branding_id", "=", id)
    .returning("client_id")
    .executeTakeFirst();
  if (!row) return false;
  await replaceAssets(db, { poolId, clientId: row.client_id, kind: "managed" }, { added: [], keep: [] });
  return true;
}

/** Styles are large and seldom read, so what was parsed is not kept as `fromJson` would. */
function toBranding(row: Schema["managed_login_brandings"]): Branding {
  const style: BrandingStyle = JSON.parse(row.style);
  return {
    poolId: row.pool_id,
    clientId: row.client_id,
    id: row.branding_id,
    style,
    version: row.version,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}

/** The documents of a client, in the order of names. There are two at most. */
export async function findTerms(db: Db, poolId: string, clientId: string): Promise<Terms[]> {
  const rows = await db
    .selectFrom("terms")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("client_id", "=", clientId)
    .orderBy("name")
    .execute();
  return rows.map(toTerms);
}

/** A pool's document of this id. */
export async function findTermsById(db: Db, poolId: string, id: string): Promise<Terms | undefined> {
  const row = await db
    .selectFrom("terms")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("terms_id", "=", id)
    .executeTakeFirst();
  return row && toTerms(row);
}

/** Up to `limit` documents of a pool with ids after `after`. */
export async function listTerms(
  db: Db,
  poolId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Terms[]> {
  const rows = await db
    .selectFrom("terms")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("terms_id", ">", after)
    .orderBy("terms_id")
    .limit(limit)
    .execute();
  return rows.map(toTerms);
}

/** Keeps a document. False when its client has one of the name. */
export async function insertTerms(db: Db, terms: Terms): Promise<boolean> {
  const row = await db
    .insertInto("terms")
    .values({
      pool_id: terms.poolId,
      client_id: terms.clientId,
      name: terms.name,
      terms_id: terms.id,
      settings: toJson(terms.settings),
      created_at: terms.createdAt,
      modified_at: terms.modifiedAt,
    })
    .onConflict((conflict) => conflict.columns(["pool_id", "client_id", "name"]).doNothing())
    .returning("terms_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes a document and gives what it was. */
export async function deleteTerms(db: Db, poolId: string, id: string): Promise<Terms | undefined> {
  const row = await db
    .deleteFrom("terms")
    .where("pool_id", "=", poolId)
    .where("terms_id", "=", id)
    .returningAll()
    .executeTakeFirst();
  return row && toTerms(row);
}

const toTerms = (row: Schema["terms"]): Terms => ({
  poolId: row.pool_id,
  clientId: row.client_id,
  id: row.terms_id,
  name: row.name,
  settings: fromJson(row.settings),
  createdAt: row.created_at,
  modifiedAt: row.modified_at,
});
