/**
 * What a production house refuses to start with beyond what its settings say: secrets that others can read, and a
 * process that others can look into. `poolhouse doctor` lists the same.
 */
import { existsSync, statSync } from "node:fs";
import { url as inspectorUrl } from "node:inspector";
import { dirname, resolve } from "node:path";
import { engineOf } from "../database/open.ts";
import { settingRows } from "../setting-rows.ts";
import type { Given, Settings } from "../settings.ts";

/** Where a production house stands. */
export interface Posture {
  readonly settings: Pick<Settings, "database">;
  /** What the command line said, apart from the environment. */
  readonly given: Given;
  /** The file of the root key; undefined when it is handed over in another way. */
  readonly rootKeyFile: string | undefined;
}

/** What is wrong, in a line each that says what to do. */
export const postureFaults = (posture: Posture): string[] =>
  [...secretsInArguments(posture), keyBesideDatabase(posture), databaseForOthers(posture), openInspector()].filter(
    (fault) => fault !== undefined,
  );

/** Settings that are a secret, or an address that may hold a password. */
const secretFlags = ["database", "smtp", "sms-hook-secret", "trigger-secret"] as const;

/** Every process of a machine can read the arguments of every other. */
function secretsInArguments({ given }: Posture): string[] {
  return settingRows
    .filter(({ flag }) => secretFlags.some((secret) => secret === flag))
    .filter(({ flag }) => {
      const value = given[flag.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase())];
      if (typeof value !== "string") return false;
      return flag.endsWith("-secret") || (URL.canParse(value) && new URL(value).password !== "");
    })
    .map(({ flag, variable }) => `--${flag} shows a secret to every process of this machine. Give it in ${variable}.`);
}

function keyBesideDatabase({ settings: { database }, rootKeyFile }: Posture): string | undefined {
  if (rootKeyFile === undefined || engineOf(database) === "postgres") return undefined;
  if (dirname(resolve(rootKeyFile)) !== dirname(resolve(database))) return undefined;
  return `The root key ${rootKeyFile} lies beside the database: who copies one has the other. Move it to a folder of its own.`;
}

function databaseForOthers({ settings: { database } }: Posture): string | undefined {
  if (engineOf(database) === "postgres" || !existsSync(database)) return undefined;
  if ((statSync(database).mode & 0o077) === 0) return undefined;
  return `The database ${database} can be read by others. Run: chmod 600 ${database}`;
}

function openInspector(): string | undefined {
  if (inspectorUrl() === undefined) return undefined;
  return "The inspector of Node is open: it shows every secret in memory. Start without --inspect.";
}
