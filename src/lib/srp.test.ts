/** The numbers are those of one exchange that two independent implementations agree on. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { PowerQueueFullError, powersOnThreads, prime, toBytes } from "./modular-power.ts";
import {
  makeServerHalf,
  makeVerifier,
  parsePublicValue,
  parseTimestamp,
  provesPassword,
  scramblerOf,
  signedBytes,
} from "./srp.ts";

const powers = powersOnThreads({ threads: 2, queue: 64 });
afterAll(() => powers.close());

const identity = { realm: "AbCdEfGhI", name: "alice" };
const salt = BigInt("0x00112233445566778899aabbccddeeff");
const [a, b] = [BigInt(`0x${"a1".repeat(32)}`), BigInt(`0x${"b2".repeat(32)}`)];
const sha256 = (data: Buffer | string): string => createHash("sha256").update(data).digest("hex");
const block = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
const timestamp = "Tue Apr 2 03:04:05 UTC 2024";
const signature = "TRftmqdcxqRaK5eR8MQ+1mA1vACBg4NQoQnbHKQt0T0=";

async function exchange(password = "P@ssw0rd1") {
  const { verifier } = await makeVerifier(powers, identity, password, salt);
  const clientValue = await powers.power(2n, a);
  const half = await makeServerHalf(powers, verifier, clientValue, { randomSecret: () => b });
  return { identity, verifier, clientValue, half };
}

describe("the exchange", () => {
  it("computes the known numbers", async () => {
    const { verifier, clientValue, half } = await exchange();
    expect(sha256(signedBytes(verifier))).toBe("a9025aa1dd153dfda47a190b44ea0c921e76a5b11deb8451b4448aeccb07b813");
    expect(sha256(clientValue.toString(16))).toBe("299c2f400d99ae3ff78f767386c848b117f511335ca7f006c4e0c3f4ca59b01a");
    expect(sha256(half.publicValue.toString(16))).toBe(
      "5ccc5d6316d772f13ae996d4e4df21163d92c84e22644a665f0a4a4a7dfa234f",
    );
    expect(scramblerOf(clientValue, half.publicValue).toString(16)).toBe(
      "36593b664a664e247c68f0a75ddc43e402b66e531451aa39ac8e20d262784988",
    );
  });

  it("accepts the signature of the right password and no other", async () => {
    const claim = { block, timestamp, signature };
    expect(await provesPassword(powers, await exchange(), claim)).toBe(true);
    expect(await provesPassword(powers, await exchange("P@ssw0rd2"), claim)).toBe(false);
    expect(await provesPassword(powers, await exchange(), { ...claim, timestamp: `${timestamp} ` })).toBe(false);
    expect(await provesPassword(powers, await exchange(), { ...claim, block: block.subarray(1) })).toBe(false);
    expect(await provesPassword(powers, await exchange(), { ...claim, signature: "" })).toBe(false);
  });

  it("SRP-04: draws again when the scrambler would be zero", async () => {
    const drawn = [5n, 7n, 11n];
    const half = await makeServerHalf(powers, 12_345n, 99n, {
      randomSecret: () => drawn.shift() ?? 1n,
      scrambler: () => (drawn.length > 1 ? 0n : 1n),
    });
    expect(half.secret).toBe(7n);
  });
});

describe("a client's public value", () => {
  const hex = (number: bigint): string => number.toString(16);

  it.each([
    ["SRP-01: zero", "0"],
    ["SRP-01: zero with zeros in front", "0000"],
    ["SRP-01: the prime", hex(prime)],
    ["SRP-01: the prime with a zero in front", `00${hex(prime)}`],
    ["SRP-01: twice the prime", hex(2n * prime)],
    ["SRP-01: three times the prime", hex(3n * prime)],
    ["SRP-02: one", "1"],
    ["SRP-02: one below the prime", hex(prime - 1n)],
    ["SRP-02: one above the prime", hex(prime + 1n)],
    ["SRP-03: nothing", ""],
    ["SRP-03: a negative number", "-2"],
    ["SRP-03: a prefix", "0x22"],
    ["SRP-03: digits of another script", "٢٢"],
    ["SRP-03: a million digits", "f".repeat(1_000_000)],
  ])("is refused: %s", (_what, value) => {
    expect(parsePublicValue(value)).toBeUndefined();
  });

  it("is read whatever its case and length", () => {
    expect(parsePublicValue("abc")).toBe(0xabcn);
    expect(parsePublicValue("00ABC")).toBe(0xabcn);
    expect(parsePublicValue(hex(prime - 2n))).toBe(prime - 2n);
  });
});

describe("a power", () => {
  it("is what multiplication gives", async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt(0n, prime - 1n), fc.bigInt(1n, 2n ** 256n), async (base, exponent) => {
        let expected = 1n;
        for (let square = base, left = exponent; left > 0n; left >>= 1n, square = (square * square) % prime) {
          if (left & 1n) expected = (expected * square) % prime;
        }
        expect(await powers.power(base, exponent)).toBe(expected);
      }),
      { numRuns: 25 },
    );
  });

  it("is refused when too many wait", async () => {
    const few = powersOnThreads({ threads: 1, queue: 2 });
    const outcomes = await Promise.allSettled([1n, 2n, 3n].map((exponent) => few.power(2n, exponent)));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(outcomes[2]).toMatchObject({ reason: expect.any(PowerQueueFullError) });
    await few.close();
  });

  it("takes bytes with as many zeros in front as are wanted", () => {
    expect(toBytes(0xabcn)).toEqual(Buffer.of(0x0a, 0xbc));
    expect(toBytes(1n, 3)).toEqual(Buffer.of(0, 0, 1));
  });
});

describe("a timestamp", () => {
  it.each([
    [timestamp, Date.UTC(2024, 3, 2, 3, 4, 5)],
    ["Wed Nov 25 13:00:00 UTC 2026", Date.UTC(2026, 10, 25, 13)],
    ["Tue Apr 02 03:04:05 UTC 2024", Date.UTC(2024, 3, 2, 3, 4, 5)],
    ["2024-04-02T03:04:05Z", undefined],
    ["Tue Foo 2 03:04:05 UTC 2024", undefined],
    ["", undefined],
  ])("is read as clients write it: %s", (text, time) => {
    expect(parseTimestamp(text)).toBe(time);
  });
});
