/**
 * How long DeleteUserPool takes to answer in a pool of many users, how long until the last of its rows is gone, and how
 * long somebody who writes elsewhere waits meanwhile; on SQLite and on PostgreSQL.
 *
 *   npm run build && node bench/deletion.ts [users]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { openDatabase } from "../src/database/open.ts";
import { silentLog } from "../src/lib/log.ts";
import { fillWithUsers } from "../test/support/crowd.ts";
import { startPostgres } from "../test/support/postgres.ts";
import { callOf } from "./filled-pools.ts";
import { command, type Server, shoot, startServer, stopServer } from "./processes.ts";

const users = Number(process.argv[2] ?? 1_000_000);
const [crowded, bystander] = ["us-east-1_crowded", "us-east-1_bystander"];
const lookEvery = 50;

/** Says whether users of the crowded pool are left, from outside the house. */
type Look = () => Promise<boolean>;

const isAnyoneLeft = "select sub from passwords where pool_id = 'us-east-1_crowded' limit 1";

/** The time of writes one after the other, in milliseconds, until told to stop. */
function writeUntil({ url }: Server, stopped: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  const write = async (): Promise<number[]> => {
    for (let count = 0; !stopped.aborted; count++) {
      const UserAttributes = [{ Name: "nickname", Value: `n${count}` }];
      const before = performance.now();
      await shoot(url, callOf("AdminUpdateUserAttributes", { UserPoolId: bystander, Username: "b", UserAttributes }));
      times.push(performance.now() - before);
    }
    return times;
  };
  return write();
}

function tell(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part: number): string => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1);
  process.stdout.write(
    `${name}: ${times.length} writes, median ${at(0.5)} ms, 99 % ${at(0.99)} ms, longest ${at(1)} ms\n`,
  );
}

async function measure(engine: string, address: string, look: Look): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-"));
  const args = [command, "dev", "--port", "0", "--data", folder, "--database", address];
  const empty = await startServer(args);
  for (const id of [crowded, bystander]) {
    const UserPoolTags = { _custom_id_: id };
    await shoot(empty.url, callOf("CreateUserPool", { PoolName: id, UserPoolTags }));
  }
  const user = { UserPoolId: bystander, Username: "b", MessageAction: "SUPPRESS" };
  await shoot(empty.url, callOf("AdminCreateUser", user));
  await stopServer(empty);
  const database = await openDatabase({ address, onFatal: () => undefined, log: silentLog });
  await fillWithUsers(database.db, crowded, users);
  await database.close();
  const server = await startServer(args);
  const calm = new AbortController();
  const before = writeUntil(server, calm.signal);
  await pause(2_000);
  calm.abort();
  tell(`${engine}, before`, await before);
  const over = new AbortController();
  const meanwhile = writeUntil(server, over.signal);
  const begun = performance.now();
  await shoot(server.url, callOf("DeleteUserPool", { UserPoolId: crowded }));
  const answered = performance.now() - begun;
  while (await look()) await pause(lookEvery);
  const gone = performance.now() - begun;
  over.abort();
  process.stdout.write(
    `${engine}: a pool of ${users.toLocaleString("en")} users: answered after ${answered.toFixed(0)} ms, gone to the last row after ${(gone / 1000).toFixed(1)} s\n`,
  );
  tell(`${engine}, meanwhile`, await meanwhile);
  await stopServer(server);
  rmSync(folder, { recursive: true, force: true });
}

const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-"));
const file = join(folder, "poolhouse.db");
await measure("SQLite", file, async () => {
  const reader = new DatabaseSync(file, { readOnly: true, timeout: 1_000 });
  const row = reader.prepare(isAnyoneLeft).get();
  reader.close();
  return row !== undefined;
});
rmSync(folder, { recursive: true, force: true });

const postgres = await startPostgres({ isDurable: true });
const client = new pg.Client(postgres.address);
await client.connect();
await measure("PostgreSQL", postgres.address, async () => (await client.query(isAnyoneLeft)).rows.length > 0);
await client.end();
await postgres.stop();
process.exit(0);
