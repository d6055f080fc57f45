declare const parsed: unique symbol;

/** Text that holds the JSON of a `T`: what a column of the database keeps of a structured value. */
export type JsonText<T> = string & { readonly [parsed]: T };

/** The JSON of `value`. Members that are undefined are left out. */
export const toJson = <T>(value: T): JsonText<T> => JSON.stringify(value) as JsonText<T>;

/** The value that `text` holds. Only what `toJson` wrote is read back, so the type is known. */
export const fromJson = <T>(text: JsonText<T>): T => JSON.parse(text) as T;
