/**
 * What must hold of every sign-in, told a second time and in another way than the product tells it: by what the walker
 * itself has given, never by what the server asked for. A walk that breaks one of these rules has found a bug.
 */
import type { Credential } from "../authenticator.ts";
import type { Ground } from "./grounds.ts";

/** What a walker has truly given in one sign-in, each with what tells which it was: the password, the factor, the device. */
export type Given =
  | "password"
  | "new password"
  | "code first"
  | "passkey"
  | "verified passkey"
  | "second factor"
  | "device"
  | "custom answer";

/** A second factor beside a password. */
export type Second = "SMS_MFA" | "EMAIL_OTP" | "SOFTWARE_TOKEN_MFA";

/** A person as the model knows it: by what was done to it. */
export interface Person {
  readonly name: string;
  password: string;
  isThere: boolean;
  isConfirmed: boolean;
  isEnabled: boolean;
  isTemporary: boolean;
  mustReset: boolean;
  email: string | undefined;
  readonly phone: string | undefined;
  /** The secret of its authenticator. */
  totp: string | undefined;
  /** The second factors that it has switched on. */
  seconds: readonly Second[];
  passkey: Credential | undefined;
  /** Whether it wants its passkey to stand for a second factor. */
  countsPasskey: boolean;
  device: { readonly key: string; readonly groupKey: string; readonly password: string } | undefined;
  failures: number;
  lockedUntil: number;
  /** When everything that it had was last ended. */
  signedOutAt: number;
}

/** One sign-in: a chain of sessions. */
export interface Chain {
  readonly ground: Ground;
  readonly person: Person;
  readonly flow: string;
  readonly given: ReadonlyMap<Given, string>;
}

/** A rule that was broken. */
export class Broken extends Error {
  override readonly name = "Broken";
}

const must = (holds: boolean, rule: string, chain: Chain): void => {
  if (holds) return;
  const { person, flow, given, ground } = chain;
  const { passkey: _key, ...shown } = person;
  throw new Broken(`${rule}: ${ground.name}, ${flow}, given ${[...given].join("; ")}, ${JSON.stringify(shown)}`);
};

/** What a person is asked for: what it has switched on, or the authenticator that it has where something is required. */
function secondsOf({ ground, person }: Chain): readonly string[] {
  if (person.seconds.length > 0) return person.seconds;
  return ground.mfa === "ON" && person.totp !== undefined ? ["SOFTWARE_TOKEN_MFA"] : [];
}

const needsSecond = (chain: Chain): boolean =>
  chain.ground.mfa === "ON" || (chain.ground.mfa === "OPTIONAL" && secondsOf(chain).length > 0);

/** Tokens were handed out. */
export function checkTokens(chain: Chain): void {
  const { ground, person, flow, given } = chain;
  must(person.isThere, "nobody has no tokens", chain);
  must(person.isConfirmed, "who has not confirmed itself gets none", chain);
  must(person.isEnabled, "who is disabled gets none", chain);
  must(!person.mustReset, "who must reset its password gets none", chain);
  must(!person.isTemporary || !given.has("password"), "a temporary password is replaced", chain);
  checkPassword(chain);
  const isCustom = flow === "CUSTOM_AUTH";
  if (isCustom) must(given.has("custom answer"), "a custom flow ends when its function says so", chain);
  // A function may do without what the pool asks for; once it has asked for a password, all that follows one is due.
  if (isCustom && !given.has("password")) return;
  const isSpared = ground.devicesSpare && person.device !== undefined && given.get("device") === person.device.key;
  // A passkey stands beside another factor that its user could have been asked for, never alone.
  const passkeyCounts = ground.passkeysCount && person.countsPasskey && secondsOf(chain).length > 0;
  const isDoubled = passkeyCounts && given.has("verified passkey");
  const hasSecond = given.has("second factor") || isSpared || isDoubled;
  must(!needsSecond(chain) || hasSecond, "a second factor that is due is given", chain);
  const hasPasskey = given.has("passkey") || given.has("verified passkey");
  const hasFirst = given.has("password") || hasPasskey || (given.has("code first") && !needsSecond(chain));
  must(isCustom || hasFirst, "a first factor is given", chain);
}

/** A sign-in with a password goes on only while that is its user's password. */
function checkPassword(chain: Chain): void {
  const { given, person } = chain;
  const last = given.get("new password") ?? given.get("password");
  must(last === undefined || last === person.password, "a password that was replaced is worth nothing", chain);
}

/** An answer was taken. */
export function checkTaken(chain: Chain, gives: ReadonlyMap<Given, string>, now: number): void {
  const { person } = chain;
  const both = { ...chain, given: new Map([...chain.given, ...gives]) };
  if (gives.has("password")) must(now >= person.lockedUntil, "no password is taken while its user is locked", both);
  if (gives.has("new password")) {
    must(person.isTemporary, "only who has a temporary password sets a new one", both);
    checkPassword(chain);
  }
  const second = gives.get("second factor");
  const due = secondsOf(chain);
  if (second === undefined || due.length === 0) return;
  must(due.includes(second), "a factor that was switched off is worth nothing", both);
}

/** A refresh token gave new tokens. */
export function checkRefresh(chain: Chain, issuedAt: number): void {
  const { person } = chain;
  must(person.isThere, "a deleted user has no tokens", chain);
  must(person.isEnabled, "a disabled user does not refresh", chain);
  must(issuedAt > person.signedOutAt, "who was signed out does not refresh", chain);
}

/** A new password was set by a code. */
export function checkRecovery(person: Person, isNewest: boolean): void {
  if (!person.isThere || !person.isEnabled) throw new Broken(`a code works for nobody: ${person.name}`);
  if (!isNewest) throw new Broken(`a code works after a newer one was sent: ${person.name}`);
}

/** Counts a wrong password: from the fifth on each locks, for a second and then twice as long, a quarter of an hour at most. */
export function countWrong(person: Person, now: number): void {
  if (now < person.lockedUntil) return;
  person.failures += 1;
  const seconds = person.failures < 5 ? 0 : Math.min(2 ** (person.failures - 5), 900);
  person.lockedUntil = now + seconds * 1000;
}

/** Nothing is held against a person any more. */
export const forgive = (person: Person): void => void Object.assign(person, { failures: 0, lockedUntil: 0 });

/** What may happen once: each session is answered once, each code and each step of an authenticator counts once. */
export function makeLedger() {
  const spent = new Set<string>();
  return {
    /** @throws Broken when it was spent before. */
    spend(what: string): void {
      if (spent.has(what)) throw new Broken(`twice: ${what}`);
      spent.add(what);
    },
  };
}
