/** The looks that an owner sets, as a browser shows them: classes of the classic pages, styles of managed login. */
import type { AssetType } from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { useClientPage } from "../support/client-page.ts";
import { useHouse } from "../support/house.ts";
import { makeSet, type Scene, type Scenery, type Stage, scenes } from "../support/scenes.ts";
import { useBrowser, type VisitOptions } from "../support/visiting.ts";

const house = useHouse();
const client = useClientPage();
const browser = useBrowser();
let stage: Stage;

beforeAll(() => {
  const { api, url, clock } = house;
  stage = { api, url, clock, callback: client.callback, setPages: async () => undefined };
});

const sceneOf = (name: string): Scene => {
  const scene = scenes.find((one) => one.name === name);
  if (!scene) throw new Error(`There is no scene ${name}.`);
  return scene;
};

const onPage = (options: VisitOptions, visit: (page: Page) => Promise<void>): Promise<void> =>
  browser.onPage({ reducedMotion: "reduce", ...options }, visit);

/** What the browser makes of a property of the first element that is shown. */
const styleOf = (page: Page, selector: string, property: string): Promise<string> =>
  page.evaluate(
    `(() => {
      const shown = [...document.querySelectorAll(${JSON.stringify(selector)})].find((element) => element.checkVisibility());
      return shown ? getComputedStyle(shown).getPropertyValue(${JSON.stringify(property)}) : "not there";
    })()`,
  );

/** Where each class is met that the classic pages let people style. */
const classes = {
  "background-customizable": "sign-in",
  "banner-customizable": "sign-in",
  "inputField-customizable": "sign-in",
  "label-customizable": "sign-in",
  "logo-customizable": "sign-in",
  "submitButton-customizable": "sign-in",
  "textDescription-customizable": "sign-in",
  "redirect-customizable": "sign-in",
  "errorMessage-customizable": "sign-in-refused",
  "idpButton-customizable": "sign-in-providers",
  "passwordCheck-valid-customizable": "sign-up",
  "passwordCheck-notValid-customizable": "sign-up",
} as const;

describe("a style sheet of the classic pages", () => {
  it.each(["sign-in", "sign-in-refused", "sign-in-providers", "sign-up"])("styles what it names: %s", async (name) => {
    const scene = sceneOf(name);
    const set = await makeSet(stage, scene);
    const wanted = Object.entries(classes).flatMap(([named, where]) => (where === name ? [named] : []));
    const CSS = wanted.map((named) => `.${named} { border: 3px solid rgb(1, 2, 3); }`).join("\n");
    await house.api.setUICustomization({ UserPoolId: set.UserPoolId, ClientId: set.ClientId, CSS });
    await onPage({}, async (page) => {
      await scene.reach(page, set);
      for (const named of wanted) {
        const color = async (): Promise<string> => {
          // The field that has the focus is styled by a class of its own, and it may get the focus a moment late.
          await page.evaluate("document.activeElement.blur()");
          return styleOf(page, `.${named}`, "border-top-color");
        };
        await expect.poll(color, { message: named, timeout: 8_000 }).toBe("rgb(1, 2, 3)");
      }
    });
  });

  it("styles what is hovered over and what is typed in", async () => {
    const scene = sceneOf("sign-in");
    const set = await makeSet(stage, scene);
    const CSS = [
      ".submitButton-customizable:hover { background-color: rgb(1, 2, 3); }",
      ".inputField-customizable:focus { border-color: rgb(4, 5, 6); }",
    ].join("\n");
    await house.api.setUICustomization({ UserPoolId: set.UserPoolId, ClientId: "ALL", CSS });
    await onPage({}, async (page) => {
      await scene.reach(page, set);
      await page.locator("#signInFormUsername:visible").focus();
      expect(await styleOf(page, "#signInFormUsername", "border-top-color")).toBe("rgb(4, 5, 6)");
      await page.locator("[name=signInSubmitButton]:visible").hover();
      expect(await styleOf(page, "[name=signInSubmitButton]", "background-color")).toBe("rgb(1, 2, 3)");
    });
  });
});

const square = (color: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30" fill="${color}"/></svg>`,
  );

const asset = (
  Category: AssetType["Category"],
  ColorMode: AssetType["ColorMode"],
  color: string,
  more: Partial<AssetType> = {},
): AssetType => ({ Category, ColorMode, Extension: "SVG", Bytes: square(color), ...more });

