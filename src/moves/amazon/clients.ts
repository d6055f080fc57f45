/** The rows of a pool's clients, with what belongs to each: looks, images, terms and what is done about risks. */
import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { mergeAssets } from "../../branding/asset.ts";
import { toSeconds } from "../../lib/clock.ts";
import type { ParcelRow } from "../parcel.ts";
import { type AmazonSource, allOf, pagesOf, readIfAny, rowOf, timeOf } from "./source.ts";

/** The rows of every client, and those of the pool that stand for all of them. */
export async function* clientRows(source: AmazonSource): AsyncGenerator<ParcelRow> {
  const { api, poolId: UserPoolId } = source;
  const pages = pagesOf(async (NextToken) => {
    const answer = await api.listUserPoolClients({ UserPoolId, MaxResults: 60, NextToken });
    return { items: answer.UserPoolClients, next: answer.NextToken };
  });
  const belongings: ParcelRow[] = [];
  for (const { ClientId } of await allOf(pages)) {
    const { UserPoolClient: client = {} } = await api.describeUserPoolClient({ UserPoolId, ClientId });
    yield clientRow(client);
    await collect(belongings, belongingsOf(source, ClientId ?? ""));
  }
  await collect(belongings, riskRows(source, ""));
  await collect(belongings, lookRows(source, "ALL"));
  yield* belongings;
}

async function collect(rows: ParcelRow[], more: AsyncIterable<ParcelRow>): Promise<void> {
  for await (const row of more) rows.push(row);
}

function clientRow(client: UserPoolClientType): ParcelRow {
  const { UserPoolId: _pool, ClientName, ClientId, ClientSecret, CreationDate, LastModifiedDate, ...settings } = client;
  const created_at = timeOf(CreationDate);
  // Of two secrets the API shows the older one alone.
  const secrets =
    ClientSecret === undefined
      ? []
      : [{ id: `${ClientId}--${toSeconds(created_at)}`, secret: ClientSecret, createdAt: created_at }];
  const modified_at = timeOf(LastModifiedDate);
  return rowOf("clients", {
    client_id: ClientId,
    name: ClientName,
    settings,
    secrets,
    version: 1,
    created_at,
    modified_at,
  });
}

async function* belongingsOf(source: AmazonSource, clientId: string): AsyncGenerator<ParcelRow> {
  yield* secretNotes(source, clientId);
  yield* riskRows(source, clientId);
  yield* lookRows(source, clientId);
  yield* styleRows(source, clientId);
  yield* termsRows(source, clientId);
}

/** A second secret is never shown again, so it cannot come. */
async function* secretNotes({ api, poolId, note }: AmazonSource, ClientId: string): AsyncGenerator<ParcelRow> {
  const answer = await readIfAny({ note }, `The number of secrets of the client ${ClientId}`, () =>
    api.listUserPoolClientSecrets({ UserPoolId: poolId, ClientId }),
  );
  if ((answer?.ClientSecrets?.length ?? 0) > 1) {
    note(`The client ${ClientId} has two secrets; the API shows the older one alone, and only that came.`);
  }
}

async function* riskRows(source: AmazonSource, clientId: string): AsyncGenerator<ParcelRow> {
  const { api, poolId: UserPoolId } = source;
  const answer = await readIfAny(source, "What is done about risks", () =>
    api.describeRiskConfiguration({ UserPoolId, ...(clientId !== "" && { ClientId: clientId }) }),
  );
  const { UserPoolId: _pool, ClientId, LastModifiedDate, ...settings } = answer?.RiskConfiguration ?? {};
  // The configuration of the pool is shown for clients that have none.
  if (Object.keys(settings).length === 0 || (ClientId ?? "") !== clientId) return;
  yield rowOf("risk_configurations", { client_id: clientId, settings, modified_at: timeOf(LastModifiedDate) });
}

async function* lookRows(source: AmazonSource, clientId: string): AsyncGenerator<ParcelRow> {
  const { api, poolId: UserPoolId, note } = source;
  const answer = await readIfAny(source, "The look of the classic pages", () =>
    api.getUICustomization({ UserPoolId, ...(clientId !== "ALL" && { ClientId: clientId }) }),
  );
  const look = answer?.UICustomization;
  if (!look?.CSSVersion || look.ClientId !== clientId) return;
  if (look.ImageUrl !== undefined) note(`The logo of the classic pages of ${clientId} did not come: set it again.`);
  yield rowOf("ui_customizations", {
    client_id: clientId,
    css: look.CSS ?? null,
    image_hash: null,
    css_version: look.CSSVersion,
    created_at: timeOf(look.CreationDate),
    modified_at: timeOf(look.LastModifiedDate),
  });
}

async function* styleRows(source: AmazonSource, ClientId: string): AsyncGenerator<ParcelRow> {
  const { api, poolId: UserPoolId } = source;
  const answer = await readIfAny(source, "The style of managed login", () =>
    api.describeManagedLoginBrandingByClient({ UserPoolId, ClientId, ReturnMergedResources: false }),
  );
  const style = answer?.ManagedLoginBranding;
  if (!style) return;
  const given = (style.Assets ?? []).filter(({ Bytes }) => Bytes !== undefined);
  const { assets, added } = mergeAssets([], given.flatMap(assetOf));
  yield rowOf("managed_login_brandings", {
    client_id: ClientId,
    branding_id: style.ManagedLoginBrandingId,
    style: { isStandard: style.UseCognitoProvidedValues === true, settings: style.Settings ?? {}, assets },
    version: 1,
    created_at: timeOf(style.CreationDate),
    modified_at: timeOf(style.LastModifiedDate),
  });
  const images = new Map(added.map((asset) => [asset.hash, asset]));
  for (const { hash, mediaType, bytes } of images.values()) {
    const content = Buffer.from(bytes).toString("base64");
    yield rowOf("branding_assets", { hash, client_id: ClientId, kind: "managed", media_type: mediaType, content });
  }
}

type StyleAsset = Parameters<typeof mergeAssets>[1][number];

/** An image as our own API takes it. */
function assetOf(asset: {
  readonly Category?: StyleAsset["Category"] | undefined;
  readonly ColorMode?: StyleAsset["ColorMode"] | undefined;
  readonly Extension?: StyleAsset["Extension"] | undefined;
  readonly Bytes?: Uint8Array | undefined;
  readonly ResourceId?: string | undefined;
}): StyleAsset[] {
  const { Category, ColorMode, Extension, Bytes, ResourceId } = asset;
  return Category && ColorMode && Extension ? [{ Category, ColorMode, Extension, Bytes, ResourceId }] : [];
}

const termsNames = ["terms-of-use", "privacy-policy"];

async function* termsRows(source: AmazonSource, ClientId: string): AsyncGenerator<ParcelRow> {
  const { api, poolId: UserPoolId } = source;
  for (const TermsName of termsNames) {
    const answer = await readIfAny(source, `The ${TermsName}`, () =>
      api.describeTermsByClient({ UserPoolId, ClientId, TermsName }),
    );
    const terms = answer?.Terms;
    if (!terms) continue;
    yield rowOf("terms", {
      client_id: ClientId,
      name: TermsName,
      terms_id: terms.TermsId,
      settings: { source: terms.TermsSource, enforcement: terms.Enforcement, links: terms.Links ?? {} },
      created_at: timeOf(terms.CreationDate),
      modified_at: timeOf(terms.LastModifiedDate),
    });
  }
}
