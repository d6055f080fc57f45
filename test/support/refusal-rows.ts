/** How each operation of administration is brought to each of its own documented errors. */
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { OperationName } from "../../src/contract/types.gen.ts";
import type { Furniture } from "./furnished-pool.ts";
import { account, localUser } from "./furnished-requests.ts";
import type { TestHouse } from "./house.ts";
import { fileOf, headerOf, newImportJob, personRow, putFile } from "./importing.ts";
import { attributeList } from "./people.ts";
import { makePool, password, type TestPool } from "./pool.ts";

/** What a row has at hand. */
export interface Scene {
  readonly house: TestHouse;
  readonly api: CognitoIdentityProvider;
  /** A pool with one of everything, that nobody takes anything from. */
  readonly things: Furniture;
}

/** One way to an error: what comes before, and the call that is refused. */
export interface RefusalRow {
  readonly operation: OperationName;
  readonly error: string;
  readonly call: (scene: Scene) => Promise<unknown>;
}

const row = (operation: OperationName, error: string, call: RefusalRow["call"]): RefusalRow => ({
  operation,
  error: `${error}Exception`,
  call,
});

/** Functions that triggers lead to, by the last part of their ARN. */
export const triggerFunctions: Readonly<Record<string, (event: never) => unknown>> = {
  throws: () => {
    throw new Error("No");
  },
  useless: () => "no event",
};

export const triggerArnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const triggerErrors = [
  ["UnexpectedLambda", "missing"],
  ["UserLambdaValidation", "throws"],
  ["InvalidLambdaResponse", "useless"],
] as const;

/** A pool of plain usernames with a public client. */
const plainPool = ({ house, api }: Scene, pool: object = {}): Promise<TestPool> =>
  makePool({ ...house, api }, { pool: { UsernameAttributes: undefined, ...pool }, client: { GenerateSecret: false } });

const contact = (Username: string) => attributeList({ email: `${Username}@example.com`, email_verified: "true" });

async function withUser(scene: Scene, pool: object = {}) {
  const { UserPoolId, ClientId } = await plainPool(scene, pool);
  const Username = "jane";
  const UserAttributes = contact(Username);
  await scene.api.adminCreateUser({ UserPoolId, Username, UserAttributes, MessageAction: "SUPPRESS" });
  await scene.api.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
  return { UserPoolId, ClientId, Username };
}

/** Many calls that all rest on the same state: of those at least one comes too late. Gives what that was told. */
async function race(calls: () => Promise<unknown>): Promise<unknown> {
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, calls));
  const refused = outcomes.find(({ status }) => status === "rejected");
  if (!outcomes.some(({ status }) => status === "fulfilled")) throw new Error("None of the calls was answered.");
  if (refused?.status === "rejected") throw refused.reason;
  return "All of the calls were answered.";
}

/** A pool whose import goes on for a while. */
async function importing(scene: Scene): Promise<{ UserPoolId: string; JobId: string }> {
  const pool = await plainPool(scene);
  await scene.api.deleteUserPoolDomain({ UserPoolId: pool.UserPoolId, Domain: pool.domain });
  const job = await newImportJob(scene, pool);
  const rows = Array.from({ length: 2_000 }, (_, index) => personRow(`row-${index}@example.com`));
  await putFile(job.url, fileOf(await headerOf(scene, pool), rows));
  const key = { UserPoolId: pool.UserPoolId, JobId: job.JobId };
  await scene.api.startUserImportJob(key);
  return key;
}

/** Tries a call during an import, which is stopped after it. */
async function whileImporting(scene: Scene, call: (UserPoolId: string) => Promise<unknown>): Promise<unknown> {
  const job = await importing(scene);
  try {
    return await call(job.UserPoolId);
  } finally {
    // It may have come to its end.
    await scene.api.stopUserImportJob(job).catch(() => undefined);
  }
}

