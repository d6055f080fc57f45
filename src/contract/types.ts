/**
 * Types of a request: what JSON it may be at all. A value of another type is refused before any constraint is looked
 * at, and what comes out is a clean copy: members that the contract does not have are dropped, null counts as absent.
 * Source: AWS JSON 1.1 protocol; texts as observed on a sister service.
 */
import { shapeOf } from "./contract.ts";
import { ApiError } from "./errors.ts";
import type { Shape, StructureShape } from "./model.ts";

/** Reads a JSON value as its shape. @throws SerializationException */
export type Reader = (value: unknown) => unknown;

const readers = new Map<string, Reader>();

/** The reader of a shape, made once. Shapes may contain themselves, so members ask for theirs when first used. */
export function readerOf(shapeName: string): Reader {
  const known = readers.get(shapeName);
  if (known) return known;
  const reader = makeReader(shapeOf(shapeName));
  readers.set(shapeName, reader);
  return reader;
}

function makeReader(shape: Shape): Reader {
  switch (shape.type) {
    case "string":
      return readString;
    case "boolean":
      return readBoolean;
    case "integer":
    case "long":
      return readInteger;
    case "timestamp":
      return readTimestamp;
    case "blob":
      return readBlob;
    case "list":
      return listReader(lazily(shape.member.shape));
    case "map":
      return mapReader(lazily(shape.value.shape));
    case "structure":
      return shape.document ? (value) => value : structureReader(shape);
  }
}

const lazily = (shapeName: string): Reader => {
  let reader: Reader | undefined;
  return (value) => {
    reader ??= readerOf(shapeName);
    return reader(value);
  };
};

function readString(value: unknown): string {
  if (typeof value !== "string") throw mismatch(value, "a String");
  // A half of a surrogate pair has no UTF-8: two different passwords would be stored as one. No text of PostgreSQL holds
  // U+0000.
  if (!value.isWellFormed() || value.includes("\0")) throw new ApiError("SerializationException");
  return value;
}

function readBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw mismatch(value, "a Boolean");
}

function readInteger(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return Math.trunc(value);
  throw mismatch(value, "an Integer");
}

function readTimestamp(value: unknown): Date {
  if (typeof value === "number" && Number.isFinite(value)) return new Date(value * 1000);
  throw mismatch(value, "a Date");
}

function readBlob(value: unknown): Uint8Array {
  if (typeof value !== "string") throw mismatch(value, "a Blob");
  return Buffer.from(value, "base64");
}

const listReader =
  (readMember: Reader): Reader =>
  (value) => {
    if (!Array.isArray(value)) throw containerMismatch(value, "Expected list or null");
    return value.filter((item) => item !== null).map(readMember);
  };

const mapReader =
  (readValue: Reader): Reader =>
  (value) => {
    if (!isPlainObject(value)) throw containerMismatch(value, "Expected null");
    const entries = Object.entries(value).filter(([, item]) => item !== null);
    // From entries, a key named __proto__ becomes an ordinary key of its own.
    return Object.fromEntries(entries.map(([key, item]) => [readString(key), readValue(item)]));
  };

function structureReader(shape: StructureShape): Reader {
  const members = Object.entries(shape.members).map(([name, of]) => [name, lazily(of.shape)] as const);
  return (value) => {
    if (!isPlainObject(value)) throw containerMismatch(value, "Expected null");
    const clean: Record<string, unknown> = {};
    for (const [name, read] of members) {
      if (!Object.hasOwn(value, name)) continue;
      const member = value[name];
      if (member !== null && member !== undefined) clean[name] = read(member);
    }
    return clean;
  };
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function mismatch(value: unknown, wanted: string): ApiError {
  if (typeof value === "object") return containerMismatch(value, "Expected null");
  const found =
    typeof value === "string" ? "STRING_VALUE" : typeof value === "number" ? "NUMBER_VALUE" : booleanName(value);
  return new ApiError("SerializationException", `${found} can not be converted to ${wanted}`);
}

const booleanName = (value: unknown): string => (value === true ? "TRUE_VALUE" : "FALSE_VALUE");

function containerMismatch(value: unknown, text: string): ApiError {
  if (Array.isArray(value)) return new ApiError("SerializationException", "Start of list found where not expected");
  if (typeof value === "object") {
    return new ApiError("SerializationException", "Start of structure or map found where not expected.");
  }
  return new ApiError("SerializationException", text);
}
