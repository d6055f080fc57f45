/** The pages in a real browser: what a person sees, types and gets. */
import { beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, jsonOf, requestToken } from "../support/browser-steps.ts";
import { useClientPage } from "../support/client-page.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { sendSignIn, useBrowser } from "../support/visiting.ts";

const house = useHouse();
let pool: TestPool;
const client = useClientPage();
const { onPage } = useBrowser();

beforeAll(async () => {
  pool = await makePool(house, { client: { CallbackURLs: [client.callback] } });
});

const signInUrl = (changes: Readonly<Record<string, string | undefined>> = {}): string =>
  authorizeUrl(pool, { redirect_uri: client.callback, ...changes });

describe("the sign-in page in Chromium", () => {
  it.each([
    { title: "with script", options: { javaScriptEnabled: true } },
    { title: "without script", options: { javaScriptEnabled: false } },
  ])("leads to the client with a code, $title", async ({ title, options }) => {
    const email = `${title.replace(" ", "-")}@example.com`;
    await pool.createUser(email);
    await onPage(options, async (page) => {
      await page.goto(signInUrl());
      await sendSignIn(page, email, "Wr0ng-one!");
      expect(await page.locator("#loginErrorMessage:visible").textContent()).toBe("Incorrect username or password.");
      expect(await page.locator("#signInFormUsername:visible").inputValue()).toBe(email);
      await sendSignIn(page, email, password);
      await page.waitForURL(`${client.callback}**`);
      const landed = new URL(page.url());
      expect(landed.searchParams.get("state")).toBe("xyz");
      const tokens = await jsonOf(
        await requestToken(pool, {
          grant_type: "authorization_code",
          code: landed.searchParams.get("code") ?? "",
          redirect_uri: client.callback,
        }),
      );
      expect(tokens).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
      await page.goto(signInUrl({ state: "again" }));
      expect(new URL(page.url()).searchParams.get("state")).toBe("again");
    });
  });

  it("is reached by a host of its own as well", async () => {
    await pool.createUser("host@example.com");
    await onPage({}, async (page) => {
      const { port } = new URL(house.url);
      await page.goto(signInUrl().replace(pool.base, `http://${pool.domain}.localhost:${port}`));
      await sendSignIn(page, "host@example.com", password);
      await page.waitForURL(`${client.callback}**`);
      expect(new URL(page.url()).searchParams.get("code")).toBeTruthy();
    });
  });

  it("asks an invited user for a new password and for what is missing", async () => {
    const own = await makePool(house, {
      client: { CallbackURLs: [client.callback] },
      pool: { Schema: [{ Name: "given_name", AttributeDataType: "String", Required: true, Mutable: true }] },
    });
    await house.api.adminCreateUser({
      UserPoolId: own.UserPoolId,
      Username: "invited@example.com",
      TemporaryPassword: "Temp0rary!",
      MessageAction: "SUPPRESS",
    });
    await onPage({}, async (page) => {
      await page.goto(authorizeUrl(own, { redirect_uri: client.callback }));
      await sendSignIn(page, "invited@example.com", "Temp0rary!");
      await page.locator("#new_password:visible").fill("short");
      await page.locator("#confirm_password:visible").fill("short");
      await page.getByRole("textbox", { name: "Given name" }).fill("Ina");
      await page.getByRole("button", { name: "Send" }).click();
      expect(await page.getByRole("alert").textContent()).toBe(
        "Password did not conform with policy: Password not long enough",
      );
      await page.locator("#new_password:visible").fill("Brand-new1");
      await page.locator("#confirm_password:visible").fill("Brand-new1");
      await page.getByRole("textbox", { name: "Given name" }).fill("Ina");
      await page.getByRole("button", { name: "Send" }).click();
      await page.waitForURL(`${client.callback}**`);
      const user = await house.api.adminGetUser({ UserPoolId: own.UserPoolId, Username: "invited@example.com" });
      expect(user.UserStatus).toBe("CONFIRMED");
      expect(user.UserAttributes).toContainEqual({ Name: "given_name", Value: "Ina" });
    });
  });

  it.each([
    { name: "sign-in-light", options: { colorScheme: "light", viewport: { width: 1280, height: 860 } } },
    { name: "sign-in-dark", options: { colorScheme: "dark", viewport: { width: 1280, height: 860 } } },
    { name: "sign-in-phone", options: { colorScheme: "light", viewport: { width: 390, height: 844 } } },
  ] as const)("fits its window and can be read: $name", async ({ options }) => {
    await onPage(options, async (page) => {
      await page.goto(signInUrl());
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(overflow).toBe(0);
      expect(await page.evaluate(contrastOfTexts)).toBeGreaterThanOrEqual(4.5);
    });
  });

  it("can be used with the keyboard alone, in the order in which it is read", async () => {
    await onPage({}, async (page) => {
      await page.goto(signInUrl());
      // Not by waiting in the page, whose policy lets nobody evaluate a text in it.
      await expect
        .poll(() => page.evaluate("document.activeElement.id"), { timeout: 8_000 })
        .toBe("signInFormUsername");
      const names: (string | null)[] = [];
      for (let presses = 0; presses < 3; presses++) {
        names.push(await page.evaluate("document.activeElement.getAttribute('name')"));
        await page.keyboard.press("Tab");
      }
      expect(names).toEqual(["username", "password", "signInSubmitButton"]);
    });
  });
});

describe("a page of another origin", () => {
  it("may call the JSON API, the token endpoint and the public keys, and read the answers", async () => {
    await onPage({ expected: /status of 400|CORS policy|ERR_FAILED/ }, async (page) => {
      await page.goto(client.callback);
      const call = {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
        },
        body: JSON.stringify({
          ClientId: pool.ClientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "u", PASSWORD: "p" },
        }),
      };
      const answer = await page.evaluate(
        `fetch(${JSON.stringify(house.url)}, ${JSON.stringify(call)}).then(async (r) => [r.status, r.headers.get("x-amzn-errortype"), (await r.json()).__type])`,
      );
      expect(answer).toEqual([400, "NotAuthorizedException:", "NotAuthorizedException"]);
      const keys = await page.evaluate(
        `fetch("${house.url}/${pool.UserPoolId}/.well-known/jwks.json").then(async (r) => (await r.json()).keys.length)`,
      );
      expect(keys).toBe(2);
      const token = await page.evaluate(
        `fetch("${pool.base}/oauth2/token", { method: "POST", headers: { authorization: "Basic eA==" }, body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: "x" }) }).then(async (r) => (await r.json()).error)`,
      );
      expect(token).toBe("invalid_client");
      const unread = await page.evaluate(`fetch("${pool.base}/login").then(() => "read", () => "refused")`);
      expect(unread).toBe("refused");
    });
  });
});

/** The least contrast between a text and what is behind it. Source: WCAG 2.2, contrast ratio. */
const contrastOfTexts = `(() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll("h1, p, label, input[type=Submit], a")].filter((e) => e.offsetParent);
  return Math.min(...texts.map((e) => {
    const [one, other] = [luminance(parse(getComputedStyle(e).color)), luminance(behind(e))].sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05);
  }));
})()`;
