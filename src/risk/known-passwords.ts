/** Which passwords attackers know or guess at once. Pure: the caller decides what follows. */
import { exactPasswords, passwordWords } from "./common-passwords.ts";

const split = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");

const exact: ReadonlySet<string> = new Set(split(exactPasswords));
const words: ReadonlySet<string> = new Set(split(passwordWords));

/** How many passwords the list has before anything is made of them. */
export const listedPasswords = exact.size + words.size;

/** Whose password it would be: what everybody who knows the user would try. */
export interface Names {
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Whether a password is one that attackers know: it is in the list, it is a word of the list in one of its usual
 * disguises (`P@ssw0rd!`, `Summer2024`), it is a pattern of the keyboard, or it is a name of its user.
 */
export function isKnownPassword(password: string, names: Names): boolean {
  const folded = password.toLowerCase();
  if (namesOf(names).has(folded)) return true;
  return exact.has(folded) || isPattern(folded) || variantsOf(folded).some((word) => words.has(word));
}

function namesOf({ username, attributes }: Names): ReadonlySet<string> {
  const { email = "", phone_number = "", preferred_username = "", name = "" } = attributes;
  const all = [username, email, email.split("@", 1)[0] ?? "", phone_number, preferred_username, name];
  return new Set(all.filter((value) => value !== "").map((value) => value.toLowerCase()));
}

/** So many characters at an end are an ornament; with more, the word is not what makes the password. */
const longestOrnament = 6;

/** The words that a password may be made of: as it stands, without its ornaments, and with letters for look-alikes. */
function variantsOf(folded: string): string[] {
  const trailing = new RegExp(`[\\d\\W_]{1,${longestOrnament}}$`);
  const leading = new RegExp(`^[\\d\\W_]{1,${longestOrnament}}`);
  const stripped = [folded, folded.replace(trailing, ""), folded.replace(leading, "")];
  return stripped.flatMap((word) => [word, ...plainLetters(word)]);
}

/** What people write in place of a letter; a one stands for two of them. */
const lookAlikes: Readonly<Record<string, string>> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "€": "e",
  "!": "i",
  "0": "o",
  $: "s",
  "5": "s",
  "7": "t",
};

function plainLetters(word: string): string[] {
  const plain = [...word].map((character) => lookAlikes[character] ?? character).join("");
  return [plain.replaceAll("1", "i"), plain.replaceAll("1", "l")];
}

const rows = [
  "01234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertzuiop",
  "azertyuiop",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
  "!@#$%^&*()",
];

const walks = rows.flatMap((row) => [row, [...row].toReversed().join("")]);

/** Shorter ones are found in other passwords by chance. */
const shortestPattern = 4;

/** A few characters again and again, or a walk along a row of the keyboard. */
function isPattern(folded: string): boolean {
  if (/^(.{1,4})\1+$/su.test(folded)) return true;
  return folded.length >= shortestPattern && walks.some((walk) => walk.includes(folded));
}
