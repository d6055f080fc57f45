/** Signing in with a certified provider in a real browser: from the page of ours over the pages of theirs to the client. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addProvider } from "../support/arriving.ts";
import { authorizeUrl, claimsOf, jsonOf, requestToken } from "../support/browser-steps.ts";
import { type CertifiedProvider, certifiedClient, openCertifiedProvider } from "../support/certified-provider.ts";
import { useClientPage } from "../support/client-page.ts";
import { useHouse } from "../support/house.ts";
import { makePool, type TestPool } from "../support/pool.ts";
import { useBrowser } from "../support/visiting.ts";

const house = useHouse();
const client = useClientPage();
const { onPage } = useBrowser();
let pool: TestPool;
let provider: CertifiedProvider;

beforeAll(async () => {
  pool = await makePool(house, { client: { CallbackURLs: [client.callback] } });
  provider = await openCertifiedProvider(`${pool.base}/oauth2/idpresponse`);
  const details = {
    ...certifiedClient,
    attributes_request_method: "GET",
    oidc_issuer: provider.issuer,
    authorize_scopes: "openid email profile",
  };
  const AttributeMapping = { email: "email", email_verified: "email_verified", name: "name" };
  await addProvider(house, pool, { ProviderName: "Certified", AttributeMapping, ProviderDetails: details });
  await addProvider(house, pool, {
    ProviderName: "ByAddress",
    AttributeMapping,
    ProviderDetails: details,
    IdpIdentifiers: ["Provider.example"],
  });
});

afterAll(async () => {
  await provider.close();
});

/** What the provider asks: who it is, and whether we may know. */
async function agreeThere(page: Page, name: string): Promise<void> {
  await page.waitForURL(`${provider.issuer}/**`);
  await page.locator('[name="login"]').fill(name);
  await page.locator('[name="password"]').fill("anything");
  await page.locator('button[type="submit"]').click();
  await page.locator('input[name="prompt"][value="consent"]').waitFor({ state: "attached" });
  await page.locator('button[type="submit"]').click();
}

async function tokensOf(page: Page) {
  const code = new URL(page.url()).searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", code, redirect_uri: client.callback };
  return jsonOf(await requestToken(pool, form));
}

/** The provider's pages ask another site for their letters. */
const expected = /ERR_NAME_NOT_RESOLVED/;

describe("a certified provider in Chromium", () => {
  it.each([
    { title: "by its button", name: "jane", provider: "Certified" },
    { title: "by the address of the person", name: "john", provider: "ByAddress" },
  ])("signs in $title, and the next request needs nobody", async ({ name, provider: providerName }) => {
    await onPage({ expected }, async (page) => {
      const url = authorizeUrl(pool, { redirect_uri: client.callback, scope: "openid email profile" });
      await page.goto(url);
      if (providerName === "Certified") {
        await page.getByRole("link", { name: "Continue with Certified" }).filter({ visible: true }).click();
      } else {
        await page.locator('[name="corporate_email"]:visible').fill("john@PROVIDER.example");
        await page.locator('[name="corporateButton"]:visible').click();
      }
      await agreeThere(page, name);
      await page.waitForURL(`${client.callback}**`);
      expect(new URL(page.url()).searchParams.get("state")).toBe("xyz");
      const tokens = await tokensOf(page);
      expect(claimsOf(tokens.id_token)).toMatchObject({
        "cognito:username": `${providerName}_${name}`,
        email: `${name}@provider.example`,
        email_verified: true,
        name: `${name} of the provider`,
        identities: [{ providerName, userId: name }],
      });
      await page.goto(url);
      await page.waitForURL(`${client.callback}**`);
      expect(new URL(page.url()).searchParams.has("code")).toBe(true);
    });
  });

  it("tells the client when its user does not agree", async () => {
    await onPage({ expected }, async (page) => {
      await page.goto(authorizeUrl(pool, { redirect_uri: client.callback, identity_provider: "Certified" }));
      await page.waitForURL(`${provider.issuer}/**`);
      await page.getByRole("link", { name: "Cancel" }).click();
      await page.waitForURL(`${client.callback}**`);
      expect(new URL(page.url()).searchParams.get("error")).toBe("access_denied");
    });
  });

  it("knows nobody of an address that leads nowhere", async () => {
    await onPage({ expected: /status of 401/ }, async (page) => {
      await page.goto(authorizeUrl(pool, { redirect_uri: client.callback }));
      await page.locator('[name="corporate_email"]:visible').fill("jane@elsewhere.example");
      await page.locator('[name="corporateButton"]:visible').click();
      const shown = page.locator("#loginErrorMessage:visible");
      expect(await shown.textContent()).toContain("Login option is not available. Please try another one");
    });
  });
});
