/** A pool with something in every table that travels, so that nothing of a move goes unseen. */
import { replaceRecoveryCodes } from "../../src/factors/store.ts";
import { insertHostedSession } from "../../src/sessions/store.ts";
import { type Furniture, furnishPool } from "./furnished-pool.ts";
import type { TestHouse } from "./house.ts";
import { password } from "./pool.ts";
import { authenticatorCode } from "./signing-in.ts";

/** What is in it beside the furniture. */
export interface FullPool extends Furniture {
  readonly UserPoolId: string;
  readonly ClientId: string;
  /** A client that allows SRP and has a secret. */
  readonly srp: { readonly ClientId: string; readonly secret: string };
  /** The secret of the authenticator of the user `careful`. */
  readonly authenticator: string;
  /** What `moved-user` got when it signed in last; its access token is no furniture any more. */
  readonly tokens: { readonly AccessToken: string; readonly RefreshToken: string; readonly DeviceKey: string };
}

/** The smallest image that a style takes. */
const image = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Makes one; `moved-user` and `careful` have the usual password. */
export async function makeFullPool(house: TestHouse): Promise<FullPool> {
  const furniture = await furnishPool(house, house.api, "moved");
  const { UserPoolId = "", ClientId = "" } = furniture;
  await settle(house, UserPoolId, ClientId);
  const authenticator = await makeCarefulUser(house, UserPoolId, ClientId);
  const srp = await house.api.createUserPoolClient({
    UserPoolId,
    ClientName: "srp",
    GenerateSecret: true,
    ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  await house.api.adminSetUserPassword({ UserPoolId, Username: "moved-user", Password: password, Permanent: true });
  await signIn(house, ClientId, "moved-guest", "Wr0ng-one!").catch(() => undefined);
  const { AuthenticationResult = {} } = await signIn(house, ClientId, "moved-user");
  return {
    ...furniture,
    UserPoolId,
    ClientId,
    srp: { ClientId: srp.UserPoolClient?.ClientId ?? "", secret: srp.UserPoolClient?.ClientSecret ?? "" },
    authenticator,
    tokens: {
      AccessToken: AuthenticationResult.AccessToken ?? "",
      RefreshToken: AuthenticationResult.RefreshToken ?? "",
      DeviceKey: AuthenticationResult.NewDeviceMetadata?.DeviceKey ?? "",
    },
  };
}

const signIn = ({ api }: TestHouse, ClientId: string, USERNAME: string, PASSWORD = password) =>
  api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME, PASSWORD } });

/** What an owner sets of a pool that few do. */
async function settle({ api }: TestHouse, UserPoolId: string, ClientId: string): Promise<void> {
  await api.updateUserPool({
    UserPoolId,
    UserPoolTier: "PLUS",
    UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
    DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: false },
    Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 3 } },
    KeyConfiguration: {
      KeyType: "CUSTOMER_MANAGED_KEY",
      KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/mrk-1234567890abcdef1234567890abcdef",
    },
  });
  await api.createUserPoolReplica({ UserPoolId, RegionName: "eu-west-1" });
  await api.setUserPoolMfaConfig({
    UserPoolId,
    MfaConfiguration: "OPTIONAL",
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  await api.setRiskConfiguration({
    UserPoolId,
    CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: "NO_ACTION" } },
  });
  await api.setUICustomization({ UserPoolId, ClientId, CSS: ".banner-customizable { background-color: #123456; }" });
  await api.getSigningCertificate({ UserPoolId });
  const styled = await api.createUserPoolClient({ UserPoolId, ClientName: "styled" });
  await api.createManagedLoginBranding({
    UserPoolId,
    ClientId: styled.UserPoolClient?.ClientId,
    Settings: { components: {} },
    Assets: [{ Category: "FORM_LOGO", ColorMode: "LIGHT", Extension: "PNG", Bytes: image }],
  });
}

/** A user with an authenticator, a contact, an account elsewhere and a browser session. */
async function makeCarefulUser(house: TestHouse, UserPoolId: string, ClientId: string): Promise<string> {
  const { api } = house;
  const { User } = await api.adminCreateUser({
    UserPoolId,
    Username: "careful",
    MessageAction: "SUPPRESS",
    UserAttributes: [{ Name: "email", Value: "careful@example.com" }],
  });
  await api.adminSetUserPassword({ UserPoolId, Username: "careful", Password: password, Permanent: true });
  const { AuthenticationResult: { AccessToken = "" } = {} } = await signIn(house, ClientId, "careful");
  const { SecretCode = "" } = await api.associateSoftwareToken({ AccessToken });
  await api.verifySoftwareToken({ AccessToken, UserCode: authenticatorCode(house, SecretCode, -1) });
  await api.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } });
  await api.adminLinkProviderForUser({
    UserPoolId,
    DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "careful" },
    SourceUser: {
      ProviderName: "moved-idp",
      ProviderAttributeName: "Cognito_Subject",
      ProviderAttributeValue: "elsewhere",
    },
  });
  const now = house.clock.now();
  const sub = User?.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";
  await replaceRecoveryCodes(house.app.db, { poolId: UserPoolId, sub }, ["r".repeat(43)], now);
  await insertHostedSession(house.app.db, {
    poolId: UserPoolId,
    hash: "a".repeat(64),
    sub,
    methods: ["pwd"],
    authenticatedAt: now,
    expiresAt: now + 3_600_000,
    createdAt: now,
  });
  return SecretCode;
}
