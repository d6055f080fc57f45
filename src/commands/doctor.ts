/** `poolhouse doctor`: says in one line each what is in order and what is not, and what to do about it. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { env, exit, stdout } from "node:process";
import { openDatabase } from "../database/open.ts";
import { silentLog } from "../lib/log.ts";
import { type Given, readSettings, valueOfSetting } from "../settings.ts";
import { readRootKey } from "../vault/root-key.ts";

/** One finding: undefined is good, a text says what is wrong. */
type Finding = readonly [what: string, check: () => Promise<string | undefined> | string | undefined];

/** Looks at everything and ends with 1 when something is wrong. */
export async function runDoctor(given: Given): Promise<void> {
  const isServe = valueOfSetting("public-url", given, env) !== undefined;
  const settings = readSettings(isServe ? "serve" : "dev", given, env);
  const rootKeyFile = valueOfSetting("root-key-file", given, env) ?? join(settings.data, "root.key");
  const findings: readonly Finding[] = [
    ["data folder", () => folderFault(settings.data)],
    ["root key", () => rootKeyFault(rootKeyFile, isServe)],
    ["database", () => databaseFault(settings.database)],
  ];
  let faults = 0;
  stdout.write(`Looking at a house in ${settings.mode} mode.\n`);
  for (const [what, check] of findings) {
    const fault = await check();
    if (fault !== undefined) faults++;
    stdout.write(`${fault === undefined ? "ok   " : "wrong"} ${what}${fault === undefined ? "" : `: ${fault}`}\n`);
  }
  exit(faults === 0 ? 0 : 1);
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
    return error instanceof Error ? error.message : String(error);
  }
}

async function databaseFault(address: string): Promise<string | undefined> {
  try {
    const database = await openDatabase({ address, onFatal: () => undefined, log: silentLog });
    await database.close();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
