import { poolOperation } from "../operation.ts";
import { describeJob, type ImportJob, jobsOfPoolLimit, newJobId } from "./job.ts";
import { countJobs, insertJob } from "./store.ts";

/** Makes an import job and the address that its file is put to. */
export const CreateUserImportJob = poolOperation("CreateUserImportJob", async (app, pool, request, error) => {
  if ((await countJobs(app.db, pool.id)) >= jobsOfPoolLimit) {
    throw error("LimitExceededException", `A user pool can have ${jobsOfPoolLimit} import jobs at most.`);
  }
  const job: ImportJob = {
    poolId: pool.id,
    id: newJobId(app.random),
    name: request.JobName,
    settings: { logsRoleArn: request.CloudWatchLogsRoleArn, hashing: request.PasswordHashingAlgorithm },
    status: "Created",
    upload: "",
    rowsDone: 0,
    imported: 0,
    skipped: 0,
    failed: 0,
    message: undefined,
    createdAt: app.clock.now(),
    startedAt: undefined,
    completedAt: undefined,
  };
  await insertJob(app.db, job);
  return { UserImportJob: await describeJob(app, job) };
});
