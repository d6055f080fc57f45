/**
 * The filter of ListUsers: `attribute = "value"`, or `attribute ^= "value"` for values that begin so.
 * Source: Cognito API reference, ListUsers.
 */
import { ApiError } from "../contract/errors.ts";
import { searchableAttributes } from "./store.ts";

/** A filter that was read. */
export interface UserFilter {
  readonly attribute: string;
  readonly isPrefix: boolean;
  readonly value: string;
}

const filterable: ReadonlySet<string> = new Set([
  ...searchableAttributes,
  "username",
  "sub",
  "status",
  "cognito:user_status",
]);

/** An attribute, quoted or not; an operator; a quoted value in which a backslash takes the next character as it is. */
const grammar = /^\s*(?:"([^"\\]+)"|([^\s"=^]+))\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/su;

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

/** Reads a filter. An empty one filters nothing. @throws InvalidParameterException */
export function parseFilter(text: string | undefined): UserFilter | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const match = grammar.exec(text);
  if (!match) throw invalid("Error while parsing filter.");
  const [, quoted, bare, operator, value = ""] = match;
  const attribute = quoted ?? bare ?? "";
  if (!filterable.has(attribute)) throw invalid(`Invalid search attribute: ${attribute}`);
  return { attribute, isPrefix: operator === "^=", value: value.replace(/\\(.)/gsu, "$1") };
}

/** The end of the range of texts that begin with a prefix: no character comes after this one. */
const lastCharacter = "\u{10FFFF}";

/** The texts that a filter lets through. */
export const rangeOf = ({ isPrefix, value }: UserFilter) => ({
  from: value,
  below: isPrefix ? value + lastCharacter : undefined,
});
