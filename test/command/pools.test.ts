/** What the command does to a pool and its users beyond the API. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../support/command.ts";

const { run, start, stop, endAll } = commands();
const pool = "us-east-1_people1";
let folder: string;
let data: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-pools-"));
  data = join(folder, "data");
  const seed = join(folder, "seed.yaml");
  writeFileSync(
    seed,
    `pools:
  - id: people1
    Schema:
      - { Name: team, AttributeDataType: String }
    users:
      - { username: jane, password: Passw0rd!, attributes: { email: jane@example.com, "custom:team": Blue } }
      - { username: Jane, password: Passw0rd!, attributes: { email: other@example.com } }
      - { username: john, password: Passw0rd!, attributes: { "custom:team": red } }
`,
  );
  await stop(await start(["dev", "--port", "0", "--data", data, "--seed", seed]));
});

afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});

const users = (...flags: readonly string[]) => run(["users", pool, "--data", data, ...flags]);
const alter = (...flags: readonly string[]) => run(["pool", "alter", pool, "--data", data, ...flags]);

describe("poolhouse users", () => {
  it.each([
    [["--where", "custom:team contains BLU"], ["jane"]],
    [["--where", "email contains example.com", "--where", "custom:team is-unset"], ["Jane"]],
    [
      ["--where", "username starts-with j"],
      ["jane", "john"],
    ],
    [["--where", "email equals nobody"], []],
    [[], ["Jane", "jane", "john"]],
  ])("with %j lists %j", (flags, expected) => {
    const { status, stdout } = users("--json", ...flags);
    const lines = stdout.split("\n").filter((line) => line !== "");
    const names = lines.map((line): unknown => JSON.parse(line).username);
    expect([status, names.toSorted()]).toEqual([0, expected.toSorted()]);
  });

  it("lists them as a table, no more than asked for, and says how many there were", () => {
    expect(users("--where", "username equals jane", "--show", "email,custom:team").stdout).toMatch(
      /^[0-9a-f-]{36} {2}CONFIRMED {14}enabled {3}jane {2}email=jane@example\.com {2}custom:team=Blue\n$/,
    );
    const limited = users("--limit", "2");
    expect(limited.stdout.trim().split("\n")).toHaveLength(2);
    expect(limited.stderr).toContain("2 of 3 users that were looked at.");
  });

  it.each([
    [["--where", "email like x"], "A condition looks like"],
    [["--limit", "0"], "--limit must be a number"],
  ])("refuses %j", (flags, message) => {
    expect(users(...flags)).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
  });

  it("refuses a pool that there is none of", () => {
    const { status, stderr } = run(["users", "us-east-1_none", "--data", data]);
    expect([status, stderr]).toEqual([1, "poolhouse: There is no pool us-east-1_none.\n"]);
  });
});

describe("poolhouse pool alter", () => {
  it("says who stands in the way, and changes nothing", () => {
    const { status, stderr } = alter("--case-sensitive", "no");
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^1 user: would have the username of another user as its own\n {2}(jane|Jane) \([0-9a-f-]{36}\)\npoolhouse: What is listed above stands in the way\. Nothing was changed\.\n$/,
      ),
    ]);
  });

  it("only looks when it is told to, and else changes the pool and puts that on record", () => {
    const change = ["--attribute", "custom:team min=1 max=10 required=no", "--alias-attributes", "preferred_username"];
    expect(alter(...change, "--dry-run").stdout).toBe(
      "Nothing stands in the way; 3 users were looked at. Nothing was changed.\n",
    );
    expect(run(["audit", "--data", data]).stdout).not.toContain("pool alter");
    expect(alter(...change).stdout).toBe("The pool is altered; 3 users were looked at.\n");
    expect(alter("--rename", "custom:team=custom:squad", "--username-attributes", "none").status).toBe(0);
    expect(users("--where", "custom:squad equals Blue").stdout).toContain("jane");
    expect(run(["audit", "--data", data]).stdout).toMatch(
      / {2}command {2}pool alter {2}succeeded {2}us-east-1_people1\n/,
    );
  });

  it.each([
    [[], "Say what is to be different"],
    [["--case-sensitive", "perhaps"], "case-sensitive takes yes or no"],
    [["--alias-attributes", "name"], "--alias-attributes takes names separated by commas"],
    [["--attribute", "custom:squad"], '--attribute takes "<attribute> min=1'],
    [["--attribute", "custom:squad max=many"], "max of custom:squad takes a whole number"],
    [["--attribute", "custom:squad type=Number"], "and no type"],
    [["--rename", "custom:squad"], "--rename takes <attribute>=<new name>"],
    [["--remove", "custom:none"], "The pool has no attribute custom:none."],
  ])("refuses %j", (flags, message) => {
    expect(alter(...flags)).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
  });
});

describe("poolhouse doctor", () => {
  it("finds nothing wrong beside a house that runs, and finds a root key of another database", async () => {
    const house = await start(["dev", "--port", "0", "--data", data]);
    expect(run(["doctor", "--data", data])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/ok {4}database\nok {4}secrets\nok {4}moves\n/),
    });
    await stop(house);
    const other = join(folder, "other.key");
    run(["keys", "root", other]);
    expect(run(["doctor", "--data", data, "--root-key-file", other])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("wrong secrets: The root key does not open this database."),
    });
  });
});
