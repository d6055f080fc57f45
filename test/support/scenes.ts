/**
 * Every hosted page and how a person gets to it. The pictures of the documentation and the tests that look at every
 * page are made from this one list, so a page that is missing here is missing in both.
 */
import type {
  CognitoIdentityProvider,
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import type { PageSettings } from "../../src/pools/page-settings.ts";
import { authenticatorCode } from "./signing-in.ts";

/** The house that the pages are of. */
export interface Stage {
  readonly api: CognitoIdentityProvider;
  readonly url: string;
  readonly clock: { now(): number };
  /** Where the client waits. */
  readonly callback: string;
  /** Sets what the pages of a pool do beyond Cognito's. */
  readonly setPages: (poolId: string, pages: PageSettings) => Promise<void>;
}

/** A pool of the stage, and where its pages are. */
export interface Scenery {
  readonly stage: Stage;
  readonly UserPoolId: string;
  readonly ClientId: string;
  /** The address of a page of an authorization request, with more in its query. */
  addressOf(path: string, more?: Readonly<Record<string, string>>): string;
}

/** What a scene asks of its pool. */
interface Wanted {
  readonly isManaged?: boolean;
  readonly mfa?: Omit<SetUserPoolMfaConfigCommandInput, "UserPoolId">;
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
  readonly pages?: PageSettings;
  /** What is there beside it. */
  readonly furnish?: (set: Scenery) => Promise<unknown>;
}

/** A page: its name and title in the documentation, and how it is reached. */
export interface Scene extends Wanted {
  readonly name: string;
  readonly title: string;
  readonly reach: (page: Page, set: Scenery) => Promise<unknown>;
  /** Whether the page is of use with script alone. */
  readonly needsScript?: boolean;
  /** Whether it goes on for as long as there is something to show: a picture shows its beginning. */
  readonly isLong?: boolean;
  /** Whether the browser has an authenticator for passkeys. */
  readonly hasAuthenticator?: boolean;
}

const password = "Passw0rd!";
const jane = "jane@example.com";

let made = 0;

/** Makes the pool of a scene, with one user who can sign in. */
export async function makeSet(stage: Stage, { isManaged, mfa, pool, client, pages, furnish }: Scene): Promise<Scenery> {
  const { api, url, callback } = stage;
  const { UserPool } = await api.createUserPool({
    PoolName: "Acme",
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    ...pool,
  });
  const UserPoolId = UserPool?.Id ?? "";
  const Domain = `acme-${++made}`;
  await api.createUserPoolDomain({ UserPoolId, Domain, ...(isManaged && { ManagedLoginVersion: 2 }) });
  const { UserPoolClient } = await api.createUserPoolClient({
    UserPoolId,
    ClientName: "shop",
    CallbackURLs: [callback],
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email"],
    AllowedOAuthFlowsUserPoolClient: true,
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    ...client,
  });
  const ClientId = UserPoolClient?.ClientId ?? "";
  await makeJane(stage, UserPoolId);
  if (pages) await stage.setPages(UserPoolId, pages);
  if (mfa) await api.setUserPoolMfaConfig({ UserPoolId, ...mfa });
  if (isManaged) await api.createManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true });
  const query = { response_type: "code", client_id: ClientId, redirect_uri: callback, scope: "openid email" };
  const set: Scenery = {
    stage,
    UserPoolId,
    ClientId,
    addressOf: (path, more = {}) => `${url}/${Domain}/${path}?${new URLSearchParams({ ...query, ...more })}`,
  };
  await furnish?.(set);
  return set;
}

async function makeJane({ api }: Stage, UserPoolId: string): Promise<void> {
  const UserAttributes = Object.entries({
    email_verified: "true",
    given_name: "Jane",
    phone_number: "+14325550123",
  }).map(([Name, Value]) => ({ Name, Value }));
  await api.adminCreateUser({ UserPoolId, Username: jane, MessageAction: "SUPPRESS", UserAttributes });
  await api.adminSetUserPassword({ UserPoolId, Username: jane, Password: password, Permanent: true });
}

const send = (page: Page) => page.locator("[type=submit]:visible, [type=Submit]:visible").first().click();
const fill = (page: Page, name: string, value: string) => page.locator(`[name="${name}"]:visible`).fill(value);

