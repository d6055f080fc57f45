/**
 * Takes a picture of every hosted page, in light and dark, on a phone and on a desk, and writes docs/pages.md of them.
 *
 *   npm run build && node tools/pictures.ts [name …]
 *
 * With names, only their pictures are taken.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { argv, stdout } from "node:process";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { Browser } from "playwright-core";
import type { start as startHouse } from "../src/poolhouse.ts";
import { openBrowser } from "../test/support/chromium.ts";
import { giveAuthenticator, makeSet, type Scene, type Stage, scenes } from "../test/support/scenes.ts";

const folder = new URL("../docs/pictures/", import.meta.url).pathname;
const document = new URL("../docs/pages.md", import.meta.url).pathname;

const colorSchemes = ["light", "dark"] as const;
const sizes = { "": { width: 1000, height: 760 }, "-phone": { width: 390, height: 780 } } as const;

/** Takes the four pictures of a page: it is reached once, and shown in each way. */
async function take(browser: Browser, stage: Stage, scene: Scene): Promise<void> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  if (scene.hasAuthenticator) await giveAuthenticator(page);
  await scene.reach(page, await makeSet(stage, scene));
  await page.locator("h1:visible").waitFor();
  for (const colorScheme of colorSchemes) {
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await page.screenshot({ path: `${folder}${scene.name}-${colorScheme}${size}.png`, fullPage: true });
    }
  }
  await context.close();
}

function describe({ name, title }: Scene): string {
  const pictures = ["light", "dark", "light-phone", "dark-phone"].map((way) => `![](pictures/${name}-${way}.png)`);
  return `## ${title}

| light | dark | phone, light | phone, dark |
|---|---|---|---|
| ${pictures.join(" | ")} |
`;
}

const opening = `# The hosted pages

Every page in light and dark, on a desk and on a phone. \`npm run build && node tools/pictures.ts\` takes the pictures again
and writes this page.
`;

// The pages are JSX, which Node does not read: the built package has them.
const built: { readonly start: typeof startHouse } = await import(
  new URL("../dist/poolhouse.js", import.meta.url).href
);
mkdirSync(folder, { recursive: true });
const house = await built.start();
const credentials = { accessKeyId: "local", secretAccessKey: "local" };
const api = new CognitoIdentityProvider({ endpoint: house.url, region: "us-east-1", credentials });
const stage: Stage = { api, url: house.url, clock: Date, callback: `${house.url}/health` };
const browser = await openBrowser();
const wanted = argv.slice(2);
for (const scene of scenes) {
  if (wanted.length === 0 || wanted.includes(scene.name)) await take(browser, stage, scene);
}
await browser.close();
await house.stop();
writeFileSync(document, [opening, ...scenes.map(describe)].join("\n"));
stdout.write(`The pictures are in ${folder}\n`);