/** Gives a client's pages a style in place of the standard one. */
async function restyle(set: Scenery, Settings: object, Assets: AssetType[] = []): Promise<void> {
  const { UserPoolId, ClientId } = set;
  const { ManagedLoginBranding } = await house.api.describeManagedLoginBrandingByClient({ UserPoolId, ClientId });
  const { ManagedLoginBrandingId } = ManagedLoginBranding ?? {};
  await house.api.updateManagedLoginBranding({
    UserPoolId,
    ManagedLoginBrandingId,
    UseCognitoProvidedValues: false,
    // The SDK's type of a document is narrower than what JSON may hold.
    Settings: JSON.parse(JSON.stringify(Settings)),
    Assets,
  });
}

/** The colours of a picture that is shown. */
async function colorShown(page: Page, selector: string): Promise<string> {
  const src = await page.evaluate<string>(`document.querySelector(${JSON.stringify(selector)}).currentSrc`);
  return /fill="([^"]+)"/.exec(await (await fetch(src)).text())?.[1] ?? "";
}

const bothModes = (light: object, dark: object) => ({ lightMode: light, darkMode: dark });

describe("a style of managed login", () => {
  const settings = {
    categories: {
      global: { pageHeader: { enabled: true }, pageFooter: { enabled: true } },
      form: { location: { horizontal: "END", vertical: "CENTER" } },
    },
    components: {
      pageBackground: bothModes({ color: "fefefeff" }, { color: "010101ff" }),
      form: {
        borderRadius: 3,
        logo: { location: "END" },
        ...bothModes({ backgroundColor: "fdfdfdff" }, { backgroundColor: "020202ff" }),
      },
      primaryButton: bothModes(
        { defaults: { backgroundColor: "0000aaff", textColor: "ffffffff" } },
        { defaults: { backgroundColor: "aaaaffff", textColor: "000000ff" } },
      ),
      pageText: bothModes({ headingColor: "101010ff" }, { headingColor: "f0f0f0ff" }),
      pageHeader: { logo: { location: "CENTER" } },
      favicon: { enabledTypes: ["SVG"] },
    },
    componentClasses: { input: { borderRadius: 5 }, buttons: { borderRadius: 7 } },
  };
  const assets = [
    asset("FORM_LOGO", "LIGHT", "form-light"),
    asset("FORM_LOGO", "DARK", "form-dark"),
    asset("PAGE_HEADER_LOGO", "DYNAMIC", "header"),
    asset("PAGE_FOOTER_LOGO", "DYNAMIC", "footer"),
    asset("PAGE_BACKGROUND", "DYNAMIC", "page"),
    asset("FAVICON_SVG", "DYNAMIC", "favicon"),
  ];

  it.each([
    ["light", "rgb(254, 254, 254)", "rgb(253, 253, 253)", "rgb(0, 0, 170)", "rgb(16, 16, 16)"],
    ["dark", "rgb(1, 1, 1)", "rgb(2, 2, 2)", "rgb(170, 170, 255)", "rgb(240, 240, 240)"],
  ] as const)("has its colours, pictures and places in %s", async (colorScheme, canvas, card, button, heading) => {
    const scene = sceneOf("managed-sign-in");
    const set = await makeSet(stage, scene);
    await restyle(set, settings, assets);
    await onPage({ colorScheme }, async (page) => {
      await scene.reach(page, set);
      expect(await styleOf(page, "body", "background-color")).toBe(canvas);
      expect(await styleOf(page, "body", "background-image")).toContain("/_poolhouse/assets/");
      expect(await styleOf(page, ".modal-content", "background-color")).toBe(card);
      expect(await styleOf(page, ".modal-content", "border-top-left-radius")).toBe("3px");
      expect(await styleOf(page, "button[type=submit]", "background-color")).toBe(button);
      expect(await styleOf(page, "button[type=submit]", "border-top-left-radius")).toBe("7px");
      expect(await styleOf(page, "#signInFormUsername", "border-top-left-radius")).toBe("5px");
      expect(await styleOf(page, "h1", "color")).toBe(heading);
      expect(await styleOf(page, ".container", "align-self")).toBe("flex-end");
      expect(await styleOf(page, ".page-header", "justify-content")).toBe("center");
      expect(await colorShown(page, ".modal-content .logo")).toBe(`form-${colorScheme}`);
      expect(await styleOf(page, ".modal-content .logo", "margin-right")).toBe("0px");
      expect(await colorShown(page, ".page-header .logo")).toBe("header");
      expect(await colorShown(page, ".page-footer .logo")).toBe("footer");
      const icon = (await page.locator('link[rel="icon"]').getAttribute("href")) ?? "";
      expect(await (await fetch(house.url + icon)).text()).toContain("favicon");
    });
  });

  it.each([
    ["LIGHT", "dark", "rgb(254, 254, 254)", "form-light"],
    ["DARK", "light", "rgb(1, 1, 1)", "form-dark"],
  ] as const)("of the one scheme %s keeps it where the system prefers %s", async (mode, colorScheme, canvas, logo) => {
    const scene = sceneOf("managed-sign-in");
    const set = await makeSet(stage, scene);
    const global = { ...settings.categories.global, colorSchemeMode: mode };
    await restyle(set, { ...settings, categories: { ...settings.categories, global } }, assets);
    await onPage({ colorScheme }, async (page) => {
      await scene.reach(page, set);
      expect(await styleOf(page, "body", "background-color")).toBe(canvas);
      expect(await colorShown(page, ".modal-content .logo")).toBe(logo);
    });
  });

  it("shows nothing that its settings switch off", async () => {
    const scene = sceneOf("managed-sign-in");
    const set = await makeSet(stage, scene);
    const components = {
      favicon: { enabledTypes: ["ICO"] },
      form: { logo: { enabled: false } },
      pageBackground: { image: { enabled: false } },
    };
    await restyle(set, { components }, assets);
    await onPage({}, async (page) => {
      await scene.reach(page, set);
      expect(await page.locator("img").count()).toBe(0);
      expect(await page.locator("header, footer").count()).toBe(0);
      expect(await page.locator('link[rel="icon"][href*="/_poolhouse/assets/"]').count()).toBe(0);
      expect(await styleOf(page, "body", "background-image")).toBe("none");
    });
  });

  it.each([
    ["phone", { width: 390, height: 844 }],
    ["desktop", { width: 1280, height: 800 }],
  ] as const)(
    "takes less room where it is compact, and begins with the providers where they come first: %s",
    async (_device, viewport) => {
      const scene = { ...sceneOf("sign-in-providers"), isManaged: true };
      const set = await makeSet(stage, scene);
      const heightOf = async (page: Page): Promise<number> =>
        (await page.locator(".modal-content:visible").boundingBox())?.height ?? 0;
      const topOf = async (page: Page, selector: string): Promise<number> =>
        (await page.locator(selector).first().boundingBox())?.y ?? 0;
      const auth = {
        authMethodOrder: [
          [
            { display: "BUTTON", type: "FEDERATED" },
            { display: "INPUT", type: "USERNAME_PASSWORD" },
          ],
        ],
      };
      await restyle(set, { categories: { global: { spacingDensity: "REGULAR" } } });
      await onPage({ viewport }, async (page) => {
        await scene.reach(page, set);
        const regular = await heightOf(page);
        expect(await topOf(page, ".providers")).toBeGreaterThan(await topOf(page, "#signInFormUsername"));
        await restyle(set, { categories: { auth, global: { spacingDensity: "COMPACT" } } });
        await page.reload();
        expect(await heightOf(page)).toBeLessThan(regular - 60);
        expect(await topOf(page, ".providers")).toBeLessThan(await topOf(page, "#signInFormUsername"));
      });
    },
  );

  it("has pictures for what a page is about, and for the provider of a button", async () => {
    const scene = { ...sceneOf("sign-in-providers"), isManaged: true };
    const set = await makeSet(stage, scene);
    const pictures = [
      asset("PASSWORD_GRAPHIC", "DYNAMIC", "password"),
      asset("IDP_BUTTON_ICON", "DYNAMIC", "icon", { ResourceId: "Example" }),
    ];
    await restyle(set, {}, pictures);
    await onPage({}, async (page) => {
      await scene.reach(page, set);
      expect(await colorShown(page, ".provider-icon")).toBe("icon");
      await page.goto(set.addressOf("forgotPassword"));
      expect(await colorShown(page, ".graphic")).toBe("password");
      await restyle(set, { categories: { form: { displayGraphics: false } } }, pictures);
      await page.reload();
      expect(await page.locator(".graphic").count()).toBe(0);
    });
  });
});
