import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { groupsOfPoolLimit, groupsOfUserLimit } from "./group.ts";

const house = useHouse();
let UserPoolId: string;

beforeAll(async () => {
  UserPoolId = await createPool();
});

async function createPool(): Promise<string> {
  const { UserPool } = await house.api.createUserPool({ PoolName: "p" });
  return UserPool?.Id ?? "";
}

let made = 0;

async function createGroup(wanted: { Precedence?: number; RoleArn?: string; Description?: string } = {}) {
  const GroupName = `group-${++made}`;
  await house.api.createGroup({ UserPoolId, GroupName, ...wanted });
  return GroupName;
}

async function createUser(): Promise<string> {
  const Username = `user-${++made}`;
  await house.api.adminCreateUser({ UserPoolId, Username, MessageAction: "SUPPRESS" });
  return Username;
}

const join = (GroupName: string, Username: string) =>
  house.api.adminAddUserToGroup({ UserPoolId, GroupName, Username });

async function membersOf(GroupName: string): Promise<(string | undefined)[]> {
  const { Users = [] } = await house.api.listUsersInGroup({ UserPoolId, GroupName });
  return Users.map(({ Username }) => Username).sort();
}

async function groupsOf(Username: string): Promise<(string | undefined)[]> {
  const { Groups = [] } = await house.api.adminListGroupsForUser({ UserPoolId, Username });
  return Groups.map(({ GroupName }) => GroupName);
}

const unknown = { name: "ResourceNotFoundException", message: "Group not found." };
const role = "arn:aws:iam::123456789012:role/admins";

