/** Taking the file of a job in, and giving its report out. What carries them is the door's business. */
import type { App } from "../app.ts";
import { withTransaction } from "../database/transact.ts";
import { fileLimitBytes, type ImportJob, isTokenOf, statusAt, uploadLifetime } from "./job.ts";
import { deleteParts, findJob, insertPart, listFaults } from "./store.ts";

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
export type Upload = "kept" | "too-late" | "too-large" | "not-text";

/** Keeps a file in place of an earlier one, part by part. */
export async function keepFile(app: App, job: ImportJob, chunks: AsyncIterable<Uint8Array>): Promise<Upload> {
  const now = app.clock.now();
  if (statusAt(job, now) !== "Created" || now >= job.createdAt + uploadLifetime) return "too-late";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let size = 0;
  let part = 0;
  let text = "";
  const flush = async (): Promise<void> => {
    await insertPart(app.db, job, part++, text);
    text = "";
  };
  await deleteParts(app.db, job);
  try {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > fileLimitBytes) return await undo(app, job, "too-large");
      text += decoder.decode(chunk, { stream: true });
      if (text.length >= partCharacters) await flush();
    }
    text += decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undo(app, job, "not-text");
  }
  if (text.length > 0 || part === 0) await flush();
  return "kept";
}

async function undo(app: App, job: ImportJob, outcome: Upload): Promise<Upload> {
  await withTransaction(app, ({ db }) => deleteParts(db, job));
  return outcome;
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
