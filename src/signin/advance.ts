/** Drives a sign-in from step to step. Both faces, the JSON API and the pages, begin and answer here. */
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { ApiError } from "../contract/errors.ts";
import type { AuthFlowType, ChallengeNameType } from "../contract/types.gen.ts";
import type { Db } from "../database/open.ts";
import { withTransaction } from "../database/transact.ts";
import type { Pool } from "../pools/pool.ts";
import { refuseTrigger } from "../triggers/trigger.ts";
import { findUser, findUserBySub } from "../users/store.ts";
import type { User } from "../users/user.ts";
import { type AttemptState, hashOfSession, newSession, type Sitting, sessionLifetime } from "./attempt.ts";
import type { Answered, Challenge, Responses } from "./challenge.ts";
import { challenges } from "./challenges/index.ts";
import { nextStep, type Step } from "./next-step.ts";
import { badSession, refusal } from "./refusals.ts";
import { claimAttempt, findAttempt, insertAttempt } from "./store.ts";

/** Who has signed in, handed to a face to make of it what it gives: tokens, or a session with the pages. */
export interface SignedIn {
  readonly user: User;
  readonly state: AttemptState;
  /** When the last proof was given. Milliseconds since the epoch. */
  readonly authenticatedAt: number;
}

/** What a face writes when a sign-in ends well. It runs in the transaction that claims the attempt. */
export type Finish<Result> = (db: Db, signedIn: SignedIn) => Promise<Result>;

/** A question to the one who signs in. */
export interface Asked {
  readonly kind: "asked";
  readonly challenge: ChallengeNameType;
  readonly session: string;
  readonly parameters: Responses;
}

export type Outcome<Result> = Asked | { readonly kind: "finished"; readonly result: Result };

/** What a sign-in begins with. */
export interface Beginning {
  readonly pool: Pool;
  readonly client: Client;
  readonly door: AttemptState["door"];
  readonly isAdmin: boolean;
  readonly flow: AuthFlowType;
  readonly username: string;
  /** The answers that came with the first call: a password flow brings its password along. */
  readonly responses: Responses;
}

/** Begins a sign-in, and answers its first challenge at once where the flow brings the answer. */
export async function begin<Result>(app: App, beginning: Beginning, finish: Finish<Result>): Promise<Outcome<Result>> {
  const { pool, client, door, isAdmin, flow, username, responses } = beginning;
  refuseTrigger(pool, "PreAuthentication");
  const user = await findUser(app.db, pool, username);
  if (!user) refuseTrigger(pool, "UserMigration");
  const state: AttemptState = {
    door,
    isAdmin,
    flow,
    username,
    sub: user?.sub ?? null,
    proved: [],
    asked: null,
    eventId: app.random.uuid(),
  };
  const sitting: Sitting = { pool, client, user, state };
  const step = stepOf(sitting);
  if (step.do !== "ask") throw refusal("unknown", sitting);
  const answered = await servedChallenge(step.challenge).answer(app, sitting, responses);
  return proceed(app, sitting, answered, { finish });
}

/** A session that is being answered. */
export interface Continuation {
  readonly pool: Pool;
  readonly client: Client;
  readonly door: AttemptState["door"];
  readonly challenge: ChallengeNameType;
  readonly session: string;
  readonly responses: Responses;
}

/**
 * Answers the challenge that a session waits for. A wrong answer throws and leaves the session good; a right one is
 * counted once, whoever else holds the session.
 */
export async function answer<Result>(
  app: App,
  continuation: Continuation,
  finish: Finish<Result>,
): Promise<Outcome<Result>> {
  const { challenge, responses, session } = continuation;
  const sitting = await resume(app, continuation);
  const answered = await servedChallenge(challenge).answer(app, sitting, responses);
  return proceed(app, sitting, answered, { finish, hash: hashOfSession(session) });
}

/** The sitting of a session that may still be answered. @throws NotAuthorizedException when it may not. */
export async function resume(
  app: App,
  { pool, client, door, challenge, session }: Omit<Continuation, "responses">,
): Promise<Sitting> {
  const attempt = await findAttempt(app.db, pool.id, hashOfSession(session));
  if (!attempt || attempt.clientId !== client.id || attempt.state.door !== door) throw badSession("invalid");
  if (attempt.isClaimed) throw badSession("used");
  if (attempt.expiresAt <= app.clock.now()) throw badSession("expired");
  if (attempt.state.asked !== challenge) throw badSession("invalid");
  const { sub } = attempt.state;
  const user = sub === null ? undefined : await findUserBySub(app.db, pool.id, sub);
  return { pool, client, user, state: attempt.state };
}

function servedChallenge(name: ChallengeNameType): Challenge {
  const challenge = challenges[name];
  if ("unserved" in challenge) throw new ApiError("InvalidParameterException", challenge.unserved);
  return challenge;
}

function stepOf({ user, state }: Sitting): Step {
  return nextStep({ flow: state.flow, proved: state.proved, user });
}

interface Ending<Result> {
  readonly finish: Finish<Result>;
  /** The hash of the session that was answered, absent when the first call brought the answer. */
  readonly hash?: string;
}

/** Goes on from a right answer. The claim, what the answer changes and what follows are one transaction. */
async function proceed<Result>(
  app: App,
  sitting: Sitting,
  { proof, write }: Answered,
  { finish, hash }: Ending<Result>,
): Promise<Outcome<Result>> {
  const { pool, user } = sitting;
  const state: AttemptState = { ...sitting.state, proved: [...sitting.state.proved, proof], asked: null };
  const step = stepOf({ ...sitting, state });
  if (step.do === "refuse" || !user) throw refusal(step.do === "refuse" ? step.reason : "unknown", sitting);
  if (step.do === "finish") refuseTrigger(pool, "PostAuthentication");
  const keep = step.do === "ask" ? await prepareQuestion(app, { ...sitting, state }, step.challenge) : undefined;
  return withTransaction(app, async ({ db }) => {
    const now = app.clock.now();
    if (hash !== undefined && !(await claimAttempt(db, pool.id, hash, now))) throw badSession("used");
    await write?.(db);
    if (keep) return keep(db);
    const signedIn = write ? ((await findUserBySub(db, pool.id, user.sub)) ?? user) : user;
    return { kind: "finished", result: await finish(db, { user: signedIn, state, authenticatedAt: now }) };
  });
}

/** Makes the question before the transaction, which waits for nothing but the database, and gives what keeps it. */
async function prepareQuestion(
  app: App,
  sitting: Sitting,
  challenge: ChallengeNameType,
): Promise<(db: Db) => Promise<Asked>> {
  const { pool, client, state } = sitting;
  const { parameters, write } = await servedChallenge(challenge).ask(app, sitting);
  const session = newSession(app);
  const now = app.clock.now();
  return async (db) => {
    await write?.(db);
    await insertAttempt(db, {
      poolId: pool.id,
      hash: hashOfSession(session),
      clientId: client.id,
      state: { ...state, asked: challenge },
      expiresAt: now + sessionLifetime(client),
      createdAt: now,
    });
    return { kind: "asked", challenge, session, parameters };
  };
}
