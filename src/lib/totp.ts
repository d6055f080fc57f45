/**
 * Time-based one-time passwords: HMAC-SHA-1, six digits, steps of thirty seconds, as every authenticator app computes
 * them. Source: RFC 6238, over RFC 4226.
 */
import { createHmac } from "node:crypto";
import { second } from "./clock.ts";

/** How long one code stands, in milliseconds. */
const stepMilliseconds = 30 * second;

/** A code is taken a step early or late: clocks differ. Source: RFC 6238 section 5.2. */
const drift = 1;

const codeDigits = 6;

/** The step that a time falls into. */
export const stepAt = (now: number): number => Math.floor(now / stepMilliseconds);

/** The code of a step. */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  // Dynamic truncation. Source: RFC 4226 section 5.3.
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** codeDigits;
  return String(number).padStart(codeDigits, "0");
}

/** The step whose code this is, of those that are good now; undefined when it is the code of none. */
export function stepOfCode(secret: Buffer, code: string, now: number): number | undefined {
  const present = stepAt(now);
  const steps = Array.from({ length: 2 * drift + 1 }, (_, index) => present - drift + index);
  return steps.find((step) => codeAt(secret, step) === code);
}

/** Source: RFC 4648 section 6. */
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The text in which people and apps hand a secret around, without padding. */
export function toBase32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}
