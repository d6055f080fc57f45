/**
 * Pools do not reach into each other. The requests are made from the contract: whatever operation is served, each member
 * by which it names something is tried with the same thing of another pool. A new operation, or a new member that names
 * something, is tried as soon as it is served, or fails here until it is said how to try it.
 */
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import { createAccessKey } from "../../src/access/access.ts";
import { operations } from "../../src/api/operations.ts";
import { accessOf, operationNames } from "../../src/contract/contract.ts";
import type { OperationName } from "../../src/contract/types.gen.ts";
import { contentsOfPool } from "../support/contents.ts";
import { validRequest } from "../support/contract-cases.ts";
import { type Furniture, type FurnitureName, furnishPool } from "../support/furnished-pool.ts";
import {
  account,
  call,
  isFurniture,
  localUser,
  membersOf,
  requestFor,
  signIn,
  subjectOf,
} from "../support/furnished-requests.ts";
import { sdkFor, useHouse } from "../support/house.ts";
import { refusalOf } from "../support/refusal.ts";

/** May do everything. */
let admin: CognitoIdentityProvider;
/** Signs with a key of the first pool. */
let bound: CognitoIdentityProvider;
let own: Furniture;
let other: Furniture;
/** What is asked of this pool is all its own, and may change it. */
let third: Furniture;

const house = useHouse({ mode: "serve", publicUrl: "http://localhost" });

beforeAll(async () => {
  admin = sdkFor(house.url, await createAccessKey(house.app, { role: "admin", poolId: null }));
  own = await furnishPool(house, admin, "own");
  other = await furnishPool(house, admin, "other");
  third = await furnishPool(house, admin, "third");
  bound = sdkFor(house.url, await createAccessKey(house.app, { role: "admin", poolId: own.UserPoolId }));
});

const served = operationNames.filter((name) => !("reason" in operations[name]));

const contentsOf = ({ UserPoolId }: Furniture) => contentsOfPool(house.app.db, UserPoolId);

/** An operation and a member by which it names something. */
interface Probe {
  readonly name: OperationName;
  readonly member: FurnitureName;
}

const probes: readonly Probe[] = served.flatMap((name) =>
  membersOf(name)
    .filter(isFurniture)
    .filter((member) => member !== subjectOf(name))
    .map((member) => ({ name, member })),
);

/** Members that name what the operation makes: the name is free in another pool. */
const made: Partial<Record<OperationName, FurnitureName>> = {
  AdminCreateUser: "Username",
  CreateGroup: "GroupName",
  CreateIdentityProvider: "ProviderName",
  CreateResourceServer: "Identifier",
  CreateUserPoolDomain: "Domain",
  SignUp: "Username",
};

/** Members that decide nothing in a request that is otherwise right, or whose foreign value is no mistake. */
const withoutSay: Partial<Record<OperationName, FurnitureName>> = {
  // The access token decides; a session stands in for it only where there is none.
  AssociateSoftwareToken: "Session",
  VerifySoftwareToken: "Session",
  // The feedback token decides, which names the event once more.
  UpdateAuthEventFeedback: "EventId",
  // It leads on to a sign-in after the user was confirmed.
  ConfirmSignUp: "Session",
  // Domains are names of the whole account, and any administrator may see whose one is.
  DescribeUserPoolDomain: "Domain",
  // What is no token of the client is none to revoke. Source: RFC 7009 section 2.2.
  RevokeToken: "Token",
};

const isNaming = ({ name, member }: Probe): boolean => made[name] !== member && withoutSay[name] !== member;

const missing = (message: string | RegExp) => ({ name: "ResourceNotFoundException", message });
const nobody = {
  name: "UserNotFoundException",
  message: /^(User does not exist\.|Username\/client id combination not found\.)$/,
};

/** How something of another pool is refused: as if it were not there. */
const refusals: Record<FurnitureName, { readonly name: string; readonly message: string | RegExp }> = {
  UserPoolId: missing(/^User pool .* does not exist\.$/),
  ClientId: missing(/^User pool client .* does not exist\.$/),
  ClientSecretId: missing(/^Client secret .* does not exist\.$/),
  Username: nobody,
  GroupName: missing("Group not found."),
  ProviderName: missing("Identity provider other-idp does not exist."),
  IdpIdentifier: missing("Identity provider other-identifier does not exist."),
  Identifier: missing("Resource server other-api does not exist."),
  Domain: { name: "InvalidParameterException", message: "No such domain or user pool exists." },
  TermsId: missing("Terms does not exist."),
  ManagedLoginBrandingId: missing("Managed login branding does not exist."),
  AccessToken: { name: "NotAuthorizedException", message: "Invalid Access Token" },
  RefreshToken: { name: "NotAuthorizedException", message: "Invalid Refresh Token." },
  Token: { name: "NotAuthorizedException", message: /./ },
  Session: { name: "NotAuthorizedException", message: "Invalid session for the user." },
  SessionId: missing("Session does not exist."),
  DeviceKey: missing("Device does not exist."),
  CredentialId: missing("The credential does not exist."),
  EventId: missing(/./),
  JobId: missing(/./),
};

