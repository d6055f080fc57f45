import type { App } from "../app.ts";
import type { Db } from "../database/open.ts";
import type { Proof, Sitting } from "./attempt.ts";

/** What the one who signs in sent with an answer, by the names of the contract. */
export type Responses = Readonly<Record<string, string>>;

/** A question. */
export interface Question {
  /** The parameters shown with the challenge. */
  readonly parameters: Responses;
  /** What asking changes: a code that is sent. It runs in the transaction that keeps the attempt. */
  readonly write?: (db: Db) => Promise<void>;
}

/** What a right answer is worth. */
export interface Answered {
  readonly proof: Proof;
  /** What the answer changes. It runs in the transaction that claims the attempt: both happen, or neither. */
  readonly write?: (db: Db) => Promise<void>;
}

/**
 * One challenge. It knows how to ask and how to judge an answer; what comes before and after it is for `nextStep`.
 * `answer` throws an ApiError for a wrong answer, and the session stays good.
 */
export interface Challenge {
  ask(app: App, sitting: Sitting): Promise<Question> | Question;
  answer(app: App, sitting: Sitting, responses: Responses): Promise<Answered>;
}

/** A challenge of the contract that is not served yet. Nothing asks it, and an answer to it is refused. */
export interface UnservedChallenge {
  readonly unserved: string;
}
