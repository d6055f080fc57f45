import { type SqlBool, sql } from "kysely";
import { ApiError } from "../contract/errors.ts";
import { hotRead } from "../database/hot-query.ts";
import type { Db } from "../database/open.ts";
import type { AliasName, Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import { foldName, type Pool } from "../pools/pool.ts";
import type { Attributes, User } from "./user.ts";

const readUserByName = hotRead((db, poolId, foldedName) =>
  db
    .selectFrom("user_names")
    .innerJoin("users", (join) =>
      join.onRef("users.pool_id", "=", "user_names.pool_id").onRef("users.sub", "=", "user_names.sub"),
    )
    .selectAll("users")
    .where("user_names.pool_id", "=", poolId)
    .where("user_names.name", "=", foldedName),
);

/** The user who has this name: its username, its sub or a verified alias. */
export async function findUser(db: Db, pool: Pool, name: string): Promise<User | undefined> {
  const [row] = await readUserByName(db, pool.id, foldName(pool, name));
  return row && toUser(row);
}

/** The user who has this name. @throws UserNotFoundException */
export async function getUser(db: Db, pool: Pool, name: string): Promise<User> {
  const user = await findUser(db, pool, name);
  if (user) return user;
  throw new ApiError("UserNotFoundException", "User does not exist.");
}

const readUserBySub = hotRead((db, poolId, sub) =>
  db.selectFrom("users").selectAll().where("pool_id", "=", poolId).where("sub", "=", sub),
);

/** The user of this sub. */
export async function findUserBySub(db: Db, poolId: string, sub: string): Promise<User | undefined> {
  const [row] = await readUserBySub(db, poolId, sub);
  return row && toUser(row);
}

/** The users of these subs, in their order. */
export async function findUsersBySub(db: Db, poolId: string, subs: readonly string[]): Promise<User[]> {
  if (subs.length === 0) return [];
  const rows = await db
    .selectFrom("users")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("sub", "in", subs)
    .execute();
  const users = new Map(rows.map((row) => [row.sub, toUser(row)]));
  return subs.map((sub) => users.get(sub)).filter((user) => user !== undefined);
}

/** Keeps a new user. Its names have been claimed. */
export async function insertUser(db: Db, user: User): Promise<void> {
  await db
    .insertInto("users")
    .values({
      pool_id: user.poolId,
      sub: user.sub,
      username: user.username,
      status: user.status,
      enabled: user.isEnabled ? 1 : 0,
      attributes: toJson(user.attributes),
      tokens_valid_after: user.tokensValidAfter,
      version: user.version,
      created_at: user.createdAt,
      modified_at: user.modifiedAt,
    })
    .execute();
  await insertSearchRows(db, user, searchable(user.attributes));
}

/**
 * Replaces what can change of a user. Somebody else may have changed it since it was read: then nothing is written.
 * @throws TooManyRequestsException, which clients answer by trying again.
 */
export async function updateUser(db: Db, before: User, after: User): Promise<void> {
  const row = await db
    .updateTable("users")
    .set({
      status: after.status,
      enabled: after.isEnabled ? 1 : 0,
      attributes: toJson(after.attributes),
      tokens_valid_after: after.tokensValidAfter,
      version: before.version + 1,
      modified_at: after.modifiedAt,
    })
    .where("pool_id", "=", before.poolId)
    .where("sub", "=", before.sub)
    .where("version", "=", before.version)
    .returning("sub")
    .executeTakeFirst();
  if (!row) throw new ApiError("TooManyRequestsException", "The user was modified by another request.");
  const [old, present] = [searchable(before.attributes), searchable(after.attributes)];
  const gone = old.filter(([name, value]) => after.attributes[name] !== value).map(([name]) => name);
  if (gone.length > 0) {
    await db
      .deleteFrom("user_search")
      .where("pool_id", "=", before.poolId)
      .where("sub", "=", before.sub)
      .where("attribute", "in", gone)
      .execute();
  }
  await insertSearchRows(
    db,
    after,
    present.filter(([name, value]) => before.attributes[name] !== value),
  );
}

/** The attributes that users can be searched by. Source: Cognito API reference, ListUsers. */
export const searchableAttributes = [
  "email",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "preferred_username",
] as const;

/** The values that a user can be searched by. */
export const searchable = (attributes: Attributes): (readonly [string, string])[] =>
  searchableAttributes.flatMap((name) => (attributes[name] ? [[name, attributes[name]] as const] : []));

async function insertSearchRows(db: Db, user: User, values: readonly (readonly [string, string])[]): Promise<void> {
  if (values.length === 0) return;
  await db
    .insertInto("user_search")
    .values(values.map(([attribute, value]) => ({ pool_id: user.poolId, attribute, value, sub: user.sub })))
    .execute();
}

/** What a name is to its user. */
export type NameKind = "sub" | "username" | AliasName;

/** Claims a name for a user. False when somebody has it; one name has one holder, whatever its kind. */
export async function claimName(db: Db, pool: Pool, name: string, sub: string, kind: NameKind): Promise<boolean> {
  const row = await db
    .insertInto("user_names")
    .values({ pool_id: pool.id, name: foldName(pool, name), sub, kind })
    .onConflict((conflict) => conflict.columns(["pool_id", "name"]).doNothing())
    .returning("sub")
    .executeTakeFirst();
  return row !== undefined;
}

/** A name and whose it is. */
export interface HeldName {
  readonly name: string;
  readonly sub: string;
  readonly kind: NameKind;
}

/** The names of some users. */
export const listNames = (db: Db, poolId: string, subs: readonly string[]): Promise<HeldName[]> =>
  db
    .selectFrom("user_names")
    .select(["name", "sub", "kind"])
    .where("pool_id", "=", poolId)
    .where("sub", "in", subs)
    .execute();

/** Claims names that are folded already, those that nobody has. */
export async function claimNames(db: Db, poolId: string, names: readonly HeldName[]): Promise<void> {
  if (names.length === 0) return;
  await db
    .insertInto("user_names")
    .values(names.map(({ name, sub, kind }) => ({ pool_id: poolId, name, sub, kind })))
    .onConflict((conflict) => conflict.columns(["pool_id", "name"]).doNothing())
    .execute();
}

/** Takes names, as they are kept, from whoever has them. */
export async function releaseNames(db: Db, poolId: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await db.deleteFrom("user_names").where("pool_id", "=", poolId).where("name", "in", names).execute();
}

/** Takes an alias from its user, whoever that is, and gives its sub; undefined when nobody has it as an alias. */
export async function releaseAlias(db: Db, pool: Pool, name: string, kind: AliasName): Promise<string | undefined> {
  const row = await db
    .deleteFrom("user_names")
    .where("pool_id", "=", pool.id)
    .where("name", "=", foldName(pool, name))
    .where("kind", "=", kind)
    .returning("sub")
    .executeTakeFirst();
  return row?.sub;
}

/** Takes one of its own names from a user. */
export async function releaseName(db: Db, pool: Pool, name: string, sub: string, kind: AliasName): Promise<void> {
  await db
    .deleteFrom("user_names")
    .where("pool_id", "=", pool.id)
    .where("name", "=", foldName(pool, name))
    .where("sub", "=", sub)
    .where("kind", "=", kind)
    .execute();
}

/**
 * Ends every sign-in of a user that began up to now. The mark always moves on: a sign-in just after an earlier sign-out
 * may have been dated a moment ahead of the clock, and is ended as well.
 */
export async function signOutEverywhere(db: Db, user: User, now: number): Promise<void> {
  await db
    .updateTable("users")
    .set(({ eb }) => ({
      tokens_valid_after: sql<number>`case when tokens_valid_after >= ${now} then tokens_valid_after + 1 else cast(${now} as bigint) end`,
      version: eb("version", "+", 1),
    }))
    .where("pool_id", "=", user.poolId)
    .where("sub", "=", user.sub)
    .execute();
}

/** Where a list of users goes on: after this value, and after this user of those who share it. */
export interface UserPosition {
  readonly value: string;
  readonly sub: string;
  readonly limit: number;
}

/** Up to `limit` users in the order of subs. */
export async function listUsers(db: Db, poolId: string, { sub, limit }: UserPosition): Promise<User[]> {
  const rows = await db
    .selectFrom("users")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("sub", ">", sub)
    .orderBy("sub")
    .limit(limit)
    .execute();
  return rows.map(toUser);
}

/** A range of values: from `from` on, and below `below` or, without it, equal to `from`. */
export interface ValueRange {
  readonly from: string;
  readonly below: string | undefined;
}

/** Up to `limit` users whose attribute lies in a range, in the order of values. Only the range is read. */
export async function listUsersByAttribute(
  db: Db,
  poolId: string,
  attribute: string,
  { range, position }: { readonly range: ValueRange; readonly position: UserPosition },
): Promise<{ readonly user: User; readonly value: string }[]> {
  const rows = await db
    .selectFrom("user_search")
    .innerJoin("users", (join) =>
      join.onRef("users.pool_id", "=", "user_search.pool_id").onRef("users.sub", "=", "user_search.sub"),
    )
    .selectAll("users")
    .select("user_search.value")
    .where("user_search.pool_id", "=", poolId)
    .where("user_search.attribute", "=", attribute)
    .where(inRange(sql.ref("user_search.value"), sql.ref("user_search.sub"), range, position))
    .orderBy("user_search.value")
    .orderBy("user_search.sub")
    .limit(position.limit)
    .execute();
  return rows.map(({ value, ...row }) => ({ user: toUser(row), value }));
}

/** Up to `limit` users whose column lies in a range, in the order of values. */
export async function listUsersByColumn(
  db: Db,
  poolId: string,
  column: "username" | "status" | "sub",
  { range, position }: { readonly range: ValueRange; readonly position: UserPosition },
): Promise<{ readonly user: User; readonly value: string }[]> {
  const rows = await db
    .selectFrom("users")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where(inRange(sql.ref(column), sql.ref("sub"), range, position))
    .orderBy(column)
    .orderBy("sub")
    .limit(position.limit)
    .execute();
  return rows.map((row) => ({ user: toUser(row), value: row[column] }));
}

/** Up to `limit` users that are enabled or not, in the order of subs. */
export async function listUsersByEnabled(
  db: Db,
  poolId: string,
  isEnabled: boolean,
  { sub, limit }: UserPosition,
): Promise<User[]> {
  const rows = await db
    .selectFrom("users")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("enabled", "=", isEnabled ? 1 : 0)
    .where("sub", ">", sub)
    .orderBy("sub")
    .limit(limit)
    .execute();
  return rows.map(toUser);
}

type Ref = ReturnType<typeof sql.ref>;

/** The lower bound moves up with the position, so that a later page costs no more than the first. */
function inRange(value: Ref, sub: Ref, range: ValueRange, position: UserPosition) {
  const from = position.value === "" ? range.from : position.value;
  const upper = range.below === undefined ? sql`${value} <= ${range.from}` : sql`${value} < ${range.below}`;
  return sql<SqlBool>`${value} >= ${from} and ${upper} and (${value} > ${position.value} or ${sub} > ${position.sub})`;
}

const toUser = (row: Schema["users"]): User => ({
  poolId: row.pool_id,
  sub: row.sub,
  username: row.username,
  status: row.status,
  isEnabled: row.enabled === 1,
  attributes: fromJson(row.attributes),
  tokensValidAfter: row.tokens_valid_after,
  version: row.version,
  createdAt: row.created_at,
  modifiedAt: row.modified_at,
});
