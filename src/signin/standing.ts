/**
 * Whether what a sign-in has proved still counts while it waits for more. An administrator who replaces a password or a
 * lost phone, or a user who signs out everywhere, keeps somebody out who may be in the middle of a sign-in.
 */
import type { App } from "../app.ts";
import type { ChallengeNameType } from "../contract/types.gen.ts";
import { findPassword } from "../passwords/store.ts";
import { findUserBySub } from "../users/store.ts";
import type { User } from "../users/user.ts";
import type { AttemptState, Sitting } from "./attempt.ts";
import { factsOf } from "./facts.ts";
import { hasFirstProof, isSecondDue, refusalByState } from "./next-step.ts";
import { badSession, refusal } from "./refusals.ts";
import type { StoredAttempt } from "./store.ts";

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
  await checkPassword({ db }, user, state);
}

async function checkPassword({ db }: Pick<App, "db">, user: User, { passwordSince }: AttemptState): Promise<void> {
  if (passwordSince === undefined) return;
  if ((await findPassword(db, user))?.createdAt !== passwordSince) throw badSession("invalid");
}

/**
 * Refuses an answer about a second factor that was switched off since it was asked for, when another stands in its
 * place. @throws NotAuthorizedException
 */
export async function checkStillDue(app: App, sitting: Sitting, challenge: ChallengeNameType): Promise<void> {
  // Before the first proof nothing is due, and who has a second factor is not told.
  if (!hasFirstProof(sitting.state.proved)) return;
  if (!isSecondDue(challenge, await factsOf(app, sitting))) throw badSession("invalid");
}

/**
 * The user as it is when everything is proved, written and about to be rewarded: the pool's functions may have taken
 * their time since it was looked at. Run it in the transaction that ends the sign-in.
 * @throws what the user would be refused with
 */
export async function presentUser({ db }: Pick<App, "db">, sitting: Sitting, sub: string): Promise<User> {
  const user = await findUserBySub(db, sitting.pool.id, sub);
  const reason = user ? refusalByState(user) : "unknown";
  if (!user || reason) throw refusal(reason ?? "unknown", { ...sitting, user });
  await checkPassword({ db }, user, sitting.state);
  return user;
}
