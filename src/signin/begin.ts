/** The beginning of a sign-in: who it is of, and what the pool's functions say before anything is asked. */
import type { App } from "../app.ts";
import { type Client, hidesUsers } from "../clients/client.ts";
import type { AuthFlowType, ChallengeNameType } from "../contract/types.gen.ts";
import type { EventContext } from "../events/context.ts";
import { takingEvenTime } from "../lib/even-time.ts";
import type { Level, Method } from "../pools/assurance.ts";
import type { Pool } from "../pools/pool.ts";
import { checkNetwork } from "../risk/judge.ts";
import { preAuthentication } from "../triggers/definitions.ts";
import { eventAttributes, runTrigger } from "../triggers/trigger.ts";
import { migrateSigningIn } from "../users/migration.ts";
import { findUser } from "../users/store.ts";
import { advance, type Finish, type Outcome, withDevice } from "./advance.ts";
import type { AttemptState, Memory, Proof, Sitting } from "./attempt.ts";
import type { Responses } from "./challenge.ts";
import { optionalParameter } from "./parameters.ts";
import { refusingEvenly } from "./refusals.ts";
import { watching } from "./watch.ts";

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
export function begin<Result>(app: App, beginning: Beginning, finish: Finish<Result>): Promise<Outcome<Result>> {
  const run = () => beginNow(app, beginning, finish);
  // By choice a question is asked of anybody, and what is looked up for it differs by some microseconds.
  const isAskedOfAnybody = beginning.flow === "USER_AUTH" && hidesUsers(beginning.client);
  return isAskedOfAnybody ? takingEvenTime(run)() : refusingEvenly(beginning.client, run);
}

async function beginNow<Result>(app: App, beginning: Beginning, finish: Finish<Result>): Promise<Outcome<Result>> {
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
  return advance(app, await withDevice(app, sitting, responses), responses, { finish, writes: [] });
}

async function findOrMigrate(app: App, { pool, client, username, responses, clientMetadata }: Beginning) {
  const user = await findUser(app.db, pool, username);
  const password = optionalParameter(responses, "PASSWORD");
  if (user || !password) return user;
  return migrateSigningIn(app, pool, { Username: username, client, clientMetadata }, password);
}

/**
 * Asks the pool's function whether somebody may sign in at all. It is not told of names that nobody has, unless they are
 * kept secret. Source: Cognito developer guide, pre authentication Lambda trigger.
 */
export async function askBeforeSignIn(
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
