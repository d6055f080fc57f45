/**
 * Secure Remote Password, server side, in the variant that Cognito's clients speak: SRP-6a over the 3072-bit group with
 * generator 2 and SHA-256, a key from HKDF and a signature over a time instead of the usual proofs.
 * Source: RFC 5054 for the method; the variant as Amazon's published client libraries compute it.
 */
import { createHash, createHmac } from "node:crypto";
import { equalsInConstantTime } from "./constant-time.ts";
import { type Powers, prime, toBytes, toNumber } from "./modular-power.ts";

const generator = 2n;

/** What a password is kept as: it proves a sign-in and does not tell the password, though it can be guessed against. */
export interface Verifier {
  readonly salt: bigint;
  readonly verifier: bigint;
}

/** Whose password it is: the two names that go into it. Of a pool, its id after the underscore; of a device, its group. */
export interface Identity {
  readonly realm: string;
  readonly name: string;
}

/** The server's half of an exchange. `secret` is kept until the answer; `publicValue` is shown. */
export interface ServerHalf {
  readonly secret: bigint;
  readonly publicValue: bigint;
}

/** What a client claims to know the password by. */
export interface Claim {
  /** The bytes that the server gave with its question. */
  readonly block: Buffer;
  /** The time as the client wrote it. */
  readonly timestamp: string;
  /** Base64. */
  readonly signature: string;
}

const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The bytes of a number with a zero in front where the first bit is set: as a signed number would be written. */
export function signedBytes(number: bigint): Buffer {
  const bytes = toBytes(number);
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

const multiplier = toNumber(sha256(signedBytes(prime), signedBytes(generator)));

/** Makes what a password is kept as. */
export async function makeVerifier(
  powers: Powers,
  { realm, name }: Identity,
  password: string,
  salt: bigint,
): Promise<Verifier> {
  const exponent = toNumber(sha256(signedBytes(salt), sha256(`${realm}${name}:${password}`)));
  return { salt, verifier: await powers.power(generator, exponent) };
}

/** No number of an honest exchange is longer in hexadecimal: the prime's digits and a sign. */
const longestHex = 770;

/**
 * Reads a client's public value. Zero and one, their mirror images and anything not below the prime would let anybody
 * in without a password, or be none. Undefined for these and for what is no hexadecimal number.
 * Source: RFC 5054 section 2.5.4.
 */
export function parsePublicValue(hex: string): bigint | undefined {
  if (hex.length > longestHex || !/^[0-9a-fA-F]+$/.test(hex)) return undefined;
  const value = BigInt(`0x${hex}`);
  return value > 1n && value < prime - 1n ? value : undefined;
}

/** Whether a number can be a verifier. */
export const isVerifier = (verifier: bigint): boolean => verifier > 1n && verifier < prime - 1n;

/** The scrambler of an exchange: it ties both public values to the key. */
export const scramblerOf = (clientValue: bigint, serverValue: bigint): bigint =>
  toNumber(sha256(signedBytes(clientValue), signedBytes(serverValue)));

/** Makes the server's half. `randomSecret` is asked again in the one case of 2^256 in which the scrambler is zero. */
export async function makeServerHalf(
  powers: Powers,
  verifier: bigint,
  clientValue: bigint,
  {
    randomSecret,
    scrambler = scramblerOf,
  }: { readonly randomSecret: () => bigint; readonly scrambler?: typeof scramblerOf },
): Promise<ServerHalf> {
  for (;;) {
    const secret = randomSecret();
    const publicValue = (multiplier * verifier + (await powers.power(generator, secret))) % prime;
    if (publicValue !== 0n && scrambler(clientValue, publicValue) !== 0n) return { secret, publicValue };
  }
}

/** An exchange of which both halves are known. */
export interface Exchange {
  readonly identity: Identity;
  readonly verifier: bigint;
  readonly clientValue: bigint;
  readonly half: ServerHalf;
}

/** Whether a claim was signed by one who knows the password of the verifier. */
export async function provesPassword(powers: Powers, exchange: Exchange, claim: Claim): Promise<boolean> {
  const { identity, verifier, clientValue, half } = exchange;
  const scrambler = scramblerOf(clientValue, half.publicValue);
  const base = (clientValue * (await powers.power(verifier, scrambler))) % prime;
  const session = await powers.power(base, half.secret);
  const key = sessionKey(session, scrambler);
  const expected = createHmac("sha256", key)
    .update(identity.realm + identity.name)
    .update(claim.block)
    .update(claim.timestamp)
    .digest("base64");
  return equalsInConstantTime(expected, claim.signature);
}

/** Source: RFC 5869 with one block, of which the first half is the key. */
function sessionKey(session: bigint, scrambler: bigint): Buffer {
  const extracted = createHmac("sha256", signedBytes(scrambler)).update(signedBytes(session)).digest();
  return createHmac("sha256", extracted).update("Caldera Derived Key\u0001").digest().subarray(0, 16);
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Reads a time such as `Tue Apr 2 03:04:05 UTC 2024`, in milliseconds; undefined for anything else. */
export function parseTimestamp(text: string): number | undefined {
  const parts = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) UTC (\d{4})$/.exec(text);
  const month = months.indexOf(parts?.[1] ?? "");
  if (!parts || month < 0) return undefined;
  const [day, hour, minute, second, year] = parts.slice(2).map(Number);
  return Date.UTC(year ?? 0, month, day, hour, minute, second);
}