/** How something of another pool is refused by an operation that has another word for it. */
const otherwiseRefused: Partial<Record<OperationName, (typeof refusals)[FurnitureName]>> = {
  ConfirmDevice: missing("Invalid device key given."),
  GetTokensFromRefreshToken: refusals.RefreshToken,
};

const refusalFor = ({ name, member }: Probe) => otherwiseRefused[name] ?? refusals[member];

describe("what belongs to another pool", () => {
  it.each(probes.filter(isNaming))("is not there for $name when $member names it", async (probe) => {
    const before = await Promise.all([own, other].map(contentsOf));
    const input = { ...requestFor(probe.name, own), [probe.member]: other[probe.member] };
    const { name, message } = refusalFor(probe);
    const refusal = await refusalOf(call(admin, probe.name, input));
    expect(refusal).toEqual({
      name,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
    expect(await Promise.all([own, other].map(contentsOf))).toEqual(before);
  });

  it.each(probes.filter((probe) => !isNaming(probe)))(
    "is left as it is by $name when $member is the same",
    async ({ name, member }) => {
      const before = await contentsOf(other);
      const input = { ...requestFor(name, third), [member]: other[member] };
      await call(admin, name, input).catch((error: unknown) => expect(error).toBeInstanceOf(Error));
      expect(await contentsOf(other)).toEqual(before);
    },
  );

  it.each<{ title: string; name: OperationName; further: () => object; refusal: { name: string; message: RegExp } }>([
    {
      title: "a user in the parameters of a sign-in",
      name: "InitiateAuth",
      further: () => signIn("USER_PASSWORD_AUTH")(other),
      refusal: { name: "UserNotFoundException", message: /^User does not exist\.$/ },
    },
    {
      title: "a user in the parameters of an administrator's sign-in",
      name: "AdminInitiateAuth",
      further: () => signIn("ADMIN_USER_PASSWORD_AUTH")(other),
      refusal: { name: "UserNotFoundException", message: /^User does not exist\.$/ },
    },
    {
      title: "a refresh token in the parameters of a sign-in",
      name: "InitiateAuth",
      further: () => ({
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: other.RefreshToken, DEVICE_KEY: other.DeviceKey },
      }),
      refusal: { name: "NotAuthorizedException", message: /^Invalid Refresh Token\.?$/ },
    },
    {
      title: "a user whose accounts are to be linked",
      name: "AdminLinkProviderForUser",
      further: () => ({ DestinationUser: account("Cognito", other.Username) }),
      refusal: { name: "UserNotFoundException", message: /./ },
    },
    {
      title: "a provider whose account is to be linked",
      name: "AdminLinkProviderForUser",
      further: () => ({
        SourceUser: { ...account(other.ProviderName, "account"), ProviderAttributeName: "Cognito_Subject" },
      }),
      refusal: { name: "ResourceNotFoundException", message: /./ },
    },
    {
      title: "a user who is to be kept from signing in",
      name: "AdminDisableProviderForUser",
      further: () => ({ User: localUser(other.Username) }),
      refusal: { name: "UserNotFoundException", message: /./ },
    },
    {
      title: "a provider that a client is to sign in with",
      name: "CreateUserPoolClient",
      further: () => ({ SupportedIdentityProviders: [other.ProviderName] }),
      refusal: { name: "InvalidParameterException", message: /other-idp/ },
    },
  ])("is not there as $title", async ({ name, further, refusal }) => {
    const before = await Promise.all([own, other].map(contentsOf));
    const input = { ...requestFor(name, own), ...further() };
    expect(await refusalOf(call(admin, name, input))).toEqual({
      name: refusal.name,
      message: expect.stringMatching(refusal.message),
    });
    expect(await Promise.all([own, other].map(contentsOf))).toEqual(before);
  });
});

describe("what belongs to the pool itself", () => {
  /** What takes things away comes late, and the more the later. */
  const rank = (name: OperationName): number => {
    if (["AdminDeleteUser", "DeleteUserPoolClient"].includes(name)) return 3;
    if (/Delete|Disable|Forget|Reset|SetUserPassword|SignOut/.test(name)) return 2;
    return /Revoke/.test(name) ? 1 : 0;
  };

  it("is there for every one of these operations, so that the refusals mean something", async () => {
    const things = await furnishPool(house, admin, "fourth");
    const tried = probes.filter(isNaming).toSorted((one, another) => rank(one.name) - rank(another.name));
    const blind: string[] = [];
    for (const name of new Set(tried.map((probe) => probe.name))) {
      const error: unknown = await call(admin, name, requestFor(name, things)).catch((reason: unknown) => reason);
      const isRefusedSo = tried
        .filter((probe) => probe.name === name)
        .map(refusalFor)
        .some(
          (refusal) =>
            error instanceof Error && error.name === refusal.name && isWorded(error.message, refusal.message),
        );
      if (isRefusedSo) blind.push(`${name}: ${String(error)}`);
    }
    expect(blind).toEqual([]);
  });

  const isWorded = (message: string, wanted: string | RegExp): boolean =>
    typeof wanted === "string" ? message === wanted : wanted.test(message);
});

describe("a key of one pool", () => {
  const signed = served.filter((name) => accessOf(name) === "signed");
  const ofPools = signed.filter((name) => membersOf(name).includes("UserPoolId"));
  const byArn = signed.filter((name) => membersOf(name).includes("ResourceArn"));
  const ofNoPool = signed.filter((name) => !ofPools.includes(name) && !byArn.includes(name));
  const arnOf = ({ UserPoolId }: Furniture) => `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${UserPoolId}`;

  it.each([...ofPools, ...byArn])("may not call %s on another pool", async (name) => {
    const before = await contentsOf(other);
    const input = byArn.includes(name) ? { ...validRequest(name), ResourceArn: arnOf(other) } : requestFor(name, other);
    const { name: refusal, message } = await refusalOf(call(bound, name, input));
    expect(refusal).toBe("AccessDeniedException");
    expect(message).toContain(`cognito-idp:${name} on resource: ${arnOf(other)} `);
    expect(await contentsOf(other)).toEqual(before);
  });

  it.each(ofNoPool)("may not call %s, which names no pool", async (name) => {
    expect(await refusalOf(call(bound, name, requestFor(name, own)))).toMatchObject({ name: "AccessDeniedException" });
  });

  it("may call operations on its own", async () => {
    const { UserPoolId } = own;
    expect((await bound.describeUserPool({ UserPoolId })).UserPool?.Id).toBe(UserPoolId);
    expect((await bound.listTagsForResource({ ResourceArn: arnOf(own) })).Tags).toEqual({});
  });
});

describe("a page token", () => {
  /** Lists of which a pool has two of everything, and the member that asks for one at a time. */
  const paged = served.flatMap((name) => {
    const members = membersOf(name);
    const token = ["NextToken", "PaginationToken"].find((member) => members.includes(member));
    const size = ["Limit", "MaxResults"].find((member) => members.includes(member));
    return token && size && members.includes("UserPoolId") ? [{ name, token, size }] : [];
  });
  /** Lists that may be empty in a pool that nobody uses. */
  const scarce: ReadonlySet<string> = new Set(["AdminListDevices", "AdminListUserAuthEvents", "ListUserImportJobs"]);

  it.each(paged.filter(({ name }) => !scarce.has(name)))(
    "of $name is good in its own pool only",
    async ({ name, token, size }) => {
      const page: unknown = await call(admin, name, { ...requestFor(name, other), [size]: 1 });
      const next: unknown = typeof page === "object" && page !== null ? Reflect.get(page, token) : undefined;
      expect(next).toEqual(expect.any(String));
      await call(admin, name, { ...requestFor(name, other), [size]: 1, [token]: next });
      const elsewhere = call(admin, name, { ...requestFor(name, own), [size]: 1, [token]: next });
      expect(await refusalOf(elsewhere)).toMatchObject({ name: "InvalidParameterException" });
    },
  );
});

describe("this list", () => {
  /** Members that look like the name of something in a pool and are none. */
  const names: ReadonlySet<string> = new Set([
    "AttributeName",
    "ChallengeName",
    "ClientName",
    "CloudWatchLogsRoleArn",
    "DeviceName",
    "FeedbackToken",
    "FriendlyDeviceName",
    "JobName",
    "Name",
    "NextToken",
    "PaginationToken",
    "PoolName",
    "RegionName",
    "ResourceArn",
    "RoleArn",
    "SSOSession",
    "TermsName",
    "TokenSession",
  ]);

  it("tries every member of a request that names something", () => {
    const looksLikeName = /(Arn|Domain|Id|Identifier|Key|Name|Session|Token|Username|name)$/;
    const unknown = served.flatMap((name) =>
      membersOf(name)
        .filter((member) => looksLikeName.test(member) && !isFurniture(member) && !names.has(member))
        .map((member) => `${name}.${member}`),
    );
    expect(unknown).toEqual([]);
  });

  it("tries every operation, or there is nothing in its request but the bearer's own token or the account's", () => {
    const tried = new Set<OperationName>([
      ...probes.map(({ name }) => name),
      ...served.filter((name) => accessOf(name) === "signed"),
    ]);
    const untried = served.filter((name) => !tried.has(name));
    expect(untried.filter((name) => subjectOf(name) !== "AccessToken" && subjectOf(name) !== "ClientId")).toEqual([]);
  });

  it("is as long as it should be, and would notice a change", async () => {
    expect(probes.length).toBeGreaterThan(90);
    const before = await contentsOf(other);
    await admin.createGroup({ UserPoolId: other.UserPoolId, GroupName: "noticed" });
    expect(await contentsOf(other)).not.toEqual(before);
  });
});
