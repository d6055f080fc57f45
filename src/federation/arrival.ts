/** Who comes back from a provider: a user of the pool, old or new, who is signed in. */
import type { App } from "../app.ts";
import { hidesUsers } from "../clients/client.ts";
import { ApiError } from "../contract/errors.ts";
import { withTransaction } from "../database/transact.ts";
import { recordEvent, recordingFailure } from "../events/event.ts";
import { subjectAttribute } from "../identities/identity.ts";
import { settleIdentity } from "../identities/link.ts";
import { findIdentityByClaims } from "../identities/store.ts";
import { checkNetwork } from "../risk/judge.ts";
import { postAuthentication, preAuthentication } from "../triggers/definitions.ts";
import { filterInbound } from "../triggers/inbound-federation.ts";
import { eventAttributes, runTrigger } from "../triggers/trigger.ts";
import { findUserBySub } from "../users/store.ts";
import { checkEnabled, type User } from "../users/user.ts";
import { type Arrival, eventOf, type Found, type Known } from "./known.ts";
import { federatedUsername, linkableClaims, mappedAttributes, subjectOf, textsOf } from "./mapping.ts";
import { makeUser, updateProfile } from "./profile.ts";
import { asFederationRefusal } from "./refusal.ts";

/** Who is signed in, and when it was proved. Milliseconds since the epoch. */
export interface FederatedSignIn {
  readonly user: User;
  readonly authenticatedAt: number;
}

/**
 * Signs in who comes back from a provider: the user that the account is linked to, the one that it made at an earlier
 * sign-in, or a new one. `finish` makes what the door gives for it, in the transaction that records the sign-in.
 * @throws FederationRefusal
 */
export async function completeFederatedSignIn<Result>(
  app: App,
  arrival: Arrival,
  finish: (app: App, signedIn: FederatedSignIn) => Promise<Result>,
): Promise<Result> {
  try {
    const known = await whoArrives(app, arrival);
    const user = await userOf(app, known);
    return await withTransaction(app, async (inside) => {
      // The pool's functions took their time, and an administrator may have been faster.
      const present = checkPresent(await findUserBySub(inside.db, user.poolId, user.sub));
      await recordEvent(inside, { ...eventOf(known, present), type: "SignIn", response: "Pass" });
      return finish(inside, { user: present, authenticatedAt: app.clock.now() });
    });
  } catch (error) {
    throw asFederationRefusal(error, arrival.provider.type);
  }
}

async function whoArrives(app: App, arrival: Arrival): Promise<Known> {
  const { pool, client, provider, statement, context } = arrival;
  await app.limits.checkCategory(pool.region, "UserFederation");
  await checkNetwork(app, { pool, client }, context);
  const claims = textsOf(statement.claims);
  // Unconfirmed: what the function leaves out does not change who it is.
  const subject = subjectOf(provider, claims, statement.subject);
  const username = federatedUsername(pool, provider, subject);
  const { answer } = statement;
  const kept = await filterInbound(app, { pool, clientId: client.id, provider, userName: username, answer });
  return { ...arrival, subject, username, claims, mapped: mappedAttributes(provider, kept ?? claims) };
}

async function userOf(app: App, known: Known): Promise<User> {
  const before = await findKnown(app, known);
  if (before) return signInAgain(app, known, before);
  const made = await makeUser(app, known, () => findKnown(app, known));
  return made.isNew ? made.user : signInAgain(app, known, made);
}

/** @throws NotAuthorizedException for a user who is gone or disabled. Texts as observed where others sign in. */
function checkPresent(user: User | undefined): User {
  if (!user) throw new ApiError("UserNotFoundException", "User does not exist.");
  checkEnabled(user);
  return user;
}

async function findKnown(app: App, { pool, provider, subject, claims }: Known): Promise<Found | undefined> {
  const identity = await findIdentityByClaims(
    app.db,
    { poolId: pool.id, providerName: provider.name },
    { ...linkableClaims(claims), [subjectAttribute]: subject },
  );
  const user = identity && (await findUserBySub(app.db, pool.id, identity.sub));
  return user && { user, isLinked: !identity.isPrimary, identity };
}

/** Signs in a user who is known. A refusal is put on record. */
const signInAgain = (app: App, known: Known, found: Found): Promise<User> =>
  recordingFailure(app, { ...eventOf(known, found.user), type: "SignIn" }, () => admit(app, known, found));

/** Source: Cognito developer guide, Lambda triggers of federated users: these two from the second sign-in on. */
async function admit(app: App, known: Known, found: Found): Promise<User> {
  const { pool, client } = known;
  const { user: before } = found;
  checkEnabled(before);
  const occasion = { pool, clientId: client.id, userName: before.username };
  await runTrigger(app, preAuthentication, {
    ...occasion,
    source: "PreAuthentication_Authentication",
    request: {
      userAttributes: eventAttributes(pool, before),
      validationData: {},
      ...(hidesUsers(client) && { userNotFound: false }),
    },
  });
  const isSettled = found.identity.attribute === subjectAttribute;
  const settled = isSettled ? before : await settleIdentity(app, found.identity, known.subject);
  const user = await updateProfile(app, known, { ...found, user: settled });
  await runTrigger(app, postAuthentication, {
    ...occasion,
    source: "PostAuthentication_Authentication",
    request: { userAttributes: eventAttributes(pool, user), newDeviceUsed: false },
  });
  return user;
}
