/** How the pages of a client look, beside our own design: the styles and pictures that its owner has set. */
import type { App } from "../app.ts";
import { assetPath, type StoredAsset } from "../branding/asset.ts";
import { findBranding, findTerms, findUiCustomization } from "../branding/store.ts";
import { everyClient } from "../branding/ui-customization.ts";
import type { Client } from "../clients/client.ts";
import type { Pool } from "../pools/pool.ts";
import type { Texts } from "./languages/en.ts";

export interface Look {
  /** Addresses of style sheets that come after ours. */
  readonly styles: readonly string[];
  /** Addresses of pictures. */
  readonly logo: string | undefined;
  readonly favicon: string | undefined;
}

/** Whose pages they are, and of which generation. */
export interface LookRequest {
  readonly client: Client | undefined;
  readonly isManaged: boolean;
}

const plain: Look = { styles: [], logo: undefined, favicon: undefined };

/** The look of a client's pages. Undefined where managed login has none for it, and so shows no pages. */
export async function lookOf(app: App, pool: Pool, { client, isManaged }: LookRequest): Promise<Look | undefined> {
  if (isManaged) return client ? managedLook(app, pool, client) : plain;
  const set = await findUiCustomization(app.db, pool.id, client?.id ?? everyClient);
  if (!set) return plain;
  return {
    styles: set.css ? [lookPath("classic", pool.id, set.clientId, set.cssVersion)] : [],
    logo: set.imageHash && assetPath(pool.id, set.imageHash),
    favicon: undefined,
  };
}

async function managedLook(app: App, pool: Pool, client: Client): Promise<Look | undefined> {
  const branding = await findBranding(app.db, pool.id, client.id);
  if (!branding) return undefined;
  if (branding.style.isStandard) return plain;
  const { assets } = branding.style;
  return {
    styles: [lookPath("managed", pool.id, client.id, String(branding.version))],
    logo: pictureOf(pool.id, assets, "FORM_LOGO") ?? pictureOf(pool.id, assets, "PAGE_HEADER_LOGO"),
    favicon: pictureOf(pool.id, assets, "FAVICON_SVG") ?? pictureOf(pool.id, assets, "FAVICON_ICO"),
  };
}

/** The address of a picture of a category: the one for both colour schemes first. */
export function pictureOf(
  poolId: string,
  assets: readonly StoredAsset[],
  category: StoredAsset["category"],
): string | undefined {
  const [found] = ["DYNAMIC", "LIGHT", "DARK"].flatMap((mode) =>
    assets.filter((asset) => asset.category === category && asset.colorMode === mode),
  );
  return found && assetPath(poolId, found.hash);
}

/** Where a style sheet is served: its name changes with its text, so that it may be kept for ever. */
const lookPath = (kind: "classic" | "managed", poolId: string, clientId: string, version: string): string =>
  `/_poolhouse/look/${poolId}/${clientId}/${kind}-${version}.css`;

/** The languages of terms documents by the codes of the pages. Source: Cognito API reference, CreateTerms. */
const termsLanguages: Readonly<Record<string, string>> = {
  en: "english",
  nl: "dutch",
  fr: "french",
  es: "spanish",
  de: "german",
  id: "bahasa-indonesia",
  it: "italian",
  ja: "japanese",
  ko: "korean",
  "pt-BR": "portuguese-brazil",
  "zh-CN": "chinese-simplified",
  "zh-TW": "chinese-traditional",
};

/** The documents that a client's sign-up page links to, in the page's language. Both must be there. */
export async function termsOf(
  app: App,
  pool: Pool,
  client: Client,
  { isManaged, texts }: { readonly isManaged: boolean; readonly texts: Texts },
): Promise<{ readonly termsOfUse: string; readonly privacyPolicy: string } | undefined> {
  if (!isManaged) return undefined;
  const documents = await findTerms(app.db, pool.id, client.id);
  const linkOf = (name: string): string | undefined => {
    const links = documents.find((document) => document.name === name)?.settings.links ?? {};
    const link = links[`cognito:${termsLanguages[texts.code] ?? "default"}`] ?? links["cognito:default"];
    return link !== undefined && /^https?:\/\//.test(link) ? link : undefined;
  };
  const [termsOfUse, privacyPolicy] = [linkOf("terms-of-use"), linkOf("privacy-policy")];
  return termsOfUse && privacyPolicy ? { termsOfUse, privacyPolicy } : undefined;
}
