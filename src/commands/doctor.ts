/** `poolhouse doctor`: says in one line each what is in order and what is not, and what to do about it. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { env, exit, stdout } from "node:process";
import { listClients } from "../clients/store.ts";
import { adviceOnClient, adviceOnPool } from "../clients/weaknesses.ts";
import { findLapsedClearings } from "../database/clearings.ts";
import { type Db, openDatabase } from "../database/open.ts";
import { withSnapshot } from "../database/snapshot.ts";
import { systemClock } from "../lib/clock.ts";
import { silentLog } from "../lib/log.ts";
import { systemRandom } from "../lib/random.ts";
import { findPoolsAfter } from "../pools/store.ts";
import { type Given, readSettings, valueOfSetting } from "../settings.ts";
import { hasSecrets, openVault } from "../vault/open.ts";
import { handedOver, readRootKey } from "../vault/root-key.ts";
import { postureFaults } from "./posture.ts";

/** One finding: undefined is good, a text says what is wrong. */
type Finding = readonly [what: string, check: () => Promise<string | undefined> | string | undefined];

/** Looks at everything and ends with 1 when something is wrong. */
export async function runDoctor(given: Given): Promise<void> {
  const isServe = valueOfSetting("public-url", given, env) !== undefined;
  const settings = readSettings(isServe ? "serve" : "dev", given, env);
  const named = valueOfSetting("root-key-file", given, env);
  const rootKeyFile = named ?? handedOver(env["CREDENTIALS_DIRECTORY"]) ?? join(settings.data, "root.key");
  const findings: readonly Finding[] = [
    ["data folder", () => folderFault(settings.data)],
    ["root key", () => rootKeyFault(rootKeyFile, isServe)],
    ["database", () => databaseFault(settings.database)],
    ["secrets", () => secretsFault(settings.database, rootKeyFile)],
    ["moves", () => movesFault(settings.database)],
    ["secrecy", () => (isServe ? postureFaults({ settings, given, rootKeyFile: named })[0] : undefined)],
  ];
  let faults = 0;
  stdout.write(`Looking at a house in ${settings.mode} mode.\n`);
  for (const [what, check] of findings) {
    const fault = await check();
    if (fault !== undefined) faults++;
    stdout.write(`${fault === undefined ? "ok   " : "wrong"} ${what}${fault === undefined ? "" : `: ${fault}`}\n`);
  }
  if (isServe) for (const advice of await adviceFor(settings.database)) stdout.write(`advice ${advice}\n`);
  exit(faults === 0 ? 0 : 1);
}

/** Things looked at a time, and as many as anybody reads of. */
const adviceAtMost = 200;

/** Where pools and clients allow more than they need: nothing that is wrong, and nothing that is changed by itself. */
async function adviceFor(address: string): Promise<string[]> {
  const found: string[] = [];
  await lookInside(address, async (db) => {
    for (const pool of await findPoolsAfter(db, "", adviceAtMost)) {
      found.push(...adviceOnPool(pool).map((advice) => `pool ${pool.id}: ${advice}`));
      for (const client of await listClients(db, pool.id, { after: "", limit: adviceAtMost }))
        found.push(...adviceOnClient(client).map((advice) => `client ${client.id} of ${pool.id}: ${advice}`));
    }
    return undefined;
  });
  return found.slice(0, adviceAtMost);
}

function folderFault(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  return (statSync(folder).mode & 0o077) === 0
    ? undefined
    : `${folder} can be read by others. Run: chmod 700 ${folder}`;
}

function rootKeyFault(file: string, isNeeded: boolean): string | undefined {
  if (!existsSync(file)) return isNeeded ? `there is none at ${file}. Run: poolhouse keys root ${file}` : undefined;
  try {
    readRootKey(file);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

async function databaseFault(address: string): Promise<string | undefined> {
  try {
    const database = await openDatabase({ address, onFatal: () => undefined, log: silentLog });
    await database.close();
    return undefined;
  } catch (error) {
    // A house that runs on it has it for itself; whether it is sound can be seen beside it.
    return isInUse(error) ? lookInside(address, async () => undefined) : messageOf(error);
  }
}

const isInUse = (error: unknown): boolean => error instanceof Error && error.message.includes(" is in use by ");

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What is wrong in a database; nothing in one that cannot be looked into, which is said elsewhere. */
async function lookInside(address: string, look: (db: Db) => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await withSnapshot({ address, log: silentLog }, look);
  } catch (error) {
    return messageOf(error);
  }
}

/** Whether the root key is the one that the secrets of the database are sealed under. */
function secretsFault(address: string, rootKeyFile: string): Promise<string | undefined> {
  return lookInside(address, async (db) => {
    if (!existsSync(rootKeyFile) || !(await hasSecrets(db))) return undefined;
    await openVault({ db, rootKey: readRootKey(rootKeyFile), random: systemRandom, clock: systemClock });
    return undefined;
  });
}

const clearingsAtMost = 100;

/** Whether an import was left half done. */
function movesFault(address: string): Promise<string | undefined> {
  return lookInside(address, async (db) => {
    const lapsed = await findLapsedClearings(db, Date.now(), clearingsAtMost);
    const abandoned = lapsed.filter(({ reason }) => reason === "import");
    if (abandoned.length === 0) return undefined;
    const pools = abandoned.map(({ poolId }) => poolId).join(", ");
    return `the import of ${pools} was interrupted. A house that runs takes away what came of it; import it again then.`;
  });
}
