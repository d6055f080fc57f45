/**
 * Constraints of a request: required members, lengths, ranges, patterns and enums, every violation in one message and in
 * Cognito's own words. The shapes are turned into checks once; nothing here is written for one operation.
 */
import { operationModel, shapeOf } from "./contract.ts";
import { observedEnumOrders } from "./enums.ts";
import { ApiError } from "./errors.ts";
import type { ListShape, MapShape, Shape, StringShape, StructureShape } from "./model.ts";
import { matcherOf } from "./patterns.ts";
import type { OperationName, Operations } from "./types.gen.ts";
import { readerOf } from "./types.ts";

/** Adds what is wrong with a value at a path to `found`. */
type Check = (value: unknown, path: string, found: string[]) => void;

/** A report of more violations than this would only help who tries to make us write long answers. */
const reportedViolations = 50;

/**
 * Turns the JSON of a request into the input of an operation.
 * @throws SerializationException for a value of a wrong type, InvalidParameterException with every broken constraint.
 */
export function parseRequest<Name extends OperationName>(operation: Name, json: unknown): Operations[Name]["input"] {
  const { shape } = operationModel(operation).input;
  const input = readerOf(shape)(json ?? {});
  const found: string[] = [];
  checkOf(shape)(input, "", found);
  if (found.length > 0) throw new ApiError("InvalidParameterException", report(found));
  // The shapes that it was read by are those that the types were made from.
  return (typeof input === "object" && input !== null ? input : {}) as Operations[Name]["input"];
}

function report(found: readonly string[]): string {
  const noun = found.length === 1 ? "error" : "errors";
  return `${found.length} validation ${noun} detected: ${found.slice(0, reportedViolations).join("; ")}`;
}

const checks = new Map<string, Check>();

/** What is in a secret thing is as secret as it is: `isWithin` says that the shape stands in one. */
function checkOf(shapeName: string, isWithin = false): Check {
  const shape = shapeOf(shapeName);
  const isSecret = isWithin || shape.sensitive === true;
  const name = isSecret ? `${shapeName} in secret` : shapeName;
  const known = checks.get(name);
  if (known) return known;
  const check = makeCheck(shapeName, shape, isSecret);
  checks.set(name, check);
  return check;
}

const lazily = (shapeName: string, isWithin = false): Check => {
  let check: Check | undefined;
  return (value, path, found) => {
    check ??= checkOf(shapeName, isWithin);
    check(value, path, found);
  };
};

function makeCheck(name: string, shape: Shape, isSecret: boolean): Check {
  switch (shape.type) {
    case "string":
      return stringCheck(name, shape, isSecret);
    case "integer":
    case "long":
      return rangeCheck(shape.min, shape.max);
    case "list":
      return listCheck(shape, isSecret);
    case "map":
      return mapCheck(shape, isSecret);
    case "structure":
      return shape.document ? () => undefined : structureCheck(shape, isSecret);
    case "blob":
      return blobCheck(shape.min, shape.max);
    case "boolean":
    case "timestamp":
      return () => undefined;
  }
}

/** One violation. A secret value is not echoed; it may stand in a log of the caller's. */
const violation = (shown: string | undefined, path: string, constraint: string): string =>
  `Value ${shown === undefined ? "" : `${shown} `}at '${path}' failed to satisfy constraint: ${constraint}`;

/** What a string must be, each rule with its own sentence. Length counts UTF-16 units, as Java's does. */
function stringRules(name: string, shape: StringShape): readonly (readonly [(value: string) => boolean, string])[] {
  const { min, max, pattern } = shape;
  const rules: (readonly [(value: string) => boolean, string])[] = [];
  if (shape.enum) {
    const values = observedEnumOrders[name] ?? shape.enum;
    const allowed = new Set(shape.enum);
    rules.push([(value) => allowed.has(value), `Member must satisfy enum value set: [${values.join(", ")}]`]);
  }
  if (min !== undefined) {
    rules.push([(value) => value.length >= min, `Member must have length greater than or equal to ${min}`]);
  }
  if (max !== undefined) {
    rules.push([(value) => value.length <= max, `Member must have length less than or equal to ${max}`]);
  }
  if (pattern !== undefined) {
    const matches = matcherOf(pattern);
    const matchesFurther = shape.furtherPattern === undefined ? () => false : matcherOf(shape.furtherPattern);
    rules.push([
      // A text over its limit is refused for its length; matching it as well would only cost time.
      (value) => (max !== undefined && value.length > max * 2) || matches(value) || matchesFurther(value),
      `Member must satisfy regular expression pattern: ${pattern}`,
    ]);
  }
  return rules;
}

