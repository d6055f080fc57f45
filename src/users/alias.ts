/** Aliases: verified contacts and preferred names that a user can be found by beside its username. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { AliasName } from "../database/schema.ts";
import type { Pool } from "../pools/pool.ts";
import { claimName, findUserBySub, releaseAlias, updateUser } from "./store.ts";
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
  const holder = isForced ? await releaseAlias(app.db, pool, value, alias) : undefined;
  if (holder === user.sub) {
    await claimName(app.db, pool, value, user.sub, alias);
    return;
  }
  if (holder === undefined) throw new ApiError("AliasExistsException", `An account with the ${alias} already exists.`);
  const before = await findUserBySub(app.db, pool.id, holder);
  if (before) {
    const attributes = { ...before.attributes, [`${alias}_verified`]: "false" };
    await updateUser(app.db, before, { ...before, attributes });
  }
  await claimName(app.db, pool, value, user.sub, alias);
}
