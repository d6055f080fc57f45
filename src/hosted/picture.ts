/** The pictures that an owner has uploaded for managed login, in the two colour schemes. */
import { assetPath, type StoredAsset } from "../branding/asset.ts";
import type { Branding } from "../branding/branding.ts";
import { colorSchemeOf } from "../branding/setting.ts";

/** Where a picture is, in light and in dark. */
export interface Picture {
  readonly light: string;
  readonly dark: string;
}

type Category = StoredAsset["category"];

/** The picture of a category; where there are several, that of a resource. */
export function pictureOf(
  { poolId, style }: Pick<Branding, "poolId" | "style">,
  category: Category,
  resourceId?: string,
): Picture | undefined {
  const found = style.assets.filter(
    (asset) => asset.category === category && (resourceId === undefined || asset.resourceId === resourceId),
  );
  const first = (...modes: StoredAsset["colorMode"][]): string | undefined =>
    modes
      .flatMap((mode) => found.filter(({ colorMode }) => colorMode === mode))
      .map(({ hash }) => assetPath(poolId, hash))[0];
  const [light, dark] = [first("LIGHT", "DYNAMIC", "DARK"), first("DARK", "DYNAMIC", "LIGHT")];
  if (light === undefined || dark === undefined) return undefined;
  const scheme = colorSchemeOf(style.settings);
  if (scheme === "DYNAMIC") return { light, dark };
  // A style of one scheme keeps it, whatever the system prefers.
  const only = scheme === "DARK" ? dark : light;
  return { light: only, dark: only };
}
