/** The four levels of assurance that a sign-in can reach, and what a pool calls them. */
import type { AcrLevelConfigType } from "../contract/types.gen.ts";
import type { Pool } from "./pool.ts";

/** Source: Cognito API reference, AcrConfiguration: the levels are fixed, their names are not. */
const defaultLevels: Readonly<Record<string, AcrLevelConfigType>> = {
  Level1: { AcrValue: "urn:cognito:loa:1" },
  Level2: { AcrValue: "urn:cognito:loa:2" },
  Level3: { AcrValue: "urn:cognito:loa:3" },
  Level4: { AcrValue: "urn:cognito:loa:4" },
};

/** Names by level, with the default of each that was not given. */
export type LevelNames = Record<string, AcrLevelConfigType>;

/** The names of all levels. */
export const levelsOf = (given: LevelNames): LevelNames => ({ ...defaultLevels, ...given });

/** Whether something is named that is no level. */
export const hasUnknownLevel = (given: LevelNames): boolean =>
  Object.keys(given).some((level) => !Object.hasOwn(defaultLevels, level));

/** Whether two levels would have one name. */
export function hasSharedName(given: LevelNames): boolean {
  const names = Object.values(levelsOf(given)).map(({ AcrValue }) => AcrValue);
  return new Set(names).size < names.length;
}

/** Whether each name is one that a URL or URN could hold. Source: RFC 3986 section 2. */
export const hasNameOutsideUrls = (given: LevelNames): boolean =>
  Object.values(given).some(({ AcrValue }) => !/^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/.test(AcrValue));

/** A level of assurance, the highest last. */
export type Level = 1 | 2 | 3 | 4;

/**
 * How somebody proved who it is, in the words of the `amr` claim: password, code of an app, code by SMS or by mail,
 * passkey of the device itself or of another one, another identity provider, which may vouch for a level.
 * Source: Cognito developer guide, step-up authentication.
 */
export type Method = "pwd" | "otp" | "sms" | "email_otp" | "swk" | "hwk" | "fed" | `fed:${Level}`;

/** What reaches each level, the highest first. Source: Cognito developer guide, step-up authentication. */
const reaches: readonly (readonly [Level, (has: (...methods: Method[]) => boolean) => boolean])[] = [
  [4, (has) => has("otp") && has("pwd", "swk", "hwk")],
  [3, (has) => has("swk", "hwk") || (has("pwd") && has("sms", "email_otp"))],
  [2, (has) => has("sms", "email_otp")],
  [1, (has) => has("pwd")],
];

const levels: readonly Level[] = [1, 2, 3, 4];

/** The level that a sign-in has reached; zero where another provider vouches for it and names none. */
export function levelOf(methods: readonly Method[]): Level | 0 {
  const has = (...wanted: Method[]): boolean => wanted.some((method) => methods.includes(method));
  return reaches.find(([, isReached]) => isReached(has))?.[0] ?? levels.find((level) => has(`fed:${level}`)) ?? 0;
}

/**
 * The level that a provider's `acr` stands for: the highest that it is mapped to. Source: Cognito API reference,
 * CreateIdentityProvider, AcrMapping: what is not mapped is the lowest.
 */
export function mappedLevel(mapping: Readonly<Record<string, string>>, acr: string): Level {
  return levels.findLast((level) => mapping[`Level${level}`] === acr) ?? 1;
}

/** What levels are called at a provider; those that it has no name for are left out. */
export const namesAtProvider = (mapping: Readonly<Record<string, string>>, wanted: readonly Level[]): string[] =>
  wanted.flatMap((level) => mapping[`Level${level}`] ?? []);

/** What tokens say of how their user signed in. */
export interface Assurance {
  /** The pool's name of the level. */
  readonly acr?: string;
  readonly amr: readonly string[];
}

/**
 * Whether tokens of a pool say how their user signed in without being asked to: where it names its levels. Unconfirmed:
 * the claims are new, and were not seen in tokens of pools that name none.
 */
export const namesLevels = ({ settings }: Pick<Pool, "settings">): boolean =>
  settings.AcrConfiguration !== undefined && settings.UserPoolTier !== "LITE";

/** The claims of a sign-in by these methods. More than one of them counts as `mfa` as well. */
export function assuranceOf({ settings }: Pick<Pool, "settings">, methods: readonly Method[]): Assurance {
  const level = levelOf(methods);
  const acr = level === 0 ? undefined : levelsOf(settings.AcrConfiguration ?? {})[`Level${level}`]?.AcrValue;
  const words = methods.map((method) => (method.startsWith("fed") ? "fed" : method));
  return { ...(acr !== undefined && { acr }), amr: words.length > 1 ? [...words, "mfa"] : words };
}

/** The levels that `acr_values` asks for, in its order. Names that are none are passed over, and all on the lowest tier. */
export function levelsAsked({ settings }: Pick<Pool, "settings">, acrValues: string | undefined): Level[] {
  if (settings.UserPoolTier === "LITE" || acrValues === undefined) return [];
  const names = levelsOf(settings.AcrConfiguration ?? {});
  return acrValues.split(" ").flatMap((name) => levels.filter((level) => names[`Level${level}`]?.AcrValue === name));
}
