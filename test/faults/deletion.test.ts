/** A pool with many users is deleted, and the house is killed in the middle of it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "../../src/database/open.ts";
import { openHouse } from "../../src/house.ts";
import { minute } from "../../src/lib/clock.ts";
import { silentLog } from "../../src/lib/log.ts";
import { clearAbandoned } from "../../src/pools/clearing.ts";
import { readSettings } from "../../src/settings.ts";
import { devRootKey } from "../../src/vault/root-key.ts";
import { contentsOfPool } from "../support/contents.ts";
import { fillWithUsers, rowsOfOne } from "../support/crowd.ts";
import { sdkFor } from "../support/house.ts";
import { refusalOf } from "../support/refusal.ts";

const command = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const UserPoolId = "us-east-1_killed";
const users = 40_000;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-deletion-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function startHouse(): Promise<{ url: string; end(signal: NodeJS.Signals): Promise<void> }> {
  const house: ChildProcess = spawn(execPath, [command, "dev", "--port", "0", "--data", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = new Promise((resolve) => house.once("close", resolve));
  const url = await new Promise<string>((resolve) => {
    house.stdout?.on("data", (data) => {
      const found = /ready on (\S+)/.exec(String(data))?.[1];
      if (found) resolve(found);
    });
  });
  return {
    url,
    end: async (signal) => {
      house.kill(signal);
      await closed;
    },
  };
}

const rowsIn = async (db: Parameters<typeof contentsOfPool>[0]): Promise<number> =>
  Object.values(await contentsOfPool(db, UserPoolId)).flat().length;

it("is gone from then on, and the next house takes away what is left of it", { timeout: 60_000 }, async () => {
  const database = join(folder, "poolhouse.db");
  const first = await startHouse();
  await sdkFor(first.url).createUserPool({ PoolName: "killed", UserPoolTags: { _custom_id_: "killed" } });
  await first.end("SIGTERM");
  const store = await openDatabase({ address: database, onFatal: () => undefined, log: silentLog });
  await fillWithUsers(store.db, UserPoolId, users);
  await store.close();
  const second = await startHouse();
  await sdkFor(second.url).deleteUserPool({ UserPoolId });
  await second.end("SIGKILL");

  // Whoever was at it has said nothing for longer than it may.
  const clock = { now: () => Date.now() + 2 * minute };
  const house = await openHouse(readSettings("dev", { port: "0", database }, {}), {
    rootKey: devRootKey(folder),
    clock,
  });
  try {
    const { db } = house.app;
    const left = await rowsIn(db);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(users * rowsOfOne);
    const api = sdkFor(house.url);
    expect((await refusalOf(api.describeUserPool({ UserPoolId }))).name).toBe("ResourceNotFoundException");
    await clearAbandoned(house.app);
    expect(await rowsIn(db)).toBe(0);
    const made = await api.createUserPool({ PoolName: "again", UserPoolTags: { _custom_id_: "killed" } });
    expect(made.UserPool?.Id).toBe(UserPoolId);
    expect((await api.listUsers({ UserPoolId })).Users).toEqual([]);
  } finally {
    await house.close();
  }
});
