/**
 * How fast users are imported from a file, beside how fast the engine takes the same rows from nobody but this program,
 * and whether memory grows with the file.
 *
 *   npm run build && node bench/imports.ts [rows]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv } from "node:process";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { command, residentMegabytes, startServer, stopServer } from "./processes.ts";

const rowCount = Number(argv[2] ?? 100_000);
/** Rows that the house keeps in one transaction. */
const batchRows = 100;

const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-"));
const house = await startServer([command, "dev", "--port", "0", "--data", folder]);
const api = new CognitoIdentityProvider({
  endpoint: house.url,
  region: "us-east-1",
  credentials: { accessKeyId: "a", secretAccessKey: "b" },
});
const { UserPool } = await api.createUserPool({ PoolName: "import", UsernameAttributes: ["email"] });
const UserPoolId = UserPool?.Id ?? "";

/** Puts a file of so many users and imports it. Gives the seconds it took and the most memory that the house held. */
async function importUsers(prefix: string, count: number): Promise<{ seconds: number; peak: number }> {
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
  const JobId = UserImportJob?.JobId ?? "";
  const begun = performance.now();
  await api.startUserImportJob({ UserPoolId, JobId });
  for (let peak = 0; ; await wait(100)) {
    peak = Math.max(peak, residentMegabytes(house));
    const { UserImportJob: job } = await api.describeUserImportJob({ UserPoolId, JobId });
    if (job?.Status === "Pending" || job?.Status === "InProgress") continue;
    if (job?.ImportedUsers !== count) throw new Error(`The job ended as ${JSON.stringify(job)}.`);
    return { seconds: (performance.now() - begun) / 1000, peak };
  }
}

/** Writes the rows of as many users as the house does, a batch a durable transaction. Gives the seconds it took. */
function insertRaw(count: number): number {
  const database = new DatabaseSync(join(folder, "poolhouse.db"));
  database.exec("pragma synchronous = full");
  const user = database.prepare("insert into users values (?, ?, ?, 'RESET_REQUIRED', 1, ?, 0, 1, 0, 0)");
  const name = database.prepare("insert into user_names values (?, ?, ?, ?)");
  const search = database.prepare("insert into user_search values (?, 'email', ?, ?)");
  const begun = performance.now();
  for (let index = 0; index < count; index++) {
    if (index % batchRows === 0) database.exec("begin immediate");
    const sub = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
    const email = `raw${index}@example.com`;
    user.run(UserPoolId, sub, sub, JSON.stringify({ email, email_verified: "true" }));
    name.run(UserPoolId, sub, sub, "sub");
    name.run(UserPoolId, email, sub, "email");
    search.run(UserPoolId, email, sub);
    if (index % batchRows === batchRows - 1 || index === count - 1) database.exec("commit");
  }
  const seconds = (performance.now() - begun) / 1000;
  database.close();
  return seconds;
}

// What is compiled and cached at first is no growth.
const small = await importUsers("first", Math.ceil(rowCount / 10));
const large = await importUsers("second", rowCount);
await stopServer(house);
const raw = insertRaw(rowCount);

const perSecond = (seconds: number): string => Math.round(rowCount / seconds).toLocaleString("en");
process.stdout.write(
  `${rowCount} rows: ${perSecond(large.seconds)} imported a second, ${perSecond(raw)} inserted raw, ratio ${(raw / large.seconds).toFixed(2)}\n` +
    `memory at most: ${small.peak.toFixed(0)} MB with ${Math.ceil(rowCount / 10)} rows, ${large.peak.toFixed(0)} MB with ${rowCount}\n`,
);
rmSync(folder, { recursive: true, force: true });
