import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silentLog } from "../lib/log.ts";
import { type Database, openDatabase } from "./open.ts";

const open = (address: string): Promise<Database> =>
  openDatabase({ address, onFatal: () => undefined, log: silentLog });

describe("a SQLite file", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "poolhouse-file-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is read by its owner only", async () => {
    const file = join(folder, "new", "poolhouse.db");
    await (await open(file)).close();
    await (await open(file)).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "new")).mode & 0o777).toBe(0o700);
  });

  it("R9: belongs to one process, and the second is told whose it is", async () => {
    const file = join(folder, "shared.db");
    const first = await open(file);
    const child = fileURLToPath(new URL("../../test/support/kill-child.ts", import.meta.url));
    const second = spawnSync(execPath, [child, file, "0"], { encoding: "utf8", timeout: 10_000 });
    expect(second.status).not.toBe(0);
    expect(second.stderr).toContain(`${file} is in use by process ${process.pid}`);
    await first.close();
    await (await open(file)).close();
  });

  it("that is no database is refused, and left as it is", async () => {
    const file = join(folder, "text.db");
    writeFileSync(file, "this is no database, but a text that is long enough to be looked at ".repeat(20));
    await expect(open(file)).rejects.toThrow(
      `${file} is not a SQLite database. Move it away, or give another --database.`,
    );
    expect(existsSync(file)).toBe(true);
  });
});
