/** Taking the file of a job in, and giving its report out. What carries them is the door's business. */
import type { App } from "../app.ts";
import { withTransaction } from "../database/transact.ts";
import { fileLimitBytes, type ImportJob, isTokenOf, statusAt, uploadLifetime } from "./job.ts";
import { adoptFile, deleteFile, findJob, insertPart, listFaults, type UploadKey } from "./store.ts";

/** Characters of a part: what is in memory at a time. */
const partCharacters = 128 * 1024;

/** The job that somebody may put a file to, or read the report of; undefined when the token is not the job's. */
export async function findJobByToken(
  app: App,
  key: { readonly poolId: string; readonly id: string },
  token: string,
): Promise<ImportJob | undefined> {
  const job = await findJob(app.db, key);
  return job && (await isTokenOf(app, job, token)) ? job : undefined;
}

/** What became of an upload. */
export type Upload = "kept" | Refusal;

type Refusal = "too-late" | "too-large" | "not-text" | "cut-off" | "overtaken";

/** A file that does not become the file of its job. */
class RefusedFile extends Error {
  override readonly name = "RefusedFile";
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

/**
 * Keeps a file part by part, and only when it is whole makes it the file of its job, in place of an earlier one: a job
 * that is started meanwhile never reads half of it.
 */
export async function keepFile(app: App, job: ImportJob, chunks: AsyncIterable<Uint8Array>): Promise<Upload> {
  const now = app.clock.now();
  if (statusAt(job, now) !== "Created" || now >= job.createdAt + uploadLifetime) return "too-late";
  const file = { poolId: job.poolId, id: job.id, upload: app.random.uuid() };
  try {
    await keepParts(app, file, chunks);
    await withTransaction(app, async ({ db }) => {
      if (!(await adoptFile(db, file, job.upload))) throw new RefusedFile("overtaken");
      await deleteFile(db, { ...file, upload: job.upload });
    });
    return "kept";
  } catch (error) {
    await deleteFile(app.db, file);
    if (error instanceof RefusedFile) return error.refusal;
    throw error;
  }
}

async function keepParts(app: App, file: UploadKey, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let part = 0;
  let text = "";
  for await (const more of textOf(chunks)) {
    text += more;
    if (text.length < partCharacters) continue;
    await insertPart(app.db, file, part++, text);
    text = "";
  }
  if (text.length > 0 || part === 0) await insertPart(app.db, file, part, text);
}

/** The text of a file; a byte order mark is no part of it. @throws RefusedFile for what is none, or ends too early. */
async function* textOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let sizeBytes = 0;
  for await (const chunk of whole(chunks)) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > fileLimitBytes) throw new RefusedFile("too-large");
    yield decode(() => decoder.decode(chunk, { stream: true }));
  }
  yield decode(() => decoder.decode());
}

function decode(read: () => string): string {
  try {
    return read();
  } catch {
    // The decoder fails for one reason.
    throw new RefusedFile("not-text");
  }
}

/** The chunks of a body. Whoever sends it may go away in the middle: that is nothing of ours to report. */
async function* whole(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch {
    throw new RefusedFile("cut-off");
  }
}

const reportPage = 500;

/** The lines of a job's report, in the form of Cognito's log. */
export async function* reportLines(app: App, job: ImportJob): AsyncGenerator<string> {
  for (let after = 0; ; ) {
    const faults = await listFaults(app.db, job, { after, limit: reportPage });
    for (const { line, outcome, reason } of faults) {
      yield `[${outcome.toUpperCase()}] Line Number ${line} - ${reason.replace(/\s+/g, " ")}\n`;
    }
    const last = faults.at(-1);
    if (!last || faults.length < reportPage) break;
    after = last.line;
  }
  yield `Imported ${job.imported}, skipped ${job.skipped}, failed ${job.failed}.\n`;
}
