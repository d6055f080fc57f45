/** Every language of the pages by its code. Made by tools/languages.ts. Do not edit. */
import { german } from "./de.ts";
import { english, type Texts } from "./en.ts";
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
