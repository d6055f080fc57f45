/** Whether the key of a new passkey is one that signatures can be checked with, and no weaker than it says. */
import { createPublicKey, type JsonWebKey } from "node:crypto";

/** Source: RFC 9053 sections 2.1 and 7.1.1, RFC 8812 section 2, RFC 8230 section 4: labels and values of COSE. */
const labels = { kind: 1, algorithm: 3, first: -1, second: -2, third: -3 } as const;
const kinds = { curve: 2, rsa: 3 } as const;
const p256 = 1;
const coordinateBytes = 32;
const smallestModulusBytes = 256;

/**
 * Checks a key in the form of COSE: of the kind that its algorithm says, a point of its curve, an RSA modulus of 2048
 * bits at least. Nobody attests most passkeys, so no signature has used the key yet. The library reads the CBOR.
 */
export async function isUsableKey(publicKey: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const { isoCBOR } = await import("@simplewebauthn/server/helpers");
  try {
    const key: unknown = isoCBOR.decodeFirst(publicKey);
    const jwk = key instanceof Map ? jwkOf(key) : undefined;
    if (!jwk) return false;
    createPublicKey({ format: "jwk", key: jwk });
    return true;
  } catch {
    // What cannot be read as a key, or is no point of the curve, is of no use.
    return false;
  }
}

function jwkOf(key: ReadonlyMap<unknown, unknown>): JsonWebKey | undefined {
  const [first, second, third] = [key.get(labels.first), key.get(labels.second), key.get(labels.third)];
  const kind = key.get(labels.kind);
  switch (key.get(labels.algorithm)) {
    case -7:
      if (kind !== kinds.curve || first !== p256 || !isBytes(second) || !isBytes(third)) return undefined;
      if (second.length !== coordinateBytes || third.length !== coordinateBytes) return undefined;
      return { kty: "EC", crv: "P-256", x: text(second), y: text(third) };
    case -257:
      if (kind !== kinds.rsa || !isBytes(first) || !isBytes(second)) return undefined;
      if (first.length < smallestModulusBytes || first[0] === 0) return undefined;
      return { kty: "RSA", n: text(first), e: text(second) };
    default:
      return undefined;
  }
}

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
