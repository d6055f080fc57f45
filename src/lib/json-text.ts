import { boundedCache } from "./lru.ts";

declare const parsed: unique symbol;

/** Text that holds the JSON of a `T`: what a column of the database keeps of a structured value. */
export type JsonText<T> = string & { readonly [parsed]: T };

/** The JSON of `value`. Members that are undefined are left out. */
export const toJson = <T>(value: T): JsonText<T> => JSON.stringify(value) as JsonText<T>;

/** The JSON of a value that another house of ours parsed from such a text: it is what that text held. */
export const backToJson = (value: unknown): JsonText<unknown> => JSON.stringify(value) as JsonText<unknown>;

/** Values that were read last, by their text: settings are read with every request and seldom change. */
const read = boundedCache<unknown>(1000);

/**
 * The value that `text` holds. Only what `toJson` wrote is read back, so the type is known. The same text may give the
 * same value, so nobody may change it.
 */
export function fromJson<T>(text: JsonText<T>): T {
  const known = read.get(text);
  if (known !== undefined) return known as T;
  const value: unknown = JSON.parse(text);
  read.set(text, value);
  return value as T;
}
