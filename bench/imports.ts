/**
 * How fast users are imported from a file, beside how fast the engine takes the same rows from nobody but this program,
 * and whether memory grows with the file.
 *
 *   npm run build && node bench/imports.ts [rows]
 */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv } from "node:process";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { liveMegabytes } from "../test/support/live-memory.ts";

/** As it is published: the sources hold pages that Node does not read. */
const { start }: typeof import("../src/poolhouse.ts") = await import(
  new URL("../dist/poolhouse.js", import.meta.url).href
);

const rowCount = Number(argv[2] ?? 100_000);
/** Rows that the house keeps in one transaction. */
const batchRows = 100;

const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-"));
const database = join(folder, "poolhouse.db");
const house = await start({ database });
const api = new CognitoIdentityProvider({
  endpoint: house.url,
  region: "us-east-1",
  credentials: { accessKeyId: "a", secretAccessKey: "b" },
});
const { UserPool } = await api.createUserPool({ PoolName: "import", UsernameAttributes: ["email"] });
const UserPoolId = UserPool?.Id ?? "";

/** Makes a job whose file of so many users was put in place. */
async function putUsers(prefix: string, count: number): Promise<string> {
  const { UserImportJob } = await api.createUserImportJob({
    UserPoolId,
    JobName: prefix,
    CloudWatchLogsRoleArn: "arn:aws:iam::123456789012:role/logs",
  });
  const { CSVHeader = [] } = await api.getCSVHeader({ UserPoolId });
  const cells = (email: string): Readonly<Record<string, string>> => ({
    email,
    email_verified: "TRUE",
    "cognito:username": email,
    "cognito:mfa_enabled": "FALSE",
  });
  const lines = Array.from({ length: count }, (_, index) => {
    const row = cells(`${prefix}${index}@example.com`);
    return CSVHeader.map((name) => row[name] ?? "").join(",");
  });
  const body = `${[CSVHeader.join(","), ...lines].join("\n")}\n`;
  const answer = await fetch(UserImportJob?.PreSignedUrl ?? "", { method: "PUT", body });
  if (!answer.ok) throw new Error(`The file was answered ${answer.status}.`);
  return UserImportJob?.JobId ?? "";
}

/** Imports so many users. Gives the seconds it took, and the megabytes that were in use before and at most. */
async function importUsers(prefix: string, count: number): Promise<{ seconds: number; before: number; most: number }> {
  const JobId = await putUsers(prefix, count);
  const before = liveMegabytes();
  const begun = performance.now();
  await api.startUserImportJob({ UserPoolId, JobId });
  for (let most = before; ; await wait(1000)) {
    most = Math.max(most, liveMegabytes());
    const { UserImportJob: job } = await api.describeUserImportJob({ UserPoolId, JobId });
    if (job?.Status === "Pending" || job?.Status === "InProgress") continue;
    if (job?.ImportedUsers !== count) throw new Error(`The job ended as ${JSON.stringify(job)}.`);
    return { seconds: (performance.now() - begun) / 1000, before, most };
  }
}

/** Writes the rows of as many users as the house does, a batch a durable transaction. Gives the seconds it took. */
function insertRaw(count: number): number {
  const raw = new DatabaseSync(database);
  raw.exec("pragma synchronous = full");
  const user = raw.prepare("insert into users values (?, ?, ?, 'RESET_REQUIRED', 1, ?, 0, 1, 0, 0)");
  const name = raw.prepare("insert into user_names values (?, ?, ?, ?)");
  const search = raw.prepare("insert into user_search values (?, 'email', ?, ?)");
  const begun = performance.now();
  for (let index = 0; index < count; index++) {
    if (index % batchRows === 0) raw.exec("begin immediate");
    // As random as the house's own: where a row goes in an index decides what it costs.
    const sub = randomUUID();
    const email = `raw${index}@example.com`;
    user.run(UserPoolId, sub, sub, JSON.stringify({ email, email_verified: "true" }));
    name.run(UserPoolId, sub, sub, "sub");
    name.run(UserPoolId, email, sub, "email");
    search.run(UserPoolId, email, sub);
    if (index % batchRows === batchRows - 1 || index === count - 1) raw.exec("commit");
  }
  const seconds = (performance.now() - begun) / 1000;
  raw.close();
  return seconds;
}

// What is compiled and cached at first is no growth.
await importUsers("first", 1_000);
const { seconds, before, most } = await importUsers("second", rowCount);
await house.stop();
const raw = insertRaw(rowCount);

const perSecond = (took: number): string => Math.round(rowCount / took).toLocaleString("en");
process.stdout.write(
  `${rowCount} rows: ${perSecond(seconds)} imported a second, ${perSecond(raw)} inserted raw, ratio ${(raw / seconds).toFixed(2)}\n` +
    `heap in use: ${before.toFixed(0)} MB before, ${most.toFixed(0)} MB at most; resident at most ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`,
);
rmSync(folder, { recursive: true, force: true });
process.exit(0);
