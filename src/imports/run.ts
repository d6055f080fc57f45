/**
 * Runs import jobs in the background: a bounded number of rows a transaction, so that sign-ins go on beside it and
 * memory does not grow with the file. The count of rows is written with the rows, so a job whose node died goes on
 * behind the last row that was kept.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { eraseUser } from "../database/erase.ts";
import { withTransaction } from "../database/transact.ts";
import { replaceFactorSettings } from "../factors/store.ts";
import { minute } from "../lib/clock.ts";
import { keepPassword, type PreparedPassword, sealForeignHash } from "../passwords/password.ts";
import type { Pool } from "../pools/pool.ts";
import { findPool, markImporting } from "../pools/store.ts";
import { register } from "../users/registration.ts";
import { completionMessages, type ImportJob, startLifetime } from "./job.ts";
import { batchesOf, FileError, type Line, readLines } from "./reading.ts";
import { type Candidate, readRow } from "./row.ts";
import {
  addTally,
  deleteFiles,
  type Fault,
  findAbandonedJobs,
  findForgottenJobs,
  findJob,
  insertFaults,
  type JobKey,
  leaseJob,
  moveJob,
} from "./store.ts";

/** A node that says nothing for so long has died. */
const lease = minute;

/** Jobs taken up again, or given up, at a time. */
const jobsAtOnce = 10;

/** Takes up jobs whose node died, and gives up those that nobody started in time. */
export async function resumeImports(app: App): Promise<void> {
  const now = app.clock.now();
  for (const key of await findForgottenJobs(app.db, now - startLifetime, jobsAtOnce)) await giveUp(app, key);
  for (const key of await findAbandonedJobs(app.db, now, jobsAtOnce)) await runImport(app, key);
}

async function giveUp(app: App, key: JobKey): Promise<void> {
  await withTransaction(app, async ({ db }) => {
    if (await moveJob(db, key, { from: ["Created"], to: "Expired" })) await deleteFiles(db, key);
  });
}

/** Runs a job that was started, unless another node has it. */
export async function runImport(app: App, key: JobKey): Promise<void> {
  const now = app.clock.now();
  if (!(await leaseJob(app.db, key, { now, until: now + lease, held: false }))) return;
  await moveJob(app.db, key, { from: ["Pending"], to: "InProgress" });
  const job = await findJob(app.db, key);
  const pool = await findPool(app.db, key.poolId);
  if (!job || !pool) return;
  try {
    const outcome = await importRows(app, pool, job);
    if (outcome !== "interrupted") await finish(app, job, outcome);
  } finally {
    // Whoever looks next, here or elsewhere, may go on at once.
    await leaseJob(app.db, key, { now, until: 0, held: true });
  }
}

type Outcome = "succeeded" | "failed" | "stopped" | "interrupted";

async function finish(app: App, job: ImportJob, outcome: Exclude<Outcome, "interrupted">): Promise<void> {
  const to = ({ succeeded: "Succeeded", failed: "Failed", stopped: "Stopped" } as const)[outcome];
  await withTransaction(app, async ({ db, clock }) => {
    const change = { from: ["Pending", "InProgress", "Stopping"] as const, to, message: completionMessages[outcome] };
    await moveJob(db, job, { ...change, completedAt: clock.now() });
    await deleteFiles(db, job);
    await markImporting(db, job.poolId, false);
  });
  app.log.info({ poolId: job.poolId, jobId: job.id, outcome }, "a user import ended");
}

/** Imports the rows of a file batch by batch. Rows before one that cannot be read are imported all the same. */
async function importRows(app: App, pool: Pool, job: ImportJob): Promise<Outcome> {
  let done = job.rowsDone;
  try {
    for await (const batch of batchesOf(readLines(app, pool, job), job.rowsDone)) {
      await importBatch(app, pool, { job, batch, done });
      done += batch.length;
      const end = await whetherToGoOn(app, job);
      if (end) return end;
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await insertFaults(app.db, job, [{ line: error.line, outcome: "failed", reason: error.message }]);
    return "failed";
  }
  const after = await findJob(app.db, job);
  const isBad = !after || (after.imported === 0 && after.skipped + after.failed > 0);
  return isBad ? "failed" : "succeeded";
}

/** Extends the lease. Says how the job ends where somebody stopped it, or the house closes. */
async function whetherToGoOn(app: App, job: ImportJob): Promise<Outcome | undefined> {
  if (app.closing.aborted) return "interrupted";
  const now = app.clock.now();
  const isOurs = await leaseJob(app.db, job, { now, until: now + lease, held: true });
  const present = await findJob(app.db, job);
  if (!isOurs || !present) return "interrupted";
  return present.status === "Stopping" ? "stopped" : undefined;
}

interface Batch {
  readonly job: ImportJob;
  readonly batch: readonly Line[];
  readonly done: number;
}

/** Keeps the users of a batch, and what came of its rows, in one transaction. */
async function importBatch(app: App, pool: Pool, { job, batch, done }: Batch): Promise<void> {
  const prepared = await Promise.all(batch.map((line) => prepare(app, pool, job, line)));
  await withTransaction(app, async (inside) => {
    const faults: Fault[] = [];
    for (const one of prepared) {
      const fault = "candidate" in one ? await keep(inside, pool, one) : one;
      if (fault) faults.push(fault);
    }
    const skipped = faults.filter(({ outcome }) => outcome === "skipped").length;
    const failed = faults.length - skipped;
    const tally = { rows: batch.length, imported: batch.length - faults.length, skipped, failed };
    // Another node has done the same rows meanwhile: what we did is undone with the transaction.
    if (!(await addTally(inside.db, job, done, tally))) throw new Error("The job is run by another node.");
    await insertFaults(inside.db, job, faults);
  });
}

interface Prepared {
  readonly line: number;
  readonly candidate: Candidate;
  readonly password: PreparedPassword | undefined;
}

async function prepare(
  app: App,
  pool: Pool,
  { settings }: ImportJob,
  { line, row, fault }: Line,
): Promise<Prepared | Fault> {
  try {
    if (fault !== undefined) return { line, outcome: "failed", reason: fault };
    const candidate = readRow(app, pool, row, settings.hashing);
    const { hash, user } = candidate;
    return {
      line,
      candidate,
      password: hash === undefined ? undefined : await sealForeignHash(app, pool, user.sub, hash),
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { line, outcome: "failed", reason: error.message.trim() };
  }
}

/** Keeps one user. One whose name or contact somebody has leaves nothing behind. */
async function keep(inside: App, pool: Pool, { line, candidate, password }: Prepared): Promise<Fault | undefined> {
  const { user, wantsSmsMfa } = candidate;
  try {
    await register(inside, pool, user, { taken: "The user already exists.", forceAliasCreation: false });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    await eraseUser(inside.db, pool.id, user.sub);
    const outcome = error.name === "UsernameExistsException" ? "skipped" : "failed";
    return { line, outcome, reason: error.message };
  }
  if (password) await keepPassword(inside, user, password, null);
  if (wantsSmsMfa) await replaceFactorSettings(inside.db, user, { enabled: ["SMS_MFA"], preferred: null });
  return undefined;
}
