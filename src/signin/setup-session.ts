/** Setting up an authenticator during a sign-in: the session stands for the user until there is an access token. */
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { findPoolClient } from "../clients/store.ts";
import { withTransaction } from "../database/transact.ts";
import { activeFactors } from "../factors/factors.ts";
import { findFactors } from "../factors/store.ts";
import type { Pool } from "../pools/pool.ts";
import { findPool } from "../pools/store.ts";
import { findUserBySub } from "../users/store.ts";
import type { User } from "../users/user.ts";
import { type AttemptState, hashOfSession, newSession, poolIdOfSession, sessionLifetime } from "./attempt.ts";
import { badSession, refusal } from "./refusals.ts";
import { checkStanding } from "./standing.ts";
import { claimAttempt, findAttempt, insertAttempt } from "./store.ts";

/** The sign-in that a session belongs to, while it waits for a second factor to be set up. */
export interface SetupSession {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly state: AttemptState;
  readonly hash: string;
}

/** Reads the session of a sign-in that waits for a set-up. @throws NotAuthorizedException for any other */
export async function readSetupSession(app: App, session: string): Promise<SetupSession> {
  const pool = await findPool(app.db, poolIdOfSession(session));
  const hash = hashOfSession(session);
  const attempt = pool && (await findAttempt(app.db, pool.id, hash));
  // The pages set up a second factor themselves: their session is of no use elsewhere.
  if (!pool || attempt?.state.asked !== "MFA_SETUP" || attempt.state.door !== "api") throw badSession("invalid");
  if (attempt.isClaimed) throw badSession("used");
  if (attempt.expiresAt <= app.clock.now()) throw badSession("expired");
  const client = await findPoolClient(app.db, pool.id, attempt.clientId);
  const user = attempt.state.sub === null ? undefined : await findUserBySub(app.db, pool.id, attempt.state.sub);
  if (!client || !user) throw badSession("invalid");
  if (!user.isEnabled) throw refusal("disabled", { client, user });
  await checkStanding(app, user, attempt);
  await checkStillLacking(app, pool, user);
  return { pool, client, user, state: attempt.state, hash };
}

/**
 * Refuses to set up a second factor for who has one by now: a session that still waits, in the hands of one who knows
 * the password alone, must not replace it nor stand for it. @throws NotAuthorizedException
 */
export async function checkStillLacking(app: Pick<App, "db">, pool: Pool, user: User): Promise<void> {
  const factors = await findFactors(app.db, user);
  if (factors.sealedTotp !== null || activeFactors(pool, user, factors).length > 0) throw badSession("invalid");
}

/** Spends a session for the next one of the same sign-in, together with what else is written. */
export async function nextSession(
  app: App,
  { pool, client, state, hash }: SetupSession,
  write: (inside: App) => Promise<void>,
): Promise<string> {
  const session = newSession(app, pool.id);
  const now = app.clock.now();
  await withTransaction(app, async (inside) => {
    if (!(await claimAttempt(inside.db, pool.id, hash, now))) throw badSession("used");
    await write(inside);
    await insertAttempt(inside.db, {
      poolId: pool.id,
      hash: hashOfSession(session),
      clientId: client.id,
      state,
      expiresAt: now + sessionLifetime(client),
      createdAt: now,
    });
  });
  return session;
}
