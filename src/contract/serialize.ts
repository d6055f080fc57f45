/** Writes answers as the wire has them, and finds where one breaks the contract. */
import { operationModel, shapeOf } from "./contract.ts";
import type { Shape } from "./model.ts";
import type { OperationName } from "./types.gen.ts";

/**
 * The JSON of an answer: times as seconds with up to three decimals, blobs in base64, absent members left out. An
 * operation without an output shape answers nothing at all.
 */
export function serialize(operation: OperationName, answer: unknown): string {
  if (!operationModel(operation).output) return "";
  return JSON.stringify(answer, function write(this: Record<string, unknown>, key, value) {
    // By the time a replacer is called a Date has become text, so the value is taken from its holder.
    const held = this[key];
    if (held instanceof Date) return held.getTime() / 1000;
    return held instanceof Uint8Array ? Buffer.from(held).toString("base64") : value;
  });
}

/** Where an answer breaks the contract: a member it does not have, a missing one, a value of another type. */
export function checkAnswer(operation: OperationName, answer: unknown): string[] {
  const { output } = operationModel(operation);
  const faults: string[] = [];
  if (output) compare(shapeOf(output.shape), answer, output.shape, faults);
  else if (answer !== undefined) faults.push("an answer where the contract has none");
  return faults;
}

function compare(shape: Shape, value: unknown, path: string, faults: string[]): void {
  switch (shape.type) {
    case "string":
      if (typeof value !== "string") faults.push(`${path}: not a string`);
      else if (shape.enum && !shape.enum.includes(value)) faults.push(`${path}: not in the enum`);
      return;
    case "boolean":
    case "timestamp":
    case "blob":
    case "integer":
    case "long":
      if (!isScalar(shape.type, value)) faults.push(`${path}: not a ${shape.type}`);
      return;
    case "list":
      if (!Array.isArray(value)) faults.push(`${path}: not a list`);
      else for (const item of value) compare(shapeOf(shape.member.shape), item, `${path}[]`, faults);
      return;
    case "map":
    case "structure":
      compareMembers(shape, value, path, faults);
  }
}

function isScalar(type: "boolean" | "timestamp" | "blob" | "integer" | "long", value: unknown): boolean {
  if (type === "timestamp") return value instanceof Date;
  if (type === "blob") return value instanceof Uint8Array;
  return type === "boolean" ? typeof value === "boolean" : Number.isInteger(value);
}

function compareMembers(
  shape: Extract<Shape, { type: "map" | "structure" }>,
  value: unknown,
  path: string,
  faults: string[],
): void {
  if (shape.type === "structure" && shape.document) return;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    faults.push(`${path}: not an object`);
    return;
  }
  const held: Record<string, unknown> = { ...value };
  for (const [name, member] of Object.entries(held)) {
    if (member === undefined) continue;
    const of = shape.type === "map" ? shape.value : shape.members[name];
    if (of) compare(shapeOf(of.shape), member, `${path}.${name}`, faults);
    else faults.push(`${path}.${name}: not in the contract`);
  }
  const required = shape.type === "structure" ? (shape.required ?? []) : [];
  for (const name of required) if (held[name] === undefined) faults.push(`${path}.${name}: missing`);
}
