/**
 * One process a file. SQLite would let two share it, but each keeps things in memory that the other does not see. A
 * small database beside the file is held exclusively; the operating system lets go of it when the process dies, however
 * it dies.
 */
import { chmodSync, closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { pid } from "node:process";
import { DatabaseSync } from "node:sqlite";

/**
 * Makes a file that only its owner reads, or makes the one that is there so. SQLite gives its companions the same mode.
 * One that is there is not opened: closing it would give away the locks that this process holds on it.
 */
export function makePrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
}

/** SQLite's code for what another connection holds. Source: sqlite.org/rescode.html. */
const busy = 5;

/** Takes the file for this process and gives what releases it. @throws naming the process that has it. */
export function lockFile(file: string): () => void {
  const holderFile = `${file}.holder`;
  makePrivate(`${file}.lock`);
  const lock = new DatabaseSync(`${file}.lock`);
  try {
    lock.exec("PRAGMA busy_timeout = 0");
    lock.exec("PRAGMA locking_mode = EXCLUSIVE");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (!(error instanceof Error && "errcode" in error && error.errcode === busy)) throw error;
    const holder = existsSync(holderFile) ? readFileSync(holderFile, "utf8").trim() : "another process";
    throw new Error(
      `${file} is in use by ${holder}. Stop that Poolhouse first, or give this one another --data folder.`,
    );
  }
  writeFileSync(holderFile, `process ${pid}, started ${new Date().toISOString()}\n`, { mode: 0o600 });
  return () => lock.close();
}
