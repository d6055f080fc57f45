/**
 * Takes a picture of every hosted page, in light and dark, on a phone and on a desk, for docs/pages.md.
 *
 *   npm run build && node tools/pictures.ts
 */
import { mkdirSync } from "node:fs";
import { stdout } from "node:process";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import type { start as startHouse } from "../src/poolhouse.ts";
import { openBrowser } from "../test/support/chromium.ts";

// The pages are JSX, which Node does not read: the built package has them.
const built: { readonly start: typeof startHouse } = await import(
  new URL("../dist/poolhouse.js", import.meta.url).href
);

const folder = new URL("../docs/pictures/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

const password = "Passw0rd!";
const email = "jane@example.com";
const house = await built.start();
const credentials = { accessKeyId: "local", secretAccessKey: "local" };
const api = new CognitoIdentityProvider({ endpoint: house.url, region: "us-east-1", credentials });

const { UserPool } = await api.createUserPool({
  PoolName: "Acme",
  UsernameAttributes: ["email"],
  AutoVerifiedAttributes: ["email"],
  Schema: [{ Name: "given_name", Required: true, AttributeDataType: "String", Mutable: true }],
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] } },
});
const UserPoolId = UserPool?.Id ?? "";
await api.createUserPoolDomain({ UserPoolId, Domain: "acme" });
const { UserPoolClient } = await api.createUserPoolClient({
  UserPoolId,
  ClientName: "shop",
  CallbackURLs: [`${house.url}/health`],
  AllowedOAuthFlows: ["code"],
  AllowedOAuthScopes: ["openid", "email"],
  AllowedOAuthFlowsUserPoolClient: true,
  ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
});
const ClientId = UserPoolClient?.ClientId ?? "";
await api.adminCreateUser({
  UserPoolId,
  Username: email,
  MessageAction: "SUPPRESS",
  UserAttributes: [
    { Name: "email_verified", Value: "true" },
    { Name: "given_name", Value: "Jane" },
  ],
});
await api.adminSetUserPassword({ UserPoolId, Username: email, Password: password, Permanent: true });

const query = new URLSearchParams({
  response_type: "code",
  client_id: ClientId,
  redirect_uri: `${house.url}/health`,
  scope: "openid email",
});
const pageOf = (path: string): string => `${house.url}/acme/${path}?${query}`;
const send = (page: Page) => page.locator("[type=submit]:visible, [type=Submit]:visible").first().click();

async function typePassword(page: Page, username = email, given = password): Promise<void> {
  await page.goto(pageOf("login"));
  await page.locator("#signInFormUsername:visible").fill(username);
  await page.locator("#signInFormPassword:visible").fill(given);
  await send(page);
}

/** What each picture shows and how its page is reached. */
const scenes: readonly (readonly [name: string, reach: (page: Page) => Promise<unknown>])[] = [
  ["sign-in", (page) => page.goto(pageOf("login"))],
  ["sign-in-refused", (page) => typePassword(page, email, "Wr0ng-one!")],
  ["sign-up", (page) => page.goto(pageOf("signup"))],
  [
    "confirm",
    async (page) => {
      await page.goto(pageOf("signup"));
      await page.locator('[name="username"]').fill(`new-${Date.now()}@example.com`);
      await page.locator('[name="requiredAttributes[given_name]"]').fill("Jo");
      await page.locator('[name="password"]').fill(password);
      await send(page);
    },
  ],
  ["forgot-password", (page) => page.goto(pageOf("forgotPassword"))],
  [
    "set-password",
    async (page) => {
      await page.goto(pageOf("forgotPassword"));
      await page.locator('[name="username"]').fill(email);
      await send(page);
    },
  ],
  [
    "new-password",
    async (page) => {
      const Username = `invited-${Date.now()}@example.com`;
      await api.adminCreateUser({ UserPoolId, Username, TemporaryPassword: password, MessageAction: "SUPPRESS" });
      await typePassword(page, Username);
    },
  ],
  [
    "set-up-app",
    async (page) => {
      await withMfa(page, { SoftwareTokenMfaConfiguration: { Enabled: true } });
      await typePassword(page);
    },
  ],
  [
    "set-up-choice",
    async (page) => {
      await withMfa(page, { SoftwareTokenMfaConfiguration: { Enabled: true }, SmsMfaConfiguration: sms });
      await typePassword(page);
    },
  ],
  ["error", (page) => page.goto(`${house.url}/acme/error?error=Client+does+not+exist`)],
  ["inbox", (page) => page.goto(`${house.url}/_poolhouse/inbox`)],
];

const sms = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "x" } };

async function withMfa(page: Page, factors: object): Promise<void> {
  await api.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: "ON", ...factors });
  await page.goto(pageOf("login"));
}

const managed: typeof scenes = [
  ["managed-name", (page) => page.goto(pageOf("login"))],
  [
    "managed-choice",
    async (page) => {
      await page.goto(pageOf("login"));
      await page.locator("#signInFormUsername").fill(email);
      await send(page);
    },
  ],
];

const browser = await openBrowser();

async function takeAll(taken: typeof scenes): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [size, viewport] of [
      ["desk", { width: 1000, height: 760 }],
      ["phone", { width: 390, height: 780 }],
    ] as const) {
      for (const [name, reach] of taken) {
        const context = await browser.newContext({ colorScheme, viewport });
        const page = await context.newPage();
        await reach(page);
        await page.waitForLoadState("networkidle");
        await page.screenshot({ path: `${folder}${name}-${colorScheme}${size === "phone" ? "-phone" : ""}.png` });
        await context.close();
        await api.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: "OFF" });
      }
    }
  }
}

await takeAll(scenes);
await api.updateUserPoolDomain({ UserPoolId, Domain: "acme", ManagedLoginVersion: 2, CustomDomainConfig: undefined });
await api.createManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true });
await takeAll(managed);
await browser.close();
await house.stop();
stdout.write(`The pictures are in ${folder}\n`);
