import type { TestProject } from "vitest/node";
import { startPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The engine that houses of this run stand on. */
    engine: "sqlite" | "postgres";
    /** The address of the server that tests make their databases on; empty when no test of the run needs one. */
    postgres: string;
  }
}

let stop: (() => Promise<void>) | undefined;

/** Starts PostgreSQL once for the run, when some of its tests stand on it. */
export async function setup(project: TestProject): Promise<void> {
  if (stop) return;
  const wanted = project.vitest.config.project ?? [];
  const isNeeded = wanted.length === 0 || [wanted].flat().some((name) => name === "postgres");
  const server = isNeeded ? await startPostgres() : undefined;
  stop = server?.stop;
  project.provide("postgres", server?.address ?? "");
}

/** Ends it. */
export async function teardown(): Promise<void> {
  await stop?.();
  stop = undefined;
}
