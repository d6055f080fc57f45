/**
 * Imports: users from a CSV file. The room owns the upload, the job that reads it in the background, and the report of
 * what came of every row; how a user comes into being is the business of users/.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type {
  PasswordHashingAlgorithmType,
  UserImportJobStatusType,
  UserImportJobType,
} from "../contract/types.gen.ts";
import { hour, minute } from "../lib/clock.ts";
import { equalsInConstantTime } from "../lib/constant-time.ts";
import { digits, lowerCase, type Random, upperCase } from "../lib/random.ts";

/** What is set when a job is made. */
export interface ImportSettings {
  readonly logsRoleArn: string;
  readonly hashing?: PasswordHashingAlgorithmType | undefined;
}

export interface ImportJob {
  readonly poolId: string;
  readonly id: string;
  readonly name: string;
  readonly settings: ImportSettings;
  readonly status: UserImportJobStatusType;
  /** Which upload is its file, empty before one was put whole. */
  readonly upload: string;
  readonly rowsDone: number;
  readonly imported: number;
  readonly skipped: number;
  readonly failed: number;
  readonly message: string | undefined;
  readonly createdAt: number;
  readonly startedAt: number | undefined;
  readonly completedAt: number | undefined;
}

/** Source: Cognito developer guide, importing users from a CSV file. */
export const uploadLifetime = 15 * minute;
export const startLifetime = 24 * hour;
export const jobsOfPoolLimit = 1_000;
export const fileLimitBytes = 100 * 1024 * 1024;

/** Source: observed: how jobs end. */
export const completionMessages = {
  succeeded: "Import Job Completed Successfully.",
  failed: "Too many users have failed or been skipped during the import.",
  stopped: "The Import Job was stopped by the developer.",
  expired: "The user import job has expired.",
} as const;

/** Source: observed: `import-` and ten characters. */
export const newJobId = (random: Random): string => `import-${random.text(digits + lowerCase + upperCase, 10)}`;

/** What proves that an upload or a look at the report was allowed by who made the job. */
export async function tokenOf(
  app: Pick<App, "db" | "vault">,
  { poolId, id }: Pick<ImportJob, "poolId" | "id">,
): Promise<string> {
  const keys = await app.vault.poolKeys(app.db, poolId);
  return keys.mac("otp", JSON.stringify(["import", id])).toString("base64url");
}

/** Whether a token is the one of a job. */
export const isTokenOf = async (app: Pick<App, "db" | "vault">, job: ImportJob, token: string): Promise<boolean> =>
  equalsInConstantTime(token, await tokenOf(app, job));

/** Where the file of a job goes. The report stands beside it. */
const uploadAddress = ({ settings }: Pick<App, "settings">, job: ImportJob, token: string): string =>
  `${settings.publicUrl}/_poolhouse/imports/${job.poolId}/${job.id}?token=${token}`;

/** A job that waited too long for its start is over. */
export const statusAt = (job: ImportJob, now: number): UserImportJobStatusType =>
  job.status === "Created" && now >= job.createdAt + startLifetime ? "Expired" : job.status;

/** The job as the API shows it. */
export async function describeJob(app: App, job: ImportJob): Promise<UserImportJobType> {
  const Status = statusAt(job, app.clock.now());
  return {
    JobName: job.name,
    JobId: job.id,
    UserPoolId: job.poolId,
    // Source: observed: shown in every status. The report stands beside it when there is nothing left to put.
    PreSignedUrl: uploadAddress(app, job, await tokenOf(app, job)),
    CreationDate: new Date(job.createdAt),
    StartDate: job.startedAt === undefined ? undefined : new Date(job.startedAt),
    CompletionDate: job.completedAt === undefined ? undefined : new Date(job.completedAt),
    Status,
    CloudWatchLogsRoleArn: job.settings.logsRoleArn,
    ImportedUsers: job.imported,
    SkippedUsers: job.skipped,
    FailedUsers: job.failed,
    CompletionMessage: job.message ?? (Status === "Expired" ? completionMessages.expired : undefined),
    PasswordHashingAlgorithm: job.settings.hashing,
  };
}

/** Source: Cognito API reference; text unconfirmed. */
export const noJob = (id: string): ApiError =>
  new ApiError("ResourceNotFoundException", `User import job ${id} does not exist.`);
