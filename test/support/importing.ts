/** Users imported from a file, as an administrator does it: header, job, upload, start, and waiting for its end. */
import type { CreateUserImportJobCommandInput, UserImportJobType } from "@aws-sdk/client-cognito-identity-provider";
import { expect } from "vitest";
import type { TestHouse } from "./house.ts";

interface InPool {
  readonly UserPoolId: string;
}

/** A job of a pool and the address of its file. */
export interface TestJob extends InPool {
  readonly JobId: string;
  readonly url: string;
}

export const CloudWatchLogsRoleArn = "arn:aws:iam::123456789012:role/logs";

/** Makes a job. */
export async function newImportJob(
  { api }: Pick<TestHouse, "api">,
  { UserPoolId }: InPool,
  more: Partial<CreateUserImportJobCommandInput> = {},
): Promise<TestJob> {
  const { UserImportJob } = await api.createUserImportJob({
    UserPoolId,
    JobName: "job",
    CloudWatchLogsRoleArn,
    ...more,
  });
  return { UserPoolId, JobId: UserImportJob?.JobId ?? "", url: UserImportJob?.PreSignedUrl ?? "" };
}

/** Puts a file to its address, as Cognito's guide says to. */
export const putFile = (url: string, body: string | Buffer): Promise<Response> =>
  fetch(url, { method: "PUT", body, headers: { "x-amz-server-side-encryption": "aws:kms" } });

/** The columns of a pool's files. */
export const headerOf = async ({ api }: Pick<TestHouse, "api">, { UserPoolId }: InPool): Promise<string[]> =>
  (await api.getCSVHeader({ UserPoolId })).CSVHeader ?? [];

type Cells = Readonly<Record<string, string>>;

/** A file with these rows; columns that a row leaves out are empty. */
export function fileOf(header: readonly string[], rows: readonly Cells[]): string {
  const quote = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const lines = rows.map((row) => header.map((name) => quote(row[name] ?? "")).join(","));
  return `${[header.join(","), ...lines].join("\n")}\n`;
}

/** The cells of a user with a verified address. */
export const personRow = (email: string, more: Cells = {}): Cells => ({
  email,
  email_verified: "TRUE",
  "cognito:username": email,
  "cognito:mfa_enabled": "FALSE",
  ...more,
});

/** The job when it is over. */
export async function endedJob(
  { api }: Pick<TestHouse, "api">,
  { UserPoolId, JobId }: TestJob,
): Promise<UserImportJobType> {
  const look = async () => (await api.describeUserImportJob({ UserPoolId, JobId })).UserImportJob ?? {};
  await expect.poll(async () => (await look()).Status, { timeout: 15_000 }).toMatch(/Succeeded|Failed|Stopped/);
  return look();
}

/** Imports a file and gives what came of it, with its report. */
export async function importFile(
  house: TestHouse,
  pool: InPool,
  file: string | Buffer,
  more: Partial<CreateUserImportJobCommandInput> = {},
): Promise<{ readonly job: TestJob; readonly done: UserImportJobType; readonly report: string }> {
  const job = await newImportJob(house, pool, more);
  expect((await putFile(job.url, file)).status).toBe(200);
  await house.api.startUserImportJob({ UserPoolId: job.UserPoolId, JobId: job.JobId });
  const done = await endedJob(house, job);
  return { job, done, report: await (await fetch(job.url.replace("?", "/report?"))).text() };
}

/** Imports users with verified addresses. */
export async function importUsers(
  house: TestHouse,
  pool: InPool,
  users: readonly { readonly username: string; readonly email: string }[],
): Promise<void> {
  const rows = users.map(({ username, email }) => personRow(email, { "cognito:username": username }));
  const { done } = await importFile(house, pool, fileOf(await headerOf(house, pool), rows));
  expect(done).toMatchObject({ Status: "Succeeded", ImportedUsers: users.length });
}
