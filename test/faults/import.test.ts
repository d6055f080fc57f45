/** Long imports: a house that is killed in the middle of one, and memory. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openHouse } from "../../src/house.ts";
import { resumeImports } from "../../src/imports/run.ts";
import { readSettings } from "../../src/settings.ts";
import { devRootKey } from "../../src/vault/root-key.ts";
import { sdkFor } from "../support/house.ts";
import { fileOf, headerOf, newImportJob, personRow, putFile } from "../support/importing.ts";
import { liveMegabytes } from "../support/live-memory.ts";

const command = fileURLToPath(new URL("../../dist/command.js", import.meta.url));
const rowCount = 4_000;

/** More for a long run: `POOLHOUSE_IMPORT_ROWS=100000`. */
const longFile = Number(env["POOLHOUSE_IMPORT_ROWS"] ?? 8_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-import-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("goes on behind the last row that was kept when its house was killed", { timeout: 60_000 }, async () => {
  const database = join(folder, "poolhouse.db");
  const process = spawn(execPath, [command, "dev", "--port", "0", "--data", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = new Promise((resolve) => process.once("close", resolve));
  const url = await new Promise<string>((resolve) => {
    process.stdout.on("data", (data) => {
      const found = /ready on (\S+)/.exec(String(data))?.[1];
      if (found) resolve(found);
    });
  });
  const api = sdkFor(url);
  const { UserPool } = await api.createUserPool({ PoolName: "killed", UsernameAttributes: ["email"] });
  const pool = { UserPoolId: UserPool?.Id ?? "" };
  const job = await newImportJob({ api }, pool);
  const rows = Array.from({ length: rowCount }, (_, index) => personRow(`user-${index}@example.com`));
  await putFile(job.url, fileOf(await headerOf({ api }, pool), rows));
  await api.startUserImportJob({ ...pool, JobId: job.JobId });
  await expect
    .poll(async () => (await api.describeUserImportJob(job)).UserImportJob?.ImportedUsers, { timeout: 20_000 })
    .toBeGreaterThan(0);
  process.kill("SIGKILL");
  await closed;

  // Whoever ran it has said nothing for longer than it may.
  const rootKey = devRootKey(folder);
  const clock = { now: () => Date.now() + 2 * 60_000 };
  const house = await openHouse(readSettings("dev", { port: "0", database }, {}), { rootKey, clock });
  try {
    const after = sdkFor(house.url);
    const look = async () => (await after.describeUserImportJob(job)).UserImportJob;
    const before = await look();
    expect(before).toMatchObject({ Status: "InProgress", SkippedUsers: 0, FailedUsers: 0 });
    expect(before?.ImportedUsers).toBeGreaterThan(0);
    expect(before?.ImportedUsers).toBeLessThan(rowCount);
    await resumeImports(house.app);
    expect(await look()).toMatchObject({
      Status: "Succeeded",
      ImportedUsers: rowCount,
      SkippedUsers: 0,
      FailedUsers: 0,
    });
    const { users } = await house.app.db
      .selectFrom("users")
      .select(({ fn }) => fn.countAll<number>().as("users"))
      .executeTakeFirstOrThrow();
    expect(users).toBe(rowCount);
  } finally {
    await house.close();
  }
});

it("holds no more memory for a long file than for a short one", { timeout: 120_000 }, async () => {
  const database = join(folder, "poolhouse.db");
  const house = await openHouse(readSettings("dev", { port: "0", database }, {}), { rootKey: randomBytes(32) });
  try {
    const api = sdkFor(house.url);
    const { UserPool } = await api.createUserPool({ PoolName: "large", UsernameAttributes: ["email"] });
    const pool = { UserPoolId: UserPool?.Id ?? "" };
    const header = await headerOf({ api }, pool);
    /** The most that was in use while so many users were imported. */
    const mostWhile = async (count: number): Promise<number> => {
      const job = await newImportJob({ api }, pool);
      const rows = Array.from({ length: count }, (_, index) => personRow(`of-${count}-${index}@example.com`));
      await putFile(job.url, fileOf(header, rows));
      rows.length = 0;
      let most = 0;
      await api.startUserImportJob({ ...pool, JobId: job.JobId });
      await expect
        .poll(
          async () => {
            most = Math.max(most, liveMegabytes());
            return (await api.describeUserImportJob(job)).UserImportJob?.ImportedUsers;
          },
          { timeout: 100_000, interval: 500 },
        )
        .toBe(count);
      return most;
    };
    await mostWhile(200);
    const small = await mostWhile(1_000);
    // A kilobyte held for each row would be eight megabytes.
    expect((await mostWhile(longFile)) - small).toBeLessThan(longFile / 1024);
  } finally {
    await house.close();
  }
});
