/** Every path through the hosted pages in a real browser, with script and without, on both generations. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { replacePages } from "../../src/hosted/page-settings.ts";
import { authorizeUrl } from "../support/browser-steps.ts";
import { useClientPage } from "../support/client-page.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { authenticatorCode } from "../support/signing-in.ts";
import { giveAuthenticator, sendSignIn, useBrowser, type VisitOptions } from "../support/visiting.ts";

const house = useHouse();
const client = useClientPage();
const browser = useBrowser();

/** A pool whose pages come back to the client of this test. */
const poolWith = (wanted: Parameters<typeof makePool>[1] = {}): Promise<TestPool> =>
  makePool(house, { ...wanted, client: { CallbackURLs: [client.callback], ...wanted.client } });

/** The classic pages look the same to a person with and without script. */
const withAndWithoutScript = [
  { title: "with script", options: { javaScriptEnabled: true } },
  { title: "without script", options: { javaScriptEnabled: false } },
];

/** Each page is opened a moment after the last, so that the newest message is known. */
function onPage<Result>(options: VisitOptions, visit: (page: Page) => Promise<Result>): Promise<Result> {
  house.clock.advance(1);
  return browser.onPage(options, visit);
}

const urlOf = (pool: TestPool, changes: Readonly<Record<string, string>> = {}): string =>
  authorizeUrl(pool, { redirect_uri: client.callback, ...changes });

