/**
 * A stream of bytes sealed under a passphrase or a key: opened from its beginning without being held as a whole, and
 * nothing of it is given out before it was authenticated. A line of JSON comes first, then chunks of AES-256-GCM whose
 * nonces count them and mark the last, so that a chunk that is altered, moved, repeated or missing is noticed.
 * Source: the construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its
 * Nonce-Reuse Misuse-Resistance, section 7); scrypt is RFC 7914, HKDF is RFC 5869.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { ByteReader } from "./byte-reader.ts";

/** What opens a sealed stream. */
export type StreamSecret =
  | { readonly kind: "passphrase"; readonly passphrase: string }
  | { readonly kind: "key"; readonly key: Uint8Array };

/** A sealed stream that cannot be opened. Its message says why. */
export class SealedStreamError extends Error {
  override readonly name = "SealedStreamError";
}

const format = "poolhouse-sealed";
const version = 1;
const chunkBytes = 64 * 1024;
const tagBytes = 16;
const saltBytes = 32;
const checkBytes = 16;
const headerLimitBytes = 1024;

/** 128 MiB and some 0.4 s a guess. Source: OWASP password storage cheat sheet, scrypt. */
const stretching = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 } as const;

interface Header {
  readonly format: typeof format;
  readonly version: typeof version;
  readonly secret: StreamSecret["kind"];
  readonly salt: string;
  /** Tells a wrong secret from an altered stream; says nothing of the secret. */
  readonly check: string;
}

interface StreamKeys {
  readonly key: Buffer;
  readonly check: Buffer;
}

async function deriveKeys(secret: StreamSecret, salt: Buffer): Promise<StreamKeys> {
  const material = secret.kind === "key" ? secret.key : await stretch(secret.passphrase, salt);
  const derive = (label: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync("sha256", material, salt, `${format}/${version}/${label}`, bytes));
  return { key: derive("key", 32), check: derive("check", checkBytes) };
}

/** One passphrase has one form, however its accents were typed. */
const stretch = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize("NFC"), salt, 32, stretching, (error, key) => (error ? reject(error) : resolve(key)));
  });

/** Eleven bytes that count, and one that is 1 in the last chunk alone. */
function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Seals what a reader gives. */
export async function* sealStream(source: ByteReader, secret: StreamSecret): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes);
  const { key, check } = await deriveKeys(secret, salt);
  const header: Header = {
    format,
    version,
    secret: secret.kind,
    salt: salt.toString("base64url"),
    check: check.toString("base64url"),
  };
  const line = Buffer.from(`${JSON.stringify(header)}\n`);
  yield line;
  for await (const { index, isLast, bytes } of chunksOf(source, chunkBytes)) {
    const box = createCipheriv("aes-256-gcm", key, nonceOf(index, isLast), { authTagLength: tagBytes });
    box.setAAD(line);
    yield Buffer.concat([box.update(bytes), box.final(), box.getAuthTag()]);
  }
}

/** Whether a stream begins as a sealed one does. */
export async function isSealedStream(source: ByteReader): Promise<boolean> {
  const beginning = `{"format":"${format}"`;
  return (await source.peek(beginning.length)).toString("latin1") === beginning;
}

/** Opens a sealed stream. @throws SealedStreamError */
export async function* openStream(source: ByteReader, secret: StreamSecret): AsyncGenerator<Buffer> {
  const { header, line } = await readHeader(source);
  if (header.secret !== secret.kind) throw new SealedStreamError(`It is sealed under a ${header.secret}.`);
  const { key, check } = await deriveKeys(secret, Buffer.from(header.salt, "base64url"));
  const expected = Buffer.from(header.check, "base64url");
  if (expected.length !== checkBytes || !timingSafeEqual(check, expected)) {
    throw new SealedStreamError(`The ${secret.kind} does not open it.`);
  }
  await source.take(line.length);
  for await (const { index, isLast, bytes } of chunksOf(source, chunkBytes + tagBytes)) {
    yield openChunk({ key, line, nonce: nonceOf(index, isLast), bytes });
  }
}

interface SealedChunk {
  readonly key: Buffer;
  readonly line: Buffer;
  readonly nonce: Buffer;
  readonly bytes: Buffer;
}

function openChunk({ key, line, nonce, bytes }: SealedChunk): Buffer {
  try {
    const end = bytes.length - tagBytes;
    const box = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
    box.setAAD(line);
    box.setAuthTag(bytes.subarray(end));
    return Buffer.concat([box.update(bytes.subarray(0, end)), box.final()]);
  } catch (error) {
    throw new SealedStreamError("It was altered, or a part of it is missing.", { cause: error });
  }
}

async function readHeader(source: ByteReader): Promise<{ readonly header: Header; readonly line: Buffer }> {
  const beginning = await source.peek(headerLimitBytes);
  const line = beginning.subarray(0, beginning.indexOf("\n") + 1);
  const header = parseHeader(line.toString("utf8"));
  if (!header) throw new SealedStreamError("Its first line was altered.");
  return { header, line: Buffer.from(line) };
}

function parseHeader(text: string): Header | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The caller says that the line was altered.
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const { version: found, secret, salt, check }: Partial<Record<keyof Header, unknown>> = parsed;
  if (typeof found === "number" && found > version) {
    throw new SealedStreamError("It was sealed by a newer release, which is needed to open it.");
  }
  if ((secret !== "passphrase" && secret !== "key") || typeof salt !== "string" || typeof check !== "string") {
    return undefined;
  }
  return { format, version, secret, salt, check };
}

interface Chunk {
  readonly index: number;
  readonly isLast: boolean;
  readonly bytes: Buffer;
}

/** The whole chunks of a stream and what is left; there is always a last one, if an empty one. */
async function* chunksOf(source: ByteReader, size: number): AsyncGenerator<Chunk> {
  for (let index = 0; ; index++) {
    const bytes = await source.take(size);
    const isLast = bytes.length < size || (await source.peek(1)).length === 0;
    yield { index, isLast, bytes };
    if (isLast) return;
  }
}