async function signIn(page: Page, set: Scenery, username = jane, given = password): Promise<void> {
  await page.goto(set.addressOf("login"));
  await fill(page, "username", username);
  if ((await page.locator('[name="password"]:visible').count()) === 0) {
    await send(page);
    await page.getByRole("button", { name: "Password" }).click();
  }
  await fill(page, "password", given);
  await send(page);
}

async function signUp(page: Page, set: Scenery): Promise<void> {
  await page.goto(set.addressOf("signup"));
  await fill(page, "username", `jo-${++made}@example.com`);
  await fill(page, "password", password);
  await send(page);
}

const sms = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "x" } };
const byApp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const bySms = { SmsMfaConfiguration: sms };

/** Switches on second factors of Jane's: an app, codes by SMS, or both. */
const withFactors =
  (...factors: readonly ("app" | "sms")[]) =>
  async ({ stage: { api, clock }, UserPoolId, ClientId }: Scenery): Promise<void> => {
    const { AuthenticationResult } = await api.adminInitiateAuth({
      UserPoolId,
      ClientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: jane, PASSWORD: password },
    });
    const AccessToken = AuthenticationResult?.AccessToken ?? "";
    if (factors.includes("app")) {
      const { SecretCode = "" } = await api.associateSoftwareToken({ AccessToken });
      const UserCode = authenticatorCode({ clock }, SecretCode);
      await api.verifySoftwareToken({ AccessToken, UserCode, FriendlyDeviceName: "my phone" });
    }
    await api.setUserMFAPreference({
      AccessToken,
      ...(factors.includes("app") && { SoftwareTokenMfaSettings: { Enabled: true } }),
      ...(factors.includes("sms") && { SMSMfaSettings: { Enabled: true } }),
    });
  };

/** A client that signs in by choice. */
const choosing: Pick<Scene, "pool" | "client"> = {
  pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] } } },
  client: {
    ExplicitAuthFlows: [
      "ALLOW_USER_AUTH",
      "ALLOW_USER_PASSWORD_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
      "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    ],
  },
};

const withTerms = async ({ stage: { api }, UserPoolId, ClientId }: Scenery): Promise<void> => {
  for (const TermsName of ["terms-of-use", "privacy-policy"]) {
    await api.createTerms({
      UserPoolId,
      ClientId,
      TermsName,
      TermsSource: "LINK",
      Enforcement: "NONE",
      Links: { "cognito:default": `https://example.com/${TermsName}` },
    });
  }
};

/** Another way to sign in than the pool's own users. */
const withProvider = async ({ stage: { api, callback }, UserPoolId, ClientId }: Scenery): Promise<void> => {
  await api.createIdentityProvider({
    UserPoolId,
    ProviderName: "Example",
    ProviderType: "OIDC",
    ProviderDetails: {
      client_id: "acme",
      client_secret: "secret",
      attributes_request_method: "GET",
      oidc_issuer: "https://id.example.com",
      authorize_scopes: "openid",
      authorize_url: "https://id.example.com/authorize",
      token_url: "https://id.example.com/token",
      attributes_url: "https://id.example.com/userinfo",
      jwks_uri: "https://id.example.com/keys",
    },
  });
  await api.updateUserPoolClient({
    UserPoolId,
    ClientId,
    SupportedIdentityProviders: ["COGNITO", "Example"],
    CallbackURLs: [callback],
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email"],
    AllowedOAuthFlowsUserPoolClient: true,
  });
};

async function newestLink({ stage: { url } }: Scenery, recipient: string): Promise<string> {
  const answer = await fetch(`${url}/_poolhouse/inbox.json`);
  const { messages } = (await answer.json()) as { messages: { recipient: string; code: string }[] };
  const link = messages.find((message) => message.recipient === recipient)?.code ?? "";
  return url + link.slice(link.indexOf("/acme-"));
}

const linked: CreateUserPoolCommandInput["VerificationMessageTemplate"] = { DefaultEmailOption: "CONFIRM_WITH_LINK" };

async function openLink(page: Page, set: Scenery): Promise<void> {
  const Username = `jo-${++made}@example.com`;
  await set.stage.api.signUp({ ClientId: set.ClientId, Username, Password: password });
  await page.goto(await newestLink(set, Username));
}

