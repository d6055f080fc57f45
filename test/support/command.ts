/** The built command, run as people run it: with nothing of this process's environment but where programs are. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { env, execPath } from "node:process";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../dist/command.js", import.meta.url));

/** A house that runs in a process of its own. */
export interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly printed: string;
  /** What it has written to standard error so far. */
  complaints(): string;
}

type Environment = Readonly<Record<string, string>>;

const environment = (more: Environment): NodeJS.ProcessEnv => ({ PATH: env["PATH"], HOME: env["HOME"], ...more });

/** The ways to run it. @throws when it is not built */
export function commands() {
  if (!existsSync(command)) throw new Error("dist/command.js is not built: run `npm run build` first.");
  const running: ChildProcess[] = [];
  return {
    /** Runs a command that ends by itself. */
    run: (args: readonly string[], more: Environment = {}, input?: string) => {
      const { status, stdout, stderr } = spawnSync(execPath, [command, ...args], {
        encoding: "utf8",
        env: environment(more),
        timeout: 20_000,
        ...(input !== undefined && { input }),
      });
      return { status, stdout, stderr };
    },
    /** Starts a house and waits for the line that says it is ready. */
    start: (args: readonly string[], more: Environment = {}): Promise<Running> => {
      const child = spawn(execPath, [command, ...args], {
        env: environment(more),
        stdio: ["ignore", "pipe", "pipe"],
      });
      running.push(child);
      return whenReady(child);
    },
    /** Ends a house, and gives what it ended with. */
    stop: ({ child }: Running, signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> =>
      new Promise((resolve) => {
        child.removeAllListeners("exit");
        child.once("exit", resolve);
        child.kill(signal);
      }),
    /** Ends what a test that failed has left running. */
    endAll: () => {
      for (const child of running) child.kill("SIGKILL");
    },
  };
}

function whenReady(child: ChildProcess): Promise<Running> {
  let [printed, complaints] = ["", ""];
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (data) => {
      complaints += data;
    });
    child.stdout?.on("data", (data) => {
      printed += data;
      const ready = /^Poolhouse is ready on (\S+)$/m.exec(printed);
      if (ready?.[1]) resolve({ child, url: ready[1], printed, complaints: () => complaints });
    });
    child.once("exit", (code) => reject(new Error(`It ended with ${code}: ${complaints}`)));
  });
}
