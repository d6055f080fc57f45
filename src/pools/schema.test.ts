import type { SchemaAttributeType } from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const house = useHouse();
let UserPoolId: string;

beforeAll(async () => {
  UserPoolId = await createPool();
});

async function createPool(): Promise<string> {
  const Schema: SchemaAttributeType[] = [{ Name: "plan", AttributeDataType: "String" }];
  const { UserPool } = await house.api.createUserPool({ PoolName: "p", Schema });
  return UserPool?.Id ?? "";
}

async function customAttributes(pool = UserPoolId) {
  const { UserPool } = await house.api.describeUserPool({ UserPoolId: pool });
  return (UserPool?.SchemaAttributes ?? []).filter(({ Name = "" }) => Name.includes("custom:"));
}

const add = (CustomAttributes: SchemaAttributeType[], pool = UserPoolId) =>
  house.api.addCustomAttributes({ UserPoolId: pool, CustomAttributes });

const numbered = (count: number, from: number): SchemaAttributeType[] =>
  Array.from({ length: count }, (_, index) => ({ Name: `a${from + index}`, AttributeDataType: "String" }));

describe("attributes that are added to a pool", () => {
  it("stand after those it had, with what was left out filled in", async () => {
    const pool = await createPool();
    await add(
      [
        { Name: "seats", AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "1", MaxValue: "9" } },
        { Name: "since", AttributeDataType: "DateTime", Mutable: false },
        { Name: "note", AttributeDataType: "String", DeveloperOnlyAttribute: true },
      ],
      pool,
    );
    const common = { DeveloperOnlyAttribute: false, Mutable: true, Required: false };
    expect(await customAttributes(pool)).toEqual([
      { ...common, Name: "custom:plan", AttributeDataType: "String", StringAttributeConstraints: {} },
      {
        ...common,
        Name: "custom:seats",
        AttributeDataType: "Number",
        NumberAttributeConstraints: { MinValue: "1", MaxValue: "9" },
      },
      { ...common, Name: "custom:since", AttributeDataType: "DateTime", Mutable: false },
      {
        ...common,
        Name: "dev:custom:note",
        AttributeDataType: "String",
        DeveloperOnlyAttribute: true,
        StringAttributeConstraints: {},
      },
    ]);
  });

  it("can be given to users at once", async () => {
    await add([{ Name: "colour", AttributeDataType: "String" }]);
    const UserAttributes = [{ Name: "custom:colour", Value: "red" }];
    await house.api.adminCreateUser({ UserPoolId, Username: "u", UserAttributes, MessageAction: "SUPPRESS" });
    const { UserAttributes: shown } = await house.api.adminGetUser({ UserPoolId, Username: "u" });
    expect(shown).toContainEqual({ Name: "custom:colour", Value: "red" });
  });

  it("move the time of the last change, and survive an update of the pool", async () => {
    const pool = await createPool();
    house.clock.advance(1000);
    await add(numbered(1, 0), pool);
    const { UserPool } = await house.api.describeUserPool({ UserPoolId: pool });
    expect(UserPool?.LastModifiedDate).toEqual(new Date(house.clock.now()));
    await house.api.updateUserPool({ UserPoolId: pool });
    expect((await customAttributes(pool)).map(({ Name }) => Name)).toEqual(["custom:plan", "custom:a0"]);
  });

  it("are all there when many calls add some at once", async () => {
    const pool = await createPool();
    await Promise.all(Array.from({ length: 8 }, (_, index) => add(numbered(1, index), pool)));
    expect(await customAttributes(pool)).toHaveLength(9);
  });

  it("are fifty at most", async () => {
    const pool = await createPool();
    await add(numbered(25, 0), pool);
    await add(numbered(24, 25), pool);
    expect(await refusalOf(add(numbered(1, 50), pool))).toEqual({
      name: "InvalidParameterException",
      message: "A user pool can have at most 50 custom attributes.",
    });
    expect(await customAttributes(pool)).toHaveLength(50);
  });

  it.each<{ title: string; attributes: SchemaAttributeType[]; message: string }>([
    {
      title: "a name that is taken",
      attributes: [
        { Name: "fresh", AttributeDataType: "String" },
        { Name: "plan", AttributeDataType: "Number" },
      ],
      message: "custom:plan: Existing attribute already has name custom:plan.",
    },
    {
      title: "one name twice",
      attributes: [...numbered(1, 0), ...numbered(1, 0)],
      message: "Duplicate custom attribute names custom:a0 are not allowed in a user pool schema.",
    },
    {
      title: "one that is required",
      attributes: [{ Name: "a", AttributeDataType: "String", Required: true }],
      message: "Required custom attributes are not supported currently.",
    },
    {
      title: "one without a type",
      attributes: [{ Name: "a" }],
      message: "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
    },
  ])("are refused with $title, and none is added", async ({ attributes, message }) => {
    const pool = await createPool();
    expect(await refusalOf(add(attributes, pool))).toEqual({ name: "InvalidParameterException", message });
    expect(await customAttributes(pool)).toHaveLength(1);
  });

  it("are refused in a pool that does not exist", async () => {
    expect(await refusalOf(add(numbered(1, 0), "us-east-1_nobody"))).toEqual({
      name: "ResourceNotFoundException",
      message: "User pool us-east-1_nobody does not exist.",
    });
  });
});
