/** The answer to a session that waits: looked up, judged by its challenge, and on from there; or asked for once more. */
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import type { ChallengeNameType } from "../contract/types.gen.ts";
import type { EventContext } from "../events/context.ts";
import type { Pool } from "../pools/pool.ts";
import { findUserBySub } from "../users/store.ts";
import {
  type Asked,
  advance,
  afterAnswer,
  ask,
  type Finish,
  memoryPlace,
  type Outcome,
  withDevice,
} from "./advance.ts";
import { type AttemptState, hashOfSession, type Memory, type Sitting } from "./attempt.ts";
import { askBeforeSignIn } from "./begin.ts";
import type { Responses } from "./challenge.ts";
import { challenges } from "./challenges/index.ts";
import { badSession } from "./refusals.ts";
import { checkStanding, checkStillDue } from "./standing.ts";
import { countTry, findAttempt } from "./store.ts";
import { watching } from "./watch.ts";

/** A session that is being answered. */
export interface Continuation {
  readonly pool: Pool;
  readonly client: Client;
  readonly door: AttemptState["door"];
  readonly challenge: ChallengeNameType;
  readonly session: string;
  readonly responses: Responses;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  readonly context?: EventContext | undefined;
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
  const { pool, challenge, responses, session } = continuation;
  const hash = hashOfSession(session);
  const resumed = await resume(app, continuation);
  await checkStillDue(app, resumed, challenge);
  const { triesAtMost } = challenges[challenge];
  if (triesAtMost !== undefined && !(await countTry(app.db, pool.id, hash, triesAtMost))) throw badSession("invalid");
  const sitting = await withDevice(app, resumed, responses);
  const answered = await watching(app, sitting, () => challenges[challenge].answer(app, sitting, responses), challenge);
  const writes = answered.write ? [answered.write] : [];
  const next = afterAnswer(sitting, challenge, answered);
  // Who a nameless sign-in is of is known only now.
  if (sitting.state.isNameless && !sitting.user && next.user) {
    await watching(app, next, () => askBeforeSignIn(app, next, next.clientMetadata));
  }
  return advance(app, next, responses, { finish, writes, hash });
}

/** A session, and the challenge that it must wait for; without one it may wait for any. */
export type Resumption = Omit<Continuation, "responses" | "challenge"> & {
  readonly challenge?: ChallengeNameType | undefined;
};

/** Asks what a session waits for once more, in a new session: a code is sent again. The old session is spent. */
export async function askAgain(app: App, resumption: Resumption): Promise<Asked> {
  const sitting = await resume(app, resumption);
  const { asked } = sitting.state;
  if (asked === null) throw badSession("invalid");
  await checkStillDue(app, sitting, asked);
  const hash = hashOfSession(resumption.session);
  return ask(app, sitting, asked, { finish: async () => undefined, writes: [], hash });
}

/** The sitting of a session that may still be answered. @throws NotAuthorizedException when it may not. */
export async function resume(
  app: App,
  { pool, client, door, challenge, session, clientMetadata, context }: Resumption,
): Promise<Sitting> {
  const hash = hashOfSession(session);
  const attempt = await findAttempt(app.db, pool.id, hash);
  if (!attempt || attempt.clientId !== client.id || attempt.state.door !== door) throw badSession("invalid");
  if (attempt.isClaimed) throw badSession("used");
  if (attempt.expiresAt <= app.clock.now()) throw badSession("expired");
  if (challenge !== undefined && attempt.state.asked !== challenge) throw badSession("invalid");
  const { sub, memory: sealed } = attempt.state;
  // Of nobody as much is read as of somebody: measured on PostgreSQL, a read that is left out tells who exists.
  const user = await findUserBySub(app.db, pool.id, sub ?? "");
  await checkStanding(app, user, attempt);
  const memory = sealed === null ? {} : await openMemory(app, pool, hash, sealed);
  const state = context ? { ...attempt.state, context } : attempt.state;
  return { pool, client, user, state, memory, clientMetadata };
}

async function openMemory(app: App, pool: Pool, hash: string, sealed: string): Promise<Memory> {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  return JSON.parse(keys.open("otp", memoryPlace(hash), sealed));
}
