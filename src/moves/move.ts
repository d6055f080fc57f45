/**
 * Moves: a whole pool written as lines of JSON, and made from them again, on the same engine or the other, here or in
 * another house. The room owns the format of the lines, how each column travels, and the pool's arrival, which is whole
 * or not at all. Files, passphrases and other sources of lines are the business of commands/. The format in words:
 * docs/export.md.
 */
import type { RevealedKey } from "../vault/vault.ts";

/** The version of the format. A release reads its own and earlier ones. */
export const formatVersion = 1;

/** The kinds of the lines that are no rows of a table. */
export const headerKind = "poolhouse-export";
export const endKind = "end";

/** The first line. */
export interface Header {
  readonly kind: typeof headerKind;
  readonly version: typeof formatVersion;
  readonly poolId: string;
  readonly region: string;
  readonly name: string;
  /** When the lines were written, as ISO 8601. */
  readonly madeAt: string;
  /** The keys that what signed-in users hold is sealed with; only where sessions travel too. */
  readonly keys?: readonly RevealedKey[];
}

/** The last line: how many came before it, and the SHA-256 of them with their ends, in hexadecimal. */
export interface End {
  readonly kind: typeof endKind;
  readonly lines: number;
  readonly sha256: string;
}

/** A move that cannot be made. Its message says why and what to do. */
export class MoveError extends Error {
  override readonly name = "MoveError";
}

/** What a move says of itself while it lasts. */
export interface Progress {
  readonly rows: number;
}
