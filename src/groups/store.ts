import { ApiError } from "../contract/errors.ts";
import { hotRead } from "../database/hot-query.ts";
import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import type { User } from "../users/user.ts";
import { type Group, groupsOfUserLimit } from "./group.ts";

/** A pool's group of this name. */
export async function findGroup(db: Db, poolId: string, name: string): Promise<Group | undefined> {
  const row = await db
    .selectFrom("groups")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("name", "=", name)
    .executeTakeFirst();
  return row && toGroup(row);
}

/** A pool's group of this name. @throws ResourceNotFoundException */
export async function getGroup(db: Db, poolId: string, name: string): Promise<Group> {
  const group = await findGroup(db, poolId, name);
  if (group) return group;
  throw notFound();
}

/** Source: observed. */
const notFound = (): ApiError => new ApiError("ResourceNotFoundException", "Group not found.");

/**
 * A pool's group of this name, which nobody deletes before the caller's transaction ends: a membership that outlived
 * its group would come back with the next group of the name. @throws ResourceNotFoundException
 */
export async function holdGroup(db: Db, poolId: string, name: string): Promise<Group> {
  const row = await db
    .updateTable("groups")
    .set({ name })
    .where("pool_id", "=", poolId)
    .where("name", "=", name)
    .returningAll()
    .executeTakeFirst();
  if (row) return toGroup(row);
  throw notFound();
}

const toRow = (group: Group): Schema["groups"] => ({
  pool_id: group.poolId,
  name: group.name,
  description: group.description ?? null,
  role_arn: group.roleArn ?? null,
  precedence: group.precedence ?? null,
  created_at: group.createdAt,
  modified_at: group.modifiedAt,
});

/** Keeps a new group. False when its name is taken. */
export async function insertGroup(db: Db, group: Group): Promise<boolean> {
  const row = await db
    .insertInto("groups")
    .values(toRow(group))
    .onConflict((conflict) => conflict.columns(["pool_id", "name"]).doNothing())
    .returning("name")
    .executeTakeFirst();
  return row !== undefined;
}

/** What can be changed of a group; undefined leaves it. */
export interface GroupChanges {
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly precedence: number | undefined;
}

/** Changes a group in one statement, so that updates of different members do not undo each other. @throws ResourceNotFoundException */
export async function updateGroup(
  db: Db,
  { poolId, name }: Pick<Group, "poolId" | "name">,
  { description, roleArn, precedence }: GroupChanges,
  now: number,
): Promise<Group> {
  const row = await db
    .updateTable("groups")
    // Kysely leaves out what is undefined.
    .set({ description, role_arn: roleArn, precedence, modified_at: now })
    .where("pool_id", "=", poolId)
    .where("name", "=", name)
    .returningAll()
    .executeTakeFirst();
  if (row) return toGroup(row);
  throw notFound();
}

/** Deletes a group, then its memberships: who adds one meanwhile waits and finds no group. @throws ResourceNotFoundException */
export async function deleteGroup(db: Db, poolId: string, name: string): Promise<void> {
  const row = await db
    .deleteFrom("groups")
    .where("pool_id", "=", poolId)
    .where("name", "=", name)
    .returning("name")
    .executeTakeFirst();
  if (!row) throw notFound();
  await db.deleteFrom("group_members").where("pool_id", "=", poolId).where("group_name", "=", name).execute();
}

/** How many groups a pool has. */
export async function countGroups(db: Db, poolId: string): Promise<number> {
  const { groups } = await db
    .selectFrom("groups")
    .select(({ fn }) => fn.countAll<number>().as("groups"))
    .where("pool_id", "=", poolId)
    .executeTakeFirstOrThrow();
  return groups;
}

/** Up to `limit` groups of a pool with names after `after`. */
export async function listGroups(
  db: Db,
  poolId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Group[]> {
  const rows = await db
    .selectFrom("groups")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("name", ">", after)
    .orderBy("name")
    .limit(limit)
    .execute();
  return rows.map(toGroup);
}

/** Puts a user into a group, once. */
export async function addMember(db: Db, group: Group, sub: string, now: number): Promise<void> {
  await db
    .insertInto("group_members")
    .values({ pool_id: group.poolId, group_name: group.name, sub, created_at: now })
    .onConflict((conflict) => conflict.columns(["pool_id", "group_name", "sub"]).doNothing())
    .execute();
}

/** Takes a user out of a group, if it is in it. */
export async function removeMember(db: Db, group: Group, sub: string): Promise<void> {
  await db
    .deleteFrom("group_members")
    .where("pool_id", "=", group.poolId)
    .where("group_name", "=", group.name)
    .where("sub", "=", sub)
    .execute();
}

/** How many groups a user is in. */
export async function countGroupsOfUser(db: Db, { poolId, sub }: Pick<User, "poolId" | "sub">): Promise<number> {
  const { groups } = await db
    .selectFrom("group_members")
    .select(({ fn }) => fn.countAll<number>().as("groups"))
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .executeTakeFirstOrThrow();
  return groups;
}

/** Groups that are read for a token: twice the limit, which memberships added at the same instant may pass a little. */
const readAtMost = 2 * groupsOfUserLimit;

const readGroupsOfUser = hotRead((db, poolId, sub) =>
  db
    .selectFrom("group_members")
    .innerJoin("groups", (join) =>
      join.onRef("groups.pool_id", "=", "group_members.pool_id").onRef("groups.name", "=", "group_members.group_name"),
    )
    .selectAll("groups")
    .where("group_members.pool_id", "=", poolId)
    .where("group_members.sub", "=", sub)
    .orderBy("group_members.group_name")
    .limit(readAtMost),
);

/** The groups of a user, in the order of names. Every token tells them. */
export async function groupsOfUser(db: Db, poolId: string, sub: string): Promise<Group[]> {
  const rows = await readGroupsOfUser(db, poolId, sub);
  return rows.map(toGroup);
}

/** Up to `limit` groups of a user with names after `after`. */
export async function listGroupsOfUser(
  db: Db,
  { poolId, sub }: Pick<User, "poolId" | "sub">,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Group[]> {
  const rows = await db
    .selectFrom("group_members")
    .innerJoin("groups", (join) =>
      join.onRef("groups.pool_id", "=", "group_members.pool_id").onRef("groups.name", "=", "group_members.group_name"),
    )
    .selectAll("groups")
    .where("group_members.pool_id", "=", poolId)
    .where("group_members.sub", "=", sub)
    .where("group_members.group_name", ">", after)
    .orderBy("group_members.group_name")
    .limit(limit)
    .execute();
  return rows.map(toGroup);
}

/** The subs of up to `limit` users of a group after `after`. */
export async function listMembers(
  db: Db,
  group: Group,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom("group_members")
    .select("sub")
    .where("pool_id", "=", group.poolId)
    .where("group_name", "=", group.name)
    .where("sub", ">", after)
    .orderBy("sub")
    .limit(limit)
    .execute();
  return rows.map(({ sub }) => sub);
}

const toGroup = (row: Schema["groups"]): Group => ({
  poolId: row.pool_id,
  name: row.name,
  description: row.description ?? undefined,
  roleArn: row.role_arn ?? undefined,
  precedence: row.precedence ?? undefined,
  createdAt: row.created_at,
  modifiedAt: row.modified_at,
});
