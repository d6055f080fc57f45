/** Reading the file of a job: part by part, row by row, so that memory does not grow with it. */
import { Readable } from "node:stream";
import type { App } from "../app.ts";
import type { Pool } from "../pools/pool.ts";
import { faultOfHeader } from "./header.ts";
import type { ImportJob } from "./job.ts";
import type { Row } from "./row.ts";
import { findPart } from "./store.ts";

const batchRows = 100;

/** Source: Cognito developer guide, importing users: the longest row, and the most users of a file. */
const longestRow = 16_000;
const mostRows = 500_000;

/** What is in memory of a row at most: a longer one is no row, and the file is not read on. Some parts are read ahead. */
const longestRead = 2_000_000;

/** A file that cannot be read on, from a line. */
export class FileError extends Error {
  override readonly name = "FileError";
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** A row and where it ends. */
export interface Line {
  readonly line: number;
  readonly row: Row;
  /** What is wrong with it before its cells are looked at. */
  readonly fault: string | undefined;
}

/** Lines in batches, without the first `skipped`. What stops the reading is thrown after the lines before it. */
export async function* batchesOf(lines: AsyncIterable<Line>, skipped: number): AsyncGenerator<readonly Line[]> {
  let batch: Line[] = [];
  let rows = 0;
  let stopped: unknown;
  try {
    for await (const line of lines) {
      if (++rows <= skipped) continue;
      if (rows > mostRows) throw new FileError(`The file has more than ${mostRows} rows`, line.line);
      batch.push(line);
      if (batch.length < batchRows) continue;
      yield batch;
      batch = [];
    }
    if (rows === 0) throw new FileError("The file has no rows", 1);
  } catch (error) {
    stopped = error;
  }
  if (batch.length > 0) yield batch;
  if (stopped !== undefined) throw stopped;
}

/**
 * The rows of a job's file in their order, those that the parser could not read among them with what it said.
 * @throws FileError where the file cannot be read on.
 */
export async function* readLines(app: App, pool: Pool, job: ImportJob): AsyncGenerator<Line> {
  const { parse } = await import("csv-parse");
  const unreadable: Line[] = [];
  const reach = { sinceLastRow: 0, isCut: false };
  const parser = parse({
    columns: (names: string[]) => {
      const fault = faultOfHeader(pool, job.settings, names);
      if (fault) throw new FileError(fault, 1);
      return names;
    },
    info: true,
    raw: true,
    relax_column_count: true,
    // A quote out of place spoils its row, not those behind it.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (!error) return;
      unreadable.push({ line: Number(error["lines"]), row: {}, fault: error.message });
    },
  });
  const source = Readable.from(partsOf(app, job, reach), { highWaterMark: 1 });
  // A pipe does not pass errors on.
  source.once("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let last = 1;
  let misfits = 0;
  try {
    for await (const item of parser) {
      const line = lineOf(item, misfits);
      misfits = line.misfits;
      reach.sinceLastRow = 0;
      while (unreadable[0] && unreadable[0].line <= line.line) yield* unreadable.splice(0, 1);
      yield line;
      last = line.line;
    }
  } finally {
    source.destroy();
  }
  yield* unreadable;
  if (!reach.isCut) return;
  const end = unreadable.at(-1)?.line ?? last;
  throw new FileError(`A row is longer than ${longestRead} characters: nothing behind it was read`, end + 1);
}

/** A row as the parser gives it. It counts the rows with too few or too many cells; `misfits` are those before. */
function lineOf(item: unknown, misfits: number): Line & { readonly misfits: number } {
  if (!isRecord(item) || !isRecord(item["record"]) || !isRecord(item["info"])) {
    throw new Error("The parser gave something that is no row.");
  }
  const row = Object.fromEntries(Object.entries(item["record"]).map(([name, value]) => [name, String(value)]));
  const { lines, invalid_field_length: now } = item["info"];
  const isTooLong = String(item["raw"]).length > longestRow;
  const misfit = Number(now) > misfits ? "The row has another number of columns than the header" : undefined;
  const fault = isTooLong ? `The row is longer than ${longestRow} characters` : misfit;
  return { line: Number(lines), row, fault, misfits: Number(now) };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** How much was read since the last row came of it, and whether that was too much to go on. */
interface Reach {
  sinceLastRow: number;
  isCut: boolean;
}

/** The text of the file, part by part, until a row takes too much of it. */
async function* partsOf(app: App, job: ImportJob, reach: Reach): AsyncGenerator<string> {
  for (let part = 0; ; part++) {
    const content = await findPart(app.db, job, part);
    if (content === undefined) return;
    reach.sinceLastRow += content.length;
    reach.isCut = reach.sinceLastRow > longestRead;
    if (reach.isCut) return;
    yield content;
  }
}
