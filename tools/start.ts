/** `npm start -- <flags>`: builds, then runs `poolhouse dev` with the flags. */
import { argv } from "node:process";
import { run } from "./run.ts";

await import("./build.ts");
run(["dist/command.js", "dev", ...argv.slice(2)]);
