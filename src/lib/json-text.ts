import { boundedCache } from "./lru.ts";

declare const parsed: unique symbol;

/** Text that holds the JSON of a `T`: what a column of the database keeps of a structured value. */
export type JsonText<T> = string & { readonly [parsed]: T };

/** The JSON of `value`. Members that are undefined are left out. */
export const toJson = <T>(value: T): JsonText<T> => JSON.stringify(value) as JsonText<T>;

/** The JSON of a value that another house of ours parsed from such a text: it is what that text held. */
export const backToJson = (value: unknown): JsonText<unknown> => JSON.stringify(value) as JsonText<unknown>;

/** The value that `text` holds. Only what `toJson` wrote is read back, so the type is known. */
export const fromJson = <T>(text: JsonText<T>): T => JSON.parse(text) as T;

/** Values that were read last, each with the text it was read from. */
const kept = boundedCache<{ readonly text: string; readonly value: unknown }>(1000);

/**
 * As `fromJson`, for what is read with every request and seldom changes: the value is kept under a name, and read again
 * as soon as its text is another. The same text may give the same value, so nobody may change it. Comparing a text of
 * some thousand characters with the last one takes a tenth of a microsecond; finding it in a map by itself takes five.
 */
export function fromKeptJson<T>(name: string, text: JsonText<T>): T {
  const known = kept.get(name);
  if (known?.text === text) return known.value as T;
  const value = fromJson(text);
  kept.set(name, { text, value });
  return value;
}
