/** What a new user may be called. Source: Cognito developer guide, customizing sign-in attributes. */
import { ApiError } from "../contract/errors.ts";
import { isEmail, isPhoneNumber } from "../lib/contact.ts";
import { hasHiddenCharacters } from "../lib/fold.ts";
import { isCaseSensitive, type Pool } from "../pools/pool.ts";
import type { Attributes } from "./user.ts";

/** What a user is called, and its attributes with the contact that its name is. */
export interface Naming {
  readonly username: string;
  readonly attributes: Attributes;
}

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

/**
 * Names a new user. In a pool whose usernames are contacts, the given name becomes an attribute and the user is called
 * by its `sub`. @throws InvalidParameterException
 */
export function nameUser(pool: Pool, given: string, attributes: Attributes, sub: string): Naming {
  if (hasHiddenCharacters(given)) throw invalid("Username contains characters that are not allowed.");
  const contacts = pool.settings.UsernameAttributes ?? [];
  if (contacts.length > 0) return nameByContact(contacts, given, attributes, { pool, sub });
  const aliases = pool.settings.AliasAttributes ?? [];
  if (aliases.includes("email") && isEmail(given)) {
    throw invalid("Username cannot be of email format, since user pool is configured for email alias.");
  }
  if (aliases.includes("phone_number") && isPhoneNumber(given)) {
    throw invalid("Username cannot be of phone number format, since user pool is configured for phone number alias.");
  }
  return { username: isCaseSensitive(pool) ? given : given.toLowerCase(), attributes };
}

function nameByContact(
  contacts: readonly string[],
  given: string,
  attributes: Attributes,
  { pool, sub }: { readonly pool: Pool; readonly sub: string },
): Naming {
  const attribute = contactOf(contacts, given);
  if (!attribute) throw invalid(contactSentence(contacts));
  const known = attributes[attribute];
  const value = attribute === "email" && !isCaseSensitive(pool) ? given.toLowerCase() : given;
  if (known !== undefined && known !== value && known !== given) {
    throw invalid(`Username and the ${attribute} attribute must be the same.`);
  }
  return { username: sub, attributes: { ...attributes, [attribute]: value } };
}

function contactOf(contacts: readonly string[], given: string): "email" | "phone_number" | undefined {
  if (contacts.includes("email") && isEmail(given)) return "email";
  return contacts.includes("phone_number") && isPhoneNumber(given) ? "phone_number" : undefined;
}

/** Source: observed; the form for phones alone by analogy. */
function contactSentence(contacts: readonly string[]): string {
  if (contacts.length > 1) return "Username should be either an email or a phone number.";
  return contacts[0] === "email" ? "Username should be an email." : "Username should be a phone number.";
}
