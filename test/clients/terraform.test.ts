/**
 * What Terraform's AWS provider calls for each kind of resource: create, read, update, read, delete, and read until it is
 * gone. Whatever was sent must come back as it was sent, and reading twice must say the same: else every plan shows a
 * difference that is none. The sequences are those of the provider's resources; nothing of it runs here.
 */
import type { CreateUserPoolCommandInput, EventFilterType } from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../support/house.ts";
import { makePool, type TestPool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";

const house = useHouse();
/** The pool that the smaller resources are in. */
let pool: TestPool;

beforeAll(async () => {
  pool = await makePool(house, {
    pool: { UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" } },
    client: { GenerateSecret: false },
  });
});

/** A resource as the provider handles it. `id` is what creating it gave. */
interface Resource {
  readonly type: string;
  /** Creates it and gives its id and what was sent, as reading it should show it. */
  readonly create: () => Promise<Applied>;
  readonly read: (id: string) => Promise<unknown>;
  readonly update: (id: string) => Promise<object>;
  readonly destroy: (id: string) => Promise<unknown>;
  /** What reading it gives when it is gone: the name of an error, or what is shown of nothing. */
  readonly gone: string | object;
}

interface Applied {
  readonly id: string;
  readonly sent: object;
}

const arn = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:123456789012:${rest}`;
const role = "arn:aws:iam::123456789012:role/terraform";
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A pool with every block of the resource. */
const fullPool: CreateUserPoolCommandInput = {
  PoolName: "terraform",
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: true,
    InviteMessageTemplate: {
      EmailMessage: "Dear {username}, your password is {####}.",
      EmailSubject: "Welcome",
      SMSMessage: "{username}: {####}",
    },
  },
  AutoVerifiedAttributes: ["email"],
  DeletionProtection: "INACTIVE",
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  EmailConfiguration: {
    EmailSendingAccount: "DEVELOPER",
    From: "Example <noreply@example.com>",
    ReplyToEmailAddress: "help@example.com",
    SourceArn: arn("ses", "identity/noreply@example.com"),
  },
  LambdaConfig: {
    PreSignUp: arn("lambda", "function:sign-up"),
    PreTokenGenerationConfig: { LambdaArn: arn("lambda", "function:token"), LambdaVersion: "V2_0" },
  },
  Policies: {
    PasswordPolicy: {
      MinimumLength: 12,
      PasswordHistorySize: 2,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: false,
      RequireUppercase: true,
      TemporaryPasswordValidityDays: 3,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] },
  },
  SmsAuthenticationMessage: "Sign in with {####}",
  SmsConfiguration: { ExternalId: "terraform", SnsCallerArn: role, SnsRegion: "us-east-1" },
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
  UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
  UserPoolTags: { Environment: "test" },
  UserPoolTier: "PLUS",
  VerificationMessageTemplate: {
    DefaultEmailOption: "CONFIRM_WITH_CODE",
    EmailMessage: "Your code is {####}",
    EmailSubject: "Your code",
    SmsMessage: "Code {####}",
  },
};

/** What only the making of a pool says. */
const frozen: Partial<CreateUserPoolCommandInput> = {
  Schema: [
    {
      Name: "tier",
      AttributeDataType: "String",
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
      StringAttributeConstraints: { MinLength: "1", MaxLength: "10" },
    },
  ],
  UsernameAttributes: ["email"],
  UsernameConfiguration: { CaseSensitive: false },
};

const mfaOf = (MfaConfiguration: "ON" | "OPTIONAL") => ({
  MfaConfiguration,
  SoftwareTokenMfaConfiguration: { Enabled: true },
  EmailMfaConfiguration: { Message: "Sign in with {####}", Subject: "Your code" },
  SmsMfaConfiguration: {
    SmsAuthenticationMessage: "Sign in with {####}",
    SmsConfiguration: fullPool.SmsConfiguration,
  },
  WebAuthnConfiguration: { RelyingPartyId: "example.com", UserVerification: "required" as const },
});

const shownCustom = { ...frozen.Schema?.[0], Name: "custom:tier" };

const userPool: Resource = {
  type: "aws_cognito_user_pool",
  create: async () => {
    const { UserPool } = await house.api.createUserPool({ ...fullPool, ...frozen });
    const UserPoolId = UserPool?.Id ?? "";
    await house.api.setUserPoolMfaConfig({ UserPoolId, ...mfaOf("OPTIONAL") });
    return { id: UserPoolId, sent: shownPool("terraform", mfaOf("OPTIONAL")) };
  },
  read: async (UserPoolId) => {
    const { UserPool } = await house.api.describeUserPool({ UserPoolId });
    const { $metadata: _metadata, ...mfa } = await house.api.getUserPoolMfaConfig({ UserPoolId });
    return { pool: UserPool, mfa };
  },
  update: async (UserPoolId) => {
    await house.api.setUserPoolMfaConfig({ UserPoolId, ...mfaOf("ON") });
    await house.api.updateUserPool({ UserPoolId, ...fullPool, MfaConfiguration: "ON", PoolName: "renamed" });
    await house.api.addCustomAttributes({
      UserPoolId,
      CustomAttributes: [{ Name: "later", AttributeDataType: "Number", Mutable: true }],
    });
    return shownPool("renamed", mfaOf("ON"));
  },
  destroy: (UserPoolId) => house.api.deleteUserPool({ UserPoolId }),
  gone: "ResourceNotFoundException",
};

const shownPool = (Name: string, mfa: ReturnType<typeof mfaOf>) => {
  const { PoolName: _name, ...settings } = fullPool;
  return {
    pool: {
      ...settings,
      Name,
      MfaConfiguration: mfa.MfaConfiguration,
      UsernameAttributes: frozen.UsernameAttributes,
      UsernameConfiguration: frozen.UsernameConfiguration,
      SchemaAttributes: expect.arrayContaining([shownCustom]),
    },
    mfa,
  };
};

const clientSettings = {
  AccessTokenValidity: 30,
  AllowedOAuthFlows: ["code" as const],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthScopes: ["email", "openid"],
  AuthSessionValidity: 5,
  CallbackURLs: ["https://example.com/callback"],
  DefaultRedirectURI: "https://example.com/callback",
  EnablePropagateAdditionalUserContextData: false,
  EnableTokenRevocation: true,
  ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH" as const],
  IdTokenValidity: 45,
  LogoutURLs: ["https://example.com/bye"],
  PreventUserExistenceErrors: "ENABLED" as const,
  ReadAttributes: ["email", "name"],
  RefreshTokenRotation: { Feature: "ENABLED" as const, RetryGracePeriodSeconds: 10 },
  RefreshTokenValidity: 7,
  SupportedIdentityProviders: ["COGNITO"],
  TokenValidityUnits: { AccessToken: "minutes" as const, IdToken: "minutes" as const, RefreshToken: "days" as const },
  WriteAttributes: ["name", "email"],
};

const client: Resource = {
  type: "aws_cognito_user_pool_client",
  create: async () => {
    const { UserPoolId } = pool;
    const sent = { ClientName: "terraform", ...clientSettings };
    const { UserPoolClient } = await house.api.createUserPoolClient({ UserPoolId, GenerateSecret: true, ...sent });
    const ClientId = UserPoolClient?.ClientId ?? "";
    // The provider takes the answer for the state: it must say what reading says.
    expect((await house.api.describeUserPoolClient({ UserPoolId, ClientId })).UserPoolClient).toEqual(UserPoolClient);
    return { id: ClientId, sent };
  },
  read: async (ClientId) =>
    (await house.api.describeUserPoolClient({ UserPoolId: pool.UserPoolId, ClientId })).UserPoolClient,
  update: async (ClientId) => {
    const sent = { ...clientSettings, ClientName: "renamed", AccessTokenValidity: 10 };
    await house.api.updateUserPoolClient({ UserPoolId: pool.UserPoolId, ClientId, ...sent });
    return sent;
  },
  destroy: (ClientId) => house.api.deleteUserPoolClient({ UserPoolId: pool.UserPoolId, ClientId }),
  gone: "ResourceNotFoundException",
};

const certificate = (name: string) => ({ CertificateArn: arn("acm", `certificate/${name}`) });

const domain: Resource = {
  type: "aws_cognito_user_pool_domain",
  create: async () => {
    const Domain = "auth.terraform.example.com";
    const { UserPoolId } = pool;
    const CustomDomainConfig = certificate("first");
    await house.api.createUserPoolDomain({ UserPoolId, Domain, CustomDomainConfig, ManagedLoginVersion: 1 });
    return { id: Domain, sent: { UserPoolId, Domain, CustomDomainConfig, ManagedLoginVersion: 1, Status: "ACTIVE" } };
  },
  read: async (Domain) => (await house.api.describeUserPoolDomain({ Domain })).DomainDescription,
  update: async (Domain) => {
    const CustomDomainConfig = certificate("second");
    const sent = { Domain, CustomDomainConfig, ManagedLoginVersion: 2 };
    await house.api.updateUserPoolDomain({ UserPoolId: pool.UserPoolId, ...sent });
    return { ...sent, Status: "ACTIVE" };
  },
  destroy: (Domain) => house.api.deleteUserPoolDomain({ UserPoolId: pool.UserPoolId, Domain }),
  gone: {},
};

const scope = (ScopeName: string) => ({ ScopeName, ScopeDescription: `May ${ScopeName}` });

const resourceServer: Resource = {
  type: "aws_cognito_resource_server",
  create: async () => {
    const sent = { Identifier: "https://api.example.com", Name: "API", Scopes: [scope("read"), scope("write")] };
    await house.api.createResourceServer({ UserPoolId: pool.UserPoolId, ...sent });
    return { id: sent.Identifier, sent };
  },
  read: async (Identifier) =>
    (await house.api.describeResourceServer({ UserPoolId: pool.UserPoolId, Identifier })).ResourceServer,
  update: async (Identifier) => {
    const sent = { Identifier, Name: "Renamed", Scopes: [scope("read")] };
    await house.api.updateResourceServer({ UserPoolId: pool.UserPoolId, ...sent });
    return sent;
  },
  destroy: (Identifier) => house.api.deleteResourceServer({ UserPoolId: pool.UserPoolId, Identifier }),
  gone: "ResourceNotFoundException",
};

const group: Resource = {
  type: "aws_cognito_user_group",
  create: async () => {
    const sent = { GroupName: "admins", Description: "Who may do all", Precedence: 1, RoleArn: role };
    await house.api.createGroup({ UserPoolId: pool.UserPoolId, ...sent });
    return { id: sent.GroupName, sent };
  },
  read: async (GroupName) => (await house.api.getGroup({ UserPoolId: pool.UserPoolId, GroupName })).Group,
  update: async (GroupName) => {
    const sent = { GroupName, Description: "", Precedence: 0 };
    await house.api.updateGroup({ UserPoolId: pool.UserPoolId, ...sent });
    return { GroupName, Precedence: 0, RoleArn: role };
  },
  destroy: (GroupName) => house.api.deleteGroup({ UserPoolId: pool.UserPoolId, GroupName }),
  gone: "ResourceNotFoundException",
};

const member: Resource = {
  type: "aws_cognito_user_in_group",
  create: async () => {
    const { UserPoolId } = pool;
    await house.api.createGroup({ UserPoolId, GroupName: "members" });
    await pool.createUser("member@example.com");
    await house.api.adminAddUserToGroup({ UserPoolId, GroupName: "members", Username: "member@example.com" });
    return { id: "member@example.com", sent: { groups: ["members"] } };
  },
  read: async (Username) => {
    const { Groups } = await house.api.adminListGroupsForUser({ UserPoolId: pool.UserPoolId, Username });
    return { groups: Groups?.map(({ GroupName }) => GroupName) };
  },
  // Another group is another resource.
  update: async () => ({ groups: ["members"] }),
  destroy: (Username) =>
    house.api.adminRemoveUserFromGroup({ UserPoolId: pool.UserPoolId, GroupName: "members", Username }),
  gone: { groups: [] },
};

const user: Resource = {
  type: "aws_cognito_user",
  create: async () => {
    const { UserPoolId } = pool;
    const { User } = await house.api.adminCreateUser({
      UserPoolId,
      Username: "terraform@example.com",
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email_verified", Value: "true" },
        { Name: "name", Value: "Terra" },
      ],
    });
    const Username = User?.Username ?? "";
    await house.api.adminSetUserPassword({ UserPoolId, Username, Password: "Passw0rd!", Permanent: true });
    return { id: Username, sent: { Enabled: true, UserStatus: "CONFIRMED", attributes: { name: "Terra" } } };
  },
  read: async (Username) => {
    const shown = await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username });
    const { Enabled, UserStatus, UserAttributes = [] } = shown;
    return {
      Enabled,
      UserStatus,
      attributes: Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value])),
    };
  },
  update: async (Username) => {
    const { UserPoolId } = pool;
    const UserAttributes = [{ Name: "nickname", Value: "T" }];
    await house.api.adminUpdateUserAttributes({ UserPoolId, Username, UserAttributes });
    await house.api.adminDeleteUserAttributes({ UserPoolId, Username, UserAttributeNames: ["name"] });
    await house.api.adminDisableUser({ UserPoolId, Username });
    return { Enabled: false, attributes: { nickname: "T", email: "terraform@example.com" } };
  },
  destroy: (Username) => house.api.adminDeleteUser({ UserPoolId: pool.UserPoolId, Username }),
  gone: "UserNotFoundException",
};

/** All that the service shows of it: who writes less sees a difference on Amazon too. */
const google = (client_id: string) => ({
  attributes_url: "https://people.googleapis.com/v1/people/me?personFields=",
  attributes_url_add_attributes: "true",
  authorize_scopes: "email profile",
  authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
  client_id,
  client_secret: "secret",
  oidc_issuer: "https://accounts.google.com",
  token_request_method: "POST",
  token_url: "https://www.googleapis.com/oauth2/v4/token",
});

const provider: Resource = {
  type: "aws_cognito_identity_provider",
  create: async () => {
    const sent = {
      ProviderName: "Google",
      ProviderType: "Google" as const,
      ProviderDetails: google("first"),
      AttributeMapping: { email: "email", username: "sub" },
      IdpIdentifiers: ["google"],
    };
    await house.api.createIdentityProvider({ UserPoolId: pool.UserPoolId, ...sent });
    return { id: sent.ProviderName, sent };
  },
  read: async (ProviderName) => {
    const { IdentityProvider } = await house.api.describeIdentityProvider({
      UserPoolId: pool.UserPoolId,
      ProviderName,
    });
    // A detail more than was sent would be a difference.
    expect(Object.keys(IdentityProvider?.ProviderDetails ?? {}).toSorted()).toEqual(Object.keys(google("")).toSorted());
    expect(Object.keys(IdentityProvider?.AttributeMapping ?? {}).toSorted()).toEqual(["email", "username"]);
    return IdentityProvider;
  },
  update: async (ProviderName) => {
    const AttributeMapping = { email: "email", username: "email" };
    const sent = { ProviderName, ProviderDetails: google("second"), AttributeMapping, IdpIdentifiers: [] };
    await house.api.updateIdentityProvider({ UserPoolId: pool.UserPoolId, ...sent });
    return sent;
  },
  destroy: (ProviderName) => house.api.deleteIdentityProvider({ UserPoolId: pool.UserPoolId, ProviderName }),
  gone: "ResourceNotFoundException",
};

const look: Resource = {
  type: "aws_cognito_user_pool_ui_customization",
  create: async () => {
    const { UserPoolId, ClientId } = pool;
    const CSS = ".label-customizable {font-weight: 400;}";
    await house.api.setUICustomization({ UserPoolId, ClientId, CSS, ImageFile: png });
    return { id: ClientId, sent: { UserPoolId, ClientId, CSS, ImageUrl: expect.stringMatching(/^http/) } };
  },
  read: async (ClientId) =>
    (await house.api.getUICustomization({ UserPoolId: pool.UserPoolId, ClientId })).UICustomization,
  update: async (ClientId) => {
    const CSS = ".label-customizable {font-weight: 700;}";
    await house.api.setUICustomization({ UserPoolId: pool.UserPoolId, ClientId, CSS });
    return { ClientId, CSS };
  },
  destroy: (ClientId) => house.api.setUICustomization({ UserPoolId: pool.UserPoolId, ClientId }),
  gone: {},
};

const action = { EventAction: "BLOCK", Notify: true } as const;
const noAction = { EventAction: "NO_ACTION", Notify: false } as const;
const email = { Subject: "Sign-in", TextBody: "Was it you?", HtmlBody: "<p>Was it you?</p>" };

const risk: Resource = {
  type: "aws_cognito_risk_configuration",
  create: async () => {
    const { UserPoolId } = pool;
    const EventFilter: EventFilterType[] = ["SIGN_IN"];
    const { EventAction } = action;
    const sent = {
      AccountTakeoverRiskConfiguration: {
        Actions: { HighAction: action, MediumAction: action, LowAction: noAction },
        NotifyConfiguration: {
          From: "noreply@example.com",
          SourceArn: arn("ses", "identity/noreply@example.com"),
          BlockEmail: email,
          MfaEmail: email,
          NoActionEmail: email,
        },
      },
      CompromisedCredentialsRiskConfiguration: { Actions: { EventAction }, EventFilter },
      RiskExceptionConfiguration: { BlockedIPRangeList: ["10.0.0.0/8"], SkippedIPRangeList: ["192.0.2.1/32"] },
    };
    await house.api.setRiskConfiguration({ UserPoolId, ...sent });
    return { id: UserPoolId, sent };
  },
  read: async (UserPoolId) => {
    const { RiskConfiguration } = await house.api.describeRiskConfiguration({ UserPoolId });
    const { UserPoolId: _id, ...settings } = RiskConfiguration ?? {};
    return settings;
  },
  update: async (UserPoolId) => {
    const RiskExceptionConfiguration = { BlockedIPRangeList: ["10.10.10.10/32"] };
    await house.api.setRiskConfiguration({ UserPoolId, RiskExceptionConfiguration });
    return { RiskExceptionConfiguration };
  },
  destroy: (UserPoolId) => house.api.setRiskConfiguration({ UserPoolId }),
  gone: {},
};

const asset = (ColorMode: "LIGHT" | "DARK") => ({
  Category: "PAGE_HEADER_BACKGROUND" as const,
  ColorMode,
  Extension: "PNG" as const,
  Bytes: png,
});

const branding: Resource = {
  type: "aws_cognito_managed_login_branding",
  create: async () => {
    const { UserPoolId, ClientId } = pool;
    const sent = {
      Settings: { components: { primaryButton: { lightMode: { defaults: { backgroundColor: "0972d3ff" } } } } },
    };
    const { ManagedLoginBranding: made } = await house.api.createManagedLoginBranding({
      UserPoolId,
      ClientId,
      ...sent,
      Assets: [asset("DARK")],
    });
    return { id: made?.ManagedLoginBrandingId ?? "", sent: { ...sent, Assets: [shownAsset("DARK")] } };
  },
  read: async (ManagedLoginBrandingId) => {
    const key = { UserPoolId: pool.UserPoolId, ManagedLoginBrandingId };
    const { ManagedLoginBranding: merged } = await house.api.describeManagedLoginBranding({
      ...key,
      ReturnMergedResources: true,
    });
    expect(merged?.Settings).toMatchObject({ components: { primaryButton: {} } });
    return (await house.api.describeManagedLoginBranding(key)).ManagedLoginBranding;
  },
  update: async (ManagedLoginBrandingId) => {
    const Settings = { components: { primaryButton: { lightMode: { defaults: { backgroundColor: "ffffffff" } } } } };
    await house.api.updateManagedLoginBranding({
      UserPoolId: pool.UserPoolId,
      ManagedLoginBrandingId,
      Settings,
      Assets: [asset("LIGHT")],
    });
    return { Settings, Assets: expect.arrayContaining([shownAsset("LIGHT")]) };
  },
  destroy: (ManagedLoginBrandingId) =>
    house.api.deleteManagedLoginBranding({ UserPoolId: pool.UserPoolId, ManagedLoginBrandingId }),
  gone: "ResourceNotFoundException",
};

const shownAsset = (ColorMode: "LIGHT" | "DARK"): unknown =>
  expect.objectContaining({ ...asset(ColorMode), Bytes: new Uint8Array(png) });

const logs: Resource = {
  type: "aws_cognito_log_delivery_configuration",
  create: async () => {
    const { UserPoolId } = pool;
    const LogConfigurations = [
      {
        EventSource: "userNotification" as const,
        LogLevel: "ERROR" as const,
        CloudWatchLogsConfiguration: { LogGroupArn: arn("logs", "log-group:terraform") },
      },
    ];
    await house.api.setLogDeliveryConfiguration({ UserPoolId, LogConfigurations });
    return { id: UserPoolId, sent: { UserPoolId, LogConfigurations } };
  },
  read: async (UserPoolId) => (await house.api.getLogDeliveryConfiguration({ UserPoolId })).LogDeliveryConfiguration,
  update: async (UserPoolId) => {
    const FirehoseConfiguration = { StreamArn: arn("firehose", "deliverystream/terraform") };
    const LogConfigurations = [
      { EventSource: "userAuthEvents" as const, LogLevel: "INFO" as const, FirehoseConfiguration },
    ];
    await house.api.setLogDeliveryConfiguration({ UserPoolId, LogConfigurations });
    return { UserPoolId, LogConfigurations };
  },
  destroy: (UserPoolId) => house.api.setLogDeliveryConfiguration({ UserPoolId, LogConfigurations: [] }),
  gone: { UserPoolId: expect.any(String), LogConfigurations: [] },
};

const resources = [userPool, client, domain, resourceServer, group, member, user, provider, look, risk, branding, logs];

describe("a resource", () => {
  it.each(resources)("$type is read as it was written, and gone when it is destroyed", async (resource) => {
    const { id, sent } = await resource.create();
    const created = await resource.read(id);
    expect(created).toMatchObject(sent);
    expect(await resource.read(id)).toEqual(created);
    const updated = await resource.update(id);
    expect(await resource.read(id)).toMatchObject(updated);
    await resource.destroy(id);
    const { gone } = resource;
    if (typeof gone === "string") expect((await refusalOf(resource.read(id))).name).toBe(gone);
    else expect(await resource.read(id)).toEqual(gone);
  });

  it("that says nothing is read with the defaults that the provider knows", async () => {
    const { UserPool } = await house.api.createUserPool({ PoolName: "bare" });
    const UserPoolId = UserPool?.Id ?? "";
    expect((await house.api.describeUserPool({ UserPoolId })).UserPool).toEqual(UserPool);
    const { $metadata: _metadata, ...mfa } = await house.api.getUserPoolMfaConfig({ UserPoolId });
    expect(mfa).toEqual({ MfaConfiguration: "OFF" });
    // An update with the same nothing changes nothing but the time.
    await house.api.updateUserPool({ UserPoolId });
    const { LastModifiedDate: _before, ...before } = UserPool ?? {};
    const { LastModifiedDate: _after, ...after } = (await house.api.describeUserPool({ UserPoolId })).UserPool ?? {};
    expect(after).toEqual(before);
  });
});

describe("a clean-up script", () => {
  it("finds every pool and takes it away, protected and with a domain as it may be", async () => {
    const wanted = { DeletionProtection: "ACTIVE", UserPoolTags: { owner: "ci" } } as const;
    for (const name of ["ci-1", "ci-2", "ci-3"]) await makePool(house, { pool: { PoolName: name, ...wanted } });
    const listed: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await house.api.listUserPools({ MaxResults: 2, NextToken });
      listed.push(...(page.UserPools ?? []).filter(({ Name }) => Name?.startsWith("ci-")).map(({ Id = "" }) => Id));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    expect(listed).toHaveLength(3);
    for (const UserPoolId of listed) {
      const { UserPool } = await house.api.describeUserPool({ UserPoolId });
      expect((await house.api.listTagsForResource({ ResourceArn: UserPool?.Arn })).Tags).toEqual({ owner: "ci" });
      await house.api.updateUserPool({ UserPoolId, DeletionProtection: "INACTIVE" });
      await house.api.deleteUserPoolDomain({ UserPoolId, Domain: UserPool?.Domain });
      await house.api.deleteUserPool({ UserPoolId });
    }
    const { UserPools = [] } = await house.api.listUserPools({ MaxResults: 60 });
    expect(UserPools.filter(({ Name }) => Name?.startsWith("ci-"))).toEqual([]);
  });
});
