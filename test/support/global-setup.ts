import type { TestProject } from "vitest/node";
import { prepareBrowser } from "./chromium.ts";
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

/** Starts PostgreSQL once for the run and unpacks a browser, when some of its tests stand on them. */
export async function setup(project: TestProject): Promise<void> {
  if (stop) return;
  const wanted = project.vitest.config.project ?? [];
  const isWanted = (project: string): boolean => wanted.length === 0 || [wanted].flat().includes(project);
  if (isWanted("browser")) await prepareBrowser();
  const server = isWanted("postgres") ? await startPostgres() : undefined;
  stop = server?.stop;
  project.provide("postgres", server?.address ?? "");
}

/** Ends it. */
export async function teardown(): Promise<void> {
  await stop?.();
  stop = undefined;
}