/** The page is free of everything that axe finds wrong. Script is needed to look. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

const send = (page: Page) => page.locator("[type=submit]:visible, [type=Submit]:visible").first().click();

const signIn = (page: Page, username: string, secret = password): Promise<void> => sendSignIn(page, username, secret);

const isBack = (page: Page) =>
  expect.poll(() => page.url(), { timeout: 8_000 }).toMatch(/\/callback\?code=[0-9a-f-]{36}&state=xyz$/);
const heading = (page: Page) => page.locator("h1:visible").textContent();
const message = (page: Page) => page.locator(".errorMessage-customizable:visible").first().textContent();

describe("signing up", () => {
  it.each(withAndWithoutScript)("leads to a code, and the code back to the client, $title", async ({ options }) => {
    const pool = await poolWith({
      pool: {
        UsernameAttributes: ["email"],
        Schema: [{ Name: "given_name", Required: true, AttributeDataType: "String", Mutable: true }],
      },
    });
    const email = "fresh@example.com";
    await onPage(options, async (page) => {
      await page.goto(urlOf(pool));
      await page.getByRole("link", { name: "Sign up" }).click();
      await page.locator('[name="username"]:visible').fill(email);
      await page.locator('[name="requiredAttributes[given_name]"]:visible').fill("Jo");
      await page.locator('[name="password"]:visible').fill("short");
      await page.locator('[name="signUpButton"]:visible').click();
      expect(await message(page)).toBe("Password did not conform with policy: Password not long enough");
      expect(await page.locator('[name="username"]:visible').inputValue()).toBe(email);
      await page.locator('[name="password"]:visible').fill(password);
      await page.locator('[name="signUpButton"]:visible').click();
      expect(await heading(page)).toBe("Confirm your account");
      expect(await page.locator("body").textContent()).toContain("f***@e***");
      await page.locator("#verification_code:visible").fill("000000");
      await page.locator('[name="confirm"]:visible').click();
      expect(await message(page)).toBe("Invalid verification code provided, please try again.");
      // Two messages of one moment have no order.
      house.clock.advance(1);
      await page.locator('[name="resend"]:visible').click();
      expect(await page.locator(".notice:visible").textContent()).toBe("A new code is on its way.");
      await page.locator("#verification_code:visible").fill(await house.codeFor(email));
      await page.locator('[name="confirm"]:visible').click();
      await isBack(page);
    });
    const { UserStatus, UserAttributes } = await house.api.adminGetUser({
      UserPoolId: pool.UserPoolId,
      Username: email,
    });
    expect(UserStatus).toBe("CONFIRMED");
    expect(UserAttributes).toContainEqual({ Name: "given_name", Value: "Jo" });
  });

  it("is not offered where administrators make accounts", async () => {
    const pool = await poolWith({ pool: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } } });
    await onPage({}, async (page) => {
      await page.goto(urlOf(pool));
      expect(await page.getByRole("link", { name: "Sign up" }).count()).toBe(0);
      await page.goto(page.url().replace("/login?", "/signup?"));
      expect(new URL(page.url()).pathname).toMatch(/\/login$/);
    });
  });

  it("COD-09: is confirmed by a link only when its button is pressed", async () => {
    const pool = await poolWith({
      pool: { VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_LINK" } },
    });
    const Username = "link@example.com";
    const { ClientId } = pool;
    await house.api.signUp({ ClientId, Username, Password: password, SecretHash: pool.hashOf(Username) });
    const link = await house.codeFor(Username);
    const statusOf = async () => (await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username })).UserStatus;
    await onPage({}, async (page) => {
      await page.goto(link.replace(/^.*?(?=\/walk)/, house.url));
      expect(await statusOf()).toBe("UNCONFIRMED");
      await expectAccessible(page);
      await send(page);
      expect(await heading(page)).toBe("Your registration has been confirmed!");
      expect(await statusOf()).toBe("CONFIRMED");
    });
  });

  it("goes on where it was left when an unconfirmed user signs in", async () => {
    const pool = await poolWith();
    const Username = "left@example.com";
    await house.api.signUp({
      ClientId: pool.ClientId,
      Username,
      Password: password,
      SecretHash: pool.hashOf(Username),
    });
    await onPage({}, async (page) => {
      await page.goto(urlOf(pool));
      await signIn(page, Username);
      expect(await heading(page)).toBe("Confirm your account");
      await page.locator("#verification_code:visible").fill(await house.codeFor(Username));
      await page.locator('[name="confirm"]:visible').click();
      await isBack(page);
    });
  });
});

describe("a forgotten password", () => {
  it.each(withAndWithoutScript)("is replaced by a code, $title", async ({ options }) => {
    const pool = await poolWith();
    await pool.createUser("forgot@example.com");
    await onPage(options, async (page) => {
      await page.goto(urlOf(pool));
      await page.getByRole("link", { name: "Forgot your password?" }).click();
      await page.locator('[name="username"]:visible').fill("forgot@example.com");
      await page.locator('[name="reset_my_password"]:visible').click();
      expect(await page.locator("body").textContent()).toContain("f***@e***");
      const code = await house.codeFor("forgot@example.com");
      const fill = async (first: string, second: string) => {
        await page.locator("#ConfirmationCode:visible").fill(code);
        await page.locator('[name="new_password"]:visible').fill(first);
        await page.locator('[name="confirm_password"]:visible').fill(second);
        await page.locator('[name="reset_password"]:visible').click();
      };
      await fill("Brand-new1", "Brand-new2");
      expect(await message(page)).toBe("The passwords do not match.");
      await fill("Brand-new1", "Brand-new1");
      expect(await page.locator(".notice:visible").textContent()).toBe(
        "Your password was changed. Sign in with the new one.",
      );
      await signIn(page, "forgot@example.com", "Brand-new1");
      await isBack(page);
    });
  });

  it("of nobody looks the same", async () => {
    const pool = await poolWith({ client: { PreventUserExistenceErrors: "ENABLED" } });
    await onPage({}, async (page) => {
      await page.goto(urlOf(pool));
      await page.getByRole("link", { name: "Forgot your password?" }).click();
      await page.locator('[name="username"]:visible').fill("nobody@example.com");
      await page.locator('[name="reset_my_password"]:visible').click();
      expect(await page.locator("body").textContent()).toContain("n***@e***");
      await page.locator("#ConfirmationCode:visible").fill("123456");
      await page.locator('[name="new_password"]:visible').fill("Brand-new1");
      await page.locator('[name="confirm_password"]:visible').fill("Brand-new1");
      await page.locator('[name="reset_password"]:visible').click();
      expect(await message(page)).toMatch(
        /^Invalid (verification code provided, please try again|code provided, please request a code again)\.$/,
      );
    });
  });
});

const sms = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "x" };

describe("a second factor", () => {
  async function strictPool(factors: { readonly sms?: boolean; readonly app?: boolean }): Promise<TestPool> {
    const pool = await poolWith();
    await house.api.setUserPoolMfaConfig({
      UserPoolId: pool.UserPoolId,
      MfaConfiguration: "ON",
      ...(factors.sms && { SmsMfaConfiguration: { SmsConfiguration: sms } }),
      ...(factors.app && { SoftwareTokenMfaConfiguration: { Enabled: true } }),
    });
    return pool;
  }

  it.each(withAndWithoutScript)(
    "by an app is set up with its key, and asked for from then on, $title",
    async ({ options }) => {
      const pool = await strictPool({ app: true });
      await pool.createUser("app@example.com");
      const secret = await onPage(options, async (page) => {
        await page.goto(urlOf(pool));
        await signIn(page, "app@example.com");
        expect(await heading(page)).toBe("Set up an authenticator app");
        if (options.javaScriptEnabled) await expectAccessible(page);
        expect(await page.locator("img.qr:visible").getAttribute("src")).toMatch(/^data:image\/svg\+xml;base64,/);
        const key = (await page.locator("#secretKey >> nth=0").textContent())?.replace(/\s/g, "") ?? "";
        await page.locator("#totpCodeInput:visible").fill("000000");
        await send(page);
        expect(await message(page)).toBe("Code mismatch");
        expect((await page.locator("#secretKey >> nth=0").textContent())?.replace(/\s/g, "")).toBe(key);
        await page.locator("#totpCodeInput:visible").fill(authenticatorCode(house, key, -1));
        await page.locator("#deviceName:visible").fill("my phone");
        await send(page);
        await isBack(page);
        return key;
      });
      await onPage(options, async (page) => {
        await page.goto(urlOf(pool));
        await signIn(page, "app@example.com");
        expect(await page.locator("body").textContent()).toContain("my phone");
        await page.locator("#totpCodeInput:visible").fill("000000");
        await send(page);
        expect(await message(page)).toBe("Invalid code received for user");
        await page.locator("#totpCodeInput:visible").fill(authenticatorCode(house, secret));
        await send(page);
        await isBack(page);
      });
    },
  );

  it("by SMS is set up with a phone, sent, and sent again", async () => {
    const pool = await strictPool({ sms: true, app: true });
    await pool.createUser("sms@example.com");
    await onPage({}, async (page) => {
      await page.goto(urlOf(pool));
      await signIn(page, "sms@example.com");
      expect(await heading(page)).toBe("Choose a multi-factor authentication (MFA) method");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Text message" }).click();
      await page.locator("#phone_number:visible").fill("14325551234");
      await send(page);
      expect(await message(page)).toBe("Invalid phone number format.");
      await page.locator("#phone_number:visible").fill("+14325551234");
      await send(page);
      expect(await page.locator("body").textContent()).toContain("+*******1234");
      await expectAccessible(page);
      const first = await house.codeFor("+14325551234");
      house.clock.advance(1);
      await expect.poll(() => page.locator('[name="resend"]:visible').isDisabled()).toBe(true);
      await page.evaluate("document.querySelector('[name=resend]').disabled = false");
      await page.locator('[name="resend"]:visible').click();
      expect(await page.locator(".notice:visible").textContent()).toBe("A new code is on its way.");
      const second = await house.codeFor("+14325551234");
      expect(second).not.toBe(first);
      await page.locator("#smsCodeInput:visible").fill(first);
      await send(page);
      expect(await message(page)).toBe("Invalid code or auth state for the user.");
      expect(await page.locator(".notice:visible").count()).toBe(0);
      expect(page.url()).not.toContain("resent");
      await page.locator("#smsCodeInput:visible").fill(second);
      await send(page);
      await isBack(page);
    });
  });

  it("is chosen where there are several", async () => {
    const pool = await poolWith();
    const { UserPoolId } = pool;
    await house.api.setUserPoolMfaConfig({
      UserPoolId,
      MfaConfiguration: "OPTIONAL",
      SmsMfaConfiguration: { SmsConfiguration: sms },
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const Username = "several@example.com";
    await pool.createUser(Username);
    await house.api.adminUpdateUserAttributes({
      UserPoolId,
      Username,
      UserAttributes: [{ Name: "phone_number", Value: "+14325550001" }],
    });
    const { AuthenticationResult } = await house.api.adminInitiateAuth({
      UserPoolId,
      ClientId: pool.ClientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: Username, PASSWORD: password, SECRET_HASH: pool.hashOf(Username) },
    });
    const AccessToken = AuthenticationResult?.AccessToken;
    const { SecretCode = "" } = await house.api.associateSoftwareToken({ AccessToken });
    await house.api.verifySoftwareToken({ AccessToken, UserCode: authenticatorCode(house, SecretCode, -1) });
    await house.api.setUserMFAPreference({
      AccessToken,
      SMSMfaSettings: { Enabled: true },
      SoftwareTokenMfaSettings: { Enabled: true },
    });
    await onPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(urlOf(pool));
      await signIn(page, Username);
      await page.getByRole("button", { name: "Authenticator app" }).click();
      await page.locator("#totpCodeInput:visible").fill(authenticatorCode(house, SecretCode));
      await send(page);
      await isBack(page);
    });
  });
});

describe("managed login", () => {
  async function managedPool(): Promise<TestPool> {
    const pool = await poolWith({
      pool: {
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] } },
      },
      client: { ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"] },
    });
    await house.api.updateUserPoolDomain({
      UserPoolId: pool.UserPoolId,
      Domain: pool.domain,
      ManagedLoginVersion: 2,
      CustomDomainConfig: undefined,
    });
    await house.api.createManagedLoginBranding({
      UserPoolId: pool.UserPoolId,
      ClientId: pool.ClientId,
      UseCognitoProvidedValues: true,
    });
    return pool;
  }

  it("has no page for a client without a style", async () => {
    const pool = await poolWith();
    await house.api.updateUserPoolDomain({
      UserPoolId: pool.UserPoolId,
      Domain: pool.domain,
      ManagedLoginVersion: 2,
      CustomDomainConfig: undefined,
    });
    const answer = await fetch(urlOf(pool));
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining("Login pages unavailable. Please contact an administrator."),
    ]);
  });

  it("asks for the name first, and takes a code by mail in place of a password", async () => {
    const pool = await managedPool();
    await pool.createUser("mail@example.com");
    await onPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(urlOf(pool));
      expect(await page.locator('[name="password"]:visible').count()).toBe(0);
      await page.locator('[name="username"]:visible').fill("mail@example.com");
      await send(page);
      expect(await heading(page)).toBe("How do you want to sign in?");
      await page.getByRole("button", { name: "Email" }).click();
      await page.locator("#smsCodeInput:visible").fill(await house.codeFor("mail@example.com"));
      await send(page);
      await isBack(page);
    });
  });

  it("takes the password on a page of its own", async () => {
    const pool = await managedPool();
    await pool.createUser("word@example.com");
    await onPage({}, async (page) => {
      await page.goto(urlOf(pool));
      await expectAccessible(page);
      await page.locator('[name="username"]:visible').fill("word@example.com");
      await send(page);
      await page.getByRole("button", { name: "Password" }).click();
      await page.locator("#signInFormPassword:visible").fill("Wr0ng-one!");
      await send(page);
      expect(await message(page)).toBe("Incorrect username or password.");
      await page.locator("#signInFormPassword:visible").fill(password);
      await send(page);
      await isBack(page);
    });
  });

  it("registers a passkey and signs in with it", async () => {
    const pool = await managedPool();
    await pool.createUser("key@example.com");
    await onPage({}, async (page) => {
      await giveAuthenticator(page);
      await page.goto(urlOf(pool));
      await page.locator('[name="username"]:visible').fill("key@example.com");
      await send(page);
      await page.getByRole("button", { name: "Password" }).click();
      await page.locator("#signInFormPassword:visible").fill(password);
      await send(page);
      await isBack(page);
      const addressToAdd = `${pool.base}/passkeys/add?${new URL(urlOf(pool)).search.slice(1)}`;
      // MFA-15, WAN-09: who signed in a while ago signs in again before it adds what it could sign in with.
      house.clock.advance(5 * 60 * 1000 + 1);
      await page.goto(addressToAdd);
      await page.locator('[name="username"]:visible').fill("key@example.com");
      await send(page);
      await page.getByRole("button", { name: "Password" }).click();
      await page.locator("#signInFormPassword:visible").fill(password);
      await send(page);
      // The sign-in leads back to where it was asked for.
      await expect.poll(() => heading(page)).toBe("Add a passkey");
      await expectAccessible(page);
      await send(page);
      await isBack(page);
      await page.context().clearCookies();
      await page.goto(urlOf(pool));
      await page.locator('[name="username"]:visible').fill("key@example.com");
      await send(page);
      await page.getByRole("button", { name: "Passkey" }).click();
      await isBack(page);
    });
    const shown = await house.api.adminGetUserAuthFactors({ UserPoolId: pool.UserPoolId, Username: "key@example.com" });
    expect(shown.ConfiguredUserAuthFactors).toEqual(["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]);
  });

  it("takes a passkey that the browser offers before any name is typed", async () => {
    const pool = await managedPool();
    await pool.createUser("offered@example.com");
    await replacePages(house.app, pool.UserPoolId, { passkeyAutofill: true });
    await onPage({}, async (page) => {
      await giveAuthenticator(page);
      await page.goto(urlOf(pool));
      await page.locator('[name="username"]:visible').fill("offered@example.com");
      await send(page);
      await page.getByRole("button", { name: "Password" }).click();
      await page.locator("#signInFormPassword:visible").fill(password);
      await send(page);
      await isBack(page);
      await page.goto(`${pool.base}/passkeys/add?${new URL(urlOf(pool)).search.slice(1)}`);
      await send(page);
      await isBack(page);
      await page.context().clearCookies();
      await page.goto(urlOf(pool));
      await isBack(page);
    });
  });

  it("speaks the language that it is asked for, and remembers it", async () => {
    const pool = await managedPool();
    await onPage({}, async (page) => {
      await page.goto(urlOf(pool, { lang: "de" }));
      expect(await page.locator("html").getAttribute("lang")).toBe("de");
      expect(await heading(page)).toBe("Anmelden");
      await page.goto(urlOf(pool));
      expect(await heading(page)).toBe("Anmelden");
      await page.goto(urlOf(pool, { lang: "en" }));
      expect(await heading(page)).toBe("Sign in");
    });
  });
});

describe("a live session", () => {
  it("is offered on the sign-in page itself", async () => {
    const pool = await poolWith();
    await pool.createUser("live@example.com");
    await onPage({}, async (page) => {
      await page.goto(urlOf(pool));
      const login = page.url();
      await signIn(page, "live@example.com");
      await isBack(page);
      await page.goto(login);
      await expectAccessible(page);
      await page.getByRole("button", { name: "Sign in as live@example.com" }).click();
      await isBack(page);
      await page.goto(login);
      await page.getByRole("link", { name: "Sign in as somebody else" }).click();
      expect(await page.locator("#signInFormUsername:visible").count()).toBe(1);
    });
  });
});
