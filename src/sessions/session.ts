/**
 * Sessions: a browser's signed-in session with the pages of a pool's domain, which gives single sign-on over the
 * clients of the pool. The room owns how long it lasts and what ends it; the cookie is the doors' business.
 */
import { createHash } from "node:crypto";
import type { App } from "../app.ts";
import { hour } from "../lib/clock.ts";
import { findUserBySub } from "../users/store.ts";
import type { User } from "../users/user.ts";
import { deleteHostedSession, findHostedSession, insertHostedSession } from "./store.ts";

/** Source: Cognito developer guide: an hour from the sign-in; using it does not prolong it. */
export const hostedSessionLifetime = hour;

/** 256 bits: whoever holds it is signed in. */
const secretBytes = 32;

export interface HostedSession {
  readonly poolId: string;
  readonly hash: string;
  readonly sub: string;
  /** When the user proved who it is. Milliseconds since the epoch. */
  readonly authenticatedAt: number;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** What is kept of a session's secret. */
export const hashOfSecret = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** Begins a session and gives its secret, which is kept nowhere else. */
export async function beginHostedSession(
  app: Pick<App, "db" | "clock" | "random">,
  user: User,
  authenticatedAt: number,
): Promise<string> {
  const secret = app.random.bytes(secretBytes).toString("base64url");
  const now = app.clock.now();
  await insertHostedSession(app.db, {
    poolId: user.poolId,
    hash: hashOfSecret(secret),
    sub: user.sub,
    authenticatedAt,
    expiresAt: now + hostedSessionLifetime,
    createdAt: now,
  });
  return secret;
}

/** The session of a secret and its user. A disabled or deleted user has none. */
export async function resumeHostedSession(
  app: Pick<App, "db" | "clock">,
  poolId: string,
  secret: string,
): Promise<{ readonly session: HostedSession; readonly user: User } | undefined> {
  const session = await findHostedSession(app.db, poolId, hashOfSecret(secret));
  if (!session || session.expiresAt <= app.clock.now()) return undefined;
  const user = await findUserBySub(app.db, poolId, session.sub);
  return user?.isEnabled ? { session, user } : undefined;
}

/** Ends a session, whether or not there is one. */
export const endHostedSession = (app: Pick<App, "db">, poolId: string, secret: string): Promise<void> =>
  deleteHostedSession(app.db, poolId, hashOfSecret(secret));
