/** Where lines of logs go: the operator says what each ARN stands for. */
import { appendFile } from "node:fs/promises";
import { stdout } from "node:process";
import { second } from "../lib/clock.ts";
import { takeTurns } from "../lib/turns.ts";

/** The destinations of a house. */
export interface LogDestinations {
  /** Writes a line to what an ARN stands for, after those that came before. One that stands for nothing takes none. */
  write(arn: string, line: string): Promise<void>;
}

const timeLimit = 5 * second;

/** More lines than these wait for one destination only when it does not answer. */
const waitingLimit = 1000;

/** Opens the destinations of the settings: `file:/path`, `stdout:` or an http address, by ARN. */
export function openLogDestinations(targets: Readonly<Record<string, string>>): LogDestinations {
  const turns = takeTurns(waitingLimit);
  return {
    write: async (arn, line) => {
      const target = Object.hasOwn(targets, arn) ? targets[arn] : undefined;
      if (target === undefined) return;
      await turns(target, () => writeLine(target, line));
    },
  };
}

async function writeLine(target: string, line: string): Promise<void> {
  if (target === "stdout:") return void stdout.write(`${line}\n`);
  if (target.startsWith("file:")) return appendFile(target.slice("file:".length), `${line}\n`);
  await post(target, line);
}

async function post(address: string, line: string): Promise<void> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: line,
    redirect: "error",
    signal: AbortSignal.timeout(timeLimit),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`The collector answered ${answer.status}.`);
}
