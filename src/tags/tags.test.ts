import { describe, expect, it } from "vitest";
import { sdkFor, useHouse } from "../../test/support/house.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const house = useHouse();

async function createPool(UserPoolTags?: Record<string, string>) {
  const { UserPool } = await house.api.createUserPool({
    PoolName: "p",
    ...(UserPoolTags && { UserPoolTags }),
    KeyConfiguration: {
      KeyType: "CUSTOMER_MANAGED_KEY",
      KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/mrk-1234",
    },
  });
  return { UserPoolId: UserPool?.Id ?? "", ResourceArn: UserPool?.Arn ?? "" };
}

const tagsOf = async (ResourceArn: string) => (await house.api.listTagsForResource({ ResourceArn })).Tags;

const numbered = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, ""]));

describe("tags", () => {
  it("are none at first", async () => {
    expect(await tagsOf((await createPool()).ResourceArn)).toEqual({});
  });

  it("are those that the pool was made with, and added to by key", async () => {
    const { UserPoolId, ResourceArn } = await createPool({ team: "a", stage: "test" });
    await house.api.tagResource({ ResourceArn, Tags: { stage: "live", owner: "" } });
    const expected = { team: "a", stage: "live", owner: "" };
    expect(await tagsOf(ResourceArn)).toEqual(expected);
    const { UserPool } = await house.api.describeUserPool({ UserPoolId });
    expect(UserPool?.UserPoolTags).toEqual(expected);
  });

  it("are replaced by an update of the pool", async () => {
    const { UserPoolId, ResourceArn } = await createPool({ team: "a" });
    await house.api.updateUserPool({ UserPoolId, UserPoolTags: { stage: "test" } });
    expect(await tagsOf(ResourceArn)).toEqual({ stage: "test" });
  });

  it("are taken off by key, whether there or not", async () => {
    const { ResourceArn } = await createPool({ team: "a", stage: "test" });
    await house.api.untagResource({ ResourceArn, TagKeys: ["team", "unknown"] });
    expect(await tagsOf(ResourceArn)).toEqual({ stage: "test" });
  });

  it("are all there when many calls add some at once", async () => {
    const { ResourceArn } = await createPool();
    const keys = Object.keys(numbered(8));
    await Promise.all(keys.map((key) => house.api.tagResource({ ResourceArn, Tags: { [key]: "" } })));
    expect(await tagsOf(ResourceArn)).toEqual(numbered(8));
  });

  it("are fifty at most, counted with those that are there", async () => {
    const { ResourceArn } = await createPool(numbered(49));
    const refusal = await refusalOf(house.api.tagResource({ ResourceArn, Tags: { one: "", two: "" } }));
    expect(refusal).toEqual({
      name: "InvalidParameterException",
      message: "User pool tags exceed the limit of 50.",
    });
    expect(await tagsOf(ResourceArn)).toEqual(numbered(49));
    await house.api.tagResource({ ResourceArn, Tags: { one: "" } });
  });

  it.each(["aws:stage", "AWS:stage"])("cannot have the key %s", async (key) => {
    const { ResourceArn } = await createPool();
    expect(await refusalOf(house.api.tagResource({ ResourceArn, Tags: { [key]: "" } }))).toEqual({
      name: "InvalidParameterException",
      message: "Tag keys beginning with aws: are reserved.",
    });
  });

  it("of a replica are its own", async () => {
    const { UserPoolId, ResourceArn } = await createPool({ team: "a" });
    await house.api.createUserPoolReplica({ UserPoolId, RegionName: "eu-west-1", UserPoolTags: { team: "b" } });
    const abroad = sdkFor(house.url, undefined, "eu-west-1");
    const there = ResourceArn.replace("us-east-1:", "eu-west-1:");
    await abroad.tagResource({ ResourceArn: there, Tags: { stage: "test" } });
    await abroad.untagResource({ ResourceArn: there, TagKeys: ["team"] });
    expect((await abroad.listTagsForResource({ ResourceArn: there })).Tags).toEqual({ stage: "test" });
    expect(await tagsOf(ResourceArn)).toEqual({ team: "a" });
  });
});

describe("an ARN", () => {
  const unknown = (id: string) => ({ name: "ResourceNotFoundException", message: `User pool ${id} does not exist.` });

  it.each([
    { title: "another region", change: (arn: string) => arn.replace("us-east-1:", "eu-west-1:") },
    { title: "another account", change: (arn: string) => arn.replace("123456789012", "210987654321") },
  ])("of $title names no pool of the caller", async ({ change }) => {
    const { UserPoolId, ResourceArn } = await createPool({ team: "a" });
    const wrong = change(ResourceArn);
    expect(await refusalOf(house.api.listTagsForResource({ ResourceArn: wrong }))).toEqual(unknown(UserPoolId));
    expect(await refusalOf(house.api.tagResource({ ResourceArn: wrong, Tags: { a: "" } }))).toEqual(
      unknown(UserPoolId),
    );
    expect(await refusalOf(house.api.untagResource({ ResourceArn: wrong, TagKeys: ["team"] }))).toEqual(
      unknown(UserPoolId),
    );
    expect(await tagsOf(ResourceArn)).toEqual({ team: "a" });
  });

  it("of a pool that does not exist names none", async () => {
    const ResourceArn = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_nobody";
    expect(await refusalOf(house.api.listTagsForResource({ ResourceArn }))).toEqual(unknown("us-east-1_nobody"));
  });

  it("of something else is refused", async () => {
    const ResourceArn = "arn:aws:sns:us-east-1:123456789012:topic";
    expect(await refusalOf(house.api.listTagsForResource({ ResourceArn }))).toEqual({
      name: "InvalidParameterException",
      message: `${ResourceArn} is not the ARN of a user pool.`,
    });
  });
});