const liteTier = { UserPoolTier: "LITE" } as const;
const manyTags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key-${index}`, "value"]));
const replicable = {
  KeyConfiguration: {
    KeyType: "CUSTOMER_MANAGED_KEY",
    KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab",
  },
} as const;

const withoutAddOn: readonly RefusalRow[] = [
  row("DescribeRiskConfiguration", "UserPoolAddOnNotEnabled", async (scene) =>
    scene.api.describeRiskConfiguration(await plainPool(scene)),
  ),
  row("SetRiskConfiguration", "UserPoolAddOnNotEnabled", async (scene) => {
    const { UserPoolId } = await plainPool(scene);
    return scene.api.setRiskConfiguration({ UserPoolId });
  }),
  row("AdminListUserAuthEvents", "UserPoolAddOnNotEnabled", async (scene) =>
    scene.api.adminListUserAuthEvents(await withUser(scene)),
  ),
  row("AdminUpdateAuthEventFeedback", "UserPoolAddOnNotEnabled", async (scene) =>
    scene.api.adminUpdateAuthEventFeedback({ ...(await withUser(scene)), EventId: "event", FeedbackValue: "Valid" }),
  ),
];

const DeviceKey = "us-east-1_01234567-89ab-4cde-8f01-23456789abcd";

const withoutTracking: readonly RefusalRow[] = [
  row("AdminGetDevice", "InvalidUserPoolConfiguration", async (scene) =>
    scene.api.adminGetDevice({ ...(await withUser(scene)), DeviceKey }),
  ),
  row("AdminListDevices", "InvalidUserPoolConfiguration", async (scene) =>
    scene.api.adminListDevices(await withUser(scene)),
  ),
  row("AdminForgetDevice", "InvalidUserPoolConfiguration", async (scene) =>
    scene.api.adminForgetDevice({ ...(await withUser(scene)), DeviceKey }),
  ),
  row("AdminUpdateDeviceStatus", "InvalidUserPoolConfiguration", async (scene) =>
    scene.api.adminUpdateDeviceStatus({ ...(await withUser(scene)), DeviceKey }),
  ),
];

const byTriggers: readonly RefusalRow[] = triggerErrors.flatMap(([error, name]) => [
  row("AdminCreateUser", error, async (scene) => {
    const { UserPoolId } = await plainPool(scene, { LambdaConfig: { PreSignUp: triggerArnOf(name) } });
    return scene.api.adminCreateUser({ UserPoolId, Username: "jane" });
  }),
  row("AdminConfirmSignUp", error, async (scene) => {
    const { UserPoolId, ClientId } = await plainPool(scene, { LambdaConfig: { PostConfirmation: triggerArnOf(name) } });
    await scene.api.signUp({ ClientId, Username: "jane", Password: password });
    return scene.api.adminConfirmSignUp({ UserPoolId, Username: "jane" });
  }),
  row("AdminResetUserPassword", error, async (scene) =>
    scene.api.adminResetUserPassword(await withUser(scene, { LambdaConfig: { CustomMessage: triggerArnOf(name) } })),
  ),
  row("AdminUpdateUserAttributes", error, async (scene) => {
    const user = await withUser(scene, { LambdaConfig: { CustomMessage: triggerArnOf(name) } });
    return scene.api.adminUpdateUserAttributes({
      ...user,
      UserAttributes: attributeList({ email: "new@example.com" }),
    });
  }),
]);

const ofUsers: readonly RefusalRow[] = [
  row("AdminConfirmSignUp", "NotAuthorized", async (scene) => scene.api.adminConfirmSignUp(await withUser(scene))),
  row("AdminCreateUser", "InvalidPassword", async (scene) => {
    const { UserPoolId } = await plainPool(scene);
    return scene.api.adminCreateUser({ UserPoolId, Username: "jane", TemporaryPassword: "short" });
  }),
  row("AdminCreateUser", "UsernameExists", async (scene) => scene.api.adminCreateUser(await withUser(scene))),
  row("AdminCreateUser", "UserNotFound", async (scene) => {
    const { UserPoolId } = await plainPool(scene);
    return scene.api.adminCreateUser({ UserPoolId, Username: "nobody", MessageAction: "RESEND" });
  }),
  row("AdminCreateUser", "UnsupportedUserState", async (scene) =>
    scene.api.adminCreateUser({ ...(await withUser(scene)), MessageAction: "RESEND" }),
  ),
  row("AdminDisableProviderForUser", "UserNotFound", ({ api, things: { UserPoolId } }) =>
    api.adminDisableProviderForUser({ UserPoolId, User: localUser("nobody") }),
  ),
  row("AdminLinkProviderForUser", "UserNotFound", ({ api, things: { UserPoolId, ProviderName } }) =>
    api.adminLinkProviderForUser({
      UserPoolId,
      DestinationUser: account("Cognito", "nobody"),
      SourceUser: { ...account(ProviderName, "subject"), ProviderAttributeName: "Cognito_Subject" },
    }),
  ),
  row("AdminLinkProviderForUser", "AliasExists", async ({ api, things }) => {
    const link = (name: string) => linkTo(api, things, name, "shared");
    await link(things.Username);
    return link(things.Username.replace("-user", "-guest"));
  }),
  row("AdminLinkProviderForUser", "LimitExceeded", async ({ api, things }) => {
    const Username = "linked";
    await api.adminCreateUser({ UserPoolId: things.UserPoolId, Username, MessageAction: "SUPPRESS" });
    for (let count = 0; count < 5; count++) await linkTo(api, things, Username, `account-${count}`);
    return linkTo(api, things, Username, "one more");
  }),
  row("AdminResetUserPassword", "NotAuthorized", async (scene) => {
    const { UserPoolId } = await plainPool(scene);
    await scene.api.adminCreateUser({ UserPoolId, Username: "new", UserAttributes: contact("new") });
    return scene.api.adminResetUserPassword({ UserPoolId, Username: "new" });
  }),
  row("AdminSetUserPassword", "InvalidPassword", async (scene) =>
    scene.api.adminSetUserPassword({ ...(await withUser(scene)), Password: "short" }),
  ),
  row("AdminSetUserPassword", "PasswordHistoryPolicyViolation", async (scene) => {
    const user = await withUser(scene, { Policies: { PasswordPolicy: { PasswordHistorySize: 2 } } });
    return scene.api.adminSetUserPassword({ ...user, Password: password, Permanent: true });
  }),
  row("AdminUpdateUserAttributes", "AliasExists", async (scene) => {
    const user = await withUser(scene, { AliasAttributes: ["email"] });
    const { UserPoolId } = user;
    await scene.api.adminCreateUser({ UserPoolId, Username: "taken", UserAttributes: contact("taken") });
    return scene.api.adminUpdateUserAttributes({ ...user, UserAttributes: contact("taken") });
  }),
];

const linkTo = (api: CognitoIdentityProvider, things: Furniture, name: string, subject: string) =>
  api.adminLinkProviderForUser({
    UserPoolId: things.UserPoolId,
    DestinationUser: account("Cognito", name),
    SourceUser: { ...account(things.ProviderName, subject), ProviderAttributeName: "Cognito_Subject" },
  });

const ofPools: readonly RefusalRow[] = [
  row("CreateUserPool", "FeatureUnavailableInTier", ({ api }) =>
    api.createUserPool({ PoolName: "lite", ...liteTier, AcrConfiguration: {} }),
  ),
  row("CreateUserPool", "UserPoolTagging", ({ api }) =>
    api.createUserPool({ PoolName: "tagged", UserPoolTags: { "aws:reserved": "x" } }),
  ),
  row("UpdateUserPool", "FeatureUnavailableInTier", async (scene) => {
    const { UserPoolId } = await plainPool(scene);
    return scene.api.updateUserPool({ UserPoolId, ...liteTier, AcrConfiguration: {} });
  }),
  row("UpdateUserPool", "UserPoolTagging", async (scene) => {
    const { UserPoolId } = await plainPool(scene);
    return scene.api.updateUserPool({ UserPoolId, UserPoolTags: manyTags });
  }),
  row("UpdateUserPool", "UserImportInProgress", (scene) =>
    whileImporting(scene, (UserPoolId) => scene.api.updateUserPool({ UserPoolId })),
  ),
  row("AddCustomAttributes", "UserImportInProgress", (scene) =>
    whileImporting(scene, (UserPoolId) =>
      scene.api.addCustomAttributes({ UserPoolId, CustomAttributes: [{ Name: "a", AttributeDataType: "String" }] }),
    ),
  ),
  row("DeleteUserPool", "UserImportInProgress", (scene) =>
    whileImporting(scene, (UserPoolId) => scene.api.deleteUserPool({ UserPoolId })),
  ),
  row("UpdateUserPool", "ConcurrentModification", async (scene) => {
    const { UserPoolId } = await plainPool(scene);
    return race(() => scene.api.updateUserPool({ UserPoolId }));
  }),
  row("SetUserPoolMfaConfig", "ConcurrentModification", async (scene) => {
    const { UserPoolId } = await plainPool(scene);
    return race(() => scene.api.setUserPoolMfaConfig({ UserPoolId }));
  }),
  row("SetUserPoolMfaConfig", "FeatureUnavailableInTier", async (scene) => {
    const SourceArn = "arn:aws:ses:us-east-1:123456789012:identity/a@example.com";
    const EmailConfiguration = { EmailSendingAccount: "DEVELOPER", SourceArn };
    const { UserPoolId } = await plainPool(scene, { ...liteTier, EmailConfiguration });
    return scene.api.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: "ON", EmailMfaConfiguration: {} });
  }),
  row("SetUserPoolSessionConfiguration", "ConcurrentModification", async (scene) => {
    const { UserPoolId } = await plainPool(scene);
    return race(() => scene.api.setUserPoolSessionConfiguration({ UserPoolId, ...tracking }));
  }),
  row("SetUserPoolSessionConfiguration", "FeatureUnavailableInTier", async (scene) => {
    const { UserPoolId } = await plainPool(scene, liteTier);
    return scene.api.setUserPoolSessionConfiguration({ UserPoolId, ...tracking });
  }),
  row("SetLogDeliveryConfiguration", "FeatureUnavailableInTier", async (scene) => {
    const { UserPoolId } = await plainPool(scene);
    const S3Configuration = { BucketArn: "arn:aws:s3:::events" };
    return scene.api.setLogDeliveryConfiguration({
      UserPoolId,
      LogConfigurations: [{ EventSource: "userAuthEvents", LogLevel: "INFO", S3Configuration }],
    });
  }),
  row("CreateUserPoolReplica", "FeatureUnavailableInTier", async (scene) => {
    const { UserPoolId } = await plainPool(scene, { ...liteTier, ...replicable });
    return scene.api.createUserPoolReplica({ UserPoolId, RegionName: "eu-west-1" });
  }),
  row("CreateUserPoolReplica", "UserPoolTagging", async (scene) => {
    const { UserPoolId } = await plainPool(scene, replicable);
    return scene.api.createUserPoolReplica({ UserPoolId, RegionName: "eu-west-1", UserPoolTags: manyTags });
  }),
  row("CreateUserPoolReplica", "LimitExceeded", async (scene) => {
    const { UserPoolId } = await plainPool(scene, replicable);
    const replicate = (index: number) =>
      scene.api.createUserPoolReplica({ UserPoolId, RegionName: `eu-west-${index}` });
    for (let index = 1; index <= 10; index++) await replicate(index);
    return replicate(11);
  }),
  row("CreateUserPoolDomain", "FeatureUnavailableInTier", async (scene) => {
    const { UserPoolId, domain } = await plainPool(scene, liteTier);
    await scene.api.deleteUserPoolDomain({ UserPoolId, Domain: domain });
    return scene.api.createUserPoolDomain({ UserPoolId, Domain: domain, ManagedLoginVersion: 2 });
  }),
  row("UpdateUserPoolDomain", "FeatureUnavailableInTier", async (scene) => {
    const { UserPoolId, domain } = await plainPool(scene, liteTier);
    return scene.api.updateUserPoolDomain({ UserPoolId, Domain: domain, ManagedLoginVersion: 2 });
  }),
  row("UpdateProvisionedLimit", "ServiceQuotaExceeded", ({ api }) =>
    api.updateProvisionedLimit({
      LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category: "UserRead" } },
      RequestedLimitValue: 100_000,
    }),
  ),
  row("StartUserImportJob", "PreconditionNotMet", ({ api, things: { UserPoolId, JobId } }) =>
    api.startUserImportJob({ UserPoolId, JobId }),
  ),
  row("StopUserImportJob", "PreconditionNotMet", ({ api, things: { UserPoolId, JobId } }) =>
    api.stopUserImportJob({ UserPoolId, JobId }),
  ),
];

const tracking = { UserSessionTracking: "ENABLED", TokenSession: { MaxPerUser: 5 } } as const;

const ofClients: readonly RefusalRow[] = [
  row("AddUserPoolClientSecret", "LimitExceeded", async (scene) => {
    const { api, house } = scene;
    const { UserPoolId, ClientId } = await makePool({ ...house, api });
    await api.addUserPoolClientSecret({ UserPoolId, ClientId });
    return api.addUserPoolClientSecret({ UserPoolId, ClientId });
  }),
  ...(["CreateUserPoolClient", "UpdateUserPoolClient"] as const).flatMap((operation) => {
    const with_ =
      (change: object, pool: object = {}) =>
      async (scene: Scene) => {
        const { UserPoolId, ClientId } = await plainPool(scene, pool);
        return operation === "CreateUserPoolClient"
          ? scene.api.createUserPoolClient({ UserPoolId, ClientName: "c", ...change })
          : scene.api.updateUserPoolClient({ UserPoolId, ClientId, ...change });
      };
    return [
      row(operation, "ScopeDoesNotExist", with_({ AllowedOAuthScopes: ["no/such"] })),
      row(operation, "InvalidOAuthFlow", with_({ AllowedOAuthFlows: ["code"] })),
      row(operation, "FeatureUnavailableInTier", with_({ ExplicitAuthFlows: ["ALLOW_USER_AUTH"] }, liteTier)),
    ];
  }),
  row("UpdateUserPoolClient", "ConcurrentModification", async (scene) => {
    const { UserPoolId, ClientId } = await plainPool(scene);
    return race(() => scene.api.updateUserPoolClient({ UserPoolId, ClientId }));
  }),
  row("SetUserPoolClientSessionConfiguration", "ConcurrentModification", async (scene) => {
    const { UserPoolId, ClientId } = await plainPool(scene);
    await scene.api.setUserPoolSessionConfiguration({ UserPoolId, ...tracking });
    const SSOSession = { MaxValidityMinutes: 5 };
    return race(() => scene.api.setUserPoolClientSessionConfiguration({ UserPoolId, ClientId, SSOSession }));
  }),
  row("SetUserPoolClientSessionConfiguration", "FeatureUnavailableInTier", async (scene) => {
    const { UserPoolId, ClientId } = await plainPool(scene, liteTier);
    const SSOSession = { MaxValidityMinutes: 5 };
    return scene.api.setUserPoolClientSessionConfiguration({ UserPoolId, ClientId, SSOSession });
  }),
];

const ofResources: readonly RefusalRow[] = [
  row("CreateGroup", "GroupExists", ({ api, things: { UserPoolId, GroupName } }) =>
    api.createGroup({ UserPoolId, GroupName }),
  ),
  row("CreateIdentityProvider", "DuplicateProvider", async ({ api, things: { UserPoolId, ProviderName } }) => {
    const { IdentityProvider } = await api.describeIdentityProvider({ UserPoolId, ProviderName });
    const { ProviderDetails } = IdentityProvider ?? {};
    return api.createIdentityProvider({ UserPoolId, ProviderName, ProviderType: "OIDC", ProviderDetails });
  }),
  row("UpdateIdentityProvider", "ConcurrentModification", ({ api, things: { UserPoolId, ProviderName } }) =>
    race(() => api.updateIdentityProvider({ UserPoolId, ProviderName })),
  ),
  row("CreateManagedLoginBranding", "ManagedLoginBrandingExists", ({ api, things: { UserPoolId, ClientId } }) =>
    api.createManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true }),
  ),
  row("UpdateManagedLoginBranding", "ConcurrentModification", ({ api, things }) => {
    const { UserPoolId, ManagedLoginBrandingId } = things;
    return race(() => api.updateManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId, Settings: {} }));
  }),
  row("CreateTerms", "TermsExists", ({ api, things: { UserPoolId, ClientId } }) =>
    api.createTerms({
      UserPoolId,
      ClientId,
      TermsName: "terms-of-use",
      TermsSource: "LINK",
      Enforcement: "NONE",
      Links: { "cognito:default": "https://example.com" },
    }),
  ),
  row("UpdateTerms", "TermsExists", ({ api, things: { UserPoolId, TermsId } }) =>
    api.updateTerms({ UserPoolId, TermsId, TermsName: "privacy-policy" }),
  ),
];

/** Every way. */
export const refusalRows: readonly RefusalRow[] = [
  ...withoutAddOn,
  ...withoutTracking,
  ...byTriggers,
  ...ofUsers,
  ...ofPools,
  ...ofClients,
  ...ofResources,
];
