/**
 * Runs triggers that are modules on this machine, each on a thread of its own: one that loops or crashes harms nobody
 * else, and can be ended.
 */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { type Outcome, timedOut, uncallable, unreachable } from "./outcome.ts";

export interface ModuleHost {
  invoke(path: string, event: object): Promise<Outcome>;
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  readonly modifiedAt: number;
  readonly pending: Map<number, (outcome: Outcome) => void>;
}

/** What a thread tells of a call. */
interface Told {
  readonly id: number;
  readonly event?: string | undefined;
  readonly thrown?: string;
}

/**
 * The program of a thread, as text: a bundler or a test runner that rewrote its import would break it. A handler of
 * three parameters answers by calling back, as early ones did.
 */
const program = `
const { parentPort, workerData } = require("node:worker_threads");
const loaded = import(workerData.url);
const wordsOf = (error) => (error instanceof Error ? error.message : String(error));
const call = async (event) => {
  const module = await loaded;
  const standard = module.default;
  const handler = module.handler ?? (typeof standard === "function" ? standard : standard?.handler);
  if (typeof handler !== "function") throw new Error("Handler 'handler' missing on module");
  if (handler.length < 3) return handler(JSON.parse(event), {});
  return new Promise((answer, fail) => {
    handler(JSON.parse(event), {}, (error, result) => (error ? fail(error) : answer(result)));
  });
};
parentPort.on("message", ({ id, event }) => {
  call(event).then(
    (answer) => parentPort.postMessage({ id, event: JSON.stringify(answer) }),
    (error) => parentPort.postMessage({ id, thrown: wordsOf(error) }),
  );
});
`;

/** A host of modules. A module that does not answer in time is ended; `reloads` looks for a newer file at each call. */
export function moduleHost({
  timeLimit,
  reloads,
}: {
  readonly timeLimit: number;
  readonly reloads: boolean;
}): ModuleHost {
  const threads = new Map<string, Thread>();
  let next = 0;
  const threadOf = (path: string): Thread | undefined => {
    const known = threads.get(path);
    if (known && !reloads) return known;
    if (!existsSync(path)) return undefined;
    const modifiedAt = statSync(path).mtimeMs;
    if (known?.modifiedAt === modifiedAt) return known;
    if (known) end(known, unreachable("ResourceConflictException"));
    const thread = start(path, modifiedAt);
    threads.set(path, thread);
    thread.worker.once("exit", () => {
      if (threads.get(path) === thread) threads.delete(path);
    });
    return thread;
  };
  return {
    invoke: (path, event) => {
      const file = resolve(path);
      const thread = threadOf(file);
      if (!thread) return Promise.resolve(uncallable("ResourceNotFoundException"));
      const id = next++;
      return new Promise((settle) => {
        const timer = setTimeout(() => {
          if (threads.get(file) === thread) threads.delete(file);
          end(thread, timedOut);
        }, timeLimit);
        thread.pending.set(id, (outcome) => {
          clearTimeout(timer);
          thread.pending.delete(id);
          if (thread.pending.size === 0) thread.worker.unref();
          settle(outcome);
        });
        thread.worker.ref();
        thread.worker.postMessage({ id, event: JSON.stringify(event) });
      });
    },
    close: async () => {
      await Promise.all([...threads.values()].map(({ worker }) => worker.terminate()));
    },
  };
}

function start(path: string, modifiedAt: number): Thread {
  const url = pathToFileURL(path).href;
  const worker = new Worker(program, { eval: true, workerData: { url } });
  const thread: Thread = { worker, modifiedAt, pending: new Map() };
  worker.on("message", ({ id, event, thrown }: Told) => {
    const settle = thread.pending.get(id);
    if (thrown !== undefined) settle?.({ kind: "threw", message: thrown });
    else settle?.({ kind: "answered", event: event === undefined ? undefined : JSON.parse(event) });
  });
  worker.on("error", (error) => end(thread, { kind: "threw", message: error.message }));
  worker.on("exit", () => end(thread, unreachable()));
  return thread;
}

function end({ worker, pending }: Thread, outcome: Outcome): void {
  for (const settle of [...pending.values()]) settle(outcome);
  void worker.terminate();
}
