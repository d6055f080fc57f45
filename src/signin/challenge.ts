import type { App } from "../app.ts";
import type { ChallengeNameType } from "../contract/types.gen.ts";
import type { Method } from "../pools/assurance.ts";
import type { User } from "../users/user.ts";
import type { Memory, Proof, Sitting } from "./attempt.ts";

/** What the one who signs in sent with an answer, by the names of the contract. */
export type Responses = Readonly<Record<string, string>>;

/** What a step changes, in the transaction that keeps or claims the attempt. */
export type Write = (app: App) => Promise<void>;

/** A question. */
export interface Question {
  /** The parameters shown with the challenge. */
  readonly parameters: Responses;
  /** What is kept, sealed, until the answer. */
  readonly memory?: Memory;
  /** What the person may choose from. */
  readonly offered?: readonly ChallengeNameType[];
  /** What asking changes: a code that is sent. */
  readonly write?: Write;
}

/** What an answer is worth. */
export interface Answered {
  /** What it proves; some answers only choose what comes next. */
  readonly proof?: Proof;
  /** By what, as tokens tell of it. */
  readonly method?: Method;
  /** Since when the password that it proved is the user's. Milliseconds since the epoch. */
  readonly passwordSince?: number | undefined;
  /** Whether it was a password that attackers know. */
  readonly isKnownPassword?: boolean;
  /** The challenge that comes next. */
  readonly chosen?: ChallengeNameType;
  /** What the chosen challenge is told when it is asked. */
  readonly memory?: Memory;
  /** The user as it will be once the answer's changes are written. */
  readonly user?: User;
  /** In a custom flow: whether the answer was right, where that is the flow's to judge. Right unless told otherwise. */
  readonly isRight?: boolean;
  /** What the answer changes: it happens together with the claim of the attempt, or not at all. */
  readonly write?: Write;
}

/**
 * One challenge. It knows how to ask and how to judge an answer; what comes before and after it is for `nextStep`.
 * `answer` throws an ApiError for a wrong answer, and the session stays good.
 */
export interface Challenge {
  /** How often one session may be answered; without a limit where the answer is limited otherwise. */
  readonly triesAtMost?: number;
  /** Whether a call that comes to this challenge has brought its answer along. */
  isBrought?(sitting: Sitting, responses: Responses): boolean;
  ask(app: App, sitting: Sitting, session: string): Promise<Question> | Question;
  answer(app: App, sitting: Sitting, responses: Responses): Promise<Answered>;
}
