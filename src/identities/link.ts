/** Links made and taken away. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { Db } from "../database/open.ts";
import { withTransaction } from "../database/transact.ts";
import { findUserBySub, updateUser } from "../users/store.ts";
import type { User } from "../users/user.ts";
import {
  describeIdentities,
  type Identity,
  type IdentityKey,
  linkedIdentitiesLimit,
  subjectAttribute,
  userNotFound,
} from "./identity.ts";
import { deleteIdentity, findIdentity, insertIdentity, listIdentities } from "./store.ts";

/** The user whom a provider's subject stands for. */
export async function findLinkedUser(
  db: Db,
  poolId: string,
  providerName: string,
  subject: string,
): Promise<User | undefined> {
  const identity = await findIdentity(db, { poolId, providerName, attribute: subjectAttribute, subject });
  return identity && findUserBySub(db, poolId, identity.sub);
}

/**
 * Links an identity to the user of its `sub`, and gives the user as it is then. The user is read before anything else,
 * so of links that are made at once those that did not see each other find its version changed, and the limit holds.
 * @throws InvalidParameterException, AliasExistsException for one that is linked, LimitExceededException
 */
export async function linkIdentity(app: Pick<App, "db" | "clock">, identity: Identity): Promise<User> {
  return withTransaction(app, async (inside) => {
    const user = await readUser(inside.db, identity);
    if (!(await insertIdentity(inside.db, identity))) throw await refuseTaken(inside.db, identity);
    const linked = await listIdentities(inside.db, identity.poolId, identity.sub);
    if (linked.filter(({ isPrimary }) => !isPrimary).length > linkedIdentitiesLimit) {
      // Unconfirmed text.
      throw new ApiError(
        "LimitExceededException",
        `A user can have at most ${linkedIdentitiesLimit} linked identities.`,
      );
    }
    return showIdentities(inside, user, linked);
  });
}

/** Source: observed; the answer for another user's identity is unconfirmed. */
async function refuseTaken(db: Db, identity: Identity): Promise<ApiError> {
  const present = await findIdentity(db, identity);
  if (present?.isPrimary) {
    return new ApiError(
      "InvalidParameterException",
      "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
    );
  }
  return present && present.sub !== identity.sub
    ? new ApiError("AliasExistsException", "SourceUser is already linked to another user")
    : new ApiError("InvalidParameterException", "SourceUser is already linked to DestinationUser");
}

/**
 * Takes an identity away. The user stays. Where it was the user's own, nobody signs in by it any more: its name is
 * taken, so coming back makes no other user, until an administrator links it anew. @throws UserNotFoundException when it
 * stands for nobody
 */
export async function unlinkIdentity(app: Pick<App, "db" | "clock">, key: IdentityKey): Promise<void> {
  await withTransaction(app, async (inside) => {
    const sub = await deleteIdentity(inside.db, key);
    if (sub === undefined) throw userNotFound();
    const user = await readUser(inside.db, { poolId: key.poolId, sub });
    await showIdentities(inside, user, await listIdentities(inside.db, key.poolId, sub));
  });
}

/**
 * Has a link that was made by another attribute go by the subject, once its account has signed in: addresses get other
 * owners, and from then on an administrator names it so. Gives the user as it is then. Source: Cognito API reference,
 * AdminDisableProviderForUser.
 */
export async function settleIdentity(
  app: Pick<App, "db" | "clock">,
  identity: Identity,
  subject: string,
): Promise<User> {
  return withTransaction(app, async (inside) => {
    const { db } = inside;
    const user = await readUser(db, identity);
    // Another sign-in of the account was faster: the user is as that one has left it.
    if (!(await insertIdentity(db, { ...identity, attribute: subjectAttribute, subject })))
      return readUser(db, identity);
    await deleteIdentity(db, identity);
    return showIdentities(inside, user, await listIdentities(db, identity.poolId, identity.sub));
  });
}

async function readUser(db: Db, { poolId, sub }: Pick<Identity, "poolId" | "sub">): Promise<User> {
  const user = await findUserBySub(db, poolId, sub);
  if (user) return user;
  throw userNotFound();
}

async function showIdentities(
  { db, clock }: Pick<App, "db" | "clock">,
  user: User,
  linked: readonly Identity[],
): Promise<User> {
  const { identities: _before, ...others } = user.attributes;
  const attributes = linked.length > 0 ? { ...others, identities: describeIdentities(linked) } : others;
  const after: User = { ...user, attributes, modifiedAt: clock.now() };
  await updateUser(db, user, after);
  return { ...after, version: user.version + 1 };
}
