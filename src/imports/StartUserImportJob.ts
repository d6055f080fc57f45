import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { markImporting } from "../pools/store.ts";
import { describeJob, noJob, statusAt } from "./job.ts";
import { runImport } from "./run.ts";
import { findJob, moveJob } from "./store.ts";

/** Starts an import job whose file was put in place. One job of a pool runs at a time. Texts unconfirmed. */
export const StartUserImportJob = poolOperation("StartUserImportJob", async (app, pool, { JobId }, error) => {
  const key = { poolId: pool.id, id: JobId };
  const job = await findJob(app.db, key);
  if (!job) throw noJob(JobId);
  if (statusAt(job, app.clock.now()) !== "Created") {
    throw error("PreconditionNotMetException", `The user import job cannot be started in the status ${job.status}.`);
  }
  if (job.upload === "") {
    throw error("PreconditionNotMetException", "The CSV file has not been uploaded.");
  }
  await withTransaction(app, async ({ db, clock }) => {
    if (!(await markImporting(db, pool.id, true))) {
      throw error("PreconditionNotMetException", "Another user import job is in progress.");
    }
    const isStarted = await moveJob(db, key, { from: ["Created"], to: "Pending", startedAt: clock.now() });
    if (!isStarted) throw error("PreconditionNotMetException", "The user import job was started already.");
  });
  app.background(runImport(app, key));
  const started = await findJob(app.db, key);
  return { UserImportJob: await describeJob(app, started ?? job) };
});
