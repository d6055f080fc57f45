import type { CognitoIdentityProvider, CreateUserPoolCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import { sdkFor, useHouse } from "../../test/support/house.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const house = useHouse();
/** Signs for the region of the replica. */
let abroad: CognitoIdentityProvider;

beforeAll(async () => {
  abroad = sdkFor(house.url, undefined, "eu-west-1");
});

const RegionName = "eu-west-1";

async function createPool(wanted: Partial<CreateUserPoolCommandInput> = {}): Promise<string> {
  const { UserPool } = await house.api.createUserPool({
    PoolName: "p",
    KeyConfiguration: {
      KeyType: "CUSTOMER_MANAGED_KEY",
      KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/mrk-1234",
    },
    ...wanted,
  });
  return UserPool?.Id ?? "";
}

async function createReplicated(): Promise<string> {
  const UserPoolId = await createPool();
  await house.api.createUserPoolReplica({ UserPoolId, RegionName });
  return UserPoolId;
}

const arnIn = (region: string, id: string) => `arn:aws:cognito-idp:${region}:123456789012:userpool/${id}`;

const secondary = (id: string, Status: string) => ({
  RegionName,
  Status,
  Role: "SECONDARY",
  UserPoolArn: arnIn(RegionName, id),
});

const unknownPool = (id: string) => ({
  name: "ResourceNotFoundException",
  message: `User pool ${id} does not exist.`,
});

describe("a replica", () => {
  it("is made, listed beside the primary, activated, deactivated and deleted", async () => {
    const UserPoolId = await createPool();
    const primary = {
      RegionName: "us-east-1",
      Status: "ACTIVE",
      Role: "PRIMARY",
      UserPoolArn: arnIn("us-east-1", UserPoolId),
    };
    const list = async () => (await house.api.listUserPoolReplicas({ UserPoolId })).UserPoolReplicas;
    const which = { UserPoolId, RegionName };
    expect(await list()).toEqual([primary]);
    expect((await house.api.createUserPoolReplica(which)).UserPoolReplica).toEqual(secondary(UserPoolId, "CREATING"));
    expect(await list()).toEqual([secondary(UserPoolId, "INACTIVE"), primary]);
    const activated = await house.api.updateUserPoolReplica({ ...which, Status: "ACTIVE" });
    expect(activated.UserPoolReplica).toEqual(secondary(UserPoolId, "ACTIVE"));
    expect(await list()).toEqual([secondary(UserPoolId, "ACTIVE"), primary]);
    expect(await refusalOf(house.api.deleteUserPoolReplica(which))).toEqual({
      name: "InvalidParameterException",
      message: "Only replicas in the INACTIVE status can be deleted.",
    });
    await house.api.updateUserPoolReplica({ ...which, Status: "INACTIVE" });
    expect((await house.api.deleteUserPoolReplica(which)).UserPoolReplica).toEqual(secondary(UserPoolId, "DELETING"));
    expect(await list()).toEqual([primary]);
  });

  it.each([
    {
      title: "the pool's own region",
      wanted: { RegionName: "us-east-1" },
      refusal: {
        name: "InvalidParameterException",
        message: "A user pool cannot be replicated to its primary region.",
      },
    },
    {
      title: "what is no region",
      wanted: { RegionName: "everywhere" },
      refusal: { name: "InvalidParameterException", message: "everywhere is not a region." },
    },
    {
      title: "tags that are reserved",
      wanted: { RegionName, UserPoolTags: { "aws:a": "b" } },
      refusal: { name: "UserPoolTaggingException", message: "Tag keys beginning with aws: are reserved." },
    },
  ])("is refused for $title", async ({ wanted, refusal }) => {
    const UserPoolId = await createPool();
    expect(await refusalOf(house.api.createUserPoolReplica({ UserPoolId, ...wanted }))).toEqual(refusal);
    expect((await house.api.listUserPoolReplicas({ UserPoolId })).UserPoolReplicas).toHaveLength(1);
  });

  it.each<{ title: string; pool: Partial<CreateUserPoolCommandInput>; name: string }>([
    {
      title: "without a key of its own",
      pool: { KeyConfiguration: { KeyType: "AWS_OWNED_KEY" } },
      name: "InvalidParameterException",
    },
    { title: "of the lowest tier", pool: { UserPoolTier: "LITE" }, name: "FeatureUnavailableInTierException" },
  ])("is refused to a pool $title", async ({ pool, name }) => {
    const UserPoolId = await createPool(pool);
    expect(await refusalOf(house.api.createUserPoolReplica({ UserPoolId, RegionName }))).toMatchObject({ name });
  });

  it("is one in a region, and one of ten at most", async () => {
    const UserPoolId = await createReplicated();
    expect(await refusalOf(house.api.createUserPoolReplica({ UserPoolId, RegionName }))).toEqual({
      name: "InvalidParameterException",
      message: `User pool ${UserPoolId} already has a replica in eu-west-1.`,
    });
    const regions = Array.from({ length: 12 }, (_, index) => `eu-north-${index + 1}`);
    const making = regions.map((name) => house.api.createUserPoolReplica({ UserPoolId, RegionName: name }));
    const outcomes = await Promise.allSettled(making);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(9);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { name: "LimitExceededException", message: "A user pool can have at most 10 replicas." },
    });
  });

  it.each(["updateUserPoolReplica", "deleteUserPoolReplica"] as const)(
    "that is not there is refused by %s",
    async (call) => {
      const UserPoolId = await createPool();
      expect(await refusalOf(house.api[call]({ UserPoolId, RegionName, Status: "ACTIVE" }))).toEqual({
        name: "ResourceNotFoundException",
        message: `User pool ${UserPoolId} has no replica in eu-west-1.`,
      });
    },
  );
});

