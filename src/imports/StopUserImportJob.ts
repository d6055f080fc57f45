import { poolOperation } from "../operation.ts";
import { describeJob, noJob } from "./job.ts";
import { findJob, moveJob } from "./store.ts";

/** Stops a running import job after the rows that it is at. Users that were imported stay. */
export const StopUserImportJob = poolOperation("StopUserImportJob", async (app, pool, { JobId }, error) => {
  const key = { poolId: pool.id, id: JobId };
  const job = await findJob(app.db, key);
  if (!job) throw noJob(JobId);
  if (!(await moveJob(app.db, key, { from: ["Pending", "InProgress"], to: "Stopping" }))) {
    throw error("PreconditionNotMetException", `The user import job cannot be stopped in the status ${job.status}.`);
  }
  const stopping = await findJob(app.db, key);
  return { UserImportJob: await describeJob(app, stopping ?? job) };
});