describe("a group", () => {
  it("is answered with what was given and nothing else", async () => {
    const GroupName = "éditeurs-✓";
    const dates = { LastModifiedDate: expect.any(Date), CreationDate: expect.any(Date) };
    const { Group } = await house.api.createGroup({ UserPoolId, GroupName });
    expect(Group).toEqual({ GroupName, UserPoolId, ...dates });
    expect((await house.api.getGroup({ UserPoolId, GroupName })).Group).toEqual(Group);
    const full = { Description: "All", RoleArn: role, Precedence: 0 };
    const { Group: second } = await house.api.createGroup({ UserPoolId, GroupName: "full", ...full });
    expect(second).toEqual({ GroupName: "full", UserPoolId, ...full, ...dates });
  });

  it("has a name of its own, in which case counts", async () => {
    const GroupName = await createGroup();
    expect(await refusalOf(house.api.createGroup({ UserPoolId, GroupName }))).toEqual({
      name: "GroupExistsException",
      message: "A group with the name already exists.",
    });
    await house.api.createGroup({ UserPoolId, GroupName: GroupName.toUpperCase() });
    await house.api.createGroup({ UserPoolId: await createPool(), GroupName });
  });

  it("of which many are made at once under one name is made once", async () => {
    const making = Array.from({ length: 8 }, () => house.api.createGroup({ UserPoolId, GroupName: "at-once" }));
    const outcomes = await Promise.allSettled(making);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("has a precedence of 32 bits", async () => {
    expect(await createGroup({ Precedence: 2 ** 31 - 1 })).toBeDefined();
    expect((await refusalOf(createGroup({ Precedence: 2 ** 31 }))).name).toBe("InvalidParameterException");
    expect((await refusalOf(createGroup({ Precedence: -1 }))).name).toBe("InvalidParameterException");
  });

  it("keeps in an update what the request leaves out", async () => {
    const GroupName = await createGroup({ Description: "old", Precedence: 5, RoleArn: role });
    const { Group } = await house.api.updateGroup({ UserPoolId, GroupName, Precedence: 0 });
    expect(Group).toMatchObject({ GroupName, Description: "old", Precedence: 0, RoleArn: role });
    expect((await house.api.getGroup({ UserPoolId, GroupName })).Group).toEqual(Group);
  });

  it("keeps both of two updates of different members that come at once", async () => {
    const GroupName = await createGroup();
    await Promise.all([
      house.api.updateGroup({ UserPoolId, GroupName, Description: "new" }),
      house.api.updateGroup({ UserPoolId, GroupName, Precedence: 3 }),
      house.api.updateGroup({ UserPoolId, GroupName, RoleArn: role }),
    ]);
    const { Group } = await house.api.getGroup({ UserPoolId, GroupName });
    expect(Group).toMatchObject({ Description: "new", Precedence: 3, RoleArn: role });
  });

  it("is gone when it is deleted, with its memberships but not its users", async () => {
    const GroupName = await createGroup();
    const user = await createUser();
    await join(GroupName, user);
    await house.api.deleteGroup({ UserPoolId, GroupName });
    expect(await groupsOf(user)).toEqual([]);
    await house.api.createGroup({ UserPoolId, GroupName });
    expect(await membersOf(GroupName)).toEqual([]);
  });

  it("that is deleted while users join it leaves no membership to the next of its name", async () => {
    const users = await Promise.all(Array.from({ length: 4 }, createUser));
    for (let round = 0; round < 5; round++) {
      const GroupName = await createGroup();
      await Promise.allSettled([
        ...users.map((user) => join(GroupName, user)),
        house.api.deleteGroup({ UserPoolId, GroupName }),
        ...users.map((user) => join(GroupName, user)),
      ]);
      await house.api.createGroup({ UserPoolId, GroupName });
      expect(await membersOf(GroupName)).toEqual([]);
    }
  });

  it("that nobody made is not found by any call", async () => {
    const GroupName = "nobody-made-it";
    const Username = await createUser();
    const calls = [
      () => house.api.getGroup({ UserPoolId, GroupName }),
      () => house.api.updateGroup({ UserPoolId, GroupName, Description: "d" }),
      () => house.api.deleteGroup({ UserPoolId, GroupName }),
      () => house.api.listUsersInGroup({ UserPoolId, GroupName }),
      () => house.api.adminAddUserToGroup({ UserPoolId, GroupName, Username }),
      () => house.api.adminRemoveUserFromGroup({ UserPoolId, GroupName, Username }),
    ];
    for (const call of calls) expect(await refusalOf(call())).toEqual(unknown);
  });

  it("of another pool is not found", async () => {
    const GroupName = await createGroup();
    const other = await createPool();
    expect(await refusalOf(house.api.getGroup({ UserPoolId: other, GroupName }))).toEqual(unknown);
  });
});

describe("a membership", () => {
  it("is there once, however often it is made, and gone however often it is ended", async () => {
    const [GroupName, Username] = [await createGroup(), await createUser()];
    await join(GroupName, Username);
    await join(GroupName, Username);
    expect(await membersOf(GroupName)).toEqual([Username]);
    expect(await groupsOf(Username)).toEqual([GroupName]);
    await house.api.adminRemoveUserFromGroup({ UserPoolId, GroupName, Username });
    await house.api.adminRemoveUserFromGroup({ UserPoolId, GroupName, Username });
    expect(await membersOf(GroupName)).toEqual([]);
    expect(await groupsOf(Username)).toEqual([]);
  });

  it("needs a user", async () => {
    expect(await refusalOf(join(await createGroup(), "nobody"))).toEqual({
      name: "UserNotFoundException",
      message: "User does not exist.",
    });
  });

  it("ends with its user", async () => {
    const [GroupName, Username] = [await createGroup(), await createUser()];
    await join(GroupName, Username);
    await house.api.adminDeleteUser({ UserPoolId, Username });
    expect(await membersOf(GroupName)).toEqual([]);
  });

  it(`is one of ${groupsOfUserLimit} of a user at most`, async () => {
    const Username = await createUser();
    const { Users } = await house.api.listUsers({ UserPoolId, Filter: `username = "${Username}"` });
    const sub = Users?.[0]?.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";
    const names = Array.from({ length: groupsOfUserLimit - 1 }, (_, index) => `full-${index}`);
    await house.app.db.insertInto("groups").values(names.map(groupRow)).execute();
    await house.app.db
      .insertInto("group_members")
      .values(names.map((group_name) => ({ pool_id: UserPoolId, group_name, sub, created_at: 0 })))
      .execute();
    const [hundredth, next] = [await createGroup(), await createGroup()];
    await join(hundredth, Username);
    expect((await refusalOf(join(next, Username))).name).toBe("InvalidParameterException");
    expect(await membersOf(next)).toEqual([]);
    // Who is in a group already may be added again.
    await join(hundredth, Username);
  });
});

const groupRow = (name: string) => ({
  pool_id: UserPoolId,
  name,
  description: null,
  role_arn: null,
  precedence: null,
  created_at: 0,
  modified_at: 0,
});

it(`a pool has ${groupsOfPoolLimit} groups at most`, async () => {
  const full = await createPool();
  for (let from = 0; from < groupsOfPoolLimit; from += 1000) {
    const rows = Array.from({ length: 1000 }, (_, index) => ({ ...groupRow(`g${from + index}`), pool_id: full }));
    await house.app.db.insertInto("groups").values(rows).execute();
  }
  const create = () => house.api.createGroup({ UserPoolId: full, GroupName: "one-more" });
  expect((await refusalOf(create())).name).toBe("LimitExceededException");
  await house.api.deleteGroup({ UserPoolId: full, GroupName: "g0" });
  await create();
});

describe("lists", () => {
  it("of groups come in pages that hold each once", async () => {
    const pool = await createPool();
    const names = ["a", "B", "c", "é", "d"];
    for (const GroupName of names) await house.api.createGroup({ UserPoolId: pool, GroupName });
    const pages = await pagesOf(async (NextToken) => {
      const { Groups = [], ...page } = await house.api.listGroups({ UserPoolId: pool, Limit: 2, NextToken });
      return { items: Groups.map(({ GroupName }) => GroupName), next: page.NextToken };
    });
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(pages.flat().sort()).toEqual(names.sort());
  });

  it("of a user's groups come in pages that hold each once", async () => {
    const Username = await createUser();
    const names = [await createGroup(), await createGroup(), await createGroup()];
    for (const name of names) await join(name, Username);
    const pages = await pagesOf(async (NextToken) => {
      const asked = { UserPoolId, Username, Limit: 2, NextToken };
      const { Groups = [], ...page } = await house.api.adminListGroupsForUser(asked);
      return { items: Groups.map(({ GroupName }) => GroupName), next: page.NextToken };
    });
    expect(pages.map(({ length }) => length)).toEqual([2, 1]);
    expect(pages.flat().sort()).toEqual(names.sort());
  });

  it("of a group's users come in pages that hold each once, with attributes", async () => {
    const GroupName = await createGroup();
    const names = [await createUser(), await createUser(), await createUser()];
    for (const name of names) await join(GroupName, name);
    const pages = await pagesOf(async (NextToken) => {
      const { Users = [], ...page } = await house.api.listUsersInGroup({ UserPoolId, GroupName, Limit: 2, NextToken });
      return { items: Users, next: page.NextToken };
    });
    expect(pages.map(({ length }) => length)).toEqual([2, 1]);
    expect(
      pages
        .flat()
        .map(({ Username }) => Username)
        .sort(),
    ).toEqual(names.sort());
    expect(pages[0]?.[0]).toEqual({
      Username: expect.any(String),
      Attributes: [{ Name: "sub", Value: expect.any(String) }],
      UserCreateDate: expect.any(Date),
      UserLastModifiedDate: expect.any(Date),
      Enabled: true,
      UserStatus: "FORCE_CHANGE_PASSWORD",
    });
  });

  it("go on only where their token is from", async () => {
    const [first, second] = [await createGroup(), await createGroup()];
    for (const user of [await createUser(), await createUser()]) await join(first, user);
    const { NextToken } = await house.api.listUsersInGroup({ UserPoolId, GroupName: first, Limit: 1 });
    expect(NextToken).toBeDefined();
    const calls = [
      () => house.api.listUsersInGroup({ UserPoolId, GroupName: second, NextToken }),
      () => house.api.listGroups({ UserPoolId, NextToken }),
      () => house.api.listGroups({ UserPoolId, NextToken: "made-up" }),
    ];
    for (const call of calls) {
      expect(await refusalOf(call())).toEqual({
        name: "InvalidParameterException",
        message: "Invalid Pagination Token",
      });
    }
  });
});

/** The items of every page, page by page. */
async function pagesOf<Item>(
  fetch: (token: string | undefined) => Promise<{ items: Item[]; next: string | undefined }>,
): Promise<Item[][]> {
  const pages: Item[][] = [];
  let token: string | undefined;
  do {
    const { items, next } = await fetch(token);
    pages.push(items);
    token = next;
  } while (token !== undefined);
  return pages;
}

it("tokens carry the groups, the roles and the preferred role of their user", async () => {
  const Username = await createUser();
  const [second, first] = [await createGroup({ Precedence: 2 }), await createGroup({ Precedence: 1, RoleArn: role })];
  for (const group of [second, first]) await join(group, Username);
  const Password = "Correct-horse-1";
  await house.api.adminSetUserPassword({ UserPoolId, Username, Password, Permanent: true });
  const { UserPoolClient } = await house.api.createUserPoolClient({
    UserPoolId,
    ClientName: "c",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
  });
  const { AuthenticationResult } = await house.api.initiateAuth({
    ClientId: UserPoolClient?.ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: Username, PASSWORD: Password },
  });
  const groups = { "cognito:groups": [first, second] };
  expect(claimsOf(AuthenticationResult?.AccessToken)).toMatchObject(groups);
  expect(claimsOf(AuthenticationResult?.IdToken)).toMatchObject({
    ...groups,
    "cognito:roles": [role],
    "cognito:preferred_role": role,
  });
  expect(Object.keys(claimsOf(AuthenticationResult?.AccessToken))).not.toContain("cognito:roles");
});

function claimsOf(token: string | undefined): object {
  const claims: unknown = JSON.parse(Buffer.from(token?.split(".")[1] ?? "", "base64url").toString());
  return typeof claims === "object" && claims !== null ? claims : {};
}