function stringCheck(name: string, shape: StringShape, isSecret: boolean): Check {
  const rules = stringRules(name, shape);
  return (value, path, found) => {
    if (typeof value !== "string") return;
    for (const [holds, sentence] of rules) {
      if (!holds(value)) found.push(violation(isSecret ? undefined : `'${value}'`, path, sentence));
    }
  };
}

function rangeCheck(min: number | undefined, max: number | undefined): Check {
  return (value, path, found) => {
    const number = Number(value);
    if (min !== undefined && number < min) {
      found.push(violation(`'${value}'`, path, `Member must have value greater than or equal to ${min}`));
    }
    if (max !== undefined && number > max) {
      found.push(violation(`'${value}'`, path, `Member must have value less than or equal to ${max}`));
    }
  };
}

/** A list echoes its items; a list of structures or secrets does not. */
const echoList = (items: readonly unknown[]): string =>
  `'[${items.map((item) => (typeof item === "string" ? item : "…")).join(", ")}]'`;

function listCheck({ member: { shape: memberName }, min, max }: ListShape, isWithin: boolean): Check {
  const member = shapeOf(memberName);
  const isSecret = isWithin || member.sensitive === true;
  const checkItem = lazily(memberName, isSecret);
  const checkScalars = member.type === "string" ? scalarItems(memberName, member, isSecret) : undefined;
  return (value, path, found) => {
    if (!Array.isArray(value)) return;
    const shown = isSecret ? undefined : echoList(value);
    if (min !== undefined && value.length < min) {
      found.push(violation(shown, path, `Member must have length greater than or equal to ${min}`));
    }
    if (max !== undefined && value.length > max) {
      found.push(violation(shown, path, `Member must have length less than or equal to ${max}`));
      return;
    }
    if (checkScalars) checkScalars(value, path, found);
    else for (const [index, item] of value.entries()) checkItem(item, `${path}.${index + 1}.member`, found);
  };
}

/** Items that are plain text are reported once for the whole list. Unconfirmed: the form is that of sister services. */
function scalarItems(name: string, shape: StringShape, isSecret: boolean): Check {
  const rules = stringRules(name, shape);
  return (value, path, found) => {
    if (!Array.isArray(value)) return;
    const broken = rules
      .filter(([holds]) => value.some((item) => !holds(String(item))))
      .map(([, sentence]) => sentence);
    if (broken.length === 0) return;
    const shown = isSecret ? undefined : echoList(value);
    found.push(violation(shown, path, `Member must satisfy constraint: [${broken.join(", ")}]`));
  };
}

function mapCheck(
  { key: keys, value: values, min = 0, max = Number.POSITIVE_INFINITY }: MapShape,
  isSecret: boolean,
): Check {
  const checkKey = lazily(keys.shape, isSecret);
  const checkValue = lazily(values.shape, isSecret);
  return (value, path, found) => {
    if (typeof value !== "object" || value === null) return;
    const entries = Object.entries(value);
    if (entries.length < min) {
      found.push(violation(undefined, path, `Member must have length greater than or equal to ${min}`));
    }
    if (entries.length > max) {
      found.push(violation(undefined, path, `Member must have length less than or equal to ${max}`));
      return;
    }
    for (const [key, item] of entries) {
      checkKey(key, path, found);
      checkValue(item, `${path}.${key}.member`, found);
    }
  };
}

function blobCheck(min: number | undefined, max: number | undefined): Check {
  return (value, path, found) => {
    const size = value instanceof Uint8Array ? value.byteLength : 0;
    if (min !== undefined && size < min) {
      found.push(violation(undefined, path, `Member must have length greater than or equal to ${min}`));
    }
    if (max !== undefined && size > max) {
      found.push(violation(undefined, path, `Member must have length less than or equal to ${max}`));
    }
  };
}

function structureCheck(shape: StructureShape, isSecret: boolean): Check {
  const required = new Set(shape.required ?? []);
  const members = Object.entries(shape.members).map(
    ([name, of]) =>
      ({ name, path: lowerCamel(name), check: lazily(of.shape, isSecret), isRequired: required.has(name) }) as const,
  );
  return (value, path, found) => {
    if (typeof value !== "object" || value === null) return;
    const held: Record<string, unknown> = { ...value };
    for (const { name, path: own, check, isRequired } of members) {
      const member = held[name];
      if (member === undefined && !isRequired) continue;
      const full = path === "" ? own : `${path}.${own}`;
      if (member === undefined) found.push(violation("null", full, "Member must not be null"));
      else check(member, full, found);
    }
  };
}

/** `UserPoolId` is `userPoolId`, `CSS` is `cSS`: the service lowers the first letter and nothing else. */
const lowerCamel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
