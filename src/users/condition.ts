/** Conditions on users that the API has not: on any attribute, and on parts of values. */
import type { User } from "./user.ts";

/** What a value is held against. */
type Test = "contains" | "equals" | "starts-with" | "is-set" | "is-unset";

/** One condition. */
export interface Condition {
  /** An attribute, or `sub`, `username`, `status`, `enabled`, `created`, `modified`. */
  readonly field: string;
  readonly test: Test;
  readonly text: string;
}

const tests: readonly Test[] = ["contains", "equals", "starts-with", "is-set", "is-unset"];

const grammar = /^\s*(\S+)\s+(\S+)(?:\s(.*))?$/su;

/** Reads `<field> <test> <text>`. @throws saying what a condition looks like */
export function parseCondition(written: string): Condition {
  const [, field = "", word, text = ""] = grammar.exec(written) ?? [];
  const test = tests.find((name) => name === word);
  const needsText = test !== undefined && !test.startsWith("is-");
  if (test && needsText === (text !== "")) return { field, test, text };
  throw new Error(
    `A condition looks like "email contains @example.com", with ${tests.slice(0, 3).join(", ")}, or like "phone_number is-set", with ${tests.slice(3).join(" or ")}; not ${written}.`,
  );
}

const valueIn = (user: User, field: string): string | undefined => {
  switch (field) {
    case "sub":
    case "username":
    case "status":
      return user[field];
    case "enabled":
      return String(user.isEnabled);
    case "created":
      return new Date(user.createdAt).toISOString();
    case "modified":
      return new Date(user.modifiedAt).toISOString();
    default:
      return user.attributes[field];
  }
};

/** Whether a user meets a condition. `contains` takes no heed of case. */
export function meets(user: User, { field, test, text }: Condition): boolean {
  const value = valueIn(user, field) ?? "";
  switch (test) {
    case "contains":
      return value.toLowerCase().includes(text.toLowerCase());
    case "equals":
      return value === text;
    case "starts-with":
      return value.startsWith(text);
    case "is-set":
      return value !== "";
    case "is-unset":
      return value === "";
  }
}
