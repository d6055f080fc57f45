/** A process that is killed in the middle of writing loses nothing that it acknowledged. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/database/open.ts";
import { silentLog } from "../../src/lib/log.ts";

const child = fileURLToPath(new URL("../support/kill-child.ts", import.meta.url));

/** More for a long run: `POOLHOUSE_KILLS=2000`. */
const rounds = Number(env["POOLHOUSE_KILLS"] ?? 20);

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-kill-"));
  file = join(folder, "poolhouse.db");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the child until it is killed, and gives the ids that it acknowledged. */
async function runAndKill(round: number, planted: boolean): Promise<string[]> {
  const life = 20 + Math.floor(Math.random() * 250);
  const writer = spawn(execPath, [child, file, String(round), ...(planted ? ["planted"] : [])], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  let isArmed = false;
  writer.stdout.on("data", (data) => {
    printed += data;
    if (isArmed || !printed.startsWith("ready\n")) return;
    isArmed = true;
    setTimeout(() => writer.kill("SIGKILL"), life);
  });
  await new Promise((resolve) => writer.once("close", resolve));
  // The last line may have been cut off.
  return printed.split("\n").slice(1, -1);
}

/** The ids that were acknowledged and are not there. */
async function lost(acknowledged: readonly string[]): Promise<string[]> {
  const database = await openDatabase({ address: file, onFatal: () => undefined, log: silentLog });
  try {
    const rows = await database.db.selectFrom("store_facts").select("name").execute();
    const kept = new Set(rows.map(({ name }) => name));
    return acknowledged.filter((name) => !kept.has(name));
  } finally {
    await database.close();
  }
}

describe("a process that is killed while it writes", () => {
  it(`has lost nothing that it acknowledged, ${rounds} times`, { timeout: 20_000 + rounds * 2_000 }, async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round++) {
      acknowledged.push(...(await runAndKill(round, false)));
      expect(await lost(acknowledged)).toEqual([]);
    }
    expect(acknowledged.length).toBeGreaterThan(rounds);
  });

  it("is found out when it acknowledges too early: the harness finds its own planted bug", {
    timeout: 60_000,
  }, async () => {
    let missing = 0;
    for (let round = 0; round < 10 && missing === 0; round++) {
      missing += (await lost(await runAndKill(round, true))).length;
    }
    expect(missing).toBeGreaterThan(0);
  });
});
