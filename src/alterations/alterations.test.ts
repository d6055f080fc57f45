import { describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { password } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { signInBySrp } from "../../test/support/signing-in.ts";
import { alterPool, type Outcome } from "./alter.ts";
import type { Wishes } from "./alteration.ts";

const house = useHouse();

const none: Wishes = {
  attributes: new Map(),
  renamed: new Map(),
  removed: new Set(),
  dropsValues: false,
};

const alter = (poolId: string, wishes: Partial<Wishes>, isTrial = false): Promise<Outcome> =>
  alterPool(house.app, poolId, { ...none, ...wishes }, { isTrial });

/** A pool of people who sign in by a username, with custom attributes, and a client. */
async function makePlace(settings: { readonly CaseSensitive?: boolean } = {}) {
  const { UserPool } = await house.api.createUserPool({
    PoolName: "alterable",
    ...(settings.CaseSensitive === false && { UsernameConfiguration: { CaseSensitive: false } }),
    Schema: [
      { Name: "level", AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "1", MaxValue: "100" } },
      { Name: "team", AttributeDataType: "String", Mutable: false },
    ],
  });
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await house.api.createUserPoolClient({
    UserPoolId,
    ClientName: "c",
    ReadAttributes: ["email", "custom:team"],
    WriteAttributes: ["custom:level", "custom:team"],
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  const ClientId = UserPoolClient?.ClientId ?? "";
  return {
    UserPoolId,
    ClientId,
    add: async (Username: string, attributes: Readonly<Record<string, string>> = {}) => {
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      await house.api.adminCreateUser({ UserPoolId, Username, UserAttributes, MessageAction: "SUPPRESS" });
      await house.api.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
    },
    signIn: (USERNAME: string) =>
      house.api.initiateAuth({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD: password },
      }),
    schema: async () => {
      const described = await house.api.describeUserPool({ UserPoolId });
      return new Map(described.UserPool?.SchemaAttributes?.map((attribute) => [attribute.Name, attribute]));
    },
  };
}

const verified = (email: string) => ({ email, email_verified: "true" });

describe("names of a pool", () => {
  it("stop telling case apart, and users get in by any spelling, by SRP too", async () => {
    const place = await makePlace();
    await place.add("Jane");
    expect((await refusalOf(place.signIn("jane"))).name).toMatch(/NotAuthorized|UserNotFound/);
    expect(await alter(place.UserPoolId, { isCaseSensitive: false })).toEqual({
      obstacles: [],
      isDone: true,
      users: 1,
    });
    expect((await place.signIn("JANE")).AuthenticationResult?.AccessToken).toBeTruthy();
    const step = await signInBySrp(house, place, { username: "jane", password });
    expect(step.AuthenticationResult?.AccessToken).toBeTruthy();
    await expect(place.add("jANE")).rejects.toMatchObject({ name: "UsernameExistsException" });
  });

  it("go on telling case apart where two differ in nothing else, who are named", async () => {
    const place = await makePlace();
    for (const name of ["Jane", "jane", "john"]) await place.add(name);
    const { obstacles, isDone } = await alter(place.UserPoolId, { isCaseSensitive: false });
    expect([obstacles, isDone]).toEqual([
      [
        {
          reason: "would have the username of another user as its own",
          users: 1,
          examples: [expect.stringMatching(/^(Jane|jane) \([0-9a-f-]{36}\)$/)],
        },
      ],
      false,
    ]);
    for (const name of ["Jane", "jane", "john"]) expect((await place.signIn(name)).AuthenticationResult).toBeTruthy();
    expect((await refusalOf(place.signIn("JOHN"))).name).toMatch(/NotAuthorized|UserNotFound/);
  });

  it("come to be aliases, for those who have proved them, and stop being so", async () => {
    const place = await makePlace();
    await place.add("jane", verified("jane@example.com"));
    await place.add("john", { email: "john@example.com" });
    await alter(place.UserPoolId, { aliases: ["email"] });
    expect((await place.signIn("jane@example.com")).AuthenticationResult?.AccessToken).toBeTruthy();
    await refusalOf(place.signIn("john@example.com"));
    const { UserPool } = await house.api.describeUserPool({ UserPoolId: place.UserPoolId });
    expect(UserPool?.AliasAttributes).toEqual(["email"]);
    await alter(place.UserPoolId, { aliases: [] });
    await refusalOf(place.signIn("jane@example.com"));
    expect((await place.signIn("jane")).AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it("come to be no aliases where two have proved the same, or a username looks like one", async () => {
    const place = await makePlace();
    await place.add("one", verified("same@example.com"));
    await place.add("two", verified("same@example.com"));
    await place.add("looks@example.com");
    const { obstacles } = await alter(place.UserPoolId, { aliases: ["email"] });
    expect(obstacles.map(({ reason, users }) => [reason, users])).toEqual([
      ["has a username that looks like an e-mail address, which is an alias", 1],
      ["would have the email of another user as its own", 1],
    ]);
  });

  it("come to be contacts that users sign in by, when all have one", async () => {
    const place = await makePlace();
    await place.add("jane", { email: "jane@example.com" });
    await place.add("john");
    const wish = { usernames: ["email"] } as const;
    expect((await alter(place.UserPoolId, wish)).obstacles).toMatchObject([
      { reason: "has no email to sign in by", users: 1, examples: [expect.stringMatching(/^john /)] },
    ]);
    await house.api.adminUpdateUserAttributes({
      UserPoolId: place.UserPoolId,
      Username: "john",
      UserAttributes: [{ Name: "email", Value: "john@example.com" }],
    });
    expect((await alter(place.UserPoolId, wish)).isDone).toBe(true);
    for (const name of ["john@example.com", "john"]) {
      expect((await place.signIn(name)).AuthenticationResult?.AccessToken).toBeTruthy();
    }
  });

  it("move from one to another in one go: what is given up is free for who claims it", async () => {
    const place = await makePlace();
    await place.add("a", { preferred_username: "shared" });
    await place.add("b", verified("b@example.com"));
    await alter(place.UserPoolId, { aliases: ["preferred_username"] });
    await house.api.adminUpdateUserAttributes({
      UserPoolId: place.UserPoolId,
      Username: "b",
      UserAttributes: [{ Name: "preferred_username", Value: "other" }],
    });
    expect((await alter(place.UserPoolId, { aliases: ["email"] })).isDone).toBe(true);
    await refusalOf(place.signIn("shared"));
    expect((await place.signIn("b@example.com")).AuthenticationResult?.AccessToken).toBeTruthy();
  });
});

describe("an attribute of a pool", () => {
  it("gets other bounds when all values keep them", async () => {
    const place = await makePlace();
    await place.add("jane", { "custom:level": "50" });
    const change = (max: number) => ({ attributes: new Map([["custom:level", { max, isMutable: true }]]) });
    expect((await alter(place.UserPoolId, change(10))).obstacles).toMatchObject([
      { reason: "custom:level: Number must be at most 10", users: 1 },
    ]);
    expect((await alter(place.UserPoolId, change(60))).isDone).toBe(true);
    expect((await place.schema()).get("custom:level")?.NumberAttributeConstraints).toEqual({
      MinValue: "1",
      MaxValue: "60",
    });
    await expect(place.add("john", { "custom:level": "61" })).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  it("becomes mutable, and required when everybody has it", async () => {
    const place = await makePlace();
    await place.add("jane", { "custom:team": "blue" });
    await alter(place.UserPoolId, { attributes: new Map([["custom:team", { isMutable: true }]]) });
    expect((await place.schema()).get("custom:team")?.Mutable).toBe(true);
    const required = { attributes: new Map([["email", { isRequired: true }]]) };
    expect((await alter(place.UserPoolId, required)).obstacles).toMatchObject([
      { reason: "has no email, which is required", users: 1 },
    ]);
    expect((await place.schema()).get("email")?.Required).toBe(false);
  });

  it("gets another name, with its values, in clients too", async () => {
    const place = await makePlace();
    await place.add("jane", { "custom:team": "blue" });
    await alter(place.UserPoolId, { renamed: new Map([["custom:team", "custom:squad"]]) });
    const { UserAttributes } = await house.api.adminGetUser({ UserPoolId: place.UserPoolId, Username: "jane" });
    expect(UserAttributes).toContainEqual({ Name: "custom:squad", Value: "blue" });
    const { UserPoolClient } = await house.api.describeUserPoolClient(place);
    expect(UserPoolClient?.ReadAttributes).toEqual(["email", "custom:squad"]);
    expect(UserPoolClient?.WriteAttributes).toEqual(["custom:level", "custom:squad"]);
    expect((await place.schema()).has("custom:team")).toBe(false);
  });

  it("is removed when nobody has a value, or with the values when that is wished", async () => {
    const place = await makePlace();
    await place.add("jane", { "custom:team": "blue" });
    const removed = new Set(["custom:team"]);
    expect((await alter(place.UserPoolId, { removed })).obstacles).toMatchObject([
      { reason: "has a value of custom:team (--drop-values takes it away)", users: 1 },
    ]);
    expect((await alter(place.UserPoolId, { removed, dropsValues: true })).isDone).toBe(true);
    const { UserAttributes } = await house.api.adminGetUser({ UserPoolId: place.UserPoolId, Username: "jane" });
    expect(UserAttributes?.map(({ Name }) => Name)).not.toContain("custom:team");
    const { UserPoolClient } = await house.api.describeUserPoolClient(place);
    expect(UserPoolClient?.ReadAttributes).toEqual(["email"]);
  });
});

describe("an alteration", () => {
  it("that is a trial changes nothing", async () => {
    const place = await makePlace();
    await place.add("Jane");
    const before = await house.api.describeUserPool({ UserPoolId: place.UserPoolId });
    expect(await alter(place.UserPoolId, { isCaseSensitive: false }, true)).toEqual({
      obstacles: [],
      isDone: false,
      users: 1,
    });
    const after = await house.api.describeUserPool({ UserPoolId: place.UserPoolId });
    expect(after.UserPool).toEqual(before.UserPool);
    await refusalOf(place.signIn("jane"));
  });

  it.each<[string, Partial<Wishes>, string]>([
    [
      "an attribute that there is none of",
      { removed: new Set(["custom:none"]) },
      "The pool has no attribute custom:none.",
    ],
    ["a standard attribute removed", { removed: new Set(["email"]) }, "email is an attribute of every pool"],
    [
      "a standard attribute renamed",
      { renamed: new Map([["email", "custom:mail"]]) },
      "email is an attribute of every pool",
    ],
    [
      "a name that is taken",
      { renamed: new Map([["custom:team", "custom:level"]]) },
      "has an attribute custom:level already",
    ],
    ["a name that is none", { renamed: new Map([["custom:team", "team"]]) }, "cannot be called team"],
    ["another sub", { attributes: new Map([["sub", { isMutable: true }]]) }, "sub is what a user is known by"],
    [
      "bounds that cross",
      { attributes: new Map([["custom:level", { min: 200 }]]) },
      "A least of 200 is above a most of 100.",
    ],
    ["bounds of a flag", { attributes: new Map([["email_verified", { max: 1 }]]) }, "it has no bounds"],
    ["aliases and usernames", { aliases: ["email"], usernames: ["email"] }, "as aliases or as usernames, not both"],
    [
      "two changes of one",
      { removed: new Set(["custom:team"]), attributes: new Map([["custom:team", { max: 3 }]]) },
      "custom:team is changed in two ways",
    ],
  ])("that wishes for %s is refused", async (_title, wishes, message) => {
    const place = await makePlace();
    await expect(alter(place.UserPoolId, wishes)).rejects.toThrow(message);
  });

  it("of a pool that there is none of is refused", async () => {
    await expect(alter("us-east-1_none", {})).rejects.toThrow("User pool us-east-1_none does not exist.");
  });
});
