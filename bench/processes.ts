/** Servers in processes of their own, and what they cost. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";

/** A server that is running. */
export interface Server {
  readonly child: ChildProcess;
  readonly url: string;
  /** Milliseconds from its spawn to the line that says it is ready. */
  readonly readyAfter: number;
}

/** The built command. */
export const command = fileURLToPath(new URL("../dist/command.js", import.meta.url));

/** The server that does nothing but what cannot be left out. */
export const bareServer = fileURLToPath(new URL("./bare-server.ts", import.meta.url));

/** Starts a server and waits until it says `… ready on <url>`. */
export function startServer(args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<Server> {
  const begun = performance.now();
  const child = spawn(execPath, args, { stdio: ["ignore", "pipe", "inherit"], env: environment });
  let printed = "";
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (data) => {
      printed += data;
      const url = /ready on (\S+)/.exec(printed)?.[1];
      if (url) resolve({ child, url, readyAfter: performance.now() - begun });
    });
    child.once("exit", (code) => reject(new Error(`A server ended with ${code}.`)));
  });
}

/** Ends a server. */
export const stopServer = ({ child }: Server): Promise<void> =>
  new Promise((resolve) => {
    child.removeAllListeners("exit");
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });

/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

/** Seconds of processor time that a server has used. */
export function processorSeconds({ child }: Server): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Megabytes of memory that a server holds. */
export function residentMegabytes({ child }: Server): number {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** One request. */
export interface Shot {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends one request on a kept connection. @throws when it is not answered with 200. */
export function shoot(url: string, { path, headers, body }: Shot): Promise<string> {
  const { hostname, port } = new URL(url);
  const length = String(Buffer.byteLength(body));
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, path, method: "POST", agent, headers: { ...headers, "content-length": length } },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part) => {
          text += part;
        });
        response.on("end", () =>
          response.statusCode === 200 ? resolve(text) : reject(new Error(`${response.statusCode} ${text}`)),
        );
      },
    );
    sent.once("error", reject);
    sent.end(body);
  });
}

/** Sends all shots, so many at a time, and gives the answers. */
export async function shootAll(url: string, shots: readonly Shot[], atOnce = 16): Promise<string[]> {
  const answers: string[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let index = next++; index < shots.length; index = next++) {
        const shot = shots[index];
        if (shot) answers[index] = await shoot(url, shot);
      }
    }),
  );
  return answers;
}

/** Answers a second of the server's processor. */
export async function answersPerProcessorSecond(server: Server, shots: readonly Shot[]): Promise<number> {
  const before = processorSeconds(server);
  await shootAll(server.url, shots);
  return shots.length / (processorSeconds(server) - before);
}
