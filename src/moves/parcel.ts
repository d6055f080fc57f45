/** What a move consists of on its way: a header and rows, read from lines or made from another source. */
import { createHash } from "node:crypto";
import type { RevealedKey } from "../vault/vault.ts";
import type { Row } from "./codecs.ts";
import { endKind, formatVersion, type Header, headerKind, MoveError } from "./move.ts";

/** A row of a table, by the table's name. */
export interface ParcelRow {
  readonly kind: string;
  readonly row: Row;
  /** About how much memory it takes. */
  readonly sizeBytes: number;
}

/** A pool on its way. Its rows are read once; the end of them was checked when they end. */
export interface Parcel {
  readonly header: Header;
  readonly rows: AsyncIterable<ParcelRow>;
}

/** The longest line: an image of a style has the largest row. */
export const lineLimitBytes = 16 * 1024 * 1024;

/** Reads the lines of an export. @throws MoveError, here or while the rows are read */
export async function readParcel(lines: AsyncIterable<string>): Promise<Parcel> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  const header = first.done ? undefined : parseHeader(first.value);
  if (first.done || !header) throw new MoveError("This is no export of a pool: its first line says nothing of one.");
  return { header, rows: rowsOf(first.value, iterator) };
}

async function* rowsOf(first: string, lines: AsyncIterator<string>): AsyncGenerator<ParcelRow> {
  const digest = createHash("sha256").update(`${first}\n`);
  let read = 1;
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const line = next.value;
    const parsed = parseLine(line, read + 1);
    if (parsed["kind"] === endKind) {
      if (parsed["lines"] !== read || parsed["sha256"] !== digest.digest("hex")) throw altered();
      if (!(await lines.next()).done) throw new MoveError("The export goes on after its end: it was altered.");
      return;
    }
    const { kind, row } = parsed;
    if (typeof kind !== "string" || !isRecord(row)) throw new MoveError(`Line ${read + 1} of the export holds no row.`);
    digest.update(`${line}\n`);
    read++;
    yield { kind, row, sizeBytes: line.length };
  }
  throw new MoveError("The export ends too early: a part of it is missing. Nothing was kept; get the whole file.");
}

const altered = (): MoveError =>
  new MoveError("The export was altered since it was written: its check does not fit. Nothing was kept.");

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parseLine(line: string, number: number): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(line);
    if (isRecord(parsed)) return parsed;
  } catch {
    // Said below: the text itself may hold secrets and is not told.
  }
  throw new MoveError(`Line ${number} of the export is no JSON object: it was altered, or it is no export.`);
}

function parseHeader(line: string): Header | undefined {
  if (!line.startsWith(`{"kind":"${headerKind}"`)) return undefined;
  const { version, poolId, region, name, madeAt, keys } = parseLine(line, 1);
  if (typeof version === "number" && version > formatVersion) {
    throw new MoveError(
      `The export has version ${version} of the format: a newer Poolhouse made it. Use that release.`,
    );
  }
  const isWhole = [poolId, region, name, madeAt].every((value) => typeof value === "string");
  if (version !== formatVersion || !isWhole) throw new MoveError("The first line of the export was altered.");
  return {
    kind: headerKind,
    version: formatVersion,
    poolId: String(poolId),
    region: String(region),
    name: String(name),
    madeAt: String(madeAt),
    ...(keys !== undefined && { keys: parseKeys(keys) }),
  };
}

function parseKeys(keys: unknown): RevealedKey[] {
  if (!Array.isArray(keys) || keys.length === 0) throw altered();
  return keys.map((item: unknown) => {
    const { version, key } = isRecord(item) ? item : {};
    if (typeof version !== "number" || typeof key !== "string") throw altered();
    return { version, key };
  });
}
