/** Signing in and out with a SAML provider in a real browser, which posts from one site to the other. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, claimsOf, jsonOf, requestToken } from "../support/browser-steps.ts";
import { openBrowser } from "../support/chromium.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { makePool, type TestPool } from "../support/pool.ts";
import { base64, makeSamlProvider, type SamlProvider } from "../support/saml-provider.ts";
import { addSaml, answerOf, poolMetadata, type SamlSide, signOutAnswer } from "../support/saml-steps.ts";

let house: TestHouse;
let pool: TestPool;
let browser: Browser;
let idp: Server;
let client: Server;
let provider: SamlProvider;
let side: SamlSide;
let callback: string;

const listen = (server: Server): Promise<void> => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
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
  [browser, house] = await Promise.all([openBrowser(), openTestHouse()]);
  idp = createServer((request, response) => void answerAsProvider(request, response));
  client = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>Client</title><h1>At the client</h1>");
  });
  await Promise.all([listen(idp), listen(client)]);
  callback = `http://localhost:${portOf(client)}/callback`;
  pool = await makePool(house, {
    client: { CallbackURLs: [callback], LogoutURLs: [`http://localhost:${portOf(client)}/bye`] },
  });
  // Another site than the pool's, so that the browser treats what the provider posts as it does in the wild.
  provider = await makeSamlProvider(`http://127.0.0.1:${portOf(idp)}`);
  side = await addSaml({ house, pool, provider, name: "Corp" }, { IDPSignout: "true" });
  const metadata = provider.metadata({ bindings: ["post"] });
  await addSaml({ ...side, name: "ByForm" }, { MetadataFile: metadata });
});

afterAll(async () => {
  await browser.close();
  await Promise.all([idp, client].map((server) => new Promise((resolve) => server.close(resolve))));
  await house.close();
  expect(house.errors).toEqual([]);
});

async function openPage(javaScriptEnabled = true): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("favicon")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { page, complaints };
}

const signInAt = (name: string): string => authorizeUrl(pool, { redirect_uri: callback, identity_provider: name });

describe("a SAML provider in Chromium", () => {
  it("signs somebody in who comes back by its form, and out again", async () => {
    const { page, complaints } = await openPage();
    await page.goto(signInAt("Corp"));
    expect(new URL(page.url()).pathname).toBe("/sso");
    await page.locator("#go").click();
    await page.waitForURL(`${callback}**`);
    const code = new URL(page.url()).searchParams.get("code") ?? "";
    const tokens = await jsonOf(
      await requestToken(pool, { grant_type: "authorization_code", code, redirect_uri: callback }),
    );
    expect(claimsOf(tokens.id_token)).toMatchObject({ "cognito:username": "Corp_jane@corp.example" });
    await page.goto(signInAt("Corp"));
    expect(page.url()).toContain(`${callback}?code=`);
    const bye = `http://localhost:${portOf(client)}/bye`;
    await page.goto(`${pool.base}/logout?client_id=${pool.ClientId}&logout_uri=${encodeURIComponent(bye)}`);
    expect(new URL(page.url()).pathname).toBe("/slo");
    await page.locator("#go").click();
    await page.waitForURL(bye);
    await page.goto(signInAt("Corp"));
    expect(new URL(page.url()).pathname).toBe("/sso");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("signs somebody in at a domain that has a host of its own", async () => {
    const { page, complaints } = await openPage();
    const { port } = new URL(house.url);
    await page.goto(signInAt("Corp").replace(pool.base, `http://${pool.domain}.localhost:${port}`));
    await page.locator("#go").click();
    await page.waitForURL(`${callback}**`);
    expect(new URL(page.url()).searchParams.get("code")).toBeTruthy();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    { title: "with script, by itself", hasScript: true },
    { title: "without script, by a button", hasScript: false },
  ])("is reached by a form $title", async ({ hasScript }) => {
    const { page, complaints } = await openPage(hasScript);
    await page.goto(signInAt("ByForm"));
    if (!hasScript) await page.locator("button").click();
    await page.waitForURL("**/sso");
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
