/** Drives a sign-in from step to step. Both faces, the JSON API and the pages, begin and answer here. */
import type { App } from "../app.ts";
import { type Client, hidesUsers } from "../clients/client.ts";
import type { AuthFlowType, ChallengeNameType } from "../contract/types.gen.ts";
import { withTransaction } from "../database/transact.ts";
import { noDevice, tracksDevices } from "../devices/device.ts";
import { findDevice } from "../devices/store.ts";
import type { EventContext } from "../events/context.ts";
import type { Level, Method } from "../pools/assurance.ts";
import type { Pool } from "../pools/pool.ts";
import { checkNetwork } from "../risk/judge.ts";
import { postAuthentication, preAuthentication } from "../triggers/definitions.ts";
import { eventAttributes, runTrigger } from "../triggers/trigger.ts";
import { migrateSigningIn } from "../users/migration.ts";
import { findUser, findUserBySub } from "../users/store.ts";
import type { User } from "../users/user.ts";
import {
  type AttemptState,
  hashOfSession,
  type Memory,
  newSession,
  type Proof,
  type Sitting,
  sessionEnd,
} from "./attempt.ts";
import type { Answered, Responses, Write } from "./challenge.ts";
import { challenges } from "./challenges/index.ts";
import { decide, withRound } from "./custom.ts";
import { factsOf } from "./facts.ts";
import { hasFirstProof, nextStep, type Step } from "./next-step.ts";
import { optionalParameter } from "./parameters.ts";
import { badSession, refusal } from "./refusals.ts";
import { checkStanding, checkStillDue, presentUser } from "./standing.ts";
import { claimAttempt, countTry, findAttempt, insertAttempt } from "./store.ts";
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
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  readonly preferred?: ChallengeNameType | undefined;
  /** Where the person seems to be. */
  readonly context?: EventContext | undefined;
  /** Whether no name is given: a passkey will say who it is. */
  readonly isNameless?: true;
  /** What was proved just before, where a confirmation leads into a sign-in. */
  readonly proved?: readonly Proof[];
  readonly methods?: readonly Method[];
  /** The levels of assurance that the client wants. */
  readonly levels?: readonly Level[];
  /** What a custom flow that begins with a password is told of it. */
  readonly opening?: { readonly memory: Memory; readonly rounds: AttemptState["rounds"] };
}

/** Begins a sign-in, and goes on as far as the answers lead that came with the first call. */
export async function begin<Result>(app: App, beginning: Beginning, finish: Finish<Result>): Promise<Outcome<Result>> {
  const { pool, client, username, responses, opening } = beginning;
  await checkNetwork(app, beginning, beginning.context);
  const user = beginning.isNameless ? undefined : await findOrMigrate(app, beginning);
  const state: AttemptState = {
    door: beginning.door,
    isAdmin: beginning.isAdmin,
    flow: beginning.flow,
    username,
    sub: user?.sub ?? null,
    proved: beginning.proved ?? [],
    methods: beginning.methods ?? [],
    ...(beginning.levels && { levels: beginning.levels }),
    beganAt: app.clock.now(),
    ...(beginning.isNameless && { isNameless: true }),
    asked: null,
    chosen: null,
    offered: [],
    preferred: beginning.preferred ?? null,
    deviceKey: null,
    rounds: opening?.rounds ?? [],
    memory: null,
    eventId: app.random.uuid(),
    ...(beginning.context && { context: beginning.context }),
  };
  const memory = opening?.memory ?? {};
  const sitting: Sitting = { pool, client, user, state, memory, clientMetadata: undefined };
  if (!state.isNameless) await watching(app, sitting, () => askBeforeSignIn(app, sitting, beginning.clientMetadata));
  return goOn(app, await withDevice(app, sitting, responses), responses, { finish, writes: [] });
}

async function findOrMigrate(app: App, { pool, client, username, responses, clientMetadata }: Beginning) {
  const user = await findUser(app.db, pool, username);
  const password = optionalParameter(responses, "PASSWORD");
  if (user || !password) return user;
  return migrateSigningIn(app, pool, { Username: username, client, clientMetadata }, password);
}

/** Source: Cognito developer guide: the function is not told of names that nobody has, unless they are kept secret. */
async function askBeforeSignIn(
  app: App,
  { pool, client, user, state }: Sitting,
  validationData: Readonly<Record<string, string>> | undefined,
): Promise<void> {
  if (!user && !hidesUsers(client)) return;
  await runTrigger(app, preAuthentication, {
    pool,
    source: "PreAuthentication_Authentication",
    clientId: client.id,
    userName: user?.username ?? state.username,
    request: {
      userAttributes: user ? eventAttributes(pool, user) : {},
      validationData: validationData ?? {},
      ...(hidesUsers(client) && { userNotFound: !user }),
    },
  });
}

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
  return goOn(app, next, responses, { finish, writes, hash });
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

const memoryPlace = (hash: string) => ({ table: "signin_attempts", column: "memory", row: hash });

async function openMemory(app: App, pool: Pool, hash: string, sealed: string): Promise<Memory> {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  return JSON.parse(keys.open("otp", memoryPlace(hash), sealed));
}

/** The sitting with the device that a call names, which its user must have. @throws ResourceNotFoundException */
async function withDevice(app: App, sitting: Sitting, responses: Responses): Promise<Sitting> {
  const deviceKey = optionalParameter(responses, "DEVICE_KEY");
  if (!deviceKey || deviceKey === sitting.state.deviceKey || !tracksDevices(sitting.pool)) return sitting;
  // Of a name that nobody has, the answer is the same: it must not tell that nobody has it.
  if (!sitting.user || !(await findDevice(app.db, sitting.user, deviceKey))) throw noDevice();
  return { ...sitting, state: { ...sitting.state, deviceKey } };
}

/** The sitting after an answer: what it proved, and what it chose. */
function afterAnswer(sitting: Sitting, challenge: ChallengeNameType, answered: Answered): Sitting {
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

interface Ending<Result> {
  readonly finish: Finish<Result>;
  /** What the answers of this call change. */
  readonly writes: readonly Write[];
  /** The hash of the session that was answered, absent when the first call brought the answer. */
  readonly hash?: string;
}

/** Goes on until a question has to be asked or the sign-in ends. */
async function goOn<Result>(
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
      return goOn(app, afterAnswer(sitting, step.challenge, answered), withoutBrought(responses), {
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

/** The claim, what the answers change and what follows are one transaction. */
async function claim(app: App, { pool }: Sitting, { hash, writes }: Ending<unknown>): Promise<void> {
  if (hash !== undefined && !(await claimAttempt(app.db, pool.id, hash, app.clock.now()))) throw badSession("used");
  for (const write of writes) await write(app);
}

/** Asks. The question is made before the transaction, which waits for nothing but the database. */
async function ask<Result>(
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
