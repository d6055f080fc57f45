/** Moving a pool by the command: the file, its secret, and what is said of them. */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../support/command.ts";
import { sdkFor } from "../support/house.ts";

const { run, start, stop, endAll } = commands();
const passphrase = { POOLHOUSE_PASSPHRASE: "correct horse battery" };
let folder: string;
let source: readonly string[];
const inFolder = (name: string): string => join(folder, name);

/** A house with a seeded pool stays where it is while tests export from it. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-moves-"));
  source = ["--data", inFolder("source")];
  writeFileSync(
    inFolder("seed.yaml"),
    "pools:\n  - id: moving1\n    UsernameAttributes: [email]\n    clients:\n      - id: web\n        ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]\n    users:\n      - username: jane@example.com\n        password: Canary-Passw0rd\n",
  );
  await start(["dev", "--port", "0", ...source, "--seed", inFolder("seed.yaml")]);
});

afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});

/** Whether the only user of the pool gets in at a house. */
async function letsIn(data: string): Promise<boolean> {
  const house = await start(["dev", "--port", "0", "--data", data]);
  const { AuthenticationResult } = await sdkFor(house.url).initiateAuth({
    ClientId: "web",
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "jane@example.com", PASSWORD: "Canary-Passw0rd" },
  });
  await stop(house);
  return AuthenticationResult?.AccessToken !== undefined;
}

const exported = (file: string, ...more: readonly string[]) =>
  run(["export", "us-east-1_moving1", inFolder(file), ...source, ...more], passphrase);

const imported = (file: string, data: string, ...more: readonly string[]) =>
  run(["import", inFolder(file), "--data", inFolder(data), ...more], passphrase);

describe("poolhouse export and import", () => {
  it("move a pool sealed under a passphrase, beside a house that runs", async () => {
    expect(exported("sealed.pool")).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("sealed.pool holds the pool us-east-1_moving1."),
    });
    expect(statSync(inFolder("sealed.pool")).mode & 0o777).toBe(0o600);
    expect(readFileSync(inFolder("sealed.pool")).includes("jane@example.com")).toBe(false);
    expect(imported("sealed.pool", "target")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^The pool us-east-1_moving1 \(moving1\) has arrived with \d+ rows\.\n$/),
    });
    expect(await letsIn(inFolder("target"))).toBe(true);
  });

  it("move a pool sealed under a key", () => {
    const key = ["--key-file", inFolder("move.key")];
    run(["keys", "root", inFolder("move.key")]);
    expect(exported("keyed.pool", ...key).status).toBe(0);
    expect(imported("keyed.pool", "keyed", ...key).status).toBe(0);
    expect(imported("keyed.pool", "keyed-2")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("It is sealed under a key."),
    });
  });

  it("move a pool in the clear, with a warning, through a pipe", () => {
    const { status, stdout, stderr } = run(["export", "us-east-1_moving1", "-", "--plain", ...source]);
    expect([status, stderr]).toEqual([0, expect.stringContaining("every secret of the pool in the clear")]);
    expect(stdout).toContain("jane@example.com");
    expect(stdout).not.toContain("Canary-Passw0rd");
    const arrived = run(["import", "-", "--as", "eu-west-1_piped", "--data", inFolder("piped")], {}, stdout);
    expect(arrived).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(
        "It was us-east-1_moving1: its issuer is another, so tokens that were issued are void.",
      ),
    });
  });

  it("bring a live pool from where the API is spoken", async () => {
    const house = await start(["dev", "--port", "0", "--data", inFolder("amazon"), "--seed", inFolder("seed.yaml")]);
    const credentials = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };
    const from = ["--endpoint", house.url, "--data", inFolder("brought")];
    expect(run(["import", "--from-aws", "us-east-1_moving1", ...from], credentials)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/us-east-1_moving1 \(moving1\) has arrived[\s\S]*are RESET_REQUIRED/),
    });
    expect(run(["import", "--from-aws", "us-east-1_none", ...from], credentials)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        "Amazon refuses (ResourceNotFoundException): User pool us-east-1_none does not exist.",
      ),
    });
    await stop(house);
  });

  it.each([
    ["over a file that exists", () => exported("seed.yaml"), "exists already: an export overwrites nothing."],
    [
      "of a pool that there is none of",
      () => run(["export", "us-east-1_none", inFolder("none"), ...source], passphrase),
      "There is no pool us-east-1_none.",
    ],
    [
      "under a passphrase that is short",
      () => run(["export", "us-east-1_moving1", inFolder("short"), ...source], { POOLHOUSE_PASSPHRASE: "short" }),
      "The passphrase is too short",
    ],
    [
      "under nothing",
      () => run(["export", "us-east-1_moving1", inFolder("bare"), ...source], {}, ""),
      "Give --passphrase-file, --key-file, or the passphrase in POOLHOUSE_PASSPHRASE.",
    ],
    [
      "of no database",
      () => run(["export", "us-east-1_moving1", inFolder("no"), "--data", inFolder("nowhere")], passphrase),
      "There is no root key at",
    ],
    ["of no file", () => imported("missing.pool", "no-file"), "There is no file"],
    ["of a file that is none of ours", () => imported("seed.yaml", "no-pool"), "This is no export of a pool"],
    ["without a file", () => run(["import", "--data", inFolder("no-name")]), "Name the file to import"],
    [
      "beside a house that runs on SQLite",
      () => {
        exported("busy.pool");
        return run(["import", inFolder("busy.pool"), ...source], passphrase);
      },
      "is in use by process",
    ],
  ])("are refused %s, in one line", (_title, refused, message) => {
    const { status, stderr } = refused();
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(["none", "short", "bare", "none.part"].filter((name) => existsSync(inFolder(name)))).toEqual([]);
  });

  it.each([
    [
      "another passphrase",
      (bytes: Buffer) => bytes,
      { POOLHOUSE_PASSPHRASE: "another passphrase" },
      "does not open it",
    ],
    ["a file that was cut", (bytes: Buffer) => bytes.subarray(0, -40), passphrase, "a part of it is missing"],
    [
      "a file that was altered",
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1) === 0 ? 1 : 0])]),
      passphrase,
      "It was altered",
    ],
  ])("are refused with %s, and leave nothing", (_title, alter, secret, message) => {
    if (!existsSync(inFolder("good.pool"))) exported("good.pool");
    writeFileSync(inFolder("bad.pool"), alter(readFileSync(inFolder("good.pool"))));
    const refused = run(["import", inFolder("bad.pool"), "--data", inFolder("refused")], secret);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(refused.stderr).toContain("Nothing was kept.");
  });
});

