/**
 * How fast a pool is exported and imported, sealed, and whether memory grows with it: the peak of each command's
 * resident memory for a pool of a thousand and of many users. The server that owns the database runs meanwhile.
 *
 *   npm run build && node bench/moves.ts [users of the larger pool]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, execPath, stdout } from "node:process";
import { startFilledPools } from "./filled-pools.ts";
import { command } from "./processes.ts";

const sizes = [1_000, Number(argv[2] ?? 1_000_000)];
/** Each has a row, two names, a value to be searched by and a group. */
const rowsOfUser = 5;
const pause = 50;

interface Run {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

/** A heap of this size is all that a command gets: one that needed more for a larger pool would not come to its end. */
const heap = ["--max-old-space-size=64", "--max-semi-space-size=4"];

/** Runs a command to its end. @throws what it complains of */
function run(args: readonly string[]): Promise<Run> {
  const startedAt = performance.now();
  const child = spawn(execPath, [...heap, command, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let [complaints, peak] = ["", 0];
  child.stderr.on("data", (data) => {
    complaints += data;
  });
  const watching = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
  }, pause);
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => {
      clearInterval(watching);
      if (code !== 0) return reject(new Error(complaints));
      resolve({ seconds: (performance.now() - startedAt) / 1000, peakMegabytes: peak });
    });
  });
}

/** The most memory that a process has had resident. Source: proc(5), VmHWM. */
function peakOf(pid: number | undefined): number {
  try {
    const [, kilobytes = "0"] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    // It has ended between two looks.
    return 0;
  }
}

const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-"));
const key = join(folder, "move.key");
await run(["keys", "root", key]);
const house = await startFilledPools(sizes);
for (const { id, size } of house.pools) {
  const file = join(folder, `${size}.pool`);
  const secret = ["--key-file", key];
  const left = await run(["export", id, file, "--data", house.folder, ...secret]);
  const arrived = await run(["import", file, "--data", join(folder, String(size)), ...secret]);
  for (const [name, { seconds, peakMegabytes }] of [
    ["export", left],
    ["import", arrived],
  ] as const) {
    const rows = Math.round((size * rowsOfUser) / seconds);
    stdout.write(
      `${name} of ${size.toLocaleString("en")} users: ${seconds.toFixed(1)} s, ${rows.toLocaleString("en")} rows/s, peak ${Math.round(peakMegabytes)} MB\n`,
    );
  }
  stdout.write(`file of ${size.toLocaleString("en")} users: ${(statSync(file).size / 1024 ** 2).toFixed(1)} MB\n`);
}
await house.close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
