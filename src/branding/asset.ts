/** The images of a style. Source: Cognito API reference, AssetType; texts unconfirmed. */
import { createHash } from "node:crypto";
import { ApiError } from "../contract/errors.ts";
import type { AssetType } from "../contract/types.gen.ts";
import { imageKindOf, mediaTypes } from "./image.ts";

/** An image of a style; its bytes are kept apart, by their hash. */
export interface StoredAsset {
  readonly category: AssetType["Category"];
  readonly colorMode: AssetType["ColorMode"];
  readonly extension: AssetType["Extension"];
  readonly resourceId?: string | undefined;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
}

/** An image that is kept: what it is and where it stands. */
export interface Asset {
  readonly hash: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The image that these bytes are. @throws InvalidParameterException for bytes of no image of these kinds */
export function parseImage(bytes: Uint8Array, kinds: readonly string[]): Asset {
  const kind = imageKindOf(bytes);
  if (!kind || !kinds.includes(kind)) throw invalid(`The image must be of type ${kinds.join(" or ")}.`);
  return { hash: hashOf(bytes), mediaType: mediaTypes[kind], bytes };
}

/** Where an image is served, below the address of the house. */
export const assetPath = (poolId: string, hash: string): string => `/_poolhouse/assets/${poolId}/${hash}`;

const assetsOfStyleLimit = 40;

/** The images of a request, and with them those of the style before that it leaves out. */
export function mergeAssets(
  before: readonly StoredAsset[],
  given: readonly AssetType[],
): { readonly assets: readonly StoredAsset[]; readonly added: readonly Asset[] } {
  const places = given.map(({ Category, ColorMode }) => `${Category} ${ColorMode}`);
  const repeated = places.find((place, index) => places.indexOf(place) !== index);
  if (repeated !== undefined) throw invalid(`Asset ${repeated} is given more than once.`);
  const parsed = given.map((asset) => parseAsset(before, asset));
  const kept = before.filter(({ category, colorMode }) => !places.includes(`${category} ${colorMode}`));
  const assets = [...kept, ...parsed.map(({ stored }) => stored)];
  if (assets.length > assetsOfStyleLimit) throw invalid(`A style can have at most ${assetsOfStyleLimit} assets.`);
  return { assets, added: parsed.flatMap(({ added }) => added) };
}

/** An image is given by its bytes, or named by the resource id that an image of the style was given with. */
function parseAsset(
  before: readonly StoredAsset[],
  { Category, ColorMode, Extension, Bytes, ResourceId }: AssetType,
): { readonly stored: StoredAsset; readonly added: readonly Asset[] } {
  checkExtension(Category, Extension);
  const place = { category: Category, colorMode: ColorMode, extension: Extension, resourceId: ResourceId };
  if (Bytes !== undefined) {
    const asset = parseImage(Bytes, [Extension]);
    return { stored: { ...place, hash: asset.hash }, added: [asset] };
  }
  const known = before.find(({ resourceId }) => resourceId !== undefined && resourceId === ResourceId);
  if (!known || known.extension !== Extension)
    throw invalid(`Asset ${Category} has neither Bytes nor a known ResourceId.`);
  return { stored: { ...place, hash: known.hash }, added: [] };
}

function checkExtension(category: AssetType["Category"], extension: AssetType["Extension"]): void {
  if ((category === "FAVICON_ICO") !== (extension === "ICO")) {
    throw invalid(`Extension ${extension} is not allowed for asset category ${category}.`);
  }
  if (category === "FAVICON_SVG" && extension !== "SVG") {
    throw invalid(`Extension ${extension} is not allowed for asset category ${category}.`);
  }
}
