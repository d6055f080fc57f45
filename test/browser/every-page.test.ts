/** Every page as it is seen: both generations, light and dark, wide and narrow, with script and without. */
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replacePages } from "../../src/hosted/page-settings.ts";
import { openBrowser } from "../support/chromium.ts";
import { type ClientPage, openClientPage } from "../support/client-page.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { giveAuthenticator, makeSet, type Scene, type Stage, scenes } from "../support/scenes.ts";

let house: TestHouse;
let browser: Browser;
let client: ClientPage;
let callback: string;

beforeAll(async () => {
  [browser, house, client] = await Promise.all([openBrowser(), openTestHouse(), openClientPage()]);
  callback = client.callback;
});

afterAll(async () => {
  await browser.close();
  await client.close();
  await house.close();
  expect(house.errors).toEqual([]);
});

const longestPageBytes = 30 * 1024;
/** By the ending of the name of their pictures. */
const sizes = { "": { width: 1000, height: 760 }, "-phone": { width: 360, height: 760 } } as const;

/** Where pictures go, when they are to be taken. */
const pictures = process.env["POOLHOUSE_PICTURES"];

/** Opens the page of a scene, and gives what the browser complained about and what it asked of others. */
async function onStage(
  scene: Scene,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const isOurs = [house.url, callback, "data:"].some((address) => request.url().startsWith(address));
    if (!isOurs) complaints.push(`asked for ${request.url()}`);
  });
  try {
    await prepare(page);
    if (scene.hasAuthenticator) await giveAuthenticator(page);
    const setPages: Stage["setPages"] = (poolId, pages) => replacePages(house.app, poolId, pages);
    const stage = { api: house.api, url: house.url, clock: house.clock, callback, setPages };
    await scene.reach(page, await makeSet(stage, scene));
    // Without its style sheet a page shows both of its cards.
    await page.waitForLoadState();
    await page.locator("h1:visible").first().waitFor();
    await look(page);
    // Pages that are refusals have the status of one, which the browser notes.
    expect(complaints.filter((complaint) => !/status of (400|403)/.test(complaint))).toEqual([]);
  } finally {
    await context.close();
  }
}

/** What axe finds wrong. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** What is too wide for the window. */
const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

describe.each(scenes)("$name", (scene) => {
  it("can be read and used by everybody, in light and dark, on a desk and on a phone", {
    timeout: 60_000,
  }, async () => {
    await onStage(scene, {}, async (page) => {
      const { length } = await page.content();
      expect(length).toBeLessThan(longestPageBytes);
      for (const colorScheme of ["light", "dark"] as const) {
        for (const [size, viewport] of Object.entries(sizes)) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(viewport);
          expect(await faultsOf(page), `${colorScheme}, ${viewport.width} wide`).toEqual([]);
          expect(await page.evaluate(overflow)).toBe(0);
          expect(await page.locator("h1:visible").count()).toBe(1);
          if (pictures)
            await page.screenshot({
              path: join(pictures, `${scene.name}-${colorScheme}${size}.png`),
              fullPage: !scene.isLong,
            });
        }
      }
    });
  });

  if (!scene.needsScript)
    it("is the same page without script", async () => {
      await onStage(scene, { javaScriptEnabled: false }, async (page) => {
        expect(await page.locator("h1:visible").count()).toBe(1);
        expect(await page.locator("[disabled]").count()).toBe(0);
      });
    });

  if (!scene.needsScript)
    it("can be read and used by everybody when its scripts do not arrive", async () => {
      // axe is a script itself: only those of the page are kept back.
      const keepBack = (page: Page): Promise<unknown> =>
        page.route("**/_poolhouse/*.js", (route) => route.fulfill({ body: "", contentType: "text/javascript" }));
      const look = async (page: Page): Promise<void> => expect(await faultsOf(page)).toEqual([]);
      await onStage(scene, {}, look, keepBack);
    });
});
