/**
 * What a provider says, as attributes of a user. Nothing is touched here.
 * Source: Cognito developer guide, specifying identity provider attribute mappings.
 */
import { hasHiddenCharacters } from "../lib/fold.ts";
import { isCaseSensitive, type Pool } from "../pools/pool.ts";
import type { Provider } from "../providers/provider.ts";
import type { Attributes, User } from "../users/user.ts";
import { FederationRefusal, usernameRequired } from "./refusal.ts";

/** Claims by the provider's names, each as one text. */
export type Claims = Readonly<Record<string, string>>;

/** More claims than these are not looked at. */
const claimsLimit = 200;

/** Claims as texts; those without a value are left out. */
export const textsOf = (claims: Readonly<Record<string, unknown>>): Claims =>
  Object.fromEntries(
    Object.entries(claims)
      .slice(0, claimsLimit)
      .flatMap(([name, value]) => {
        const text = textOf(value);
        return text === undefined ? [] : [[name, text]];
      }),
  );

/** Unconfirmed: an object becomes its JSON. */
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return listText(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Several values stand in brackets, each encoded as forms encode, so that a comma only parts them. */
function listText(values: readonly unknown[]): string | undefined {
  const texts = values.flatMap((value) => textOf(value) ?? []);
  return texts.length > 1 ? `[${texts.map(formEncoded).join(",")}]` : texts[0];
}

const formEncoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed())
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");

/** What the provider calls the user by: the claim that is mapped to the username, or the subject of its protocol. */
export function subjectOf({ settings }: Provider, claims: Claims, subject: string | undefined): string {
  const mapped = settings.attributeMapping["username"];
  const found = mapped === undefined ? subject : claims[mapped];
  if (!found) throw usernameRequired();
  return found;
}

/** Source: Cognito API reference, UsernameType: such names only can be asked for. */
const possibleName = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/**
 * The username of who comes from a provider. Source: observed: it is folded where the pool folds names.
 * @throws FederationRefusal for a subject that makes no name, with words of ours
 */
export function federatedUsername(pool: Pool, provider: Provider, subject: string): string {
  const name = `${provider.name}_${subject}`;
  if (!possibleName.test(name) || hasHiddenCharacters(name)) {
    throw new FederationRefusal("invalid_request", "Invalid username. ");
  }
  return isCaseSensitive(pool) ? name : name.toLowerCase();
}

/** The attributes of the mapping that the provider gave a value for. What it leaves out stays as it is. */
export const mappedAttributes = ({ settings }: Provider, claims: Claims): Attributes =>
  Object.fromEntries(
    Object.entries(settings.attributeMapping).flatMap(([name, claim]) => {
      const value = name === "username" ? undefined : claims[claim];
      return value ? [[name, value]] : [];
    }),
  );

const contacts = ["email", "phone_number"] as const;

/**
 * A user's attributes with what the provider says now. A contact is verified when the provider is asked for that and
 * says so; one that changes without it no longer is. Unconfirmed: one that stays the same stays as verified as it was.
 */
export function withMapped({ attributes: before }: Pick<User, "attributes">, mapped: Attributes): Attributes {
  const after: Record<string, string> = { ...before, ...mapped };
  for (const contact of contacts) {
    const verified = `${contact}_verified`;
    if (!after[contact]) delete after[verified];
    else if (mapped[verified] === undefined && after[contact] !== before[contact]) after[verified] = "false";
  }
  return after;
}

/** As many bytes as a link's subject has at most. */
const longestLinked = 1024;

/** Claims that a link may have been made by. A mail address that the provider has not verified is anybody's. */
export function linkableClaims(claims: Claims): Claims {
  const isUnproved = claims["email_verified"] === "false";
  return Object.fromEntries(
    Object.entries(claims).filter(
      ([name, value]) => Buffer.byteLength(value) <= longestLinked && !(name === "email" && isUnproved),
    ),
  );
}
