/** What a password must be. Source: Cognito developer guide, password requirements; sentences as observed. */
import { ApiError } from "../contract/errors.ts";
import type { PasswordPolicyType } from "../contract/types.gen.ts";
import { digits, lowerCase, type Random, upperCase } from "../lib/random.ts";
import type { Pool } from "../pools/pool.ts";

/** The characters that count as symbols. A space inside counts too, but the contract lets no white space through. */
const symbols = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";

const isOneOf = (alphabet: string) => (password: string) =>
  [...password].some((character) => alphabet.includes(character));

interface Rule {
  readonly applies: (policy: PasswordPolicyType) => boolean;
  readonly holds: (password: string, policy: PasswordPolicyType) => boolean;
  readonly sentence: string;
}

const rules: readonly Rule[] = [
  {
    applies: () => true,
    holds: (password, { MinimumLength = 8 }) => password.length >= MinimumLength,
    sentence: "Password not long enough",
  },
  {
    applies: ({ RequireLowercase }) => RequireLowercase === true,
    holds: isOneOf(lowerCase),
    sentence: "Password must have lowercase characters",
  },
  {
    applies: ({ RequireUppercase }) => RequireUppercase === true,
    holds: isOneOf(upperCase),
    sentence: "Password must have uppercase characters",
  },
  {
    applies: ({ RequireNumbers }) => RequireNumbers === true,
    holds: isOneOf(digits),
    sentence: "Password must have numeric characters",
  },
  {
    applies: ({ RequireSymbols }) => RequireSymbols === true,
    holds: isOneOf(symbols),
    sentence: "Password must have symbol characters",
  },
];

const policyOf = (pool: Pool): PasswordPolicyType => pool.settings.Policies?.PasswordPolicy ?? {};

/** Two sentences introduce the same refusal: administrators who create a user are told in other words. */
export type PolicyPrefix = "Password did not conform with policy" | "Password did not conform with password policy";

/** Checks a password. One rule is told at a time. @throws InvalidPasswordException */
export function checkPassword(
  pool: Pool,
  password: string,
  prefix: PolicyPrefix = "Password did not conform with policy",
): void {
  const policy = policyOf(pool);
  const broken = rules.find(({ applies, holds }) => applies(policy) && !holds(password, policy));
  if (broken) throw new ApiError("InvalidPasswordException", `${prefix}: ${broken.sentence}`);
}

const shortestGenerated = 8;

/** Symbols that survive being read aloud or pasted into a shell. */
const plainSymbols = "!@#%&*_-+=?";

/** A temporary password: long enough for the pool, with every class of character. */
export function generatePassword(pool: Pool, random: Random): string {
  const length = Math.max(policyOf(pool).MinimumLength ?? 0, shortestGenerated);
  const classes = [lowerCase, upperCase, digits, plainSymbols];
  for (;;) {
    const password = random.text(classes.join(""), length);
    if (classes.every((alphabet) => isOneOf(alphabet)(password))) return password;
  }
}
