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
  /** The files that it runs, and when each had last changed as it was read. */
  readonly files: Map<string, number>;
  readonly pending: Map<number, (outcome: Outcome) => void>;
  /** Whether it gets no more calls: it ends with the last that it has. */
  isRetired: boolean;
}

/** What a thread tells: what became of a call, that it read a file, or nothing but that it lives. */
interface Told {
  readonly id?: number;
  readonly event?: string | undefined;
  readonly thrown?: string;
  /** Where it was thrown. */
  readonly stack?: string | undefined;
  readonly file?: string;
  readonly modifiedAt?: number;
}

/** A thread that is asked whether it lives has so long to say so, in milliseconds: it may be in the middle of something. */
const lifeSignLimit = 200;

/**
 * The program of a thread, as text: a bundler or a test runner that rewrote its import would break it. A handler of
 * three parameters answers by calling back, as early ones did. Packages are not watched: they change by being installed.
 */
const program = `
const { statSync } = require("node:fs");
const { registerHooks } = require("node:module");
const { fileURLToPath } = require("node:url");
const { parentPort, workerData } = require("node:worker_threads");
registerHooks({
  load(url, context, next) {
    if (url.startsWith("file:") && !url.includes("/node_modules/")) {
      const file = fileURLToPath(url);
      parentPort.postMessage({ file, modifiedAt: statSync(file).mtimeMs });
    }
    return next(url, context);
  },
});
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
  if (id === undefined) return parentPort.postMessage({});
  call(event).then(
    (answer) => parentPort.postMessage({ id, event: JSON.stringify(answer) }),
    (error) => parentPort.postMessage({ id, thrown: wordsOf(error), stack: error?.stack }),
  );
});
`;

/** A host of modules. A module that does not answer in time is ended; `reloads` looks for newer files at each call. */
export function moduleHost({
  timeLimit,
  reloads,
}: {
  readonly timeLimit: number;
  readonly reloads: boolean;
}): ModuleHost {
  /** The thread of each module that gets its next call. */
  const threads = new Map<string, Thread>();
  const living = new Set<Thread>();
  let next = 0;
  const retire = (path: string, thread: Thread): void => {
    if (threads.get(path) === thread) threads.delete(path);
    thread.isRetired = true;
    if (thread.pending.size === 0) end(thread, unreachable());
  };
  const threadOf = (path: string): Thread | undefined => {
    const known = threads.get(path);
    if (known && !(reloads && hasChanged(known))) return known;
    if (known) retire(path, known);
    if (!existsSync(path)) return undefined;
    const thread = start(path);
    threads.set(path, thread);
    living.add(thread);
    thread.worker.once("exit", () => {
      living.delete(thread);
      retire(path, thread);
    });
    return thread;
  };
  return {
    invoke: (path, event) => {
      const file = resolve(path);
      const thread = threadOf(file);
      if (!thread) return Promise.resolve(uncallable("ResourceNotFoundException", `${file} is not there.`));
      const id = next++;
      return new Promise((settle) => {
        const timer = setTimeout(() => {
          thread.pending.get(id)?.(timedOut);
          retire(file, thread);
          endUnlessAlive(thread);
        }, timeLimit);
        thread.pending.set(id, (outcome) => {
          clearTimeout(timer);
          thread.pending.delete(id);
          settle(outcome);
          if (thread.pending.size > 0) return;
          if (thread.isRetired) end(thread, unreachable());
          else thread.worker.unref();
        });
        thread.worker.ref();
        thread.worker.postMessage({ id, event: JSON.stringify(event) });
      });
    },
    close: async () => {
      await Promise.all([...living].map(({ worker }) => worker.terminate()));
    },
  };
}

const modifiedAt = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

const hasChanged = ({ files }: Thread): boolean => [...files].some(([file, before]) => modifiedAt(file) !== before);

function start(path: string): Thread {
  const url = pathToFileURL(path).href;
  const worker = new Worker(program, { eval: true, workerData: { url } });
  const thread: Thread = { worker, files: new Map(), pending: new Map(), isRetired: false };
  worker.on("message", ({ id, event, thrown, stack, file, modifiedAt: when }: Told) => {
    if (file !== undefined && when !== undefined) thread.files.set(file, when);
    const settle = id === undefined ? undefined : thread.pending.get(id);
    if (thrown !== undefined) settle?.({ kind: "threw", message: thrown, why: stack });
    else settle?.({ kind: "answered", event: event === undefined ? undefined : JSON.parse(event) });
  });
  worker.on("error", (error) => end(thread, { kind: "threw", message: error.message, why: error.stack }));
  worker.on("exit", () => end(thread, unreachable()));
  return thread;
}

/**
 * Ends a thread in which a call was late, unless it shows that it only waits: what else it was asked goes on then. One
 * that is in a loop would keep all of it waiting.
 */
function endUnlessAlive(thread: Thread): void {
  if (thread.pending.size === 0) return;
  const timer = setTimeout(() => end(thread, timedOut), lifeSignLimit);
  thread.worker.once("message", () => clearTimeout(timer));
  thread.worker.postMessage({});
}

function end({ worker, pending }: Thread, outcome: Outcome): void {
  for (const settle of [...pending.values()]) settle(outcome);
  void worker.terminate();
}
