/**
 * Every operation of administration does its work when it is asked rightly, and answers with each of the errors that the
 * contract documents for it. The pairs come from the contract: one that no row brings about, and of which nobody says why
 * it cannot occur, fails here. What is asked of a wrong user, client or group of another pool is in
 * test/security/isolation.test.ts.
 */
import { readFileSync } from "node:fs";
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../../src/api/operations.ts";
import { accessOf, errorsOf, operationNames } from "../../src/contract/contract.ts";
import type { OperationName } from "../../src/contract/types.gen.ts";
import { categoryOf } from "../../src/limits/categories.ts";
import { isServedBy } from "../../src/replicas/replica.ts";
import { contractCases } from "../support/contract-cases.ts";
import { type Furniture, furnishPool } from "../support/furnished-pool.ts";
import { call, membersOf, requestFor } from "../support/furnished-requests.ts";
import { openTestHouse, sdkFor, type TestHouse } from "../support/house.ts";
import { makePool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";
import { refusalRows, triggerArnOf, triggerFunctions } from "../support/refusal-rows.ts";

/** Signing in by an administrator, and by a client for itself, have tests of their own. */
const elsewhere: ReadonlySet<OperationName> = new Set<OperationName>([
  "AdminInitiateAuth",
  "AdminRespondToAuthChallenge",
  "GetClientToken",
]);

const administration = operationNames.filter(
  (name) => accessOf(name) === "signed" && !elsewhere.has(name) && !("reason" in operations[name]),
);

let house: TestHouse;
let api: CognitoIdentityProvider;
let things: Furniture;

beforeAll(async () => {
  const triggers = Object.fromEntries(
    Object.entries(triggerFunctions).map(([name, target]) => [triggerArnOf(name), target]),
  );
  house = await openTestHouse({}, { triggers });
  ({ api } = house);
  things = await furnishPool(house, api, "own");
});

afterAll(async () => {
  await house.close();
  expect(house.errors).toEqual([]);
});

const arnOf = (poolId: string): string => `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${poolId}`;

/** A request that is right, by what is in a pool. */
const rightRequest = (name: OperationName, pool: Furniture = things): Record<string, unknown> => ({
  ...requestFor(name, pool),
  ...(membersOf(name).includes("ResourceArn") && { ResourceArn: arnOf(pool.UserPoolId) }),
});

/** Pairs that come about in the same way for every operation. */
const general: Readonly<
  Record<
    string,
    { readonly fits: (name: OperationName) => boolean; readonly ask: (name: OperationName) => Promise<unknown> }
  >
> = {
  InvalidParameterException: {
    fits: () => true,
    ask: (name) => {
      const wrong = contractCases().find(
        ({ operation, error }) => operation === name && error === "InvalidParameterException",
      );
      return call(api, name, wrong?.body ?? {});
    },
  },
  ResourceNotFoundException: {
    fits: (name) => ["UserPoolId", "ResourceArn", "LimitDefinition"].some((member) => membersOf(name).includes(member)),
    ask: (name) => {
      const request = { ...rightRequest(name), UserPoolId: "us-east-1_NoSuchPool", ResourceArn: arnOf("us-east-1_No") };
      const LimitDefinition = { LimitClass: "API_CATEGORY", Attributes: { Category: "Nothing" } };
      return call(api, name, { ...request, LimitDefinition });
    },
  },
  UserNotFoundException: {
    fits: (name) => membersOf(name).includes("Username") && name !== "AdminCreateUser",
    ask: (name) => call(api, name, { ...rightRequest(name), Username: "nobody" }),
  },
  TooManyRequestsException: {
    fits: (name) => categoryOf[name] !== undefined,
    ask: async (name) => {
      const region = "eu-central-1";
      const category = categoryOf[name] ?? "UserRead";
      await house.app.db
        .insertInto("provisioned_limits")
        .values({ region, category, per_second: 0 })
        .onConflict((conflict) => conflict.columns(["region", "category"]).doNothing())
        .execute();
      house.app.limits.forget();
      return call(sdkFor(house.url, undefined, region), name, rightRequest(name));
    },
  },
  OperationNotEnabledException: {
    fits: (name) => membersOf(name).includes("UserPoolId") && !isServedBy({ status: "ACTIVE" }, name),
    ask: (name) =>
      call(sdkFor(house.url, undefined, "eu-west-1"), name, { ...rightRequest(name), UserPoolId: replicated }),
  },
};

let replicated = "";

beforeAll(async () => {
  const KmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab";
  const KeyConfiguration = { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn } as const;
  ({ UserPoolId: replicated } = await makePool(house, { pool: { KeyConfiguration } }));
  await api.createUserPoolReplica({ UserPoolId: replicated, RegionName: "eu-west-1" });
});

/** Errors that nothing here brings about, whatever the operation, and why. */
const never: Readonly<Record<string, string>> = {
  AccessDeniedException: "Keys of fewer rights are tried in test/security/isolation.test.ts.",
  CodeDeliveryFailureException: "Messages are queued and delivered after the answer, so that its time tells nothing.",
  ForbiddenException: "There is no web application firewall.",
  InternalErrorException: "It would be a bug.",
  InternalServerException: "It would be a bug.",
  InvalidEmailRoleAccessPolicyException: "There are no roles; mail goes by the settings of the house.",
  InvalidSmsRoleAccessPolicyException: "There are no roles; messages go by the settings of the house.",
  InvalidSmsRoleTrustRelationshipException: "There are no roles; messages go by the settings of the house.",
  OperationNotEnabledException: "A replica serves it, or it is about no pool.",
  TierChangeNotAllowedException: "A tier may change; features that another has not are named instead.",
  TooManyRequestsException: "No category limits it.",
};

const oneStatement = "It is one conditional statement, which rests on nothing that was read before.";
const noQuota = "Quotas are not enforced (docs/differences.md).";
const noRights = "Rights of a caller are refused with AccessDeniedException.";

/** Pairs that do not come about, and why. */
const notHere: Partial<Record<OperationName, Readonly<Record<string, string>>>> = {
  AdminConfirmSignUp: {
    LimitExceededException: "Nothing is sent and no code is tried.",
    TooManyFailedAttemptsException: "No code is tried.",
  },
  AdminCreateUser: { PreconditionNotMetException: "Nothing has to come before." },
  AdminDeleteSoftwareToken: { UserNotConfirmedException: "An authenticator is removed in every status." },
  AdminDisableProviderForUser: { AliasExistsException: "A link that is taken away frees names only." },
  AdminResetUserPassword: { LimitExceededException: "Administrators are not limited." },
  AdminSetUserMFAPreference: {
    PasswordResetRequiredException: "A preference is set in every status.",
    UserNotConfirmedException: "A preference is set in every status.",
  },
  CreateManagedLoginBranding: { ConcurrentModificationException: oneStatement, LimitExceededException: noQuota },
  CreateResourceServer: { LimitExceededException: noQuota },
  CreateTerms: { ConcurrentModificationException: oneStatement, LimitExceededException: noQuota },
  CreateUserImportJob: { PreconditionNotMetException: "Nothing has to come before." },
  CreateUserPool: { LimitExceededException: noQuota },
  CreateUserPoolClient: { LimitExceededException: noQuota },
  CreateUserPoolDomain: { ConcurrentModificationException: oneStatement, LimitExceededException: noQuota },
  DeleteIdentityProvider: {
    ConcurrentModificationException: oneStatement,
    UnsupportedIdentityProviderException: "Providers of every type can be deleted.",
  },
  DeleteManagedLoginBranding: { ConcurrentModificationException: oneStatement },
  DeleteTerms: { ConcurrentModificationException: oneStatement },
  DeleteUserPoolClient: { ConcurrentModificationException: oneStatement },
  DeleteUserPoolClientSecret: { LimitExceededException: "Nothing is made." },
  DeleteUserPoolDomain: { ConcurrentModificationException: oneStatement },
  DescribeUserPool: { UserPoolTaggingException: "Tags are checked when they are set." },
  DescribeUserPoolDomain: {
    ResourceNotFoundException: "Source: observed: a domain that does not exist is shown empty.",
  },
  ListUserPoolClientSecrets: { LimitExceededException: "Nothing is made." },
  UpdateIdentityProvider: { UnsupportedIdentityProviderException: "Providers of every type can be updated." },
  UpdateTerms: { ConcurrentModificationException: oneStatement },
  UpdateUserPoolDomain: { ConcurrentModificationException: "An update replaces the whole of what can change." },
};

/** Pairs that another file brings about, because it takes thousands of calls. */
const inOtherFiles: readonly (readonly [OperationName, string, string])[] = [
  ["CreateGroup", "LimitExceededException", "src/groups/groups.test.ts"],
  ["CreateIdentityProvider", "LimitExceededException", "src/providers/providers.test.ts"],
  ["CreateUserImportJob", "LimitExceededException", "src/imports/imports.test.ts"],
];

interface Pair {
  readonly operation: OperationName;
  readonly error: string;
}

const pairs: readonly Pair[] = administration.flatMap((operation) =>
  [...errorsOf(operation)].map((error) => ({ operation, error })),
);

const isGeneral = ({ operation, error }: Pair): boolean => general[error]?.fits(operation) ?? false;
const hasRow = (pair: Pair): boolean =>
  refusalRows.some(({ operation, error }) => operation === pair.operation && error === pair.error);
const isElsewhere = ({ operation, error }: Pair): boolean =>
  inOtherFiles.some(([name, other]) => name === operation && other === error);

describe("an operation", () => {
  it.each(pairs.filter((pair) => isGeneral(pair) && !hasRow(pair)))("$operation answers with $error", async (pair) => {
    expect((await refusalOf(general[pair.error]?.ask(pair.operation) ?? Promise.resolve())).name).toBe(pair.error);
  });

  it.each(refusalRows)("$operation answers with $error in its own way", async ({ error, call: ask }) => {
    const { name, message } = await refusalOf(ask({ house, api, things }));
    expect({ name, message }).toEqual({ name: error, message: expect.stringMatching(/\S/) });
  });
});

describe("the table", () => {
  const reasonOf = ({ operation, error }: Pair): string | undefined =>
    notHere[operation]?.[error] ?? never[error] ?? (error === "NotAuthorizedException" ? noRights : undefined);

  it("brings about every error of every operation, or says why it cannot occur", () => {
    const open = pairs.filter(
      (pair) => !isGeneral(pair) && !hasRow(pair) && !isElsewhere(pair) && reasonOf(pair) === undefined,
    );
    expect(open).toEqual([]);
    expect(pairs.length).toBeGreaterThan(500);
  });

  it("gives no reason for what does come about, and has no row that the contract does not know", () => {
    const reasons = Object.entries(notHere).flatMap(([operation, errors]) =>
      Object.keys(errors).map((error) => ({ operation, error })),
    );
    const known = ({ operation, error }: { operation: string; error: string }): boolean =>
      pairs.some((pair) => pair.operation === operation && pair.error === error);
    expect(reasons.filter((pair) => !known(pair))).toEqual([]);
    expect(pairs.filter((pair) => notHere[pair.operation]?.[pair.error] && (isGeneral(pair) || hasRow(pair)))).toEqual(
      [],
    );
    expect(refusalRows.filter((pair) => !known(pair)).map(({ operation, error }) => `${operation} ${error}`)).toEqual(
      [],
    );
  });

  it.each(inOtherFiles)("%s with %s is in %s", (_operation, error, file) => {
    expect(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8").includes(error)).toBe(true);
  });
});

describe("asked rightly", () => {
  /** What takes things away comes late. */
  const rank = (name: OperationName): number => {
    if (["DeleteUserPool", "AdminDeleteUser", "DeleteUserPoolClient"].includes(name)) return 4;
    if (/^Delete|^Admin(Delete|Disable|Forget|Remove)/.test(name)) return 3;
    return /^Update|^Set|^Admin(Set|Reset|Revoke)|SignOut|^Untag/.test(name) ? 2 : 1;
  };

  const provider = {
    client_id: "c",
    client_secret: "s",
    authorize_scopes: "openid",
    attributes_request_method: "GET",
    oidc_issuer: "https://idp.example.com",
  };

  /** Requests of which the least that the contract takes would be refused or would do nothing. */
  const further: Partial<Record<OperationName, (pool: Furniture) => object>> = {
    AddCustomAttributes: () => ({ CustomAttributes: [{ Name: "added", AttributeDataType: "String" }] }),
    // The one that was furnished has a secret.
    AddUserPoolClientSecret: ({ ClientSecretId }) => ({ ClientId: ClientSecretId.split("--")[0] }),
    AdminConfirmSignUp: () => ({ Username: "signed-up" }),
    AdminCreateUser: () => ({ Username: "created", MessageAction: "SUPPRESS" }),
    AdminDeleteUserAttributes: () => ({ UserAttributeNames: ["nickname"] }),
    AdminDisableProviderForUser: ({ ProviderName }) => ({
      User: { ProviderName, ProviderAttributeName: "Cognito_Subject", ProviderAttributeValue: "account" },
    }),
    AdminResetUserPassword: () => ({ Username: "signed-up" }),
    AdminSetUserPassword: () => ({ Password: "Another1!", Permanent: true }),
    AdminSetUserSettings: () => ({ MFAOptions: [] }),
    AdminUpdateUserAttributes: () => ({ UserAttributes: [{ Name: "nickname", Value: "J" }] }),
    CreateGroup: () => ({ GroupName: "created" }),
    CreateIdentityProvider: () => ({ ProviderName: "created", ProviderType: "OIDC", ProviderDetails: provider }),
    CreateManagedLoginBranding: ({ ClientSecretId }) => ({
      ClientId: ClientSecretId.split("--")[0],
      UseCognitoProvidedValues: true,
    }),
    CreateResourceServer: () => ({ Identifier: "created" }),
    CreateTerms: ({ ClientSecretId }) => ({
      ClientId: ClientSecretId.split("--")[0],
      Links: { "cognito:default": "https://example.com" },
    }),
    CreateUserPoolDomain: () => ({
      Domain: "auth.created.example.com",
      CustomDomainConfig: { CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/x" },
    }),
    CreateUserPoolReplica: () => ({ UserPoolId: replicated, RegionName: "eu-west-2" }),
    DeleteUserPool: () => ({ UserPoolId: replicated }),
    DeleteUserPoolReplica: () => ({ UserPoolId: replicated, RegionName: "eu-west-2" }),
    DescribeUserPoolDomain: ({ Domain }) => ({ Domain }),
    GetProvisionedLimit: () => ({
      LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category: "UserRead" } },
    }),
    SetLogDeliveryConfiguration: () => ({ LogConfigurations: [] }),
    SetUserPoolClientSessionConfiguration: () => ({ SSOSession: { MaxValidityMinutes: 5 } }),
    SetUserPoolSessionConfiguration: () => ({ UserSessionTracking: "ENABLED", TokenSession: { MaxPerUser: 5 } }),
    UpdateProvisionedLimit: () => ({
      LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category: "UserRead" } },
      RequestedLimitValue: 200,
    }),
    UpdateUserPool: () => ({
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
      DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: false },
    }),
    UpdateUserPoolReplica: () => ({ UserPoolId: replicated, RegionName: "eu-west-1", Status: "ACTIVE" }),
  };

  it("every operation does its work", async () => {
    const pool = await furnishPool(house, api, "worked");
    const { UserPoolId, ClientId } = pool;
    const UserAttributes = [{ Name: "email", Value: "signed-up@example.com" }];
    await api.signUp({ ClientId, Username: "signed-up", Password: "Passw0rd!", UserAttributes });
    const verified = [...UserAttributes, { Name: "email_verified", Value: "true" }];
    await api.adminUpdateUserAttributes({ UserPoolId, Username: "signed-up", UserAttributes: verified });
    await api.deleteUserPoolDomain({
      UserPoolId: replicated,
      Domain: (await api.describeUserPool({ UserPoolId: replicated })).UserPool?.Domain,
    });
    // They need a file that was put to a job, and end in the background: src/imports/imports.test.ts.
    const left: readonly OperationName[] = ["StartUserImportJob", "StopUserImportJob"];
    const refused: string[] = [];
    for (const name of administration.toSorted((one, other) => rank(one) - rank(other))) {
      if (left.includes(name)) continue;
      await call(api, name, { ...rightRequest(name, pool), ...further[name]?.(pool) }).catch((error: unknown) =>
        refused.push(`${name}: ${String(error)}`),
      );
    }
    expect(refused).toEqual([]);
  });
});
