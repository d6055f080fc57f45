/** A database of its own for each test file, on the engine of the run. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { openDatabase } from "../../src/database/open.ts";
import { silentLog } from "../../src/lib/log.ts";

/** An empty database with its schema. */
export interface TestDatabase {
  readonly address: string;
  /** Takes it away. Whoever used it must have let go of it. */
  drop(): Promise<void>;
}

const template = "poolhouse_template";

/** Makes an empty database on the engine of the run: in memory or a file, or a copy of one that was migrated once. */
export async function makeDatabase(isFile = false): Promise<TestDatabase> {
  if (inject("engine") === "sqlite") return isFile ? makeFile() : { address: ":memory:", drop: async () => undefined };
  const server = inject("postgres");
  await withServer(server, (client) => makeTemplate(client, server));
  const name = `test_${randomBytes(8).toString("hex")}`;
  await withServer(server, (client) => client.query(`create database ${name} template ${template}`));
  return {
    address: addressOf(server, name),
    drop: () => withServer(server, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}

function makeFile(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), "poolhouse-test-"));
  return { address: join(folder, "poolhouse.db"), drop: async () => rmSync(folder, { recursive: true, force: true }) };
}

const addressOf = (server: string, name: string): string => server.replace(/[^/]*$/, name);

async function withServer<Result>(server: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    // Copies of a template are made one at a time, over all workers of the run.
    await client.query("select pg_advisory_lock(7665)");
    return await work(client);
  } finally {
    await client.end();
  }
}

async function makeTemplate(client: pg.Client, server: string): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [template]);
  if (rowCount) return;
  await client.query(`create database ${template}`);
  const database = await openDatabase({
    address: addressOf(server, template),
    onFatal: () => undefined,
    log: silentLog,
  });
  await database.close();
}
