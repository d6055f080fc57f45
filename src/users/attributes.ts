/** The rules of attributes: which a pool knows, what their values may be and who may write them. */
import { type Client, writableAttributes } from "../clients/client.ts";
import { ApiError } from "../contract/errors.ts";
import type { SchemaAttributeType } from "../contract/types.gen.ts";
import { isEmail, isPhoneNumber } from "../lib/contact.ts";
import type { Pool } from "../pools/pool.ts";
import { longestValue } from "../pools/schema.ts";
import type { Attributes } from "./user.ts";

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

/** Who writes: an administrator, or a user through a client that allows some attributes. */
export interface Writer {
  readonly by: Client | "admin";
}

/**
 * Checks attributes that are to be written. @throws NotAuthorizedException for one that the client may not write,
 * InvalidParameterException with a line for each that the schema refuses. Source: observed messages.
 */
export function checkAttributes(pool: Pool, attributes: Attributes, { by }: Writer): void {
  const names = Object.keys(attributes);
  if (names.includes("sub")) throw invalid("Cannot modify the non-mutable attribute sub");
  const schema = new Map(pool.settings.SchemaAttributes.map((attribute) => [attribute.Name, attribute]));
  const unknown = names.filter((name) => !schema.has(name));
  if (unknown.length > 0)
    throw nonconforming(unknown.map((name) => `Type for attribute {${name}} could not be determined`));
  if (by !== "admin") checkWritable(pool, by, names);
  // Links write it. Unconfirmed text: what an administrator wrote here would stand in tokens as linked.
  if (names.includes("identities")) throw invalid("Cannot modify the non-mutable attribute identities");
  const faults = names.flatMap((name) => faultsOf(name, attributes[name] ?? "", schema.get(name) ?? {}));
  if (faults.length > 0) throw nonconforming(faults);
  checkContacts(attributes);
}

/** Checks that a client may write these. @throws NotAuthorizedException */
export function checkWritable(pool: Pool, client: Client, names: readonly string[]): void {
  const mayWrite = writableAttributes(pool, client);
  if (names.every(mayWrite)) return;
  throw new ApiError("NotAuthorizedException", "A client attempted to write unauthorized attribute");
}

const nonconforming = (faults: readonly string[]): ApiError =>
  invalid(`Attributes did not conform to the schema: ${faults.map((fault) => `${fault}\n`).join("")}`);

/** The required attributes that a user lacks, in the order of the schema. */
export const missingRequired = (pool: Pool, attributes: Attributes): string[] =>
  pool.settings.SchemaAttributes.filter(({ Name, Required }) => Required && Name !== "sub")
    .map(({ Name = "" }) => Name)
    .filter((name) => !attributes[name]);

/** Checks that a sign-up brings every required attribute. @throws InvalidParameterException */
export function checkRequired(pool: Pool, attributes: Attributes): void {
  const missing = missingRequired(pool, attributes);
  if (missing.length > 0) throw nonconforming(missing.map((name) => `${name}: The attribute is required`));
}

/**
 * Checks what a sign-up cannot bring: a name that is an alias at once would be one that nobody proved. The text is
 * unconfirmed. Source: Cognito developer guide, user pool attributes. @throws InvalidParameterException
 */
export function checkNotYetAlias({ settings }: Pool, attributes: Attributes): void {
  if (!attributes["preferred_username"] || !settings.AliasAttributes?.includes("preferred_username")) return;
  throw invalid("preferred_username cannot be set before the user is confirmed.");
}

function checkContacts(attributes: Attributes): void {
  const { email, phone_number } = attributes;
  if (email && !isEmail(email)) throw invalid("Invalid email address format.");
  if (phone_number && !isPhoneNumber(phone_number)) throw invalid("Invalid phone number format.");
}

/**
 * Checks that a contact which is vouched for is there, among all attributes that the user will have. Texts as in a
 * widely copied emulator. @throws InvalidParameterException
 */
export function checkVouched(attributes: Attributes): void {
  const { email, phone_number, email_verified, phone_number_verified } = attributes;
  if (email_verified === "true" && !email) throw invalid("Email is required to verify/un-verify an email");
  if (phone_number_verified === "true" && !phone_number) {
    throw invalid("Phone Number is required to verify/un-verify a phone number");
  }
}

/** What a schema has against a value. An empty one takes the attribute away, so it has no faults. */
export function faultsOf(name: string, value: string, schema: SchemaAttributeType): string[] {
  if (value === "") return [];
  switch (schema.AttributeDataType) {
    case "Boolean":
      return value === "true" || value === "false" ? [] : [`${name}: Value must be true or false`];
    case "Number":
      return numberFaults(name, value, schema);
    case "DateTime":
      return Number.isNaN(Date.parse(value)) ? [`${name}: Value must be a date and time`] : [];
    case "String":
    case undefined:
      return lengthFaults(name, value, schema);
  }
}

function numberFaults(name: string, value: string, { NumberAttributeConstraints = {} }: SchemaAttributeType): string[] {
  if (!/^[+-]?\d{1,309}$/.test(value)) return [`${name}: Value must be a number`];
  const { MinValue, MaxValue } = NumberAttributeConstraints;
  if (MinValue !== undefined && BigInt(value) < BigInt(MinValue))
    return [`${name}: Number must be at least ${MinValue}`];
  if (MaxValue !== undefined && BigInt(value) > BigInt(MaxValue))
    return [`${name}: Number must be at most ${MaxValue}`];
  return [];
}

function lengthFaults(name: string, value: string, { StringAttributeConstraints = {} }: SchemaAttributeType): string[] {
  const least = Number(StringAttributeConstraints.MinLength ?? 0);
  const most = Math.min(Number(StringAttributeConstraints.MaxLength ?? longestValue), longestValue);
  if (value.length < least) return [`${name}: String must be at least ${least} characters`];
  return value.length > most ? [`${name}: String must be no longer than ${most} characters`] : [];
}

/** Attributes without those whose value is empty: writing an empty value takes an attribute away. */
export const withoutEmpty = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ""));
