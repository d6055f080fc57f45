/** The single-page example, as its README says: its own seed, its page in a real browser, its API. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningExample, startExample } from "../../examples/single-page/site.ts";
import { applySeed } from "../../src/apply-seed.ts";
import { readSeed, type Seed } from "../../src/seed.ts";
import { useHouse } from "../support/house.ts";
import { sendSignIn, useBrowser } from "../support/visiting.ts";

const house = useHouse();
const { onPage } = useBrowser();
let example: RunningExample;

beforeAll(async () => {
  const settings = {
    issuer: `${house.url}/us-east-1_example`,
    domain: `${house.url}/example`,
    clientId: "notebook",
  };
  example = await startExample({ ...settings, port: 0 });
  const seed = readSeed(fileURLToPath(new URL("../../examples/single-page/poolhouse.yaml", import.meta.url)));
  await applySeed(house.app, servedAt(seed, example.url));
});

afterAll(async () => {
  await example.close();
});

/** The seed of the example, served at a port that was free. */
const servedAt = (seed: Seed, url: string): Seed =>
  JSON.parse(JSON.stringify(seed).replaceAll("http://localhost:5173/", url));

async function signIn(page: Page): Promise<void> {
  await page.goto(example.url);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/example/login**");
  await sendSignIn(page, "jane@example.com", "Passw0rd!");
  await page.getByRole("heading", { name: "Your notes" }).waitFor();
}

const kept = (page: Page): Promise<{ access_token: string; id_token: string }> =>
  page.evaluate(`JSON.parse(Object.entries(sessionStorage).find(([name]) => name.startsWith("oidc.user:"))[1])`);

const callApi = (token: string | undefined, method = "GET"): Promise<Response> =>
  fetch(`${example.url}api/notes`, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });

describe("the single-page example", () => {
  it("signs in, writes a note, refreshes its tokens and signs out", async () => {
    await onPage({}, async (page) => {
      await signIn(page);
      expect(new URL(page.url()).search).toBe("");
      expect(await page.locator("#email").textContent()).toBe("jane@example.com");
      await page.getByLabel("New note").fill("Buy milk <b>");
      await page.getByRole("button", { name: "Add" }).click();
      await page.locator("#notes li", { hasText: "Buy milk <b>" }).waitFor();
      const before = await page.locator("#token").textContent();
      await page.getByRole("button", { name: "Refresh tokens" }).click();
      // Read from outside: the page's policy lets nobody evaluate a text in it, not even a test that waits.
      await expect.poll(() => page.locator("#token").textContent(), { timeout: 8_000 }).not.toBe(before);
      await page.reload();
      await page.locator("#notes li", { hasText: "Buy milk <b>" }).waitFor();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL("**/example/login**");
      expect(await page.locator("#signInFormPassword:visible").count()).toBe(1);
    });
  });

  it("has an API that takes an access token of its own client, and nothing else", async () => {
    await onPage({}, async (page) => {
      await signIn(page);
      const { access_token, id_token } = await kept(page);
      expect((await callApi(access_token)).status).toBe(200);
      for (const token of [undefined, "nonsense", id_token, `${access_token.slice(0, -4)}AAAA`]) {
        const answer = await callApi(token);
        expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Bearer error="invalid_token"']);
      }
    });
  });

  it("has an API that does only what the scopes of a token allow", async () => {
    const { AuthenticationResult } = await house.api.initiateAuth({
      ClientId: "notebook",
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "jane@example.com", PASSWORD: "Passw0rd!" },
    });
    const answer = await callApi(AuthenticationResult?.AccessToken, "POST");
    expect([answer.status, await answer.json()]).toEqual([403, { error: "insufficient_scope" }]);
  });

  it.each([
    { name: "light", options: { colorScheme: "light", viewport: { width: 1100, height: 760 } } },
    { name: "dark", options: { colorScheme: "dark", viewport: { width: 1100, height: 760 } } },
    { name: "phone", options: { colorScheme: "light", viewport: { width: 390, height: 844 } } },
  ] as const)("can be used by everybody: $name", async ({ name, options }) => {
    await onPage(options, async (page) => {
      const folder = process.env["POOLHOUSE_PICTURES"];
      const look = async (what: string): Promise<void> => {
        if (folder) await page.screenshot({ path: join(folder, `example-${what}-${name}.png`) });
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        expect(await page.evaluate(overflow)).toBe(0);
      };
      await page.goto(example.url);
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      await look("signed-out");
      await signIn(page);
      await look("signed-in");
    });
  });
});
