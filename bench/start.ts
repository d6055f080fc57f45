/**
 * From spawn to the first answer, and memory at rest, beside a bare Node HTTP server.
 *
 *   npm run build && node bench/start.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bareServer, command, residentMegabytes, startServer, stopServer } from "./processes.ts";

const starts = 15;
const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-"));
const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

async function untilAnswer(
  args: readonly string[],
  path: string,
): Promise<{ readonly milliseconds: number; readonly megabytes: number }> {
  const begun = performance.now();
  const server = await startServer(args);
  await (await fetch(`${server.url}${path}`)).text();
  const milliseconds = performance.now() - begun;
  const megabytes = residentMegabytes(server);
  await stopServer(server);
  return { milliseconds, megabytes };
}

const [ours, bare]: [Awaited<ReturnType<typeof untilAnswer>>[], Awaited<ReturnType<typeof untilAnswer>>[]] = [[], []];
for (let count = 0; count < starts; count++) {
  bare.push(await untilAnswer([bareServer], "/0"));
  ours.push(await untilAnswer([command, "dev", "--port", "0", "--data", folder], "/health"));
}
const [mine, floor] = [
  median(ours.map(({ milliseconds }) => milliseconds)),
  median(bare.map(({ milliseconds }) => milliseconds)),
];
process.stdout.write(
  `start to first answer: ${mine.toFixed(0)} ms, bare ${floor.toFixed(0)} ms, ratio ${(mine / floor).toFixed(2)}\n`,
);
process.stdout.write(
  `resident memory after start: ${median(ours.map(({ megabytes }) => megabytes)).toFixed(0)} MB, bare ${median(bare.map(({ megabytes }) => megabytes)).toFixed(0)} MB\n`,
);
rmSync(folder, { recursive: true, force: true });
