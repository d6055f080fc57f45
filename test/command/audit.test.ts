/** Who did what, as the command shows it, and after the process was killed while it was doing it. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../support/command.ts";
import { sdkFor } from "../support/house.ts";

const { run, start, stop, endAll } = commands();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-audit-"));
});

afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});

interface Shown {
  readonly name: string;
  readonly outcome: string;
  readonly pool: string | null;
  readonly target: { readonly GroupName?: string };
}

const shown = (data: string, ...flags: readonly string[]): Shown[] =>
  run(["audit", "--data", data, "--json", ...flags])
    .stdout.split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

describe("poolhouse audit", () => {
  it("shows what was done while the house runs: of a pool, of a user, since a time, and on as it happens", async () => {
    const data = join(folder, "shown");
    const house = await start(["dev", "--port", "0", "--data", data]);
    const api = sdkFor(house.url);
    const { UserPool: { Id: UserPoolId = "" } = {} } = await api.createUserPool({ PoolName: "p" });
    await api.adminCreateUser({ UserPoolId, Username: "jane", MessageAction: "SUPPRESS" });
    await api.createUserPool({ PoolName: "another" });
    expect(shown(data).map(({ name }) => name)).toEqual(["CreateUserPool", "AdminCreateUser", "CreateUserPool"]);
    expect(shown(data, "--pool", UserPoolId, "--user", "jane").map(({ name }) => name)).toEqual(["AdminCreateUser"]);
    expect(shown(data, "--since", "2999-01-01")).toEqual([]);
    const { stdout } = run(["audit", "--data", data, "--pool", UserPoolId]);
    expect(stdout).toMatch(
      new RegExp(`^\\S+Z {2}key local {2}CreateUserPool {2}succeeded {2}${UserPoolId}, from 127\\.0\\.0\\.1\n`),
    );
    expect(run(["audit", "--data", data, "--since", "yesterday"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("--since takes a time such as"),
    });
    expect(await followed(data, () => api.createGroup({ UserPoolId, GroupName: "later" }))).toContain("CreateGroup");
    expect(await stop(house)).toBe(0);
  });

  /** What `--follow` shows of what is done after it began. */
  async function followed(data: string, work: () => Promise<unknown>): Promise<string> {
    const command = fileURLToPath(new URL("../../dist/command.js", import.meta.url));
    const child = spawn(execPath, [command, "audit", "--data", data, "--follow"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    try {
      let text = "";
      let isDone = false;
      for await (const piece of child.stdout) {
        text += String(piece);
        if (!isDone && text.includes("CreateUserPool")) {
          isDone = true;
          await work();
        }
        if (text.includes("CreateGroup")) return text;
      }
      return text;
    } finally {
      child.kill();
      await ended;
    }
  }

  it("shows what was done by the command itself", () => {
    const data = join(folder, "keys");
    const key = join(folder, "root.key");
    run(["keys", "root", key]);
    run(["keys", "create", "--role", "admin", "--data", data, "--root-key-file", key]);
    expect(run(["audit", "--data", data]).stdout).toMatch(
      / {2}command {2}keys create {2}succeeded {2}AccessKeyId AKIA/,
    );
  });
});

describe("X-10: a process that is killed while administrators change things", () => {
  it("has on record all that it acknowledged, and a beginning of all that it did", { timeout: 60_000 }, async () => {
    const data = join(folder, "killed");
    const house = await start(["dev", "--port", "0", "--data", data]);
    const api = sdkFor(house.url);
    const { UserPool: { Id: UserPoolId = "" } = {} } = await api.createUserPool({ PoolName: "p" });
    const acknowledged: string[] = [];
    const write = async (writer: number): Promise<void> => {
      for (let count = 0; ; count++) {
        const GroupName = `${writer}-${count}`;
        const isAnswered = await api.createGroup({ UserPoolId, GroupName }).then(
          () => true,
          () => false,
        );
        if (!isAnswered) return;
        acknowledged.push(GroupName);
        if (acknowledged.length === 150) house.child.kill("SIGKILL");
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
    expect(acknowledged.length).toBeGreaterThanOrEqual(150);
    const again = await start(["dev", "--port", "0", "--data", data]);
    const groups: string[] = [];
    for (let NextToken: string | undefined; ; ) {
      const page = await sdkFor(again.url).listGroups({ UserPoolId, Limit: 60, ...(NextToken && { NextToken }) });
      groups.push(...(page.Groups ?? []).map(({ GroupName = "" }) => GroupName));
      NextToken = page.NextToken;
      if (!NextToken) break;
    }
    const records = shown(data, "--pool", UserPoolId);
    const whole = new Set(
      records.filter(({ outcome }) => outcome === "succeeded").map(({ target }) => target.GroupName ?? ""),
    );
    const all = new Set(records.map(({ target }) => target.GroupName ?? ""));
    expect(acknowledged.filter((name) => !whole.has(name))).toEqual([]);
    expect(groups.filter((name) => !all.has(name))).toEqual([]);
    await stop(again);
  });
});
