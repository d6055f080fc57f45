/** `npm start -- <flags>`: builds, then runs `poolhouse dev` with the flags. */
import { spawn } from "node:child_process";
import process, { argv, execPath, exit } from "node:process";

const orphanCheckMilliseconds = 250;

await import("./build.ts");
const house = spawn(execPath, ["dist/main.js", "dev", ...argv.slice(2)], { stdio: "inherit" });
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => house.kill(signal));
// npm passes a SIGTERM to the shell between it and this process, and the shell ends without passing it on.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) house.kill("SIGTERM");
}, orphanCheckMilliseconds).unref();
house.on("exit", (code) => exit(code ?? 0));
