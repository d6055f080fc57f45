/**
 * Password hashes that were made elsewhere: bcrypt, scrypt, PBKDF2 and argon2id with other parameters. They are checked
 * as they are and replaced at the first right password. Costs have bounds: a hash that takes minutes to check is a way
 * to stop a server. Sources: the PHC string format; RFC 7914; RFC 8018; bcrypt by its modular crypt format.
 */
import { pbkdf2, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { verify as verifyArgon2 } from "@node-rs/argon2";
import { equalsInConstantTime } from "./constant-time.ts";

/** The formats, by the names of the contract. */
export type HashAlgorithm = "BCRYPT" | "SCRYPT" | "ARGON2ID" | "PBKDF2_SHA256";

const forms: Readonly<Record<HashAlgorithm, RegExp>> = {
  BCRYPT: /^\$2[aby]\$(\d{2})\$[./A-Za-z0-9]{53}$/,
  SCRYPT: /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,172})$/,
  ARGON2ID: /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,172}$/,
  PBKDF2_SHA256: /^\$pbkdf2-sha256\$i=(\d{1,7})(?:,l=\d+)?\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,172})$/,
};

const mostBcryptCost = 14;
const mostScryptBytes = 128 * 1024 * 1024;
const mostArgon2Kibibytes = 256 * 1024;
const mostArgon2Passes = 10;
const mostIterations = 2_000_000;
const mostLanes = 16;

/** What is wrong with a hash that is to be kept; undefined for one that can be checked in good time. */
export function faultOfHash(algorithm: HashAlgorithm, hash: string): string | undefined {
  const parts = forms[algorithm].exec(hash);
  if (!parts) return `The password hash is not in the format of ${algorithm}`;
  const [one = 0, two = 0, three = 0] = parts.slice(1).map(Number);
  const isCostly: Readonly<Record<HashAlgorithm, boolean>> = {
    BCRYPT: one > mostBcryptCost || one < 4,
    SCRYPT: 128 * 2 ** one * two > mostScryptBytes || three > mostLanes || one < 1 || two < 1 || three < 1,
    ARGON2ID: one > mostArgon2Kibibytes || two > mostArgon2Passes || three > mostLanes || two < 1 || three < 1,
    PBKDF2_SHA256: one > mostIterations || one < 1,
  };
  return isCostly[algorithm] ? `The password hash has a cost that is not allowed` : undefined;
}

/** The format of a stored hash. */
const algorithmOf = (hash: string): HashAlgorithm | undefined =>
  (["ARGON2ID", "BCRYPT", "SCRYPT", "PBKDF2_SHA256"] as const).find((algorithm) => forms[algorithm].test(hash));

/** Beyond this bcrypt looks at no more bytes: two passwords that differ later would be one. */
const bcryptLimitBytes = 72;

/** Whether a password made a hash of any of the formats. */
export async function verifyForeign(hash: string, password: string): Promise<boolean> {
  const algorithm = algorithmOf(hash);
  switch (algorithm) {
    case "ARGON2ID":
      return verifyArgon2(hash, password);
    case "BCRYPT":
      return verifyBcrypt(hash, password);
    case "SCRYPT":
      return verifyScrypt(hash, password);
    case "PBKDF2_SHA256":
      return verifyPbkdf2(hash, password);
    case undefined:
      return false;
  }
}

async function verifyBcrypt(hash: string, password: string): Promise<boolean> {
  if (Buffer.byteLength(password) > bcryptLimitBytes || password.includes("\0")) return false;
  const { verify } = await import("@node-rs/bcrypt");
  return verify(password, hash);
}

const scryptAsync: (password: string, salt: Buffer, length: number, options: object) => Promise<unknown> =
  promisify(scrypt);
const pbkdf2Async = promisify(pbkdf2);

async function verifyScrypt(hash: string, password: string): Promise<boolean> {
  const [, ln = "", r = "", p = "", salt = "", expected = ""] = forms.SCRYPT.exec(hash) ?? [];
  const length = Buffer.from(expected, "base64").length;
  const options = { N: 2 ** Number(ln), r: Number(r), p: Number(p), maxmem: 2 * mostScryptBytes };
  const made = await scryptAsync(password, Buffer.from(salt, "base64"), length, options);
  return made instanceof Buffer && equalsInConstantTime(unpadded(made), expected);
}

async function verifyPbkdf2(hash: string, password: string): Promise<boolean> {
  const [, iterations = "", salt = "", expected = ""] = forms.PBKDF2_SHA256.exec(hash) ?? [];
  const length = Buffer.from(expected, "base64").length;
  const made = await pbkdf2Async(password, Buffer.from(salt, "base64"), Number(iterations), length, "sha256");
  return equalsInConstantTime(unpadded(made), expected);
}

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");
