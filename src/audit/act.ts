/**
 * Audit: who did what, to what, from where, and how it ended: every administrative change, every refused signature, and
 * what users do to get in, to change how they get in, and to get out. The room owns the record, its reading and how long
 * it is kept; whether something is worth a record is said by the doors and by the rooms where it happens.
 *
 * A record names things by their ids and holds no value of any request: no name of a person, no secret. It outlives its
 * pool and its user.
 */
import type { App } from "../app.ts";
import { insertRecord, updateOutcome } from "./store.ts";

/** Who acted. */
export type Actor =
  /** An access key, by its id. Of a refused signature it is the id that was claimed. */
  | { readonly kind: "key"; readonly id: string }
  /** A user who has proved who it is, by its sub. */
  | { readonly kind: "user"; readonly id: string }
  /** Somebody who has proved nothing. */
  | { readonly kind: "anybody" }
  /** Somebody at the machine, by the command. */
  | { readonly kind: "command" };

/** What was acted on, by the names that requests have for such ids: `ClientId`, `GroupName`, … */
export type Target = Readonly<Record<string, string>>;

/** What else is told. No value of a request. */
export interface Details {
  /** The members that the request had. */
  readonly members?: readonly string[];
  /** The attributes of users that it named. */
  readonly attributes?: readonly string[];
  /** What stood in the way, in our own words. */
  readonly reason?: string;
  /** How many refusals before this one were too many to be recorded. */
  readonly passedOver?: number;
}

/** The outcome of what was begun and has not ended; it stays where the process died in between. */
export const begun = "begun";
export const succeeded = "succeeded";

/** What is put on record. */
export interface Act {
  /** An operation of the API, or `SignIn`, `SignOut`, … */
  readonly name: string;
  readonly actor: Actor;
  /** The pool's id; null for what concerns none. */
  readonly pool: string | null;
  /** The sub of the user whom it concerns; null for what concerns none, or nobody who exists. */
  readonly userSub: string | null;
  readonly target: Target;
  /** `succeeded`, `begun`, or the name of the error. */
  readonly outcome: string;
  readonly requestId?: string | undefined;
  readonly address?: string | undefined;
  readonly details?: Details;
}

/** An act as it is kept. */
export interface AuditRecord extends Act {
  /** Sorts by time. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly details: Details;
}

type Part = Pick<App, "db" | "clock" | "recordIds">;

/** Puts an act on record, in the caller's transaction if there is one, and gives the id of the record. */
export async function recordAct({ db, clock, recordIds }: Part, act: Act): Promise<string> {
  const at = clock.now();
  const id = recordIds();
  await insertRecord(db, { details: {}, ...act, id, at });
  return id;
}

/** Puts on record what somebody at the machine did by the command, in the transaction of what was done. */
export async function recordByCommand(
  part: Part,
  { name, pool, target = {}, userSub = null }: Pick<Act, "name" | "pool"> & Partial<Pick<Act, "target" | "userSub">>,
): Promise<void> {
  await recordAct(part, { name, actor: { kind: "command" }, pool, userSub, target, outcome: succeeded });
}

/** Says how an act that was begun has ended, and what it has made. */
export const finishAct = (
  { db }: Pick<Part, "db">,
  id: string,
  ending: { readonly outcome: string; readonly made?: Partial<Pick<Act, "pool" | "userSub" | "target">> },
): Promise<void> => updateOutcome(db, id, ending);
