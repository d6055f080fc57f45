/** Where the root key comes from. It never stands in the database, in an argument or in an environment variable. */
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

const keyBytes = 32;
const fileName = "root.key";

/** The name under which systemd hands the key over. Source: systemd.exec(5), LoadCredential. */
const credentialName = "poolhouse-root-key";

/** Reads the root key of a dev house, or makes it on first use. */
export function devRootKey(data: string): Buffer {
  const file = join(data, fileName);
  if (!existsSync(file)) makeRootKey(file, data);
  return readRootKey(file);
}

/** The file of the root key in a folder of credentials, where there is one. */
export function handedOver(credentials: string | undefined): string | undefined {
  const file = credentials && join(credentials, credentialName);
  return file && existsSync(file) ? file : undefined;
}

/** Reads the root key of a production house. @throws saying where it may be put. */
export function serveRootKey(options: {
  readonly file: string | undefined;
  readonly credentials: string | undefined;
}): Buffer {
  const file = options.file ?? handedOver(options.credentials);
  if (!file) {
    throw new Error(
      "There is no root key. Make one (`poolhouse keys root FILE`) and name it with --root-key-file, or hand it over as the systemd credential poolhouse-root-key.",
    );
  }
  return readRootKey(file);
}

/** Writes a new key, and is sure that it is on disk before anything is sealed with it. */
export function makeRootKey(file: string, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const descriptor = openSync(file, "wx", 0o600);
  writeSync(descriptor, `${randomBytes(keyBytes).toString("base64url")}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  const directory = openSync(folder, "r");
  fsyncSync(directory);
  closeSync(directory);
}

/** Reads a root key that only its owner can read. @throws saying what is wrong with the file. */
export const readRootKey = (file: string): Buffer => readKeyFile(file, "root key");

/** Reads a key of 32 bytes that only its owner can read. @throws saying what is wrong with the file. */
export function readKeyFile(file: string, what: string): Buffer {
  if (!existsSync(file)) throw new Error(`There is no ${what} at ${file}.`);
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new Error(`The ${what} ${file} can be read by others. Run: chmod 600 ${file}`);
  }
  const key = Buffer.from(readFileSync(file, "utf8").trim(), "base64url");
  if (key.length !== keyBytes) throw new Error(`${file} holds no ${what}: it needs ${keyBytes} bytes in base64url.`);
  if (isGuessable(key)) {
    throw new Error(`${file} holds a ${what} that can be guessed. Make one that cannot: poolhouse keys root NEW-FILE`);
  }
  return key;
}

/** 32 random bytes hold fewer different ones than this in less than one of 10^9 cases. */
const differentBytesAtLeast = 20;

/** Whether a key is one that somebody typed: repeated, counted up or down, or written in one kind of character. */
function isGuessable(key: Buffer): boolean {
  const steps = new Set([...key].map((byte, index) => (byte - (key[index - 1] ?? 0) + 256) % 256).slice(1));
  return new Set(key).size < differentBytesAtLeast || steps.size === 1 || key.every((byte) => byte >= 32 && byte < 127);
}
