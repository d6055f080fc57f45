/** Authenticated encryption of small texts. Source: AES-256-GCM, NIST SP 800-38D; HKDF-SHA256, RFC 5869. */
import { type CipherKey, createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { canonicalBytes } from "./jws.ts";

const cipher = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;
const format = "v1";

/** A key of 32 bytes derived from another for one use. */
export const deriveKey = (key: Buffer, label: string): Buffer => Buffer.from(hkdfSync("sha256", key, "", label, 32));

/** Binds a sealed value to where it stands. As JSON, ("a","bc") and ("ab","c") differ. */
const bind = (context: readonly string[]): Buffer => Buffer.from(JSON.stringify(context));

/** Seals `text` for `context`: `v1.<key version>.<iv>.<ciphertext>.<tag>`. */
export function sealText(key: CipherKey, version: number, context: readonly string[], text: string): string {
  const iv = randomBytes(ivBytes);
  const box = createCipheriv(cipher, key, iv, { authTagLength: tagBytes });
  box.setAAD(bind(context));
  const ciphertext = Buffer.concat([box.update(text, "utf8"), box.final()]);
  const parts = [iv, ciphertext, box.getAuthTag()].map((part) => part.toString("base64url"));
  return [format, version, ...parts].join(".");
}

/** The version of the key that sealed a value, or undefined for what is not a sealed value at all. */
export function sealedVersion(sealed: string): number | undefined {
  const match = /^v1\.([1-9]\d{0,9})\./.exec(sealed);
  return match ? Number(match[1]) : undefined;
}

/** Opens what `sealText` sealed. @throws when it was altered or sealed for another context or by another key. */
export function openText(key: CipherKey, context: readonly string[], sealed: string): string {
  const [, , ...parts] = sealed.split(".");
  const [iv, ciphertext, tag] = parts.map((part) => (part === "" ? Buffer.alloc(0) : canonicalBytes(part)));
  if (parts.length !== 3 || iv?.length !== ivBytes || tag?.length !== tagBytes || !ciphertext) {
    throw new Error("A sealed value is damaged.");
  }
  const box = createDecipheriv(cipher, key, iv, { authTagLength: tagBytes });
  box.setAAD(bind(context));
  box.setAuthTag(tag);
  return Buffer.concat([box.update(ciphertext), box.final()]).toString("utf8");
}
