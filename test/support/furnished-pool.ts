/** A pool with one of everything that a request can name. */
import { randomBytes, randomUUID } from "node:crypto";
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { operations } from "../../src/api/operations.ts";
import { insertPasskey } from "../../src/factors/store.ts";
import type { TestHouse } from "./house.ts";
import { makePool, password } from "./pool.ts";

/** What is in it, by the member of requests that names it. */
export type Furniture = Readonly<Record<FurnitureName, string>>;

export type FurnitureName = (typeof furnitureNames)[number];

/** The members of requests that name something of a pool. */
export const furnitureNames = [
  "UserPoolId",
  "ClientId",
  "ClientSecretId",
  "Username",
  "GroupName",
  "ProviderName",
  "IdpIdentifier",
  "Identifier",
  "Domain",
  "TermsId",
  "ManagedLoginBrandingId",
  "AccessToken",
  "RefreshToken",
  "Token",
  "Session",
  "SessionId",
  "DeviceKey",
  "CredentialId",
  "EventId",
  "JobId",
] as const;

const details = {
  client_id: "c",
  client_secret: "s",
  authorize_scopes: "openid",
  attributes_request_method: "GET",
  oidc_issuer: "https://idp.example.com",
  authorize_url: "https://idp.example.com/authorize",
  token_url: "https://idp.example.com/token",
  attributes_url: "https://idp.example.com/userinfo",
  jwks_uri: "https://idp.example.com/jwks",
};

/** Makes one; everything in it has a name that begins with `name`. Two of what is listed. */
export async function furnishPool(house: TestHouse, api: CognitoIdentityProvider, name: string): Promise<Furniture> {
  const pool = await makePool(
    { ...house, api },
    {
      pool: {
        UsernameAttributes: undefined,
        UserPoolTier: "PLUS",
        UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
        DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: false },
      },
      client: {
        GenerateSecret: false,
        // With SRP allowed from the beginning, no verifier is made later on, in the background of a sign-in.
        ExplicitAuthFlows: [
          "ALLOW_USER_PASSWORD_AUTH",
          "ALLOW_ADMIN_USER_PASSWORD_AUTH",
          "ALLOW_USER_SRP_AUTH",
          "ALLOW_REFRESH_TOKEN_AUTH",
        ],
      },
    },
  );
  const { UserPoolId, ClientId, domain: Domain } = pool;
  const people = await furnishPeople(house, api, { UserPoolId, ClientId, name });
  const rest = await furnishRest(api, { UserPoolId, ClientId, name });
  return { UserPoolId, ClientId, Domain, ...people, ...rest };
}

interface Place {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly name: string;
}

/** Users, one of whom has signed in, with what comes of that; and one who is about to. */
async function furnishPeople(house: TestHouse, api: CognitoIdentityProvider, { UserPoolId, ClientId, name }: Place) {
  const Username = `${name}-user`;
  await api.setUserPoolSessionConfiguration({
    UserPoolId,
    UserSessionTracking: "ENABLED",
    TokenSession: { MaxPerUser: 20 },
  });
  const { User } = await api.adminCreateUser({ UserPoolId, Username, MessageAction: "SUPPRESS" });
  await api.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
  const signIn = (USERNAME: string) =>
    api.initiateAuth({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD: password },
    });
  const { AuthenticationResult: tokens = {} } = await signIn(Username);
  const { AccessToken = "", RefreshToken = "", NewDeviceMetadata: { DeviceKey = "" } = {} } = tokens;
  await api.confirmDevice({
    AccessToken,
    DeviceKey,
    DeviceSecretVerifierConfig: {
      PasswordVerifier: randomBytes(256).toString("base64"),
      Salt: randomBytes(16).toString("base64"),
    },
  });
  const { AuthEvents: [event] = [] } = await api.adminListUserAuthEvents({ UserPoolId, Username });
  const isListed = !("reason" in operations.AdminListUserSessions);
  const { Sessions: [session] = [] } = isListed ? await api.adminListUserSessions({ UserPoolId, Username }) : {};
  const temporary = { UserPoolId, Username: `${name}-guest`, TemporaryPassword: password } as const;
  await api.adminCreateUser({ ...temporary, MessageAction: "SUPPRESS" });
  const { Session = "" } = await signIn(temporary.Username);
  const CredentialId = randomBytes(16).toString("base64url");
  await insertPasskey(house.app.db, {
    poolId: UserPoolId,
    id: CredentialId,
    sub: User?.Attributes?.find((attribute) => attribute.Name === "sub")?.Value ?? "",
    publicKey: "AA",
    counter: 0,
    details: { friendlyName: name, transports: [], relyingPartyId: "example.com" },
    createdAt: house.clock.now(),
  });
  const EventId = event?.EventId ?? randomUUID();
  const SessionId = session?.SessionId ?? "tknnosession";
  return {
    Username,
    AccessToken,
    RefreshToken,
    Token: RefreshToken,
    DeviceKey,
    EventId,
    SessionId,
    Session,
    CredentialId,
  };
}

/** What administrators make. */
async function furnishRest(api: CognitoIdentityProvider, { UserPoolId, ClientId, name }: Place) {
  const [GroupName, ProviderName, Identifier] = [`${name}-group`, `${name}-idp`, `${name}-api`];
  const confidential = await api.createUserPoolClient({ UserPoolId, ClientName: name, GenerateSecret: true });
  const secrets = await api.listUserPoolClientSecrets({
    UserPoolId,
    ClientId: confidential.UserPoolClient?.ClientId ?? "",
  });
  for (const suffix of ["", "-2"]) {
    await api.createGroup({ UserPoolId, GroupName: GroupName + suffix });
    await api.createResourceServer({ UserPoolId, Identifier: Identifier + suffix, Name: name });
    await api.createIdentityProvider({
      UserPoolId,
      ProviderName: ProviderName + suffix,
      ProviderType: "OIDC",
      ProviderDetails: details,
      IdpIdentifiers: [`${name}-identifier${suffix}`],
    });
    await api.adminAddUserToGroup({ UserPoolId, GroupName: GroupName + suffix, Username: `${name}-user` });
    await api.adminAddUserToGroup({ UserPoolId, GroupName, Username: suffix ? `${name}-guest` : `${name}-user` });
  }
  const terms = (TermsName: string) =>
    api.createTerms({
      UserPoolId,
      ClientId,
      TermsName,
      TermsSource: "LINK",
      Enforcement: "NONE",
      Links: { "cognito:default": "https://example.com" },
    });
  const { Terms } = await terms("terms-of-use");
  await terms("privacy-policy");
  const branding = await api.createManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true });
  return {
    ClientSecretId: secrets.ClientSecrets?.[0]?.ClientSecretId ?? "",
    GroupName,
    ProviderName,
    IdpIdentifier: `${name}-identifier`,
    Identifier,
    TermsId: Terms?.TermsId ?? "",
    ManagedLoginBrandingId: branding.ManagedLoginBranding?.ManagedLoginBrandingId ?? "",
    JobId: await furnishJob(api, UserPoolId),
  };
}

async function furnishJob(api: CognitoIdentityProvider, UserPoolId: string): Promise<string> {
  if ("reason" in operations.CreateUserImportJob) return "import-AbCdEfGhIj";
  const { UserImportJob } = await api.createUserImportJob({
    UserPoolId,
    JobName: "job",
    CloudWatchLogsRoleArn: "arn:aws:iam::123456789012:role/import",
  });
  return UserImportJob?.JobId ?? "";
}
