import { poolOperation } from "../operation.ts";
import { describeJob, noJob } from "./job.ts";
import { findJob } from "./store.ts";

/** Shows an import job. */
export const DescribeUserImportJob = poolOperation("DescribeUserImportJob", async (app, pool, { JobId }) => {
  const job = await findJob(app.db, { poolId: pool.id, id: JobId });
  if (!job) throw noJob(JobId);
  return { UserImportJob: await describeJob(app, job) };
});