describe("in the region of a replica", () => {
  it("a pool is found and listed, and in other regions it is not", async () => {
    const UserPoolId = await createReplicated();
    const { UserPool } = await abroad.describeUserPool({ UserPoolId });
    expect(UserPool?.Id).toBe(UserPoolId);
    const { UserPools = [] } = await abroad.listUserPools({ MaxResults: 60 });
    expect(UserPools).toContainEqual(expect.objectContaining({ Id: UserPoolId, ReplicaRegions: [RegionName] }));
    const elsewhere = sdkFor(house.url, undefined, "eu-west-2");
    expect(await refusalOf(elsewhere.describeUserPool({ UserPoolId }))).toEqual(unknownPool(UserPoolId));
    expect((await elsewhere.listUserPools({ MaxResults: 60 })).UserPools).toEqual([]);
  });

  it("a pool is not found once the replica is deleted", async () => {
    const UserPoolId = await createReplicated();
    await house.api.deleteUserPoolReplica({ UserPoolId, RegionName });
    expect(await refusalOf(abroad.describeUserPool({ UserPoolId }))).toEqual(unknownPool(UserPoolId));
  });

  it("nothing of the pool is changed", async () => {
    const UserPoolId = await createReplicated();
    const disabled = (operation: string) => ({
      name: "OperationNotEnabledException",
      message: `${operation} is not available in the replica of eu-west-1.`,
    });
    expect(await refusalOf(abroad.updateUserPool({ UserPoolId }))).toEqual(disabled("UpdateUserPool"));
    expect(await refusalOf(abroad.createGroup({ UserPoolId, GroupName: "g" }))).toEqual(disabled("CreateGroup"));
    expect(await refusalOf(abroad.adminCreateUser({ UserPoolId, Username: "u" }))).toEqual(disabled("AdminCreateUser"));
    expect(await refusalOf(abroad.deleteUserPoolReplica({ UserPoolId, RegionName }))).toEqual(
      disabled("DeleteUserPoolReplica"),
    );
    expect((await house.api.listGroups({ UserPoolId })).Groups).toEqual([]);
  });

  it("users are read always and signed in once the replica is active, which may be said there", async () => {
    const UserPoolId = await createReplicated();
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId,
      ClientName: "c",
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    const user = { UserPoolId, Username: "u" };
    await house.api.adminCreateUser({ ...user, MessageAction: "SUPPRESS" });
    await house.api.adminSetUserPassword({ ...user, Password: "Passw0rd!", Permanent: true });
    expect((await abroad.adminGetUser(user)).Username).toBe("u");
    const signIn = () =>
      abroad.adminInitiateAuth({
        UserPoolId,
        ClientId: UserPoolClient?.ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "u", PASSWORD: "Passw0rd!" },
      });
    expect(await refusalOf(signIn())).toMatchObject({ name: "OperationNotEnabledException" });
    await abroad.updateUserPoolReplica({ UserPoolId, RegionName, Status: "ACTIVE" });
    expect((await signIn()).AuthenticationResult?.AccessToken).toBeDefined();
  });
});

it("a pool that is deleted takes its replicas along", async () => {
  const UserPoolTags = { _custom_id_: "comesback" };
  const UserPoolId = await createPool({ UserPoolTags });
  await house.api.createUserPoolReplica({ UserPoolId, RegionName });
  await house.api.deleteUserPool({ UserPoolId });
  await createPool({ UserPoolTags });
  expect((await house.api.listUserPoolReplicas({ UserPoolId })).UserPoolReplicas).toHaveLength(1);
});
