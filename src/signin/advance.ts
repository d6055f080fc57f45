/** Drives a sign-in from step to step, until something has to be asked or it ends, whichever face it shows. */
import type { App } from "../app.ts";
import type { ChallengeNameType } from "../contract/types.gen.ts";
import { withTransaction } from "../database/transact.ts";
import { noDevice, tracksDevices } from "../devices/device.ts";
import { findDevice } from "../devices/store.ts";
import { postAuthentication } from "../triggers/definitions.ts";
import { eventAttributes, runTrigger } from "../triggers/trigger.ts";
import type { User } from "../users/user.ts";
import { type AttemptState, hashOfSession, newSession, type Sitting, sessionEnd } from "./attempt.ts";
import type { Answered, Responses, Write } from "./challenge.ts";
import { challenges } from "./challenges/index.ts";
import { decide, withRound } from "./custom.ts";
import { factsOf } from "./facts.ts";
import { hasFirstProof, nextStep, type Step } from "./next-step.ts";
import { optionalParameter } from "./parameters.ts";
import { badSession, refusal } from "./refusals.ts";
import { presentUser } from "./standing.ts";
import { claimAttempt, insertAttempt } from "./store.ts";
import { judge, recordSignIn, refused, riskFact, watching } from "./watch.ts";

/** Who has signed in, handed to a face to make of it what it gives: tokens, or a session with the pages. */
export interface SignedIn {
  readonly user: User;
  readonly state: AttemptState;
  /** When the last proof was given. Milliseconds since the epoch. */
  readonly authenticatedAt: number;
}

/** What a face writes when a sign-in ends well. It runs in the transaction that claims the attempt. */
export type Finish<Result> = (app: App, signedIn: SignedIn) => Promise<Result>;

/** A question to the one who signs in. */
export interface Asked {
  readonly kind: "asked";
  readonly challenge: ChallengeNameType;
  readonly session: string;
  readonly parameters: Responses;
  readonly offered: readonly ChallengeNameType[];
}

export type Outcome<Result> = Asked | { readonly kind: "finished"; readonly result: Result };

/** The sitting with the device that a call names, which its user must have. @throws ResourceNotFoundException */
export async function withDevice(app: App, sitting: Sitting, responses: Responses): Promise<Sitting> {
  const deviceKey = optionalParameter(responses, "DEVICE_KEY");
  if (!deviceKey || deviceKey === sitting.state.deviceKey || !tracksDevices(sitting.pool)) return sitting;
  // Of a name that nobody has, the answer is the same: it must not tell that nobody has it.
  if (!sitting.user || !(await findDevice(app.db, sitting.user, deviceKey))) throw noDevice();
  return { ...sitting, state: { ...sitting.state, deviceKey } };
}

/** The sitting after an answer: what it proved, and what it chose. */
export function afterAnswer(sitting: Sitting, challenge: ChallengeNameType, answered: Answered): Sitting {
  const { state, memory } = sitting;
  const user = answered.user ?? sitting.user;
  const round = {
    challengeName: challenge,
    challengeResult: answered.isRight ?? true,
    challengeMetadata: memory["metadata"] ?? null,
  };
  return {
    ...sitting,
    user,
    memory: answered.memory ?? {},
    state: {
      ...state,
      ...(state.isNameless && user && { sub: user.sub, username: user.username }),
      proved: answered.proof ? [...state.proved, answered.proof] : state.proved,
      methods: [...(state.methods ?? []), ...(answered.method ? [answered.method] : [])],
      ...(answered.passwordSince !== undefined && { passwordSince: answered.passwordSince }),
      asked: null,
      chosen: answered.chosen ?? null,
      offered: [],
      rounds: state.flow === "CUSTOM_AUTH" ? withRound(state.rounds, round) : state.rounds,
      ...(answered.proof === "new-password" && { isKnownPassword: false }),
      ...(answered.isKnownPassword && { isKnownPassword: true }),
    },
  };
}

/** How a call ends. */
export interface Ending<Result> {
  readonly finish: Finish<Result>;
  /** What the answers of this call change. */
  readonly writes: readonly Write[];
  /** The hash of the session that was answered, absent when the first call brought the answer. */
  readonly hash?: string;
}

