/**
 * The style sheet of a managed login style: the settings that say something about our pages, as custom properties.
 * What is no colour or number of the form that Cognito's settings have is left out, so nothing else gets into the sheet.
 */
import type { Branding, Document } from "../branding/branding.ts";
import { colorSchemeOf, settingAt } from "../branding/setting.ts";
import { type Picture, pictureOf } from "./picture.ts";

/** Custom properties, and where the settings keep their values; `{mode}` is a colour scheme's own member. */
const colors: readonly (readonly [property: string, ...path: string[]])[] = [
  ["--canvas", "components", "pageBackground", "{mode}", "color"],
  ["--card", "components", "form", "{mode}", "backgroundColor"],
  ["--card-edge", "components", "form", "{mode}", "borderColor"],
  ["--ink", "components", "pageText", "{mode}", "headingColor"],
  ["--body", "components", "pageText", "{mode}", "bodyColor"],
  ["--quiet", "components", "pageText", "{mode}", "descriptionColor"],
  ["--accent", "components", "primaryButton", "{mode}", "defaults", "backgroundColor"],
  ["--accent-ink", "components", "primaryButton", "{mode}", "defaults", "textColor"],
  ["--accent-strong", "components", "primaryButton", "{mode}", "hover", "backgroundColor"],
  ["--second", "components", "secondaryButton", "{mode}", "defaults", "backgroundColor"],
  ["--second-ink", "components", "secondaryButton", "{mode}", "defaults", "textColor"],
  ["--second-edge", "components", "secondaryButton", "{mode}", "defaults", "borderColor"],
  ["--header", "components", "pageHeader", "{mode}", "background", "color"],
  ["--footer", "components", "pageFooter", "{mode}", "background", "color"],
  ["--field-canvas", "componentClasses", "input", "{mode}", "defaults", "backgroundColor"],
  ["--edge", "componentClasses", "input", "{mode}", "defaults", "borderColor"],
  ["--label", "componentClasses", "inputLabel", "{mode}", "textColor"],
  ["--hint", "componentClasses", "inputDescription", "{mode}", "textColor"],
  ["--link", "componentClasses", "link", "{mode}", "defaults", "textColor"],
  ["--line", "componentClasses", "divider", "{mode}", "borderColor"],
  ["--ring", "componentClasses", "focusState", "{mode}", "borderColor"],
];

const hexColor = /^[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?$/;

function colorsOf(settings: Document, mode: "lightMode" | "darkMode"): string {
  return colors
    .map(([property, ...path]) => {
      const value = settingAt(
        settings,
        path.map((name) => (name === "{mode}" ? mode : name)),
      );
      return typeof value === "string" && hexColor.test(value) ? `${property}: #${value};` : "";
    })
    .join(" ");
}

const radii: readonly (readonly [property: string, ...path: string[]])[] = [
  ["--radius", "componentClasses", "buttons", "borderRadius"],
  ["--field-radius", "componentClasses", "input", "borderRadius"],
  ["--card-radius", "components", "form", "borderRadius"],
];

const radiusLimit = 100;

const radiiOf = (settings: Document): string =>
  radii
    .map(([property, ...path]) => {
      const value = settingAt(settings, path);
      return typeof value === "number" && value >= 0 && value <= radiusLimit ? `${property}: ${value}px;` : "";
    })
    .join(" ");

/** Where things stand, by the names of the settings. */
const places: Readonly<Record<string, string>> = { START: "flex-start", CENTER: "center", END: "flex-end" };

/** The same for a picture in the form, which is a block of its own: its margins. */
const margins: typeof places = { START: "0 auto", CENTER: "auto", END: "auto 0" };

const placeAt = (settings: Document, path: readonly string[], by = places): string | undefined => {
  const value = settingAt(settings, path);
  return typeof value === "string" && Object.hasOwn(by, value) ? by[value] : undefined;
};

/** Rules that put the form, and the logos of the bands, where the settings say. */
const placementOf = (settings: Document): string[] => [
  rule(".container", "align-self", placeAt(settings, ["categories", "form", "location", "horizontal"])),
  rule(".container", "justify-content", placeAt(settings, ["categories", "form", "location", "vertical"])),
  rule(".page-header", "justify-content", placeAt(settings, ["components", "pageHeader", "logo", "location"])),
  rule(".page-footer", "justify-content", placeAt(settings, ["components", "pageFooter", "logo", "location"])),
  rule(".modal-content .logo", "margin-inline", placeAt(settings, ["components", "form", "logo", "location"], margins)),
];

const rule = (selector: string, property: string, value: string | undefined): string =>
  value === undefined ? "" : `${selector} { ${property}: ${value}; }`;

/** Rules of pages that take less room. Unconfirmed: what a density is called that is not the regular one. */
const compactRules = [
  ":root { --field: 38px; }",
  ".container { padding: 16px 12px; }",
  ".modal-content { padding: 24px 24px 22px; }",
  ".mark, .logo { margin-bottom: 14px; }",
  ".textDescription-customizable { margin-bottom: 14px; }",
  ".label-customizable { margin-bottom: 10px; }",
  ".inputField-customizable { margin-top: 3px; }",
  ".submitButton-customizable { min-height: 40px; padding-block: 7px; }",
  ".idpButton-customizable, .socialButton-customizable { margin-bottom: 8px; padding-block: 7px; }",
  ".providers, .foot { margin-top: 14px; }",
];

const densityOf = (settings: Document): readonly string[] =>
  settingAt(settings, ["categories", "global", "spacingDensity"]) === "COMPACT" ? compactRules : [];

/** The pictures behind things, and what switches each off. */
const backgrounds = [
  ["body", "PAGE_BACKGROUND", ["components", "pageBackground", "image", "enabled"]],
  [".modal-content", "FORM_BACKGROUND", ["components", "form", "backgroundImage", "enabled"]],
  [".page-header", "PAGE_HEADER_BACKGROUND", ["components", "pageHeader", "backgroundImage", "enabled"]],
  [".page-footer", "PAGE_FOOTER_BACKGROUND", ["components", "pageFooter", "backgroundImage", "enabled"]],
] as const;

const behind = (selector: string, address: string): string =>
  `${selector} { background-image: url("${address}"); background-size: cover; background-position: center; }`;

const backgroundsOf = (branding: Pick<Branding, "poolId" | "style">): (readonly [selector: string, Picture])[] =>
  backgrounds.flatMap(([selector, category, path]) => {
    const picture = settingAt(branding.style.settings, path) === false ? undefined : pictureOf(branding, category);
    return picture ? [[selector, picture] as const] : [];
  });

/** Writes the sheet of a style. */
export function managedStyleSheet(branding: Pick<Branding, "poolId" | "style">): string {
  const { settings } = branding.style;
  const scheme = colorSchemeOf(settings);
  const [light, dark] = [colorsOf(settings, "lightMode"), colorsOf(settings, "darkMode")];
  const pictures = backgroundsOf(branding);
  return [
    `:root { ${radiiOf(settings)} ${scheme === "DARK" ? dark : light} }`,
    scheme === "DYNAMIC" ? "" : `:root { color-scheme: ${scheme.toLowerCase()}; }`,
    ...densityOf(settings),
    ...placementOf(settings),
    ...pictures.map(([selector, picture]) => behind(selector, picture.light)),
    "@media (prefers-color-scheme: dark) {",
    // A style of one scheme keeps it, whatever the system prefers.
    `:root { ${scheme === "LIGHT" ? light : dark} }`,
    ...pictures.map(([selector, picture]) => behind(selector, picture.dark)),
    "}",
  ]
    .filter((line) => line !== "")
    .join("\n");
}
