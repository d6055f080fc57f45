/** Reads the settings of a style, which are a document of anybody's making. */
import type { Document } from "./branding.ts";

/** What stands at a place of a document, or undefined where nothing does. */
export const settingAt = (document: Document, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, name)
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined,
    document,
  );

/** Which colours pages have: one of the two, or those that the system prefers. */
export function colorSchemeOf(settings: Document): "LIGHT" | "DARK" | "DYNAMIC" {
  const scheme = settingAt(settings, ["categories", "global", "colorSchemeMode"]);
  return scheme === "LIGHT" || scheme === "DARK" ? scheme : "DYNAMIC";
}