/** Goes on until a question has to be asked or the sign-in ends. */
export async function advance<Result>(
  app: App,
  come: Sitting,
  responses: Responses,
  ending: Ending<Result>,
): Promise<Outcome<Result>> {
  const { sitting, step } = await stepOf(app, come);
  switch (step.do) {
    case "refuse":
      throw await refused(app, sitting, step.reason);
    case "define":
      throw await refused(app, sitting, "unknown");
    case "finish":
      return end(app, sitting, ending);
    case "ask": {
      const challenge = challenges[step.challenge];
      if (!challenge.isBrought?.(sitting, responses)) return ask(app, sitting, step.challenge, ending);
      const answered = await watching(app, sitting, () => challenge.answer(app, sitting, responses), step.challenge);
      const writes = answered.write ? [...ending.writes, answered.write] : ending.writes;
      return advance(app, afterAnswer(sitting, step.challenge, answered), withoutBrought(responses), {
        ...ending,
        writes,
      });
    }
  }
}

/** An answer that was brought along is taken once. */
function withoutBrought(responses: Responses): Responses {
  const { PASSWORD: _password, SRP_A: _value, ...rest } = responses;
  return rest;
}

/**
 * The next step; where a custom flow's function decides, it is asked once. Once the user is proved, the sitting comes
 * back with what the pool thinks of it.
 */
async function stepOf(app: App, come: Sitting): Promise<{ readonly sitting: Sitting; readonly step: Step }> {
  const sitting = hasFirstProof(come.state.proved) ? await judge(app, come) : come;
  const facts = await factsOf(app, sitting);
  const step = nextStep(facts);
  if (step.do !== "define") return { sitting, step };
  const custom = await decide(app, sitting);
  const judged = custom.do === "issue" ? await judge(app, sitting) : sitting;
  const risk = riskFact(judged.state.risk, facts.second);
  return { sitting: judged, step: nextStep({ ...facts, custom, risk }) };
}

/** Where what an attempt remembers is sealed for. */
export const memoryPlace = (hash: string) => ({ table: "signin_attempts", column: "memory", row: hash });

/** The claim, what the answers change and what follows are one transaction. */
async function claim(app: App, { pool }: Sitting, { hash, writes }: Ending<unknown>): Promise<void> {
  if (hash !== undefined && !(await claimAttempt(app.db, pool.id, hash, app.clock.now()))) throw badSession("used");
  for (const write of writes) await write(app);
}

/** Asks. The question is made before the transaction, which waits for nothing but the database. */
export async function ask<Result>(
  app: App,
  sitting: Sitting,
  challenge: ChallengeNameType,
  ending: Ending<Result>,
): Promise<Asked> {
  const { pool, client, state } = sitting;
  const session = newSession(app, pool.id);
  const hash = hashOfSession(session);
  const question = await challenges[challenge].ask(app, sitting, session);
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const memory = question.memory ? keys.seal("otp", memoryPlace(hash), JSON.stringify(question.memory)) : null;
  const offered = question.offered ?? [];
  const now = app.clock.now();
  return withTransaction(app, async (inside) => {
    await claim(inside, sitting, ending);
    await question.write?.(inside);
    await recordSignIn(inside, sitting, "InProgress");
    await insertAttempt(inside.db, {
      poolId: pool.id,
      hash,
      clientId: client.id,
      state: { ...state, asked: challenge, chosen: null, offered, memory },
      expiresAt: sessionEnd(sitting, now),
      createdAt: now,
    });
    return { kind: "asked", challenge, session, parameters: question.parameters, offered };
  });
}

async function end<Result>(app: App, sitting: Sitting, ending: Ending<Result>): Promise<Outcome<Result>> {
  const { pool, client, user, state, clientMetadata } = sitting;
  if (!user) throw refusal("unknown", sitting);
  await runTrigger(app, postAuthentication, {
    pool,
    source: "PostAuthentication_Authentication",
    clientId: client.id,
    userName: user.username,
    request: {
      userAttributes: eventAttributes(pool, user),
      newDeviceUsed: tracksDevices(pool) && !state.proved.includes("device"),
      clientMetadata,
    },
  });
  return watching(app, sitting, () =>
    withTransaction(app, async (inside) => {
      await claim(inside, sitting, ending);
      const present = await presentUser(inside, sitting, user.sub);
      await recordSignIn(inside, sitting, "Pass");
      const result = await ending.finish(inside, { user: present, state, authenticatedAt: app.clock.now() });
      return { kind: "finished", result };
    }),
  );
}
