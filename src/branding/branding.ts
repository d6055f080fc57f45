/**
 * Branding: how the pages of a pool's domain look and which terms they link to: the style sheet and logo of the classic
 * pages, the style of managed login, and terms of use. The room owns these documents, their rules and the bytes of their
 * images; making pages of them is the business of hosted/.
 */
import { ApiError } from "../contract/errors.ts";
import type { ManagedLoginBrandingType } from "../contract/types.gen.ts";
import type { StoredAsset } from "./asset.ts";
import { defaultSettings } from "./default-settings.ts";

/** A JSON object. */
export type Document = Readonly<Record<string, unknown>>;

/** What the owner of a style sets. */
export interface BrandingStyle {
  /** Whether the style is the standard one. It has no settings and no images then. */
  readonly isStandard: boolean;
  readonly settings: Document;
  readonly assets: readonly StoredAsset[];
}

/** The style of managed login for one client. */
export interface Branding {
  readonly poolId: string;
  readonly clientId: string;
  /** A UUID. */
  readonly id: string;
  readonly style: BrandingStyle;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Bytes of images by their hash. */
export type AssetContents = ReadonlyMap<string, Uint8Array>;

/** The style as the API shows it: what was set, or with what stands where nothing was set. */
export const describeBranding = (
  { poolId, id, style, createdAt, modifiedAt }: Branding,
  contents: AssetContents,
  isMerged = false,
): ManagedLoginBrandingType => ({
  ManagedLoginBrandingId: id,
  UserPoolId: poolId,
  UseCognitoProvidedValues: style.isStandard,
  Settings: isMerged ? mergeDocuments(defaultSettings, style.settings) : shownSettings(style),
  Assets: style.assets.map(({ category, colorMode, extension, resourceId, hash }) => ({
    Category: category,
    ColorMode: colorMode,
    Extension: extension,
    Bytes: contents.get(hash),
    ResourceId: resourceId,
  })),
  CreationDate: new Date(createdAt),
  LastModifiedDate: new Date(modifiedAt),
});

const shownSettings = ({ isStandard, settings }: BrandingStyle): Document | undefined =>
  isStandard ? undefined : settings;

/** The first document with what the second says instead. Lists and plain values are replaced, objects are merged. */
export const mergeDocuments = (under: Document, over: Document): Document =>
  Object.fromEntries([
    ...Object.entries(under),
    ...Object.entries(over).map(([name, value]): [string, unknown] => {
      const below = Object.hasOwn(under, name) ? under[name] : undefined;
      return [name, isDocument(below) && isDocument(value) ? mergeDocuments(below, value) : value];
    }),
  ]);

const isDocument = (value: unknown): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The settings of a request. Text unconfirmed. @throws InvalidParameterException for what is no JSON object */
export function parseSettings(settings: unknown): Document {
  if (isDocument(settings)) return settings;
  throw new ApiError("InvalidParameterException", "Settings must be a JSON object.");
}

/** Source: measured against the service. */
const eitherOr = (): ApiError =>
  new ApiError("InvalidParameterException", "useCognitoProvidedValues or settings should be specified (but not both)");

/** What a request says of a style. */
interface StyleRequest {
  readonly UseCognitoProvidedValues?: boolean | undefined;
  readonly Settings?: unknown;
  readonly Assets?: readonly unknown[] | undefined;
}

/** Whether a request asks for the standard style. @throws InvalidParameterException when it asks for both */
export function asksForStandard({ UseCognitoProvidedValues = false, Settings, Assets = [] }: StyleRequest): boolean {
  if (UseCognitoProvidedValues && (Settings !== undefined || Assets.length > 0)) throw eitherOr();
  return UseCognitoProvidedValues;
}

/** Checks that a new style says what it is. @throws InvalidParameterException */
export function checkSaysSomething(request: StyleRequest): void {
  if (!asksForStandard(request) && request.Settings === undefined && !request.Assets?.length) throw eitherOr();
}

/** Refuses an id that no style of the pool has. Text unconfirmed. */
export const brandingNotFound = (): ApiError =>
  new ApiError("ResourceNotFoundException", "Managed login branding does not exist.");
