/** Aliases: verified contacts and preferred names that a user can be found by beside its username. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { AliasName } from "../database/schema.ts";
import type { Pool } from "../pools/pool.ts";
import { claimName, findUser, findUserBySub, releaseAlias, releaseName, updateUser } from "./store.ts";
import type { User } from "./user.ts";

/**
 * Gives a user an alias, in the caller's transaction. When somebody else has it, it moves only if that is forced: the
 * one who had it keeps the contact, unverified. @throws AliasExistsException
 */
export async function claimAlias(
  app: Pick<App, "db">,
  pool: Pool,
  user: User,
  alias: AliasName,
  isForced: boolean,
): Promise<void> {
  const value = user.attributes[alias] ?? "";
  if (await claimName(app.db, pool, value, user.sub, alias)) return;
  // Somebody may prefer to be called by its own username.
  if ((await findUser(app.db, pool, value))?.sub === user.sub) return;
  const holder = isForced ? await releaseAlias(app.db, pool, value, alias) : undefined;
  if (holder === undefined) {
    const isUsername = pool.settings.UsernameAttributes?.some((name) => name === alias) ?? false;
    const sentence = isUsername ? `given ${alias}` : alias;
    throw new ApiError("AliasExistsException", `An account with the ${sentence} already exists.`);
  }
  const before = await findUserBySub(app.db, pool.id, holder);
  if (before) {
    const attributes = { ...before.attributes, [`${alias}_verified`]: "false" };
    await updateUser(app.db, before, { ...before, attributes });
  }
  await claimName(app.db, pool, value, user.sub, alias);
}

/**
 * Brings the names that a user is found by in line with its attributes, in the caller's transaction.
 * @throws AliasExistsException when somebody else has one of them, unless it is forced to move
 */
export async function moveNames(
  app: Pick<App, "db">,
  pool: Pool,
  before: User,
  after: User,
  isForced = false,
): Promise<void> {
  const { AliasAttributes = [], UsernameAttributes = [] } = pool.settings;
  for (const name of [...AliasAttributes, ...UsernameAttributes]) {
    const isActive = (user: User): string | undefined =>
      UsernameAttributes.some((contact) => contact === name) || isActiveAlias(user, name)
        ? user.attributes[name] || undefined
        : undefined;
    const [old, present] = [isActive(before), isActive(after)];
    if (old === present) continue;
    if (old !== undefined) await releaseName(app.db, pool, old, after.sub, name);
    if (present !== undefined) await claimAlias(app, pool, after, name, isForced);
  }
}

/** Takes the names from a user that its attributes no longer say, in the caller's transaction. It gets no new ones. */
export async function dropNames(app: Pick<App, "db">, pool: Pool, before: User, after: User): Promise<void> {
  const { AliasAttributes = [], UsernameAttributes = [] } = pool.settings;
  for (const name of [...AliasAttributes, ...UsernameAttributes]) {
    const old = before.attributes[name];
    if (old && old !== after.attributes[name]) await releaseName(app.db, pool, old, after.sub, name);
  }
}

/**
 * Verifies a contact that was proved on the way to something else, in the caller's transaction. Somebody else may have
 * it as an alias: then it stays unverified, and what was on the way goes on.
 */
export async function noteProved(
  app: Pick<App, "db" | "clock">,
  pool: Pool,
  user: User,
  contact: "email" | "phone_number",
): Promise<void> {
  const isAlias = pool.settings.AliasAttributes?.includes(contact) ?? false;
  if (isAlias && !(await claimName(app.db, pool, user.attributes[contact] ?? "", user.sub, contact))) return;
  const attributes = { ...user.attributes, [`${contact}_verified`]: "true" };
  await updateUser(app.db, user, { ...user, attributes, modifiedAt: app.clock.now() });
}

/** Whether a user can already sign in by an alias: a contact that is verified, and a preferred name at once. */
export const isActiveAlias = ({ attributes }: Pick<User, "attributes">, alias: AliasName): boolean =>
  Boolean(attributes[alias]) && (alias === "preferred_username" || attributes[`${alias}_verified`] === "true");
