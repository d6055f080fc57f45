/**
 * A client's half of SRP. The published implementation, which other tests sign in with, takes forty times as long for a
 * power: walks were spent in it. Source: RFC 5054, in the variant of Amazon's client libraries.
 */
import { createHash, createHmac } from "node:crypto";
import { type Powers, prime, toBytes, toNumber } from "../../../src/lib/modular-power.ts";

const generator = 2n;

/** A client's secret and what it shows of it. */
export interface SrpClient {
  readonly secret: bigint;
  readonly publicValue: bigint;
}

/** What the client knows: the realm of the name, the name and the password. */
export interface Known {
  readonly realm: string;
  readonly name: string;
  readonly password: string;
}

/** What a server asks with. */
export interface SrpQuestion {
  readonly SALT?: string;
  readonly SRP_B?: string;
  readonly SECRET_BLOCK?: string;
}

const sha256 = (...parts: readonly (Buffer | string)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** As a signed number is written: a zero in front of a first bit that is set. */
const signed = (number: bigint): Buffer => {
  const bytes = toBytes(number);
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]);
};

const multiplier = toNumber(sha256(signed(prime), signed(generator)));

const exponentOf = ({ realm, name, password }: Known, salt: bigint): bigint =>
  toNumber(sha256(signed(salt), sha256(`${realm}${name}:${password}`)));

/** Begins an exchange. */
export async function openSrpClient(powers: Powers, secret: bigint): Promise<SrpClient> {
  return { secret, publicValue: await powers.power(generator, secret) };
}

/** Proves to know the password, as of a time. */
export async function signSrp(
  powers: Powers,
  { secret, publicValue }: SrpClient,
  known: Known,
  { question, timestamp }: { readonly question: SrpQuestion; readonly timestamp: string },
): Promise<Record<string, string>> {
  const { SALT = "0", SRP_B = "0", SECRET_BLOCK = "" } = question;
  const [salt, serverValue] = [BigInt(`0x${SALT}`), BigInt(`0x${SRP_B}`)];
  const scrambler = toNumber(sha256(signed(publicValue), signed(serverValue)));
  const exponent = exponentOf(known, salt);
  const masked = (multiplier * (await powers.power(generator, exponent))) % prime;
  const session = await powers.power((serverValue - masked + prime) % prime, secret + scrambler * exponent);
  const extracted = createHmac("sha256", signed(scrambler)).update(signed(session)).digest();
  const key = createHmac("sha256", extracted).update("Caldera Derived Key\u0001").digest().subarray(0, 16);
  const signature = createHmac("sha256", key)
    .update(known.realm + known.name)
    .update(Buffer.from(SECRET_BLOCK, "base64"))
    .update(timestamp);
  return {
    PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: signature.digest("base64"),
    TIMESTAMP: timestamp,
  };
}

/** What a server is to keep of a password. */
export async function verifierOf(powers: Powers, known: Known, salt: bigint) {
  const verifier = await powers.power(generator, exponentOf(known, salt));
  return { Salt: signed(salt).toString("base64"), PasswordVerifier: signed(verifier).toString("base64") };
}
