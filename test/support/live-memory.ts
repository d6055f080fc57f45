/** What a process really holds: its memory after everything that can be let go was let go. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Megabytes of the heap that are in use. */
export function liveMegabytes(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}
