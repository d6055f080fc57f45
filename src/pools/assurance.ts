/** The four levels of assurance that a sign-in can reach, and what a pool calls them. */
import type { AcrLevelConfigType } from "../contract/types.gen.ts";

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
