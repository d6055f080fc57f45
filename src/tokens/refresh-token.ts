/**
 * The refresh token as a client holds it: a text with the look of Cognito's five-part encrypted JWT. Clients treat it
 * as opaque, so instead of RSA it is sealed with the pool's own key, which no client could tell apart: the second part
 * holds random bytes where the wrapped key would stand. Every character is authenticated.
 * Source: the look is RFC 7516 section 7.1; header as observed.
 */

import { canonicalBytes, tokenLimitCharacters } from "../lib/jws.ts";
import type { Random } from "../lib/random.ts";
import type { PoolKeys } from "../vault/vault.ts";

const header = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString("base64url");

/** The size of a content key wrapped by RSA-2048. */
const wrappedKeyBytes = 256;

/**
 * What the token says to us: the family it belongs to and which rotation of it this is. The rest is what a refusal has to
 * know when the family is no more: whose it was, and until when it would have been good (milliseconds since the epoch).
 */
export interface RefreshTokenContent {
  readonly family: string;
  readonly generation: number;
  readonly username: string;
  readonly expiresAt: number;
}

/** Writes the token of one generation of a family. */
export function sealRefreshToken(keys: PoolKeys, random: Random, content: RefreshTokenContent): string {
  const filler = random.bytes(wrappedKeyBytes);
  // The first bytes name the version of the pool's key, which opens the rest.
  filler.writeUInt32BE(keys.version);
  const { family, generation, username, expiresAt } = content;
  const [, , iv, ciphertext, tag] = keys
    .seal("refresh", placeOf(filler), JSON.stringify([family, generation, username, expiresAt]))
    .split(".");
  return [header, filler.toString("base64url"), iv, ciphertext, tag].join(".");
}

/** Reads a token, or gives undefined for anything that this pool did not seal, however it was altered. */
export function openRefreshToken(keys: PoolKeys, token: string): RefreshTokenContent | undefined {
  if (token.length > tokenLimitCharacters) return undefined;
  const [first, filler, iv, ciphertext, tag, ...more] = token.split(".");
  if (first !== header || !filler || !iv || !ciphertext || !tag || more.length > 0) return undefined;
  const parts = [filler, iv, ciphertext, tag].map(canonicalBytes);
  const fillerBytes = parts[0];
  if (!fillerBytes || parts.includes(undefined) || fillerBytes.length !== wrappedKeyBytes) return undefined;
  return parseContent(
    openOrUndefined(keys, fillerBytes, `v1.${fillerBytes.readUInt32BE()}.${iv}.${ciphertext}.${tag}`),
  );
}

const placeOf = (filler: Buffer) => ({
  table: "refresh_families",
  column: "token",
  row: filler.toString("base64url"),
});

function openOrUndefined(keys: PoolKeys, filler: Buffer, sealed: string): string | undefined {
  try {
    return keys.open("refresh", placeOf(filler), sealed);
  } catch {
    // Only what this pool sealed opens; anything else is simply not a token of ours.
    return undefined;
  }
}

function parseContent(text: string | undefined): RefreshTokenContent | undefined {
  const content: unknown = text === undefined ? undefined : JSON.parse(text);
  if (!Array.isArray(content)) return undefined;
  const [family, generation, username, expiresAt]: unknown[] = content;
  if (typeof family !== "string" || typeof generation !== "number") return undefined;
  if (typeof username !== "string" || typeof expiresAt !== "number") return undefined;
  return { family, generation, username, expiresAt };
}
