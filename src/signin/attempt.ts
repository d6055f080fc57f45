/**
 * Sign-in: from a name to tokens. The room has four parts: the attempt (what has been proved and what was asked),
 * `nextStep` (which alone decides what comes next), one file a challenge, and `advance`, which drives them. The JSON API
 * and the hosted pages are two faces of the same attempt; neither knows a rule that is not here.
 */
import { createHash } from "node:crypto";
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import type { AuthFlowType, ChallengeNameType } from "../contract/types.gen.ts";
import { minute } from "../lib/clock.ts";
import type { Pool } from "../pools/pool.ts";
import type { User } from "../users/user.ts";

/** What a sign-in can prove. */
export type Proof = "password" | "new-password";

export interface AttemptState {
  /** The face through which it runs: the JSON API's tokens differ from those of the pages. */
  readonly door: "api" | "hosted";
  /** Whether an administrator's call began it: some flows and answers are theirs alone. */
  readonly isAdmin: boolean;
  readonly flow: AuthFlowType;
  /** The name as it was given. */
  readonly username: string;
  /** The user, or null where nobody has the name: the attempt then runs to the same refusals. */
  readonly sub: string | null;
  readonly proved: readonly Proof[];
  /** The challenge that waits for an answer. */
  readonly asked: ChallengeNameType | null;
  readonly eventId: string;
}

/** An attempt with everything that its steps look at. */
export interface Sitting {
  readonly pool: Pool;
  readonly client: Client;
  /** Nobody, where the name is unknown. */
  readonly user: User | undefined;
  readonly state: AttemptState;
}

/** Source: the shape of Cognito's session strings, which begin with these characters. */
const sessionPrefix = "AYABe";
const sessionBytes = 48;

/** A new session: the only thing that a client holds of an attempt. */
export const newSession = (app: Pick<App, "random">): string =>
  sessionPrefix + app.random.bytes(sessionBytes).toString("base64url");

/** What is kept of a session. */
export const hashOfSession = (session: string): string => createHash("sha256").update(session).digest("base64url");

/** Source: Cognito API reference, AuthSessionValidity: 3 to 15 minutes, 3 by default. */
const defaultValidityMinutes = 3;

/** How long a session of this client waits for its answer, in milliseconds. */
export const sessionLifetime = ({ settings }: Client): number =>
  (settings.AuthSessionValidity ?? defaultValidityMinutes) * minute;
