import { randomBytes, randomInt, randomUUID } from "node:crypto";

/** Where unpredictable values come from. Tests may give a counted one; everything else takes the system's. */
export interface Random {
  bytes(size: number): Buffer;
  uuid(): string;
  /** `length` characters, each drawn evenly from `alphabet`. */
  text(alphabet: string, length: number): string;
}

export const digits = "0123456789";
export const lowerCase = "abcdefghijklmnopqrstuvwxyz";
export const upperCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The operating system's generator; `randomInt` draws without the bias of a remainder. */
export const systemRandom: Random = {
  bytes: (size) => randomBytes(size),
  uuid: () => randomUUID(),
  text: (alphabet, length) => Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join(""),
};
