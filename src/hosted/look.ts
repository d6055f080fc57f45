/** How the pages of a client look, beside our own design: the styles and pictures that its owner has set. */
import type { App } from "../app.ts";
import { assetPath } from "../branding/asset.ts";
import type { Branding, Document } from "../branding/branding.ts";
import { settingAt } from "../branding/setting.ts";
import { findBranding, findTerms, findUiCustomization } from "../branding/store.ts";
import { everyClient } from "../branding/ui-customization.ts";
import type { Client } from "../clients/client.ts";
import type { Pool } from "../pools/pool.ts";
import type { Texts } from "./languages/en.ts";
import { type Picture, pictureOf } from "./picture.ts";

/** What a page is about that has a picture of its own in managed login. */
export type Graphic = "EMAIL" | "SMS" | "AUTH_APP" | "PASSWORD" | "PASSKEY";

export interface Look {
  /** Addresses of style sheets that come after ours. */
  readonly styles: readonly string[];
  readonly logo: Picture | undefined;
  readonly favicon: string | undefined;
  /** The bands above and below the page, where there are any, and their logos. */
  readonly header: Band | undefined;
  readonly footer: Band | undefined;
  readonly graphics: Readonly<Partial<Record<Graphic, Picture>>>;
  /** The picture on a provider's button. */
  readonly iconOf: (provider: string) => Picture | undefined;
  /** How managed login offers providers. */
  readonly federation: FederationLook;
}

/** Whether providers come before the pool's own form, whether a field for an address leads to them, and in which order. */
export interface FederationLook {
  readonly comesFirst: boolean;
  readonly asksAddress: boolean;
  /** Names of providers. */
  readonly order: readonly string[];
}

export interface Band {
  readonly logo: Picture | undefined;
}

/** Whose pages they are, and of which generation. */
export interface LookRequest {
  readonly client: Client | undefined;
  readonly isManaged: boolean;
}

/** Our own look, to which nothing is added. */
export const plainLook: Look = {
  styles: [],
  logo: undefined,
  favicon: undefined,
  header: undefined,
  footer: undefined,
  graphics: {},
  iconOf: () => undefined,
  federation: { comesFirst: false, asksAddress: false, order: [] },
};

/** The look of a client's pages. Undefined where managed login has none for it, and so shows no pages. */
export async function lookOf(app: App, pool: Pool, { client, isManaged }: LookRequest): Promise<Look | undefined> {
  if (isManaged) return client ? managedLook(app, pool, client) : plainLook;
  const set = await findUiCustomization(app.db, pool.id, client?.id ?? everyClient);
  if (!set) return plainLook;
  const logo = set.imageHash && assetPath(pool.id, set.imageHash);
  return {
    ...plainLook,
    styles: set.css ? [lookPath("classic", pool.id, set.clientId, set.cssVersion)] : [],
    logo: logo ? { light: logo, dark: logo } : undefined,
  };
}

async function managedLook(app: App, pool: Pool, client: Client): Promise<Look | undefined> {
  const branding = await findBranding(app.db, pool.id, client.id);
  if (!branding) return undefined;
  if (branding.style.isStandard) return plainLook;
  const { settings } = branding.style;
  const isOff = (...path: string[]): boolean => settingAt(settings, path) === false;
  const isOn = (...path: string[]): boolean => settingAt(settings, path) === true;
  const logoOf = (
    component: "form" | "pageHeader" | "pageFooter",
    category: "FORM_LOGO" | "PAGE_HEADER_LOGO" | "PAGE_FOOTER_LOGO",
  ) => (isOff("components", component, "logo", "enabled") ? undefined : pictureOf(branding, category));
  const bandOf = (name: "pageHeader" | "pageFooter"): Band | undefined =>
    isOn("categories", "global", name, "enabled")
      ? { logo: logoOf(name, name === "pageHeader" ? "PAGE_HEADER_LOGO" : "PAGE_FOOTER_LOGO") }
      : undefined;
  const hasIcons = !isOff("componentClasses", "idpButtons", "icons", "enabled");
  return {
    styles: [lookPath("managed", pool.id, client.id, String(branding.version))],
    logo: logoOf("form", "FORM_LOGO"),
    favicon: faviconOf(branding)?.light,
    header: bandOf("pageHeader"),
    footer: bandOf("pageFooter"),
    graphics: isOff("categories", "form", "displayGraphics") ? {} : graphicsOf(branding),
    iconOf: (provider) => (hasIcons ? pictureOf(branding, "IDP_BUTTON_ICON", provider) : undefined),
    federation: federationOf(settings),
  };
}

/** Unconfirmed: what a style is called that is no list of buttons. */
function federationOf(settings: Document): FederationLook {
  const at = (name: string): unknown => settingAt(settings, ["categories", "auth", "federation", name]);
  const style = at("interfaceStyle") ?? "BUTTON_LIST";
  const order = at("order");
  return {
    comesFirst: federationComesFirst(settings),
    asksAddress: style !== "BUTTON_LIST",
    order: Array.isArray(order) ? order.filter((name) => typeof name === "string") : [],
  };
}

/** The icon of the types that are switched on; all are where nothing is said. */
function faviconOf(branding: Branding): Picture | undefined {
  const types = settingAt(branding.style.settings, ["components", "favicon", "enabledTypes"]);
  const isOn = (type: string): boolean => !Array.isArray(types) || types.includes(type);
  return (
    (isOn("SVG") ? pictureOf(branding, "FAVICON_SVG") : undefined) ??
    (isOn("ICO") ? pictureOf(branding, "FAVICON_ICO") : undefined)
  );
}

/** The order is a list of lists of ways. Source: Cognito API reference, CreateManagedLoginBranding, the example. */
function federationComesFirst(settings: Document): boolean {
  const order = settingAt(settings, ["categories", "auth", "authMethodOrder"]);
  const ways = Array.isArray(order) ? order.flat().filter((way) => typeof way === "object" && way !== null) : [];
  const types = ways.map((way: Document) => way["type"]);
  const [federated, own] = [types.indexOf("FEDERATED"), types.indexOf("USERNAME_PASSWORD")];
  return federated >= 0 && own >= 0 && federated < own;
}

const graphicsOf = (branding: Branding): Look["graphics"] => ({
  ...graphicOf(branding, "EMAIL"),
  ...graphicOf(branding, "SMS"),
  ...graphicOf(branding, "AUTH_APP"),
  ...graphicOf(branding, "PASSWORD"),
  ...graphicOf(branding, "PASSKEY"),
});

function graphicOf(branding: Branding, name: Graphic): Look["graphics"] {
  const picture = pictureOf(branding, `${name}_GRAPHIC`);
  return picture ? { [name]: picture } : {};
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
