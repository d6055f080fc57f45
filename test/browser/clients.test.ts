/**
 * Client libraries in a real browser, over https with the local authority, as people use them: sign in on the hosted
 * page, hold tokens, refresh them, sign out.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { env, execPath } from "node:process";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimsOf } from "../support/browser-steps.ts";
import { bundleOf } from "../support/bundle.ts";
import { trusting } from "../support/chromium.ts";
import { openHttpsHouse } from "../support/https-house.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { share } from "../support/share.ts";
import { sendSignIn, useBrowser } from "../support/visiting.ts";
import type { Settings, Tokens } from "./apps/client.ts";

const https = share(openHttpsHouse, (opened) => opened.close());
const { onPage } = useBrowser(() => [trusting(https.fingerprint)]);
const person = "jane@example.com";

/** The host of a pool's domain: clients that put `https://` before it get there by name. */
const hostOf = ({ domain }: TestPool): string => `${domain}.localhost:${new URL(https.house.url).port}`;

const libraries = ["amplify", "oidc-client-ts"] as const;

/** A site of one page for each library. */
async function startSite(settings: Omit<Settings, "page">): Promise<Server> {
  const scripts = await Promise.all(
    libraries.map(async (library) => [`/${library}.js`, await bundleOf(library)] as const),
  );
  const texts = new Map<string, string>(scripts);
  const server = createServer((request, response) => {
    const { pathname, origin } = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const script = texts.get(pathname);
    response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript");
    const told = JSON.stringify({ ...settings, page: `${origin}${pathname}` });
    const html = `<!doctype html><html lang="en"><title>Client</title><link rel="icon" href="data:,"><script>window.settings = ${told}</script><script type="module" src="${pathname.replace(/\/$/, "")}.js"></script>`;
    response.end(script ?? html);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

describe("a single-page app", () => {
  let site: Server;
  let pool: TestPool;
  let origin: string;

  beforeAll(async () => {
    const { house } = https;
    pool = await makePool(house, { client: { GenerateSecret: false } });
    await pool.createUser(person);
    site = await startSite({
      url: house.url,
      userPoolId: pool.UserPoolId,
      clientId: pool.ClientId,
      domain: hostOf(pool),
    });
    origin = `http://localhost:${(site.address() as AddressInfo).port}`;
    const pages = libraries.map((library) => `${origin}/${library}/`);
    await house.api.updateUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientId: pool.ClientId,
      CallbackURLs: pages,
      LogoutURLs: pages,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email", "aws.cognito.signin.user.admin"],
      AllowedOAuthFlowsUserPoolClient: true,
    });
  });

  afterAll(() => new Promise((resolve) => site.close(resolve)));

  /** Calls the page's client once it is there. */
  async function call(page: Page, action: "tokens" | "refresh"): Promise<Tokens | null> {
    await page.waitForFunction("window.client !== undefined");
    return page.evaluate<Tokens | null>(`window.client.${action}()`);
  }

  /** Calls the page's client to leave the page, once this call has been answered. */
  const leave = (page: Page, action: "signIn" | "signOut"): Promise<void> =>
    page.evaluate(`void setTimeout(() => window.client.${action}())`);

  it.each(libraries)("%s signs in, holds tokens, refreshes them and signs out", async (library) => {
    await onPage({}, async (page) => {
      const address = `${origin}/${library}/`;
      await page.goto(address);
      expect(await call(page, "tokens")).toBeNull();
      await leave(page, "signIn");
      await page.waitForURL((url) => url.protocol === "https:" && url.pathname.endsWith("/login"));
      await sendSignIn(page, person, password);
      await page.waitForURL((url) => url.href.startsWith(address) && !url.searchParams.has("code"));
      await page.waitForFunction("window.client?.tokens().then((tokens) => tokens !== null)");
      const tokens = await call(page, "tokens");
      expect(tokens?.id).toMatchObject({ email: person, aud: pool.ClientId });
      expect(tokens?.access).toMatchObject({ client_id: pool.ClientId, token_use: "access", version: 2 });
      const refreshed = await call(page, "refresh");
      expect(refreshed?.access["origin_jti"]).toBe(tokens?.access["origin_jti"]);
      expect(refreshed?.access["jti"]).not.toBe(tokens?.access["jti"]);
      await page.reload();
      expect((await call(page, "tokens"))?.access["jti"]).toBe(refreshed?.access["jti"]);
      // The page that signs out is the one that is come back to: what tells them apart is lost with the old one.
      await page.evaluate("void (window.isLeaving = true)");
      await leave(page, "signOut");
      await page.waitForFunction("window.isLeaving === undefined && window.client !== undefined");
      expect(page.url().startsWith(address)).toBe(true);
      expect(await call(page, "tokens")).toBeNull();
      await leave(page, "signIn");
      // Signed out of the house as well: the page asks again, and offers nobody to go on as.
      await page.waitForURL((url) => url.protocol === "https:" && url.pathname.endsWith("/login"));
      expect(await page.locator("#signInFormPassword:visible").count()).toBe(1);
    });
  });
});

describe("Auth.js", () => {
  let server: ChildProcess;
  let site: string;
  let pool: TestPool;

  beforeAll(async () => {
    const { house, authorityFile } = https;
    const port = await freePort();
    site = `http://localhost:${port}`;
    pool = await makePool(house, {
      client: { CallbackURLs: [`${site}/auth/callback/cognito`], LogoutURLs: [`${site}/`] },
    });
    await pool.createUser(person);
    server = spawn(execPath, [fileURLToPath(new URL("./apps/auth-js-server.ts", import.meta.url))], {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...env,
        NODE_EXTRA_CA_CERTS: authorityFile,
        ISSUER: `${house.url}/${pool.UserPoolId}`,
        DOMAIN: pool.base,
        CLIENT_ID: pool.ClientId,
        CLIENT_SECRET: pool.secret,
        PORT: String(port),
      },
    });
    await new Promise<void>((resolve, reject) => {
      server.stdout?.on("data", (data) => String(data).includes("ready on") && resolve());
      server.once("exit", (code) => reject(new Error(`The site ended with ${code}.`)));
    });
  });

  afterAll(async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill();
    await ended;
  });

  const sessionOf = async (page: Page): Promise<Record<string, unknown> | null> => {
    const answer = await page.request.get(`${site}/auth/session`);
    return answer.json();
  };

  it("signs in by its Cognito provider, keeps a session, refreshes and signs out", async () => {
    await onPage({}, async (page) => {
      // The library's own page shows a picture from its home.
      await page.route("https://authjs.dev/**", (route) => route.fulfill({ status: 204 }));
      await page.goto(`${site}/auth/signin?callbackUrl=${encodeURIComponent(site)}`);
      await page.getByRole("button", { name: /Cognito/ }).click();
      await page.waitForURL(`${pool.base}/login**`);
      await sendSignIn(page, person, password);
      await page.waitForURL(`${site}/`);
      const session = await sessionOf(page);
      expect(session).toMatchObject({ user: { email: person } });
      const access = claimsOf(String(session?.["access"]));
      const { csrfToken } = await (await page.request.get(`${site}/auth/csrf`)).json();
      await page.request.post(`${site}/auth/session`, { data: { csrfToken } });
      const refreshed = claimsOf(String((await sessionOf(page))?.["access"]));
      expect(refreshed["origin_jti"]).toBe(access["origin_jti"]);
      expect(refreshed["jti"]).not.toBe(access["jti"]);
      const query = new URLSearchParams({ client_id: pool.ClientId, logout_uri: `${site}/` });
      await page.goto(`${site}/auth/signout?callbackUrl=${encodeURIComponent(`${pool.base}/logout?${query}`)}`);
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.waitForURL(`${site}/`);
      expect(await sessionOf(page)).toBeNull();
      await page.goto(`${site}/auth/signin`);
      await page.getByRole("button", { name: /Cognito/ }).click();
      await page.waitForURL(`${pool.base}/login**`);
      expect(await page.locator("#signInFormPassword:visible").count()).toBe(1);
    });
  });
});

/** A port that nothing listens on: the site has to know its own address before it starts. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
