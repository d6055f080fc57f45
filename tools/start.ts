/** `npm start -- <flags>`: builds, then runs `poolhouse dev` with the flags. */
import { spawn } from "node:child_process";
import process, { argv, execPath, exit } from "node:process";

await import("./build.ts");
const house = spawn(execPath, ["dist/main.js", "dev", ...argv.slice(2)], { stdio: "inherit" });
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => house.kill(signal));
house.on("exit", (code) => exit(code ?? 0));
