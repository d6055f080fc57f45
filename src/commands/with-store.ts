/** The database and the keys of a house, for commands that work on them without running the house. */
import { join } from "node:path";
import { env } from "node:process";
import { recordIdsOf } from "../audit/record-id.ts";
import type { Db } from "../database/open.ts";
import { openDatabase } from "../database/open.ts";
import { withSnapshot } from "../database/snapshot.ts";
import { type Clock, day, systemClock } from "../lib/clock.ts";
import { silentLog } from "../lib/log.ts";
import { type Random, systemRandom } from "../lib/random.ts";
import { type Given, readSettings, type Settings, valueOfSetting } from "../settings.ts";
import { openVault } from "../vault/open.ts";
import { devRootKey, readRootKey, serveRootKey } from "../vault/root-key.ts";
import type { Vault } from "../vault/vault.ts";

/** What such a command reaches. */
export interface Store {
  readonly db: Db;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly recordIds: () => string;
  readonly settings: Settings;
}

/** Where the root key is: named or handed over, in the data folder, or in the data folder and made on first use. */
export type RootKeyRule = "given" | "found" | "found or made";

/** Opens the database for writing. On SQLite no house may run on it meanwhile. */
export async function withStore<Result>(
  given: Given,
  rule: RootKeyRule,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const settings = settingsOf(given);
  const rootKey = rootKeyOf(given, settings, rule);
  const onFatal = (error: Error): never => {
    throw error;
  };
  // No house runs on the same file, so nobody waits for what lasts.
  const transactionLimitMilliseconds = day;
  const database = await openDatabase({
    address: settings.database,
    onFatal,
    log: silentLog,
    transactionLimitMilliseconds,
  });
  try {
    return await work(await storeOn(database.db, settings, rootKey));
  } finally {
    await database.close();
  }
}

/** Looks at the database as it stands now, while a house may run on it. */
export function withStoreSnapshot<Result>(given: Given, work: (store: Store) => Promise<Result>): Promise<Result> {
  const settings = settingsOf(given);
  const rootKey = rootKeyOf(given, settings, "found");
  return withSnapshot({ address: settings.database, log: silentLog }, async (db) =>
    work(await storeOn(db, settings, rootKey)),
  );
}

/** The address of the database, for who only looks at what is not sealed. */
export const databaseOf = (given: Given): string => settingsOf(given).database;

/** Nobody reaches the house by these settings, so its address does not matter. */
const settingsOf = (given: Given): Settings =>
  readSettings(
    "serve",
    { ...given, publicUrl: valueOfSetting("public-url", given, env) ?? "https://localhost", proxies: "0" },
    env,
  );

function rootKeyOf(given: Given, { data }: Settings, rule: RootKeyRule): Buffer {
  const file = valueOfSetting("root-key-file", given, env);
  const credentials = env["CREDENTIALS_DIRECTORY"];
  if (rule === "given" || file !== undefined || credentials !== undefined) return serveRootKey({ file, credentials });
  return rule === "found" ? readRootKey(join(data, "root.key")) : devRootKey(data);
}

async function storeOn(db: Db, settings: Settings, rootKey: Buffer): Promise<Store> {
  const vault = await openVault({ db, rootKey, random: systemRandom, clock: systemClock });
  const recordIds = recordIdsOf(systemClock, systemRandom);
  return { db, vault, clock: systemClock, random: systemRandom, recordIds, settings };
}
