/**
 * What must hold of every sign-in, told a second time and in another way than the product tells it: by what the walker
 * itself has given, never by what the server asked for. A walk that breaks one of these rules has found a bug.
 */
import type { Ground } from "./grounds.ts";

/** What a walker has truly given in one sign-in. */
export type Given = "password" | "new password" | "code first" | "second factor" | "device" | "custom answer";

/** A person as the model knows it: by what was done to it. */
export interface Person {
  readonly name: string;
  password: string;
  isThere: boolean;
  isEnabled: boolean;
  isTemporary: boolean;
  mustReset: boolean;
  readonly phone: string | undefined;
  /** The secret of its authenticator. */
  totp: string | undefined;
  /** Whether it has switched a second factor on. */
  usesSecond: boolean;
  device: { readonly key: string; readonly groupKey: string; readonly password: string } | undefined;
  failures: number;
  lockedUntil: number;
}

/** One sign-in: a chain of sessions. */
export interface Chain {
  readonly ground: Ground;
  readonly person: Person;
  readonly flow: string;
  readonly given: ReadonlySet<Given>;
}

/** A rule that was broken. */
export class Broken extends Error {
  override readonly name = "Broken";
}

const must = (holds: boolean, rule: string, chain: Chain): void => {
  if (holds) return;
  const { person, flow, given, ground } = chain;
  throw new Broken(`${rule}: ${ground.name}, ${flow}, given ${[...given].join(", ")}, ${JSON.stringify(person)}`);
};

/** Tokens were handed out. */
export function checkTokens(chain: Chain): void {
  const { ground, person, flow, given } = chain;
  must(person.isThere, "nobody has no tokens", chain);
  must(person.isEnabled, "who is disabled gets none", chain);
  must(!person.mustReset, "who must reset its password gets none", chain);
  must(
    !person.isTemporary || !given.has("password") || given.has("new password"),
    "a temporary password is replaced",
    chain,
  );
  const needsSecond = ground.mfa === "ON" || (ground.mfa === "OPTIONAL" && person.usesSecond);
  const isCustom = flow === "CUSTOM_AUTH";
  if (isCustom) must(given.has("custom answer"), "a custom flow ends when its function says so", chain);
  // A function may do without what the pool asks for; once it has asked for a password, all that follows one is due.
  if (isCustom && !given.has("password")) return;
  const isSpared = given.has("device") && ground.devicesSpare;
  must(!needsSecond || given.has("second factor") || isSpared, "a second factor that is due is given", chain);
  const hasFirst = given.has("password") || (given.has("code first") && !needsSecond);
  must(isCustom || hasFirst, "a first factor is given", chain);
}

/** A password was right, as far as the walker knows, and the server took it. */
export function checkUnlocked(chain: Chain, now: number): void {
  must(now >= chain.person.lockedUntil, "no password is taken while its user is locked", chain);
}

/** Counts a wrong password: from the fifth on each locks, for a second and then twice as long, a quarter of an hour at most. */
export function countWrong(person: Person, now: number): void {
  if (now < person.lockedUntil) return;
  person.failures += 1;
  const seconds = person.failures < 5 ? 0 : Math.min(2 ** (person.failures - 5), 900);
  person.lockedUntil = now + seconds * 1000;
}

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
