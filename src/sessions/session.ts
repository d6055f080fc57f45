/**
 * Sessions: a browser's signed-in session with the pages of a pool's domain, which gives single sign-on over the
 * clients of the pool. The room owns how long it lasts and what ends it; the cookie is the doors' business.
 */
import { createHash } from "node:crypto";
import type { App } from "../app.ts";
import { succeeded } from "../audit/act.ts";
import { recordUserAct } from "../audit/user-act.ts";
import type { Client } from "../clients/client.ts";
import { sessionSettingsOf } from "../clients/session-settings.ts";
import { withTransaction } from "../database/transact.ts";
import { hour, minute } from "../lib/clock.ts";
import type { Method } from "../pools/assurance.ts";
import type { Pool } from "../pools/pool.ts";
import { findUserBySub } from "../users/store.ts";
import type { User } from "../users/user.ts";
import { deleteHostedSession, findHostedSession, insertHostedSession } from "./store.ts";

/** Source: Cognito developer guide: an hour from the sign-in; using it does not prolong it. */
const usualLifetime = hour;

/** 256 bits: whoever holds it is signed in. */
const secretBytes = 32;

export interface HostedSession {
  readonly poolId: string;
  readonly hash: string;
  readonly sub: string;
  /** By what the user proved who it is. */
  readonly methods: readonly Method[];
  /** When the user proved who it is. Milliseconds since the epoch. */
  readonly authenticatedAt: number;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/**
 * How long a session lasts that begins with a sign-in for a client, in milliseconds. A client of a pool that keeps track
 * of sessions may use them for longer. Unconfirmed: what that means for a session that began with another client.
 */
export function hostedSessionLifetime(pool: Pool, client: Client): number {
  const { isTracking, reuseMinutes } = sessionSettingsOf(pool, client);
  return isTracking ? Math.max(usualLifetime, reuseMinutes * minute) : usualLifetime;
}

/** What is kept of a session's secret. */
export const hashOfSecret = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** A sign-in that a session begins with. */
export interface SessionBeginning {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly methods: readonly Method[];
  readonly authenticatedAt: number;
  /** The secret of the session that the browser has held until now: nobody shall go on with that one. */
  readonly former: string | undefined;
}

/** Begins a session in place of the browser's former one, and gives its secret, which is kept nowhere else. */
export async function beginHostedSession(
  app: Pick<App, "db" | "clock" | "random">,
  { pool, client, user, methods, authenticatedAt, former }: SessionBeginning,
): Promise<string> {
  if (former !== undefined) await deleteHostedSession(app.db, user.poolId, hashOfSecret(former));
  const secret = app.random.bytes(secretBytes).toString("base64url");
  // Later than any sign-out, even one within this very millisecond: the sign-out ends what came before it.
  const now = Math.max(app.clock.now(), user.tokensValidAfter + 1);
  await insertHostedSession(app.db, {
    poolId: user.poolId,
    hash: hashOfSecret(secret),
    sub: user.sub,
    methods,
    authenticatedAt,
    expiresAt: now + hostedSessionLifetime(pool, client),
    createdAt: now,
  });
  return secret;
}

/** The session of a secret and its user. A disabled or deleted user has none, and one who signed out everywhere. */
export async function resumeHostedSession(
  app: Pick<App, "db" | "clock">,
  poolId: string,
  secret: string,
): Promise<{ readonly session: HostedSession; readonly user: User } | undefined> {
  const session = await findHostedSession(app.db, poolId, hashOfSecret(secret));
  if (!session || session.expiresAt <= app.clock.now()) return undefined;
  const user = await findUserBySub(app.db, poolId, session.sub);
  return user?.isEnabled && session.createdAt > user.tokensValidAfter ? { session, user } : undefined;
}

/** Ends a session, whether or not there is one, at the wish of who holds it. */
export async function endHostedSession(
  app: Pick<App, "db" | "clock" | "recordIds" | "log">,
  pool: { readonly id: string },
  { secret, address }: { readonly secret: string; readonly address: string | undefined },
): Promise<void> {
  await endSessionOfHash(app, pool, { hash: hashOfSecret(secret), address });
}

/** The same for who knows only what is kept of the secret. */
export async function endSessionOfHash(
  app: Pick<App, "db" | "clock" | "recordIds" | "log">,
  pool: { readonly id: string },
  { hash, address }: { readonly hash: string; readonly address: string | undefined },
): Promise<void> {
  await withTransaction(app, async (inside) => {
    const userSub = await deleteHostedSession(inside.db, pool.id, hash);
    if (userSub === undefined) return;
    await recordUserAct(inside, { name: "SignOut", pool, userSub, outcome: succeeded, address });
  });
}
