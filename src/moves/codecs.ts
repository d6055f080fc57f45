/** How the value of a column stands in a line, and how it comes back. */
import { placeOf as placeOfClientSecret } from "../clients/secret.ts";
import { backToJson, type JsonText } from "../lib/json-text.ts";
import type { Place, PoolKeys, Purpose } from "../vault/vault.ts";

/** A row of a table or of a line, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** What a pool has where it leaves. */
export interface Leaving {
  readonly poolId: string;
  readonly keys: PoolKeys;
}

/** What a pool has where it arrives. */
export interface Arriving extends Leaving {
  /** Whether its SRP verifiers still fit: the last part of its id goes into them. */
  readonly keepsVerifiers: boolean;
  /** Ids of clients that are taken here, and the new ones. */
  readonly clientIds: ReadonlyMap<string, string>;
  /** Sign-ins up to this time are void; 0 when they go on. Milliseconds since the epoch. */
  readonly signedOutAt: number;
}

/** How a column travels. */
export interface Codec<Value> {
  /** What a line says of a value. */
  write(leaving: Leaving, value: unknown, row: Row): unknown;
  /** The value that a line speaks of. @throws ColumnFault */
  read(arriving: Arriving, written: unknown, row: Row): Value;
}

/** How a column of sealed values travels: opened where it leaves, and sealed anew where it arrives. */
export interface SealedCodec<Value> extends Codec<Value> {
  readonly isSealed: true;
}

/** A value that no column of its kind can have. */
export class ColumnFault extends Error {
  override readonly name = "ColumnFault";
}

const asIs = (_leaving: Leaving, value: unknown): unknown => value;

function readText(value: unknown): string {
  if (typeof value === "string") return value;
  throw new ColumnFault("is no text");
}

function readInteger(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw new ColumnFault("is no whole number");
}

/** Text as it is. */
export const text: Codec<string> = { write: asIs, read: (_arriving, written) => readText(written) };

/** A whole number as it is: a count, a flag, a time in milliseconds. */
export const integer: Codec<number> = { write: asIs, read: (_arriving, written) => readInteger(written) };

/** What begins anew wherever the pool arrives. */
export const startsAs = (value: number): Codec<number> => ({ write: () => value, read: () => value });

/** A structured value, written as such rather than as the text that holds it. */
export const json: Codec<JsonText<unknown>> = {
  write: (_leaving, value) => JSON.parse(readText(value)),
  read: (_arriving, written) => {
    if (typeof written === "object" && written !== null) return backToJson(written);
    throw new ColumnFault("is no list and no object");
  },
};

/** A column that may be null. */
export const orNull = <Value>(codec: Codec<Value>): Codec<Value | null> => ({
  write: (leaving, value, row) => (value === null ? null : codec.write(leaving, value, row)),
  read: (arriving, written, row) => (written === null ? null : codec.read(arriving, written, row)),
});

/** The id of a client of the pool, or what stands in its place for all of them. */
export const clientId: Codec<string> = {
  write: asIs,
  read: ({ clientIds }, written) => clientIds.get(readText(written)) ?? readText(written),
};

/** When a user was last signed out everywhere. */
export const signedOutAt: Codec<number> = {
  write: asIs,
  read: (arriving, written) => Math.max(readInteger(written), arriving.signedOutAt),
};

/** A sealed value, with the place that it is sealed for. */
export const sealed = (
  purpose: Purpose,
  placeOf: (row: (column: string) => string, poolId: string) => Place,
): SealedCodec<string> => {
  const placeIn = ({ poolId }: Leaving, row: Row): Place => placeOf((column) => readText(row[column]), poolId);
  return {
    isSealed: true,
    write: (leaving, value, row) => leaving.keys.open(purpose, placeIn(leaving, row), readText(value)),
    read: (arriving, written, row) => arriving.keys.seal(purpose, placeIn(arriving, row), readText(written)),
  };
};

/** A sealed value that may be missing. */
export const sealedOrNull = (codec: SealedCodec<string>): SealedCodec<string | null> => ({
  isSealed: true,
  ...orNull(codec),
});

/** A verifier for SRP, which a pool of another name has no use for: it is made anew when its user gives the password. */
export const verifierOrNull = (codec: SealedCodec<string>): SealedCodec<string | null> => ({
  ...sealedOrNull(codec),
  read: (arriving, written, row) =>
    written === null || !arriving.keepsVerifiers ? null : codec.read(arriving, written, row),
});

/** The secrets of a client, each sealed for its own id. */
export const clientSecrets: Codec<JsonText<unknown>> = {
  write: ({ keys }, value) =>
    listOf(JSON.parse(readText(value))).map(({ sealed: secret, ...record }) => ({
      ...record,
      secret: keys.open("client", placeOfClientSecret(readText(record["id"])), readText(secret)),
    })),
  read: ({ keys }, written) =>
    backToJson(
      listOf(written).map(({ secret, ...record }) => {
        const { id, ...rest } = record;
        return {
          id,
          sealed: keys.seal("client", placeOfClientSecret(readText(id)), readText(secret)),
          ...rest,
        };
      }),
    ),
};

function listOf(value: unknown): Row[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "object" && item !== null)) return value;
  throw new ColumnFault("is no list of objects");
}
