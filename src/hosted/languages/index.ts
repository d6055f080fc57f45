/** The languages of the pages: which there are, and how a text is said in one of them. */
import { german } from "./de.ts";
import { type Counted, english, type Texts } from "./en.ts";
import { spanish } from "./es.ts";
import { french } from "./fr.ts";
import { indonesian } from "./id.ts";
import { italian } from "./it.ts";
import { japanese } from "./ja.ts";
import { korean } from "./ko.ts";
import { dutch } from "./nl.ts";
import { portuguese } from "./pt-BR.ts";
import { chineseSimplified } from "./zh-CN.ts";
import { chineseTraditional } from "./zh-TW.ts";

/** Every language by the code that `lang` names it with. Source: Cognito developer guide, managed login localization. */
export const languages = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
  id: indonesian,
  it: italian,
  ja: japanese,
  ko: korean,
  nl: dutch,
  "pt-BR": portuguese,
  "zh-CN": chineseSimplified,
  "zh-TW": chineseTraditional,
} as const satisfies Readonly<Record<string, Texts>>;

/** By code in lower case, with the languages that go without a region. A map, for a code is anybody's text. */
const byCode: ReadonlyMap<string, Texts> = new Map<string, Texts>([
  ...Object.entries(languages).map(([code, texts]): [string, Texts] => [code.toLowerCase(), texts]),
  ["pt", portuguese],
  ["zh", chineseSimplified],
]);

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
