/** Signing in and out with a SAML provider in a real browser, which posts from one site to the other. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, claimsOf, jsonOf, requestToken } from "../support/browser-steps.ts";
import { useClientPage } from "../support/client-page.ts";
import { useHouse } from "../support/house.ts";
import { makePool, type TestPool } from "../support/pool.ts";
import { base64, makeSamlProvider, type SamlProvider } from "../support/saml-provider.ts";
import { addSaml, answerOf, poolMetadata, type SamlSide, signOutAnswer } from "../support/saml-steps.ts";
import { useBrowser } from "../support/visiting.ts";

const house = useHouse();
const client = useClientPage();
const { onPage } = useBrowser();
let pool: TestPool;
let idp: Server;
let provider: SamlProvider;
let side: SamlSide;

const listen = (server: Server): Promise<void> => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
/** Where the client says goodbye. */
const bye = (): string => new URL("/bye", client.callback).href;

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A page of the provider that posts a message, as every provider does it. */
function postPage(response: ServerResponse, action: string, fields: Readonly<Record<string, string>>): void {
  const inputs = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  response.setHeader("content-type", "text/html");
  response.end(
    `<!doctype html><title>Provider</title><form method="post" action="${action}">${inputs.join("")}<button id="go">Sign in</button></form>`,
  );
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString()));
}

/** The provider: a page that signs in whoever presses its button, and one that signs out. */
async function answerAsProvider(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "", `http://127.0.0.1:${portOf(idp)}`);
  const sender = { metadata: await poolMetadata(side), isSigned: false };
  if (url.pathname === "/sso") {
    const asked =
      request.method === "POST"
        ? await provider.readPosted(await bodyOf(request), sender)
        : await provider.readRequest(url.href, sender);
    const consumer = /AssertionConsumerServiceURL="([^"]+)"/.exec(asked.xml)?.[1] ?? "";
    const there = { ...side, pool: { ...pool, base: consumer.replace("/saml2/idpresponse", "") } };
    const SAMLResponse = base64(await answerOf(there, { requestId: asked.id }));
    postPage(response, consumer, { SAMLResponse, RelayState: asked.relayState });
    return;
  }
  if (url.pathname === "/slo") {
    const { xml, relayState } = await provider.readSignOut(url.href, sender);
    const id = /LogoutRequest [^>]*ID="([^"]+)"/.exec(xml)?.[1] ?? "";
    const SAMLResponse = base64(provider.sign(signOutAnswer(side, id, { now: house.clock.now() })));
    postPage(response, `${pool.base}/saml2/logout`, { SAMLResponse, RelayState: relayState });
    return;
  }
  response.writeHead(404).end();
}

beforeAll(async () => {
  idp = createServer((request, response) => void answerAsProvider(request, response));
  await listen(idp);
  pool = await makePool(house, {
    client: { CallbackURLs: [client.callback], LogoutURLs: [bye()] },
  });
  // Another site than the pool's, so that the browser treats what the provider posts as it does in the wild.
  provider = await makeSamlProvider(`http://127.0.0.1:${portOf(idp)}`);
  side = await addSaml({ house, pool, provider, name: "Corp" }, { IDPSignout: "true" });
  const metadata = provider.metadata({ bindings: ["post"] });
  await addSaml({ ...side, name: "ByForm" }, { MetadataFile: metadata });
});

afterAll(async () => {
  await new Promise((resolve) => idp.close(resolve));
});

/** The provider's pages have no icon, which the browser notes. */
const expected = /favicon/;

const signInAt = (name: string): string =>
  authorizeUrl(pool, { redirect_uri: client.callback, identity_provider: name });

describe("a SAML provider in Chromium", () => {
  it("signs somebody in who comes back by its form, and out again", async () => {
    await onPage({ expected }, async (page) => {
      await page.goto(signInAt("Corp"));
      expect(new URL(page.url()).pathname).toBe("/sso");
      await page.locator("#go").click();
      await page.waitForURL(`${client.callback}**`);
      const code = new URL(page.url()).searchParams.get("code") ?? "";
      const tokens = await jsonOf(
        await requestToken(pool, { grant_type: "authorization_code", code, redirect_uri: client.callback }),
      );
      expect(claimsOf(tokens.id_token)).toMatchObject({ "cognito:username": "Corp_jane@corp.example" });
      await page.goto(signInAt("Corp"));
      expect(page.url()).toContain(`${client.callback}?code=`);
      await page.goto(`${pool.base}/logout?client_id=${pool.ClientId}&logout_uri=${encodeURIComponent(bye())}`);
      expect(new URL(page.url()).pathname).toBe("/slo");
      await page.locator("#go").click();
      await page.waitForURL(bye());
      await page.goto(signInAt("Corp"));
      expect(new URL(page.url()).pathname).toBe("/sso");
    });
  });

  it("signs somebody in at a domain that has a host of its own", async () => {
    await onPage({ expected }, async (page) => {
      const { port } = new URL(house.url);
      await page.goto(signInAt("Corp").replace(pool.base, `http://${pool.domain}.localhost:${port}`));
      await page.locator("#go").click();
      await page.waitForURL(`${client.callback}**`);
      expect(new URL(page.url()).searchParams.get("code")).toBeTruthy();
    });
  });

  it.each([
    { title: "with script, by itself", hasScript: true },
    { title: "without script, by a button", hasScript: false },
  ])("is reached by a form $title", async ({ hasScript }) => {
    await onPage({ expected, javaScriptEnabled: hasScript }, async (page) => {
      await page.goto(signInAt("ByForm"));
      if (!hasScript) await page.locator("button").click();
      await page.waitForURL("**/sso");
    });
  });
});
