/** The languages of the pages: which there are, and how a text is said in one of them. */
import { languages } from "./all.gen.ts";
import { type Counted, english, type Texts } from "./en.ts";

const codeOf = ([code]: readonly [string, Texts]): string => code.toLowerCase();

/** The language without its region. */
const baseOf = ([code]: readonly [string, Texts]): string => code.replace(/-.*$/, "").toLowerCase();

/** By code in lower case; of several regions of one language the first goes without. A map, for a code is anybody's text. */
const byCode: ReadonlyMap<string, Texts> = new Map<string, Texts>(
  [baseOf, codeOf].flatMap((nameOf) =>
    Object.entries(languages)
      .toReversed()
      .map((entry): [string, Texts] => [nameOf(entry), entry[1]]),
  ),
);

/** The words in the language of a code, in whatever case it is written; English where the code names none of ours. */
export const textsFor = (code: string | undefined): Texts => byCode.get(code?.toLowerCase() ?? "") ?? english;

/** What the sign-in machine says, in the language; its own words where the language has no others for them. */
export function translate(texts: Texts, message: string): string {
  const messages: Readonly<Record<string, string>> = texts.messages;
  return Object.hasOwn(messages, message) ? (messages[message] ?? message) : message;
}

/** A text that depends on a number, in the form that the language has for this number and with the number in it. */
export function counted(text: Counted, texts: Texts, count: number): string {
  const form = new Intl.PluralRules(texts.code).select(count);
  return (text[form] ?? text.other).replaceAll("{count}", String(count));
}
