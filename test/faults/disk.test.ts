/** A disk that fails under a house: it stops at once, and what it acknowledged is there when it is started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sdkFor } from "../support/house.ts";

const command = new URL("../../dist/command.js", import.meta.url).pathname;
const failingDisk = new URL("../support/failing-disk.mjs", import.meta.url).pathname;
const running = new Set<ChildProcess>();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-disk-"));
});

afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

interface Started {
  readonly url: string;
  /** What it ended with, and when. */
  readonly ended: Promise<{ readonly code: number | null; readonly at: number; readonly complaints: string }>;
  readonly child: ChildProcess;
}

/** Starts a house by a program and its arguments, and waits until it is ready. */
function start(program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Started> {
  const child = spawn(program, args, { env: { PATH: env["PATH"], ...more }, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let [printed, complaints] = ["", ""];
  child.stderr?.on("data", (data) => {
    complaints += data;
  });
  const ended = new Promise<Awaited<Started["ended"]>>((resolve) =>
    child.once("close", (code) => {
      running.delete(child);
      resolve({ code, at: performance.now(), complaints });
    }),
  );
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (data) => {
      printed += data;
      const ready = /^Poolhouse is ready on (\S+)$/m.exec(printed);
      if (ready?.[1]) resolve({ url: ready[1], ended, child });
    });
    void ended.then(({ code }) => reject(new Error(`It ended with ${code}: ${complaints}`)));
  });
}

const flags = (data: string): string[] => [command, "dev", "--port", "0", "--data", data];

/** Makes pools one after the other until one fails, and a few more; gives those that were acknowledged before and after. */
async function makePools(url: string, most: number): Promise<{ before: string[]; after: string[]; failedAt: number }> {
  const api = sdkFor(url);
  const [before, after]: [string[], string[]] = [[], []];
  let failedAt = 0;
  for (let count = 0; count < most; count++) {
    const UserPoolTags = { filling: "x".repeat(200) };
    try {
      const { UserPool } = await api.createUserPool({ PoolName: "p", UserPoolTags });
      (failedAt === 0 ? before : after).push(UserPool?.Id ?? "");
    } catch {
      failedAt ||= performance.now();
    }
  }
  return { before, after, failedAt };
}

/** Which pools a house of a folder has, started again on a sound disk. */
async function poolsIn(data: string): Promise<Set<string>> {
  const { url, child, ended } = await start(execPath, flags(data));
  const api = sdkFor(url);
  const found = new Set<string>();
  let NextToken: string | undefined;
  do {
    const page = await api.listUserPools({ MaxResults: 60, NextToken });
    for (const { Id = "" } of page.UserPools ?? []) found.add(Id);
    NextToken = page.NextToken;
  } while (NextToken);
  child.kill("SIGTERM");
  await ended;
  return found;
}

describe("R3: a house whose disk", () => {
  const failAt = (code: number) => ({
    POOLHOUSE_FAILING_COMMIT: "20",
    POOLHOUSE_FAILING_CODE: String(code),
  });

  it.each([
    ["fails to sync, once", 1034],
    ["fails to write, once", 778],
    ["is corrupt", 11],
    ["holds no database any more", 26],
  ])("%s stops at once, acknowledges nothing more, and has what it acknowledged", async (_title, code) => {
    const data = join(folder, `failing-${code}`);
    const house = await start(execPath, ["--import", failingDisk, ...flags(data)], failAt(code));
    const { before, after, failedAt } = await makePools(house.url, 30);
    const { code: ending, at, complaints } = await house.ended;
    expect(ending).toBe(1);
    expect(complaints).toContain("poolhouse: the store failed and cannot be trusted: disk I/O error");
    expect(before.length).toBeGreaterThan(3);
    expect(after).toEqual([]);
    expect(at - failedAt).toBeLessThan(1_000);
    const kept = await poolsIn(data);
    expect(before.filter((id) => !kept.has(id))).toEqual([]);
  });

  it("fails in another way is found out by this harness when it goes on: it would acknowledge after the failure", async () => {
    const data = join(folder, "planted");
    // SQLITE_BUSY is no reason to stop, and so stands for a house that takes a failed sync for one of those.
    const house = await start(execPath, ["--import", failingDisk, ...flags(data)], failAt(5));
    const { failedAt, after } = await makePools(house.url, 30);
    expect(failedAt).toBeGreaterThan(0);
    expect(after.length).toBeGreaterThan(0);
    house.child.kill("SIGKILL");
    await house.ended;
  });

  it("takes no more bytes stops, and goes on with all of it where there is room again", async () => {
    const data = join(folder, "full");
    const first = await start(execPath, flags(data));
    first.child.kill("SIGTERM");
    await first.ended;
    // The system refuses to make any file larger than that, as a failing disk refuses to write.
    const most = Math.ceil(statSync(join(data, "poolhouse.db")).size / 1024) + 600;
    const limited = ["-c", `ulimit -f ${most}; exec "$@"`, "bash", execPath, ...flags(data)];
    const house = await start("bash", limited);
    const { before, after } = await makePools(house.url, 400);
    expect(before.length).toBeGreaterThan(3);
    expect(after).toEqual([]);
    expect((await house.ended).code).toBe(1);
    const kept = await poolsIn(data);
    expect(before.filter((id) => !kept.has(id))).toEqual([]);
  });
});
