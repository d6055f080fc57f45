/** Every page as it is seen: both generations, light and dark, wide and narrow, with script and without. */
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { replacePages } from "../../src/hosted/page-settings.ts";
import { useClientPage } from "../support/client-page.ts";
import { useHouse } from "../support/house.ts";
import { makeSet, type Scene, type Stage, scenes } from "../support/scenes.ts";
import { giveAuthenticator, useBrowser, type VisitOptions } from "../support/visiting.ts";

const house = useHouse();
const client = useClientPage();
const { onPage } = useBrowser();

const longestPageBytes = 30 * 1024;
/** By the ending of the name of their pictures. */
const sizes = { "": { width: 1000, height: 760 }, "-phone": { width: 360, height: 760 } } as const;

/** Where pictures go, when they are to be taken. */
const pictures = process.env["POOLHOUSE_PICTURES"];

/** Opens the page of a scene; what the browser complains of or asks of others fails the test. */
async function onStage(
  scene: Scene,
  options: VisitOptions,
  look: (page: Page) => Promise<void>,
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<void> {
  // Pages that are refusals have the status of one, which the browser notes.
  await onPage({ reducedMotion: "reduce", expected: /status of (400|403)/, ...options }, async (page, complaints) => {
    page.on("request", (request) => {
      const isOurs = [house.url, client.callback, "data:"].some((address) => request.url().startsWith(address));
      if (!isOurs) complaints.push(`asked for ${request.url()}`);
    });
    await prepare(page);
    if (scene.hasAuthenticator) await giveAuthenticator(page);
    const setPages: Stage["setPages"] = (poolId, pages) => replacePages(house.app, poolId, pages);
    const { api, url, clock } = house;
    await scene.reach(page, await makeSet({ api, url, clock, callback: client.callback, setPages }, scene));
    // Without its style sheet a page shows both of its cards.
    await page.waitForLoadState();
    await page.locator("h1:visible").first().waitFor();
    await look(page);
  });
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
