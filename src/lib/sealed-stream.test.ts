import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { byteReader, linesOf } from "./byte-reader.ts";
import { isSealedStream, openStream, type StreamSecret, sealStream } from "./sealed-stream.ts";

const key = randomBytes(32);
const secret = (): StreamSecret => ({ kind: "key", key });
const chunk = 64 * 1024;
const sealedChunk = chunk + 16;

/** A stream that comes in pieces of no particular size. */
async function* pieces(bytes: Buffer, size = 10_007): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of stream) all.push(piece);
  return Buffer.concat(all);
}

const seal = (bytes: Buffer, by = secret()): Promise<Buffer> => collect(sealStream(byteReader(pieces(bytes)), by));
const open = (bytes: Buffer, by = secret()): Promise<Buffer> => collect(openStream(byteReader(pieces(bytes)), by));

describe("a sealed stream", () => {
  it.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 3 * chunk + 7])("opens whole with %i bytes", async (size) => {
    const bytes = randomBytes(size);
    expect((await open(await seal(bytes))).equals(bytes)).toBe(true);
  });

  it("opens by its passphrase, however its accents were typed, and by no other", async () => {
    const by = (passphrase: string): StreamSecret => ({ kind: "passphrase", passphrase });
    const sealed = await seal(Buffer.from("text"), by("caf\u00e9 au lait"));
    expect((await open(sealed, by("cafe\u0301 au lait"))).toString()).toBe("text");
    await expect(open(sealed, by("cafe au lait"))).rejects.toThrow("The passphrase does not open it.");
    await expect(open(sealed)).rejects.toThrow("It is sealed under a passphrase.");
  });

  it("is another each time, and shows nothing of what it holds", async () => {
    const bytes = Buffer.from("a secret ".repeat(20));
    const [one, other] = [await seal(bytes), await seal(bytes)];
    expect(one.includes("a secret")).toBe(false);
    expect(one.subarray(-100).equals(other.subarray(-100))).toBe(false);
  });

  /** Where the chunks begin. */
  const headOf = (sealed: Buffer): number => sealed.indexOf("\n") + 1;
  const flip = (sealed: Buffer, at: number): Buffer => {
    const altered = Buffer.from(sealed);
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
    return altered;
  };

  it.each([
    ["has another byte in its first chunk", (sealed: Buffer, head: number) => flip(sealed, head)],
    ["has another byte in its last", (sealed: Buffer) => flip(sealed, sealed.length - 20)],
    ["has another byte in a tag", (sealed: Buffer) => flip(sealed, sealed.length - 1)],
    ["is cut within a chunk", (sealed: Buffer) => sealed.subarray(0, -30)],
    ["is cut behind a chunk", (sealed: Buffer, head: number) => sealed.subarray(0, head + 2 * sealedChunk)],
    ["is cut before its first chunk", (sealed: Buffer, head: number) => sealed.subarray(0, head)],
    [
      "lacks a chunk in the middle",
      (sealed: Buffer, head: number) =>
        Buffer.concat([sealed.subarray(0, head + sealedChunk), sealed.subarray(head + 2 * sealedChunk)]),
    ],
    [
      "has two chunks in each other's place",
      (sealed: Buffer, head: number) =>
        Buffer.concat([
          sealed.subarray(0, head),
          sealed.subarray(head + sealedChunk, head + 2 * sealedChunk),
          sealed.subarray(head, head + sealedChunk),
          sealed.subarray(head + 2 * sealedChunk),
        ]),
    ],
    ["goes on behind its end", (sealed: Buffer) => Buffer.concat([sealed, Buffer.from("more")])],
    ["says another salt", (sealed: Buffer) => flip(sealed, sealed.indexOf('"salt":"') + 8)],
    ["says another check", (sealed: Buffer) => flip(sealed, sealed.indexOf('"check":"') + 9)],
    ["has something else in its first line", (sealed: Buffer) => flip(sealed, 1)],
  ])("does not open when it %s", async (_title, alter) => {
    const sealed = await seal(randomBytes(2 * chunk + 1000));
    await expect(open(alter(sealed, headOf(sealed)))).rejects.toMatchObject({ name: "SealedStreamError" });
  });

  it("that a newer release sealed says so", async () => {
    const sealed = await seal(Buffer.from("text"));
    const newer = Buffer.from(sealed.toString("latin1").replace('"version":1', '"version":2'), "latin1");
    await expect(open(newer)).rejects.toThrow("a newer release");
  });

  it("is told from one that is not", async () => {
    expect(await isSealedStream(byteReader(pieces(await seal(Buffer.from("text")), 3)))).toBe(true);
    expect(await isSealedStream(byteReader(pieces(Buffer.from('{"kind":"poolhouse-export"}'), 3)))).toBe(false);
    expect(await isSealedStream(byteReader(pieces(Buffer.alloc(0))))).toBe(false);
  });
});

describe("the lines of a stream", () => {
  const linesIn = async (bytes: Buffer, { limit = 200_000, size = 7 } = {}): Promise<string[]> => {
    const lines: string[] = [];
    for await (const line of linesOf(byteReader(pieces(bytes, size)), limit)) lines.push(line);
    return lines;
  };

  it.each([
    ["none", "", []],
    ["one without an end", "é", ["é"]],
    ["empty ones", "a\n\nb\n", ["a", "", "b"]],
  ])("are %s", async (_title, text, lines) => {
    expect(await linesIn(Buffer.from(text))).toEqual(lines);
  });

  it("may be longer than what is read at once, but not than their limit", async () => {
    const long = "é".repeat(80_000);
    expect(await linesIn(Buffer.from(`${long}\n${long}`), { size: 30_000 })).toEqual([long, long]);
    await expect(linesIn(Buffer.from(long), { limit: 100_000, size: 30_000 })).rejects.toThrow(
      "more than 100000 bytes",
    );
  });

  it("are UTF-8 and nothing else", async () => {
    await expect(linesIn(Buffer.from([0x61, 0xff, 0x0a]))).rejects.toThrow(TypeError);
  });
});