async function addPasskey(page: Page, set: Scenery): Promise<void> {
  await signIn(page, set);
  await page.waitForURL(`${set.stage.callback}**`);
  await page.goto(set.addressOf("passkeys/add"));
}

async function setUpApp(page: Page, set: Scenery): Promise<void> {
  await signIn(page, set);
  const secret = (await page.locator("#secretKey").first().textContent())?.replace(/\s/g, "") ?? "";
  await fill(page, "code", authenticatorCode(set.stage, secret));
  await send(page);
}

/** Every page, in the order in which people meet them. */
export const scenes: readonly Scene[] = [
  { name: "sign-in", title: "Signing in", reach: (page, set) => page.goto(set.addressOf("login")) },
  {
    name: "sign-in-refused",
    title: "A refusal, in the sign-in machine's own words",
    reach: (page, set) => signIn(page, set, jane, "Wr0ng-one!"),
  },
  {
    name: "sign-in-providers",
    title: "Other ways to sign in",
    furnish: withProvider,
    reach: (page, set) => page.goto(set.addressOf("login")),
  },
  {
    name: "continue",
    title: "Who is signed in already",
    reach: async (page, set) => {
      await signIn(page, set);
      await page.waitForURL(`${set.stage.callback}**`);
      await page.goto(set.addressOf("login"));
    },
  },
  {
    name: "sign-up",
    title: "Making an account",
    pool: { Schema: [{ Name: "given_name", Required: true, AttributeDataType: "String", Mutable: true }] },
    reach: async (page, set) => {
      await page.goto(set.addressOf("signup"));
      await fill(page, "password", "Secret");
    },
  },
  { name: "confirm", title: "Confirming it", reach: signUp },
  {
    name: "confirm-link",
    title: "Confirming it by the link of a mail",
    pool: { VerificationMessageTemplate: linked },
    reach: openLink,
  },
  {
    name: "confirmed",
    title: "Confirmed",
    pool: { VerificationMessageTemplate: linked },
    reach: async (page, set) => {
      await openLink(page, set);
      await send(page);
    },
  },
  {
    name: "forgot-password",
    title: "A forgotten password",
    reach: (page, set) => page.goto(set.addressOf("forgotPassword")),
  },
  {
    name: "set-password",
    title: "Setting a new one by the code",
    reach: async (page, set) => {
      await page.goto(set.addressOf("forgotPassword"));
      await fill(page, "username", jane);
      await send(page);
    },
  },
  {
    name: "new-password",
    title: "A password that an administrator set is replaced",
    reach: async (page, set) => {
      const { stage, UserPoolId } = set;
      const Username = `invited-${++made}@example.com`;
      await stage.api.adminCreateUser({
        UserPoolId,
        Username,
        TemporaryPassword: password,
        MessageAction: "SUPPRESS",
      });
      await signIn(page, set, Username);
    },
  },
  {
    name: "code-sent",
    title: "A code that was sent",
    mfa: { MfaConfiguration: "OPTIONAL", ...bySms },
    furnish: withFactors("sms"),
    reach: signIn,
  },
  {
    name: "code-app",
    title: "A code of an authenticator app",
    mfa: { MfaConfiguration: "OPTIONAL", ...byApp },
    furnish: withFactors("app"),
    reach: signIn,
  },
  {
    name: "second-choice",
    title: "Which second factor",
    mfa: { MfaConfiguration: "OPTIONAL", ...byApp, ...bySms },
    furnish: withFactors("app", "sms"),
    reach: signIn,
  },
  {
    name: "set-up-choice",
    title: "Which second factor to set up",
    mfa: { MfaConfiguration: "ON", ...byApp, ...bySms },
    pool: { AutoVerifiedAttributes: [] },
    reach: async (page, set) => {
      await withoutPhone(set);
      await signIn(page, set);
    },
  },
  {
    name: "set-up-app",
    title: "Setting up an authenticator app",
    mfa: { MfaConfiguration: "ON", ...byApp },
    reach: signIn,
  },
  {
    name: "recovery-codes",
    title: "Codes for the day on which the app is lost",
    mfa: { MfaConfiguration: "ON", ...byApp },
    pages: { recoveryCodes: true },
    reach: setUpApp,
  },
  {
    name: "recovery",
    title: "One of them in place of the app's",
    mfa: { MfaConfiguration: "OPTIONAL", ...byApp },
    pages: { recoveryCodes: true },
    furnish: withFactors("app"),
    reach: async (page, set) => {
      await signIn(page, set);
      await page.getByRole("link", { name: "Use a recovery code" }).click();
    },
  },
  {
    name: "set-up-phone",
    title: "Setting up a phone",
    mfa: { MfaConfiguration: "ON", ...byApp, ...bySms },
    reach: async (page, set) => {
      await withoutPhone(set);
      await signIn(page, set);
      await page.getByRole("button", { name: "Text message" }).click();
    },
  },
  {
    name: "managed-sign-in",
    title: "Managed login",
    isManaged: true,
    reach: (page, set) => page.goto(set.addressOf("login")),
  },
  {
    name: "managed-name",
    title: "Managed login: the name first",
    isManaged: true,
    ...choosing,
    reach: (page, set) => page.goto(set.addressOf("login")),
  },
  {
    name: "managed-choice",
    title: "Managed login: what to sign in with",
    isManaged: true,
    ...choosing,
    reach: async (page, set) => {
      await page.goto(set.addressOf("login"));
      await fill(page, "username", jane);
      await send(page);
    },
  },
  {
    name: "managed-password",
    title: "Managed login: the password",
    isManaged: true,
    ...choosing,
    reach: async (page, set) => {
      await page.goto(set.addressOf("login"));
      await fill(page, "username", jane);
      await send(page);
      await page.getByRole("button", { name: "Password" }).click();
    },
  },
  {
    name: "managed-sign-up",
    title: "Managed login: making an account, with terms",
    isManaged: true,
    furnish: withTerms,
    reach: (page, set) => page.goto(set.addressOf("signup")),
  },
  {
    name: "managed-language",
    title: "Managed login in another language",
    isManaged: true,
    reach: (page, set) => page.goto(set.addressOf("signup", { lang: "de" })),
  },
  {
    name: "passkey-add",
    title: "Adding a passkey",
    isManaged: true,
    ...choosing,
    needsScript: true,
    hasAuthenticator: true,
    reach: addPasskey,
  },
  {
    name: "passkey",
    title: "Signing in with a passkey",
    isManaged: true,
    ...choosing,
    needsScript: true,
    hasAuthenticator: true,
    reach: async (page, set) => {
      await addPasskey(page, set);
      await send(page);
      await page.waitForURL(`${set.stage.callback}**`);
      await page.context().clearCookies();
      await page.goto(set.addressOf("login"));
      await fill(page, "username", jane);
      await send(page);
      // The page asks at once; a browser that has nobody to ask leaves it as it is.
      await page.evaluate("navigator.credentials.get = () => new Promise(() => {})");
      await page.addInitScript("navigator.credentials.get = () => new Promise(() => {})");
      await page.getByRole("button", { name: "Passkey" }).click();
      await page.locator("[data-passkey]").waitFor();
    },
  },
  {
    name: "managed-none",
    title: "Managed login for a client without a style",
    isManaged: true,
    reach: async (page, set) => {
      const { stage, UserPoolId, ClientId } = set;
      const { ManagedLoginBranding } = await stage.api.describeManagedLoginBrandingByClient({ UserPoolId, ClientId });
      const ManagedLoginBrandingId = ManagedLoginBranding?.ManagedLoginBrandingId ?? "";
      await stage.api.deleteManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId });
      await page.goto(set.addressOf("login"));
    },
  },
  {
    name: "error",
    title: "What must not go back to a client",
    reach: (page, set) => page.goto(set.addressOf("error", { error: "Client does not exist" })),
  },
  {
    name: "inbox",
    isLong: true,
    title: "The inbox of a development house",
    reach: async (page, set) => {
      await signUp(page, set);
      await page.goto(`${set.stage.url}/_poolhouse/inbox`);
    },
  },
];

/** A user without a phone is asked for one. */
async function withoutPhone({ stage: { api }, UserPoolId }: Scenery): Promise<void> {
  await api.adminDeleteUserAttributes({ UserPoolId, Username: jane, UserAttributeNames: ["phone_number"] });
}