describe("an import that is killed", () => {
  const users = 40_000;

  /** An export of many users, written here: making them would take minutes. */
  function writeLargeExport(file: string): void {
    const poolId = "us-east-1_large1";
    const pool = { region: "us-east-1", name: "large", settings: {}, importing: 0, estimated_users: 0, version: 1 };
    const lines = [
      {
        kind: "poolhouse-export",
        version: 1,
        poolId,
        region: "us-east-1",
        name: "large",
        madeAt: "2026-05-01T00:00:00Z",
      },
      { kind: "pools", row: { ...pool, created_at: 0, modified_at: 0 } },
      ...Array.from({ length: users }, (_, index) => ({ kind: "users", row: userRow(index) })),
    ].map((line) => `${JSON.stringify(line)}\n`);
    const sha256 = createHash("sha256").update(lines.join("")).digest("hex");
    writeFileSync(file, `${lines.join("")}${JSON.stringify({ kind: "end", lines: lines.length, sha256 })}\n`);
  }

  const userRow = (index: number) => ({
    sub: `sub-${index}`,
    username: `user-${index}`,
    status: "CONFIRMED",
    enabled: 1,
    attributes: {},
    tokens_valid_after: 0,
    version: 1,
    created_at: 0,
    modified_at: 0,
  });

  const countUsers = (file: string): number => {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 200 });
    try {
      return Number({ ...database.prepare("select count(*) as users from users").get() }["users"]);
    } finally {
      database.close();
    }
  };

  it("shows nobody a pool, holds its id for a while, and is taken away by the next", { timeout: 60_000 }, async () => {
    const [file, data] = [inFolder("large.pool"), inFolder("killed")];
    const database = join(data, "poolhouse.db");
    writeLargeExport(file);
    // The database is there before, so that it can be watched.
    await stop(await start(["dev", "--port", "0", "--data", data]));
    const command = fileURLToPath(new URL("../../dist/command.js", import.meta.url));
    const child = spawn(execPath, [command, "import", file, "--data", data], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    while (countUsers(database) === 0 && child.exitCode === null) await pause(5);
    child.kill("SIGKILL");
    await ended;
    const left = countUsers(database);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(users);
    const house = await start(["dev", "--port", "0", "--data", data]);
    await expect(sdkFor(house.url).describeUserPool({ UserPoolId: "us-east-1_large1" })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await stop(house);
    expect(run(["import", file, "--data", data])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("exists here already, or is being imported"),
    });
    const store = new DatabaseSync(database);
    store.exec("update clearings set leased_until = 1");
    store.close();
    expect(run(["doctor", "--data", data]).stdout).toContain(
      "wrong moves: the import of us-east-1_large1 was interrupted.",
    );
    expect(run(["import", file, "--data", data])).toMatchObject({ status: 0 });
    expect(countUsers(database)).toBe(users);
  });
});
