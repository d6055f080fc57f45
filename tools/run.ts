/** Runs a program for a script of package.json, so that it ends when the script is told to. */
import { spawn } from "node:child_process";
import process, { execPath, exit } from "node:process";

/** Who started this process: npm's shell. Another parent means that it is gone. */
const parent = process.ppid;

const orphanCheckMilliseconds = 250;

/** Runs a program of Node's with these arguments, hands signals on to it, and ends as it ends. */
export function run(args: readonly string[]): void {
  const child = spawn(execPath, args, { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => child.kill(signal));
  // npm passes a SIGTERM to the shell between it and this process, and the shell ends without passing it on.
  setInterval(() => {
    if (process.ppid !== parent) child.kill("SIGTERM");
  }, orphanCheckMilliseconds).unref();
  child.on("exit", (code) => exit(code ?? 0));
}
