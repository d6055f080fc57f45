/** The languages of the pages, by the codes that managed login takes. */
import { type Counted, english, type Texts } from "./en.ts";

export const languages: Readonly<Record<string, Texts>> = { en: english };

/** The words in the language of a code; in English for one that is not here. */
export const textsFor = (code: string | undefined): Texts => languages[code ?? "en"] ?? english;

/** A sentence of the sign-in machine in a language, or the sentence itself. */
export function translate({ messages }: Texts, message: string): string {
  return new Map(Object.entries(messages)).get(message) ?? message;
}

/** The form of a text that goes with a number. */
export function counted(text: Counted, { code }: Texts, count: number): string {
  const form = text[new Intl.PluralRules(code).select(count)] ?? text.other;
  return form.replace("{count}", () => String(count));
}
