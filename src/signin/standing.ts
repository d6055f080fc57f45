/**
 * Whether what a sign-in has proved still counts while it waits for more. An administrator who replaces a password, or a
 * user who signs out everywhere, keeps somebody out who may be in the middle of a sign-in.
 */
import type { App } from "../app.ts";
import { findPassword } from "../passwords/store.ts";
import type { User } from "../users/user.ts";
import type { AttemptState, Sitting } from "./attempt.ts";
import { badSession } from "./refusals.ts";
import type { StoredAttempt } from "./store.ts";

/** Since when the password that was proved has been the user's, for the state of the sign-in. */
export async function provedPassword(
  { db }: Pick<App, "db">,
  { user, state }: Pick<Sitting, "user" | "state">,
): Promise<Pick<AttemptState, "passwordSince">> {
  if (!user || !state.proved.includes("password")) return {};
  const stored = await findPassword(db, user);
  return stored ? { passwordSince: stored.createdAt } : {};
}

/**
 * Refuses a session whose proofs are void: the user has signed out everywhere since it began, or the password that was
 * proved is no longer the user's. @throws NotAuthorizedException
 */
export async function checkStanding(
  { db }: Pick<App, "db">,
  user: User | undefined,
  { state, createdAt }: Pick<StoredAttempt, "state" | "createdAt">,
): Promise<void> {
  if (!user || state.proved.length === 0) return;
  if ((state.beganAt ?? createdAt) < user.tokensValidAfter) throw badSession("invalid");
  if (state.passwordSince === undefined) return;
  if ((await findPassword(db, user))?.createdAt !== state.passwordSince) throw badSession("invalid");
}
