/**
 * Sign-in: from a name to tokens. The room has four parts: the attempt (what has been proved and what was asked),
 * `nextStep` (which alone decides what comes next), one file a challenge, and `advance`, which goes on from a beginning
 * or an answer until something has to be asked. The JSON API and the hosted pages are two faces of the same attempt;
 * neither knows a rule that is not here.
 */
import { createHash } from "node:crypto";
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import type { AuthFlowType, ChallengeNameType } from "../contract/types.gen.ts";
import type { EventContext } from "../events/context.ts";
import { minute } from "../lib/clock.ts";
import type { Level, Method } from "../pools/assurance.ts";
import type { Pool } from "../pools/pool.ts";
import type { Judgement } from "../risk/judge.ts";
import type { User } from "../users/user.ts";

/** What a sign-in can prove. */
export type Proof =
  | "password"
  | "new-password"
  /** A code by mail or SMS in place of a password. */
  | "one-time-code"
  | "passkey"
  /** A passkey whose authenticator checked who holds it. */
  | "verified-passkey"
  | "second-factor"
  | "device";

/** A challenge that a custom flow has had answered, as its functions are told. */
export interface Round {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata: string | null;
}

export interface AttemptState {
  /** The face through which it runs: the JSON API's tokens differ from those of the pages. */
  readonly door: "api" | "hosted";
  /** Whether an administrator's call began it: some flows and answers are theirs alone. */
  readonly isAdmin: boolean;
  readonly flow: AuthFlowType;
  /** The name as it was given. */
  readonly username: string;
  /** Whether no name was given: a passkey says whose it is. */
  readonly isNameless?: true;
  /** The user, or null where nobody has the name: the attempt then runs to the same refusals. */
  readonly sub: string | null;
  readonly proved: readonly Proof[];
  /**
   * Since when the password that was given is the user's: the sign-in goes on only while it is. Milliseconds since the
   * epoch.
   */
  readonly passwordSince?: number;
  /** By what it was proved, as tokens tell of it. */
  readonly methods?: readonly Method[];
  /** The levels of assurance that the client wants, the one that it wants most first. */
  readonly levels?: readonly Level[];
  /** When it began. Milliseconds since the epoch. */
  readonly beganAt?: number;
  /** The challenge that waits for an answer. */
  readonly asked: ChallengeNameType | null;
  /** The challenge that was chosen to come next, by the person or by the step before. */
  readonly chosen: ChallengeNameType | null;
  /** What the person could choose from when it was last asked to. */
  readonly offered: readonly ChallengeNameType[];
  /** Whether an authenticator was set up with sessions of this very sign-in. */
  readonly hasSetUp?: boolean;
  /** The first factor that the caller would like, of a flow that leaves the choice. */
  readonly preferred: ChallengeNameType | null;
  /** The device that the caller says it is. */
  readonly deviceKey: string | null;
  /** The rounds of a custom flow. */
  readonly rounds: readonly Round[];
  /** What the asked challenge remembers until its answer, sealed. */
  readonly memory: string | null;
  readonly eventId: string;
  /** Where the person seems to be, as the last call that told of it said. */
  readonly context?: EventContext;
  /** Whether the password that was given is one that attackers know. */
  readonly isKnownPassword?: boolean;
  /** What the pool thinks of the sign-in: judged once, when the first proof was right. */
  readonly risk?: Judgement;
}

/** What a challenge remembers from its question to its answer. */
export type Memory = Readonly<Record<string, string>>;

/** An attempt with everything that its steps look at. */
export interface Sitting {
  readonly pool: Pool;
  readonly client: Client;
  /** Nobody, where the name is unknown. */
  readonly user: User | undefined;
  readonly state: AttemptState;
  readonly memory: Memory;
  /** What the present call hands to the pool's functions. */
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

/** Source: the shape of Cognito's session strings, which begin with these characters. */
const sessionPrefix = "AYABe";
const sessionBytes = 48;

/** A new session: the only thing that a client holds of an attempt. It names its pool, for calls that name none. */
export const newSession = (app: Pick<App, "random">, poolId: string): string =>
  sessionPrefix + Buffer.concat([app.random.bytes(sessionBytes), Buffer.from(poolId)]).toString("base64url");

/** The pool that a session says it belongs to. */
export const poolIdOfSession = (session: string): string =>
  Buffer.from(session.slice(sessionPrefix.length), "base64url").subarray(sessionBytes).toString();

/** What is kept of a session. */
export const hashOfSession = (session: string): string => createHash("sha256").update(session).digest("base64url");

/** Source: Cognito API reference, AuthSessionValidity: 3 to 15 minutes, 3 by default. */
const defaultValidityMinutes = 3;

/** How long a session of this client waits for its answer, in milliseconds. */
export const sessionLifetime = ({ settings }: Client): number =>
  (settings.AuthSessionValidity ?? defaultValidityMinutes) * minute;

/** Source: Cognito developer guide: the pages wait three minutes whatever the client says, and five for a whole sign-in. */
const pageLifetime = 3 * minute;
const wholeLifetime = 5 * minute;

/** When a session that is given now ends. */
export const sessionEnd = ({ client, state }: Pick<Sitting, "client" | "state">, now: number): number =>
  state.door === "api"
    ? now + sessionLifetime(client)
    : Math.min(now + pageLifetime, (state.beganAt ?? now) + wholeLifetime);
