/**
 * Codes: the six digits that prove a contact. The room owns making them, keeping only a keyed hash, redeeming each once
 * and how often somebody may try.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { day, hour } from "../lib/clock.ts";
import { equalsInConstantTime } from "../lib/constant-time.ts";
import { digits } from "../lib/random.ts";
import { deleteCode, deleteCodeOf, findCode, replaceCode } from "./store.ts";

/** What a code is good for. */
export type CodePurpose = "sign-up" | "forgot-password" | "verify-email" | "verify-phone_number";

const length = 6;

/** Source: Cognito developer guide, quotas: a sign-up or attribute code lives a day, one for a password an hour. */
const lifetimes: Readonly<Record<CodePurpose, number>> = {
  "sign-up": day,
  "forgot-password": hour,
  "verify-email": day,
  "verify-phone_number": day,
};

type Part = Pick<App, "db" | "vault" | "clock" | "random">;

/** Whose code it is and for what. */
export interface CodeOwner {
  readonly poolId: string;
  readonly sub: string;
  readonly purpose: CodePurpose;
}

/** What a code proves: that its receiver reads this contact. */
export interface ProvedContact {
  readonly attribute: string;
  /** The contact that the code went to. */
  readonly value: string;
}

/** A bare hash of a million values is undone at once: the code is bound to its owner by the pool's key. */
async function macOf(app: Part, { poolId, sub, purpose }: CodeOwner, code: string): Promise<string> {
  const keys = await app.vault.poolKeys(app.db, poolId);
  return keys.mac("otp", JSON.stringify([sub, purpose, code])).toString("base64url");
}

/** A new code. It is good for nothing until it is kept. */
export const newCode = (app: Pick<App, "random">): string => app.random.text(digits, length);

/** Keeps a code that proves a contact, in the caller's transaction. An earlier one for the same purpose is void. */
export async function keepCode(app: Part, owner: CodeOwner, code: string, contact: ProvedContact): Promise<void> {
  const now = app.clock.now();
  await replaceCode(app.db, {
    ...owner,
    ...contact,
    mac: await macOf(app, owner, code),
    expiresAt: now + lifetimes[owner.purpose],
    createdAt: now,
  });
}

/** The contact that a code was sent to which still waits; undefined when none does. */
export async function awaitedContact(app: Part, owner: CodeOwner): Promise<ProvedContact | undefined> {
  const stored = await findCode(app.db, owner);
  if (!stored || stored.expiresAt <= app.clock.now()) return undefined;
  return { attribute: stored.attribute, value: stored.value };
}

/** Makes a code worthless whose reason is gone, in the caller's transaction. */
export const voidCode = (app: Pick<App, "db">, owner: CodeOwner): Promise<void> => deleteCodeOf(app.db, owner);

/**
 * The contact that a code proves. It is not spent yet: `spendCode` does that, in the transaction of what it proves.
 * @throws CodeMismatchException for a wrong code, ExpiredCodeException when there is none to compare with.
 */
export async function checkCode(app: Part, owner: CodeOwner, code: string): Promise<ProvedContact> {
  const stored = await findCode(app.db, owner);
  if (!stored || stored.expiresAt <= app.clock.now()) throw noCode();
  if (!equalsInConstantTime(stored.mac, await macOf(app, owner, code))) throw wrongCode();
  return { attribute: stored.attribute, value: stored.value };
}

/** Spends a code: of any number of callers with the right one, one goes on. @throws ExpiredCodeException */
export async function spendCode(app: Part, owner: CodeOwner, code: string): Promise<void> {
  if (!(await deleteCode(app.db, owner, await macOf(app, owner, code)))) throw noCode();
}

/** Also what is said of a user who does not exist, where that is not to be told. */
export const noCode = (): ApiError =>
  new ApiError("ExpiredCodeException", "Invalid code provided, please request a code again.");

/** A code that is not the one that was sent. */
export const wrongCode = (): ApiError =>
  new ApiError("CodeMismatchException", "Invalid verification code provided, please try again.");
