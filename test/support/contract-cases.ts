/** Requests made from the contract: one that is right for every operation, and every way in which one member can be wrong. */
import { operationModel, operationNames, shapeOf, structureOf } from "../../src/contract/contract.ts";
import type { Shape } from "../../src/contract/model.ts";
import type { OperationName } from "../../src/contract/types.gen.ts";

/** Samples for patterns, tried in turn until one matches and is long enough. */
const samples = [
  "us-east-1_AbCdEfGhI",
  "1example23456789abcdefghij",
  "abc123abc123abc123abc123abc123",
  "123456",
  "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI",
  "Your code is {####}",
  "Your link is {##here##}",
  "jane@example.com",
  "terms-of-use",
  "cognito:default",
  "import-AbCdEfGhIj",
  "us-east-1_0123abcd-0123",
  "01234567-89ab-4cde-8f01-23456789abcd",
  "arn:aws:iam:::role/x",
  "abcd",
];

/** A value that a shape takes. */
function valueFor(shape: Shape, depth = 0): unknown {
  switch (shape.type) {
    case "string":
      return textFor(shape);
    case "integer":
    case "long":
      return shape.min ?? 1;
    case "boolean":
      return true;
    case "timestamp":
      return 1_700_000_000;
    case "blob":
      return Buffer.alloc(Math.max(shape.min ?? 1, 1)).toString("base64");
    case "list":
      return Array.from({ length: Math.max(shape.min ?? 1, 1) }, () =>
        valueFor(shapeOf(shape.member.shape), depth + 1),
      );
    case "map":
      return {
        [String(valueFor(shapeOf(shape.key.shape), depth + 1))]: valueFor(shapeOf(shape.value.shape), depth + 1),
      };
    case "structure":
      return structureFor(shape, depth);
  }
}

function structureFor(shape: Extract<Shape, { type: "structure" }>, depth: number): Record<string, unknown> {
  const needed = shape.required ?? [];
  return Object.fromEntries(
    needed.map((name) => [name, valueFor(shapeOf(shape.members[name]?.shape ?? ""), depth + 1)]),
  );
}

function textFor({
  min = 1,
  max = Number.MAX_SAFE_INTEGER,
  pattern,
  enum: values,
}: Extract<Shape, { type: "string" }>): string {
  const [first] = values ?? [];
  if (first !== undefined) return first;
  const matches = (text: string) =>
    text.length >= min && text.length <= max && (!pattern || new RegExp(`^(?:${jsOf(pattern)})$`, "us").test(text));
  const found = [...samples, "a".repeat(Math.max(min, 1)), "1".repeat(Math.max(min, 1))].find(matches);
  if (found === undefined) throw new Error(`No sample for ${pattern} of ${min} to ${max}.`);
  return found;
}

const jsOf = (pattern: string): string =>
  pattern.replace("(?s)", "").replaceAll("[A-Za-z0-9-_=.]", "[A-Za-z0-9\\-_=.]").replaceAll("\\w-]", "\\w\\-]");

/** The least that an operation takes. */
export const validRequest = (name: OperationName): Record<string, unknown> =>
  structureFor(structureOf(operationModel(name).input.shape), 0);

/** A request that is wrong in one member. */
export interface ContractCase {
  readonly operation: OperationName;
  readonly title: string;
  readonly body: Record<string, unknown>;
  readonly error: "SerializationException" | "InvalidParameterException";
  /** What the message contains. */
  readonly message: string;
}

const lowerCamel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Every top-level member of every operation, wrong in every way that its shape allows. */
export function contractCases(): ContractCase[] {
  return operationNames.flatMap((operation) => {
    const input = structureOf(operationModel(operation).input.shape);
    const right = validRequest(operation);
    return Object.entries(input.members).flatMap(([name, { shape }]) => {
      const isRequired = input.required?.includes(name) ?? false;
      return [...absences(name, isRequired), ...wrongTypes(shapeOf(shape)), ...brokenConstraints(shapeOf(shape))].map(
        ({ title, value, error, message }): ContractCase => ({
          operation,
          title: `${operation}.${name} ${title}`,
          body: { ...right, [name]: value },
          error,
          message: message.replace("<path>", lowerCamel(name)),
        }),
      );
    });
  });
}

interface Wrong {
  readonly title: string;
  readonly value: unknown;
  readonly error: ContractCase["error"];
  readonly message: string;
}

const constraint = (title: string, value: unknown, message: string): Wrong => ({
  title,
  value,
  error: "InvalidParameterException",
  message,
});

function absences(_name: string, isRequired: boolean): Wrong[] {
  if (!isRequired) return [];
  const message = "Value null at '<path>' failed to satisfy constraint: Member must not be null";
  return [constraint("missing", undefined, message), constraint("null", null, message)];
}

function wrongTypes(shape: Shape): Wrong[] {
  if (shape.type === "structure" && shape.document) return [];
  const wrong = (title: string, value: unknown, message: string): Wrong => ({
    title,
    value,
    error: "SerializationException",
    message,
  });
  if (shape.type === "list")
    return [
      wrong("of another type", "text", "Expected list or null"),
      wrong("an object", {}, "Start of structure or map"),
    ];
  if (shape.type === "map" || shape.type === "structure") {
    return [
      wrong("of another type", "text", "Expected null"),
      wrong("a list", [], "Start of list found where not expected"),
    ];
  }
  if (shape.type === "string" || shape.type === "blob")
    return [wrong("of another type", 7, "NUMBER_VALUE can not be converted to a")];
  return [wrong("of another type", "text", "STRING_VALUE can not be converted to a")];
}

function brokenConstraints(shape: Shape): Wrong[] {
  if (shape.type === "string") return brokenText(shape);
  if (shape.type === "integer" || shape.type === "long") {
    const { min, max } = shape;
    return [
      ...(min === undefined
        ? []
        : [
            constraint(
              "too low",
              min - 1,
              `at '<path>' failed to satisfy constraint: Member must have value greater than or equal to ${min}`,
            ),
          ]),
      ...(max === undefined
        ? []
        : [
            constraint(
              "too high",
              max + 1,
              `at '<path>' failed to satisfy constraint: Member must have value less than or equal to ${max}`,
            ),
          ]),
    ];
  }
  if (shape.type === "list" && shape.max !== undefined) {
    const item = valueFor(shapeOf(shape.member.shape));
    return [
      constraint(
        "too long",
        Array.from({ length: shape.max + 1 }, () => item),
        `Member must have length less than or equal to ${shape.max}`,
      ),
    ];
  }
  return [];
}

function brokenText(shape: Extract<Shape, { type: "string" }>): Wrong[] {
  const at = "at '<path>' failed to satisfy constraint: ";
  if (shape.enum) return [constraint("not in its enum", "no such value", `${at}Member must satisfy enum value set: [`)];
  const { min, max, pattern } = shape;
  const against =
    pattern === undefined
      ? undefined
      : ["\u0007", " ", "-"].find((text) => !new RegExp(`^(?:${jsOf(pattern)})$`, "us").test(text));
  return [
    ...(min === undefined || min === 0
      ? []
      : [constraint("too short", "a".repeat(min - 1), `${at}Member must have length greater than or equal to ${min}`)]),
    ...(max === undefined
      ? []
      : [constraint("too long", "a".repeat(max + 1), `${at}Member must have length less than or equal to ${max}`)]),
    ...(against === undefined
      ? []
      : [constraint("against its pattern", against, `${at}Member must satisfy regular expression pattern: `)]),
  ];
}
