/** Making a user: shared by who signs up and by an administrator who creates somebody. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { UserStatusType } from "../contract/types.gen.ts";
import type { AliasName } from "../database/schema.ts";
import { foldName, type Pool, type PoolSettings } from "../pools/pool.ts";
import { providerNames } from "../providers/store.ts";
import { claimAlias, isActiveAlias } from "./alias.ts";
import { withoutEmpty } from "./attributes.ts";
import { claimName, findUser, insertUser } from "./store.ts";
import type { Attributes, User } from "./user.ts";
import { nameUser } from "./username.ts";

/** What a new user is made of. */
export interface Registration {
  /** Made beforehand: the password is sealed for it. */
  readonly sub: string;
  /** As given. */
  readonly username: string;
  readonly attributes: Attributes;
  readonly status: UserStatusType;
}

/** The user that a registration makes. @throws InvalidParameterException for a name that the pool does not allow. */
export function newUser(
  app: Pick<App, "clock">,
  pool: Pool,
  { sub, username, attributes, status }: Registration,
): User {
  const now = app.clock.now();
  return {
    poolId: pool.id,
    sub,
    ...nameUser(pool, username, withoutEmpty(attributes), sub),
    status,
    isEnabled: true,
    tokensValidAfter: 0,
    version: 1,
    createdAt: now,
    modifiedAt: now,
  };
}

/** How a door words that a username is taken. Contacts that are usernames have a sentence of their own. */
export interface TakenSentence {
  readonly taken: string;
  readonly forceAliasCreation: boolean;
}

/**
 * Refuses a user whose names are taken, before a message is written to it. Whether they are free is decided when it is
 * registered. @throws UsernameExistsException
 */
export async function checkNamesFree({ db }: Pick<App, "db">, pool: Pool, user: User, taken: string): Promise<void> {
  if (user.username !== user.sub && (await findUser(db, pool, user.username))) throw nameTaken(taken);
  for (const contact of pool.settings.UsernameAttributes ?? []) {
    const value = user.attributes[contact];
    if (value && (await findUser(db, pool, value))) throw contactTaken(contact);
  }
}

const nameTaken = (taken: string): ApiError => new ApiError("UsernameExistsException", taken);

const contactTaken = (contact: string): ApiError =>
  new ApiError("UsernameExistsException", `An account with the given ${contact} already exists.`);

/**
 * Keeps a new user and everything it is found by, in the caller's transaction. Names are claimed one conditional
 * statement each, so of two who register the same name at once one is refused.
 * @throws UsernameExistsException, AliasExistsException, InvalidParameterException for a name of a provider's user
 */
export async function register(
  app: Pick<App, "db">,
  pool: Pool,
  user: User,
  { taken, forceAliasCreation }: TakenSentence,
): Promise<void> {
  await checkNotFederated(app, pool, user);
  await claimOwnNames(app, pool, user, taken);
  for (const contact of pool.settings.UsernameAttributes ?? []) {
    const value = user.attributes[contact];
    if (value && !(await claimName(app.db, pool, value, user.sub, contact))) throw contactTaken(contact);
  }
  await insertUser(app.db, user);
  for (const alias of activeAliases(pool, user)) await claimAlias(app, pool, user, alias, forceAliasCreation);
}

/**
 * Who is called as somebody from a provider would be keeps that one out. Unconfirmed text, and that Cognito refuses it.
 */
async function checkNotFederated({ db }: Pick<App, "db">, pool: Pool, { username }: User): Promise<void> {
  if (!username.includes("_")) return;
  const names = await providerNames(db, pool.id);
  if (!names.some((name) => foldName(pool, username).startsWith(foldName(pool, `${name}_`)))) return;
  throw new ApiError("InvalidParameterException", "Username cannot begin with the name of an identity provider.");
}

async function claimOwnNames(app: Pick<App, "db">, pool: Pool, user: User, taken: string): Promise<void> {
  await claimName(app.db, pool, user.sub, user.sub, "sub");
  if (user.username === user.sub || (await claimName(app.db, pool, user.username, user.sub, "username"))) return;
  throw nameTaken(taken);
}

/**
 * Keeps a new user who comes from an identity provider, in the caller's transaction. It is found by its sub and its
 * username alone: a contact that a provider tells of is no name to sign in by, and takes nobody else's away.
 * @throws UsernameExistsException
 */
export async function registerFederated(app: Pick<App, "db">, pool: Pool, user: User): Promise<void> {
  // Source: observed.
  await claimOwnNames(app, pool, user, `Already found an entry for username ${user.username}`);
  await insertUser(app.db, user);
}

/** The aliases that a user can already sign in by. */
export const activeAliases = (
  pool: { readonly settings: Pick<PoolSettings, "AliasAttributes"> },
  user: Pick<User, "attributes">,
): AliasName[] => (pool.settings.AliasAttributes ?? []).filter((alias) => isActiveAlias(user, alias));
