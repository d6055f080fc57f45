/** `poolhouse export`: writes a whole pool to a file, sealed unless it is asked to be plain. */
import { existsSync, renameSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { stderr, stdout } from "node:process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { byteReader } from "../lib/byte-reader.ts";
import { type StreamSecret, sealStream } from "../lib/sealed-stream.ts";
import { exportPool } from "../moves/leave.ts";
import type { Given } from "../settings.ts";
import { progressOf } from "./progress.ts";
import { secretToSeal } from "./secret-of-file.ts";
import { withStoreSnapshot } from "./with-store.ts";

/** Writes the pool as it stands now; a house may go on running. `-` stands for standard output. */
export async function runExport(poolId: string, file: string, given: Given): Promise<void> {
  if (file !== "-" && existsSync(file)) throw new Error(`${file} exists already: an export overwrites nothing.`);
  const secret = given["plain"] === true ? undefined : await secretToSeal(given);
  if (!secret) {
    stderr.write(
      "The file holds every secret of the pool in the clear: password hashes, client secrets, private keys. Guard it as you would the root key.\n",
    );
  }
  const keepsSessions = given["keepSessions"] === true;
  await withStoreSnapshot(given, async (store) => {
    const lines = exportPool(store, poolId, { keepsSessions, onProgress: progressOf("Exported") });
    const bytes = sealed(bytesOf(lines), secret);
    await (file === "-" ? pipeline(Readable.from(bytes), stdout) : writeWhole(file, bytes));
  });
  if (file !== "-") stderr.write(`${file} holds the pool ${poolId}.\n`);
}

async function* bytesOf(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of lines) yield Buffer.from(text);
}

const sealed = (bytes: AsyncIterable<Buffer>, secret: StreamSecret | undefined): AsyncIterable<Buffer> =>
  secret ? sealStream(byteReader(bytes), secret) : bytes;

/** The file has its name only once it is whole and on disk. */
async function writeWhole(file: string, bytes: AsyncIterable<Buffer>): Promise<void> {
  const part = `${file}.part`;
  const handle = await open(part, "wx", 0o600).catch((error: unknown) => {
    throw new Error(`${part} cannot be written. Remove it if it was left behind, or choose another name.`, {
      cause: error,
    });
  });
  try {
    await writeAll(handle, bytes);
    await handle.sync();
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  renameSync(part, file);
}

async function writeAll(handle: FileHandle, bytes: AsyncIterable<Buffer>): Promise<void> {
  for await (const piece of bytes) {
    for (let from = 0; from < piece.length; ) from += (await handle.write(piece, from)).bytesWritten;
  }
}
