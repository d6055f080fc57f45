/** What a provider must agree in beside its details. */
import { ApiError } from "../contract/errors.ts";
import type { Pool } from "../pools/pool.ts";
import type { ProviderType } from "./provider.ts";

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

/** Types that a pool has once at most, by their own name. */
const social: ReadonlySet<string> = new Set<ProviderType>(["Facebook", "Google", "LoginWithAmazon", "SignInWithApple"]);

/** Checks that the name goes with the type. @throws InvalidParameterException */
export function checkProviderName(name: string, type: ProviderType): void {
  const isMismatch = (social.has(type) || social.has(name)) && name !== type;
  // Unconfirmed: clients name the pool's own users COGNITO, so no other provider can have that name.
  if (isMismatch || name.toUpperCase() === "COGNITO") throw invalid(`Provider ${name} cannot be of type ${type}.`);
}

/** Source: observed: what a provider calls its users by. SAML says it in the subject of the assertion. */
const defaultMappings: Readonly<Record<ProviderType, Readonly<Record<string, string>>>> = {
  OIDC: { username: "sub" },
  Google: { username: "sub" },
  SignInWithApple: { username: "sub" },
  Facebook: { username: "id" },
  LoginWithAmazon: { username: "user_id" },
  SAML: {},
};

/** Attributes that only the service writes. */
const unmapped: ReadonlySet<string> = new Set(["sub", "identities"]);

/**
 * The attribute mapping of a provider with its type's own part. @throws InvalidParameterException for an attribute that
 * the pool does not have or that nobody may write. Text unconfirmed.
 */
export function attributeMapping(
  pool: Pool,
  type: ProviderType,
  given: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const known = new Set(pool.settings.SchemaAttributes.map(({ Name }) => Name));
  const wrong = Object.keys(given).find((name) => name !== "username" && (!known.has(name) || unmapped.has(name)));
  if (wrong !== undefined) throw invalid(`Invalid attribute mapping: ${wrong} is not an attribute of the user pool.`);
  return { ...defaultMappings[type], ...given };
}

/** Checks that a provider does not name itself twice. @throws InvalidParameterException */
export function checkIdentifiers(identifiers: readonly string[]): void {
  const repeated = identifiers.find((identifier, index) => identifiers.indexOf(identifier) !== index);
  if (repeated !== undefined) throw identifierTaken(repeated);
}

/** Refuses an identifier that stands for a provider already. Text unconfirmed. */
export const identifierTaken = (identifier: string): ApiError =>
  invalid(`The identifier ${identifier} already exists in this user pool.`);
