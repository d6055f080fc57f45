/**
 * Compact JSON Web Signatures with RS256, and nothing else: the algorithm is that of the key we hold, never what a
 * token says. Source: RFC 7515 (serialisation), RFC 7518 section 3.3 (RS256).
 */
import { type KeyObject, sign, verify } from "node:crypto";
import { parseObject } from "./json-object.ts";

/** Longer tokens are not looked at. Ours stay far below it. */
export const tokenLimitCharacters = 16 * 1024;

const encode = (text: string): string => Buffer.from(text).toString("base64url");

/**
 * Signs `payload` (JSON text). The header is `{"kid","alg"}` in that order and nothing else, as Cognito writes it. The
 * signature is made on the thread pool: both cores work and the event loop stays free.
 */
export function signJws(keyId: string, key: KeyObject, payload: string): Promise<string> {
  const signed = `${encode(JSON.stringify({ kid: keyId, alg: "RS256" }))}.${encode(payload)}`;
  return new Promise((resolve, reject) => {
    sign("sha256", Buffer.from(signed), key, (error, signature) => {
      if (error) reject(error);
      else resolve(`${signed}.${signature.toString("base64url")}`);
    });
  });
}

/** A token taken apart but not verified. */
export interface UnverifiedJws {
  readonly keyId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Buffer;
}

/** Takes a token apart. Anything that is not exactly a compact RS256 token with a key id is undefined. */
export function parseJws(token: string): UnverifiedJws | undefined {
  if (token.length > tokenLimitCharacters) return undefined;
  const [header, payload, signature, ...more] = token.split(".");
  if (!header || !payload || !signature || more.length > 0) return undefined;
  const parsedHeader = parsePart(header);
  const parsedPayload = parsePart(payload);
  if (!parsedHeader || !parsedPayload) return undefined;
  const { kid, alg, crit } = parsedHeader;
  if (alg !== "RS256" || typeof kid !== "string" || kid.length > 128 || crit !== undefined) return undefined;
  const bytes = canonicalBytes(signature);
  if (!bytes) return undefined;
  return { keyId: kid, payload: parsedPayload, signed: `${header}.${payload}`, signature: bytes };
}

/** Whether `key` made the signature. */
export const isSignedBy = (token: UnverifiedJws, key: KeyObject): boolean =>
  verify("sha256", Buffer.from(token.signed), key, token.signature);

/** The bytes of a base64url text without padding, or undefined when another text would give the same bytes. */
export function canonicalBytes(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
}

function parsePart(part: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = canonicalBytes(part);
  return bytes && parseObject(bytes.toString("utf8"));
}
