/**
 * An authenticator made of a few functions, which does what an honest one does and, where a test wants it, what none
 * would. Source: Web Authentication Level 3 sections 6.1, 6.5 and 7; RFC 9052 section 7 for keys; RFC 8949 for CBOR.
 */
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

const sha256 = (bytes: string | Buffer): Buffer => createHash("sha256").update(bytes).digest();

/** A value that this authenticator writes. Maps are lists of pairs, for their keys are numbers as well. */
export type Cbor = number | string | Buffer | readonly (readonly [number | string, Cbor])[];

function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.of((major << 5) | argument);
  if (argument < 256) return Buffer.of((major << 5) | 24, argument);
  const bytes = Buffer.alloc(argument < 65_536 ? 3 : 5);
  bytes[0] = (major << 5) | (argument < 65_536 ? 25 : 26);
  if (argument < 65_536) bytes.writeUInt16BE(argument, 1);
  else bytes.writeUInt32BE(argument, 1);
  return bytes;
}

/** Writes CBOR. */
export function toCbor(value: Cbor): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.length), ...value.flatMap(([key, member]) => [toCbor(key), toCbor(member)])]);
}

/** A key pair as an authenticator keeps it, with its public half in the form of COSE. */
export interface Credential {
  readonly id: Buffer;
  readonly privateKey: KeyObject;
  readonly publicKey: Buffer;
}

const base64url = (text: string | undefined): Buffer => Buffer.from(text ?? "", "base64url");

/** Makes an ES256 key. */
export function makeCredential(): Credential {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y } = publicKey.export({ format: "jwk" });
  const cose = coseOfPoint(base64url(x), base64url(y));
  return { id: randomBytes(32), privateKey, publicKey: cose };
}

/** The COSE form of a point on P-256, which need not be one. */
export const coseOfPoint = (x: Buffer, y: Buffer, algorithm = -7): Buffer =>
  toCbor([
    [1, 2],
    [3, algorithm],
    [-1, 1],
    [-2, x],
    [-3, y],
  ]);

/** The COSE form of an RSA key. */
export function coseOfRsa(modulusLength: number, algorithm = -257): { privateKey: KeyObject; publicKey: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength });
  const { n, e } = publicKey.export({ format: "jwk" });
  const cose = toCbor([
    [1, 3],
    [3, algorithm],
    [-1, base64url(n)],
    [-2, base64url(e)],
  ]);
  return { privateKey, publicKey: cose };
}

/** What is signed for, with what a test wants to be different. */
export interface Ceremony {
  readonly challenge: string;
  readonly origin?: string;
  readonly rpId?: string;
  readonly isPresent?: boolean;
  readonly isVerified?: boolean;
  readonly counter?: number;
  /** Members of the client data, in place of the honest ones. */
  readonly clientData?: Readonly<Record<string, unknown>>;
}

const clientDataOf = (type: string, { challenge, origin = "https://example.com", clientData }: Ceremony): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...clientData }));

function authenticatorData(ceremony: Ceremony, attested = Buffer.alloc(0)): Buffer {
  const { rpId = "example.com", isPresent = true, isVerified = true, counter = 0 } = ceremony;
  const flags = (isPresent ? 0x01 : 0) | (isVerified ? 0x04 : 0) | (attested.length > 0 ? 0x40 : 0);
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([sha256(rpId), Buffer.of(flags), count, attested]);
}

/** The answer to a registration: no attestation, as most give none. `trailing` is what nobody expects after the key. */
export function register(
  { id, publicKey }: Omit<Credential, "privateKey">,
  ceremony: Ceremony,
  trailing = Buffer.alloc(0),
) {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(id.length % 65_536);
  const attested = Buffer.concat([Buffer.alloc(16), length, id, publicKey, trailing]);
  const attestationObject = toCbor([
    ["fmt", "none"],
    ["attStmt", []],
    ["authData", authenticatorData(ceremony, attested)],
  ]);
  return registrationOf(id, attestationObject, ceremony);
}

/** The answer to a registration with any bytes for an attestation object. */
export const registrationOf = (id: Buffer, attestationObject: Buffer, ceremony: Ceremony) => ({
  id: id.toString("base64url"),
  rawId: id.toString("base64url"),
  type: "public-key",
  authenticatorAttachment: "platform",
  clientExtensionResults: {},
  response: {
    clientDataJSON: clientDataOf("webauthn.create", ceremony).toString("base64url"),
    attestationObject: attestationObject.toString("base64url"),
    transports: ["internal"],
  },
});

/** The answer to a sign-in. `sign` makes the signature where a test wants another. */
export function assert(
  { id, privateKey }: Pick<Credential, "id" | "privateKey">,
  ceremony: Ceremony,
  sign: (data: Buffer, key: KeyObject) => Buffer = signDer,
) {
  const data = authenticatorData(ceremony);
  const clientData = clientDataOf("webauthn.get", ceremony);
  return {
    id: id.toString("base64url"),
    rawId: id.toString("base64url"),
    type: "public-key",
    clientExtensionResults: {},
    response: {
      clientDataJSON: clientData.toString("base64url"),
      authenticatorData: data.toString("base64url"),
      signature: sign(Buffer.concat([data, sha256(clientData)]), privateKey).toString("base64url"),
    },
  };
}

/** An ECDSA signature as Web Authentication wants it: two numbers in DER. */
export const signDer = (data: Buffer, key: KeyObject): Buffer => createSign("sha256").update(data).sign(key);

/** The same two numbers, one after the other. Source: IEEE P1363. */
export const signPlain = (data: Buffer, key: KeyObject): Buffer =>
  createSign("sha256").update(data).sign({ key, dsaEncoding: "ieee-p1363" });

/** Source: SEC 2 section 2.4.2: the order of P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** DER of two numbers. */
export function derOf(r: bigint, s: bigint): Buffer {
  const integer = (number: bigint): Buffer => {
    const hex = number.toString(16);
    const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
    const signed = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
    return Buffer.concat([Buffer.of(0x02, signed.length), signed]);
  };
  const both = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.of(0x30, both.length), both]);
}

/** A signature whose second number is the greater of the two that fit: as right as the other. */
export function signHigh(data: Buffer, key: KeyObject): Buffer {
  const plain = signPlain(data, key);
  const [r, s] = [plain.subarray(0, 32), plain.subarray(32)].map((half) => BigInt(`0x${half.toString("hex")}`));
  const [first, second] = [r ?? 0n, s ?? 0n];
  return derOf(first, second > order / 2n ? second : order - second);
}
