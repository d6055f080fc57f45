/** A sign-up and a confirmation that lead straight into a sign-in: the code has just proved the contact. */
import type { App } from "../app.ts";
import { allowedFlows, type Client } from "../clients/client.ts";
import { withTransaction } from "../database/transact.ts";
import type { Pool } from "../pools/pool.ts";
import { findUser } from "../users/store.ts";
import type { User } from "../users/user.ts";
import { type AttemptState, hashOfSession, newSession, type Proof, sessionLifetime } from "./attempt.ts";
import { badSession } from "./refusals.ts";
import { checkStanding } from "./standing.ts";
import { claimAttempt, findAttempt, insertAttempt } from "./store.ts";

interface Where {
  readonly pool: Pool;
  readonly client: Client;
}

/** The session that a sign-up gives where the client signs in by choice; undefined elsewhere. It has proved nothing yet. */
export const sessionOfSignUp = (app: App, where: Where, user: User): Promise<string | undefined> =>
  beginSession(app, where, user, []);

/** The session that a confirmation gives where the client signs in by choice; undefined elsewhere. */
export const sessionOfConfirmation = (app: App, where: Where, user: User): Promise<string | undefined> =>
  beginSession(app, where, user, ["one-time-code"]);

async function beginSession(
  app: App,
  { pool, client }: Where,
  user: User,
  proved: readonly Proof[],
): Promise<string | undefined> {
  if (!allowedFlows(client).has("ALLOW_USER_AUTH")) return undefined;
  const session = newSession(app, pool.id);
  const now = app.clock.now();
  const state: AttemptState = {
    door: "api",
    isAdmin: false,
    flow: "USER_AUTH",
    username: user.username,
    sub: user.sub,
    proved,
    asked: null,
    chosen: null,
    offered: [],
    preferred: null,
    deviceKey: null,
    rounds: [],
    memory: null,
    eventId: app.random.uuid(),
  };
  await insertAttempt(app.db, {
    poolId: pool.id,
    hash: hashOfSession(session),
    clientId: client.id,
    state,
    expiresAt: now + sessionLifetime(client),
    createdAt: now,
  });
  return session;
}

/**
 * What the session of a sign-up or a confirmation has proved for the user who goes on with it. It can be used once.
 * @throws NotAuthorizedException
 */
export async function provedBySession(
  app: App,
  { pool, client }: Where,
  session: string,
  username: string,
): Promise<readonly Proof[]> {
  const hash = hashOfSession(session);
  const attempt = await findAttempt(app.db, pool.id, hash);
  const user = await findUser(app.db, pool, username);
  const isOurs = attempt?.clientId === client.id && attempt.state.asked === null && attempt.state.sub === user?.sub;
  if (!attempt || !isOurs) throw badSession("invalid");
  if (attempt.expiresAt <= app.clock.now()) throw badSession("expired");
  await checkStanding(app, user, attempt);
  const isFirst = await withTransaction(app, ({ db }) => claimAttempt(db, pool.id, hash, app.clock.now()));
  if (!isFirst) throw badSession("used");
  return attempt.state.proved;
}
