/**
 * The style sheet of a managed login style: the settings that say something about our pages, as custom properties.
 * What is no colour or number of the form that Cognito's settings have is left out, so nothing else gets into the sheet.
 */

import type { StoredAsset } from "../branding/asset.ts";
import type { Document } from "../branding/branding.ts";
import { pictureOf } from "./look.ts";

/** Custom properties, and where the settings keep their values below a colour scheme's own members. */
const colors: readonly (readonly [property: string, ...path: string[]])[] = [
  ["--canvas", "components", "pageBackground", "{mode}", "color"],
  ["--card", "components", "form", "{mode}", "backgroundColor"],
  ["--edge", "componentClasses", "input", "{mode}", "defaults", "borderColor"],
  ["--ink", "components", "pageText", "{mode}", "headingColor"],
  ["--quiet", "components", "pageText", "{mode}", "descriptionColor"],
  ["--accent", "components", "primaryButton", "{mode}", "defaults", "backgroundColor"],
  ["--accent-ink", "components", "primaryButton", "{mode}", "defaults", "textColor"],
  ["--accent-strong", "components", "primaryButton", "{mode}", "hover", "backgroundColor"],
  ["--ring", "componentClasses", "focusState", "{mode}", "borderColor"],
];

function valueAt(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, name)
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined,
    document,
  );
}

const hexColor = /^[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?$/;

function properties(settings: Document, mode: "lightMode" | "darkMode"): string {
  return colors
    .map(([property, ...path]) => {
      const value = valueAt(
        settings,
        path.map((name) => (name === "{mode}" ? mode : name)),
      );
      return typeof value === "string" && hexColor.test(value) ? `${property}: #${value};` : "";
    })
    .join(" ");
}

const radiusLimit = 64;

function radius(settings: Document): string {
  const value = valueAt(settings, ["componentClasses", "buttons", "borderRadius"]);
  return typeof value === "number" && value >= 0 && value <= radiusLimit ? `--radius: ${value}px;` : "";
}

/** Writes the sheet of a style. */
export function managedStyleSheet(poolId: string, settings: Document, assets: readonly StoredAsset[]): string {
  const scheme = valueAt(settings, ["categories", "global", "colorSchemeMode"]);
  const [light, dark] = [properties(settings, "lightMode"), properties(settings, "darkMode")];
  const page = pictureOf(poolId, assets, "PAGE_BACKGROUND");
  const form = pictureOf(poolId, assets, "FORM_BACKGROUND");
  return [
    `:root { ${radius(settings)} ${scheme === "DARK" ? dark : light} }`,
    scheme === "DARK" || scheme === "LIGHT" ? `:root { color-scheme: ${scheme.toLowerCase()}; }` : "",
    // A style of one scheme keeps it, whatever the system prefers.
    `@media (prefers-color-scheme: dark) { :root { ${scheme === "LIGHT" ? light : dark} } }`,
    page ? `body { background-image: url("${page}"); background-size: cover; background-position: center; }` : "",
    form ? `.modal-content { background-image: url("${form}"); background-size: cover; }` : "",
  ]
    .filter((rule) => rule !== "")
    .join("\n");
}
