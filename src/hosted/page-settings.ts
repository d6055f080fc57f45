/** Reads what a pool's owner says of its pages, and gives the words of a pool in a language. */
import type { App } from "../app.ts";
import { withTransaction } from "../database/transact.ts";
import { toJson } from "../lib/json-text.ts";
import type { PageSettings, PageTexts } from "../pools/page-settings.ts";
import type { PoolSettings } from "../pools/pool.ts";
import { holdPool, updatePool } from "../pools/store.ts";
import { languages } from "./languages/all.gen.ts";
import { type Counted, english, type Texts } from "./languages/en.ts";

/** Nobody reads more on a page that asks for a password. */
const longestText = 500;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const forms: ReadonlySet<string> = new Set(["zero", "one", "two", "few", "many", "other"]);

const placeholdersOf = (text: string): string =>
  [...new Set([...text.matchAll(/\{[^}]*\}/g)].map(([name]) => name))].toSorted().join(" ");

/** Reads the settings of a seed or a file. @throws saying what is wrong, and where */
export function parsePageSettings(value: unknown): PageSettings {
  if (!isRecord(value)) throw new Error("pages: must be a table of settings.");
  const { texts, recoveryCodes, passkeyAutofill, ...unknown } = value;
  const [other] = Object.keys(unknown);
  if (other !== undefined) throw new Error(`pages.${other}: there is no such setting.`);
  return {
    ...(texts !== undefined && { texts: parseTexts(texts) }),
    ...parseSwitch("recoveryCodes", recoveryCodes),
    ...parseSwitch("passkeyAutofill", passkeyAutofill),
  };
}

function parseSwitch(name: string, value: unknown): Readonly<Record<string, boolean>> {
  if (value === undefined) return {};
  if (typeof value !== "boolean") throw new Error(`pages.${name}: must be true or false.`);
  return { [name]: value };
}

function parseTexts(value: unknown): Readonly<Record<string, PageTexts>> {
  if (!isRecord(value)) throw new Error("pages.texts: must be a table of languages.");
  return Object.fromEntries(
    Object.entries(value).map(([code, texts]) => {
      if (!Object.hasOwn(languages, code))
        throw new Error(`pages.texts.${code}: the pages do not speak this language.`);
      return [code, parseLanguage(`pages.texts.${code}`, texts)];
    }),
  );
}

type Words = string | Readonly<Record<string, string>>;

/** What the words of a name may hold, in any language, is what the English ones hold. */
const model: Readonly<Record<string, Words>> = english;

const modelOf = (name: string): Words | undefined =>
  name !== "code" && Object.hasOwn(model, name) ? model[name] : undefined;

function parseLanguage(place: string, value: unknown): PageTexts {
  if (!isRecord(value)) throw new Error(`${place}: must be a table of texts.`);
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      const known = modelOf(name);
      if (known === undefined) throw new Error(`${place}.${name}: the pages have no text of this name.`);
      return [
        name,
        typeof known === "string"
          ? parseText(`${place}.${name}`, text, known)
          : parseGroup(`${place}.${name}`, text, known),
      ];
    }),
  );
}

/** The forms of a text with a number in it, or the sentences of a group. */
function parseGroup(place: string, value: unknown, known: Readonly<Record<string, string>>): Record<string, string> {
  if (!isRecord(value)) throw new Error(`${place}: must be a table of texts.`);
  const isCounted = known["other"] !== undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      const wanted =
        isCounted && forms.has(name) ? known["other"] : Object.hasOwn(known, name) ? known[name] : undefined;
      if (wanted === undefined) throw new Error(`${place}.${name}: the pages have no text of this name.`);
      return [name, parseText(`${place}.${name}`, text, wanted)];
    }),
  );
}

function parseText(place: string, value: unknown, known: string): string {
  if (typeof value !== "string" || value.trim() === "") throw new Error(`${place}: must be a text.`);
  if (value.length > longestText) throw new Error(`${place}: must have ${longestText} characters at most.`);
  const [given, wanted] = [placeholdersOf(value), placeholdersOf(known)];
  if (given !== wanted)
    throw new Error(`${place}: must have ${wanted || "no placeholders"}, and has ${given || "none"}.`);
  return value;
}

/** Keeps what a pool's owner says of its pages, in place of what was said before. @throws ResourceNotFoundException */
export async function replacePages(app: Pick<App, "db" | "clock">, poolId: string, pages: PageSettings): Promise<void> {
  await withTransaction(app, async ({ db }) => {
    const pool = await holdPool(db, poolId);
    if (toJson(pool.settings.pages ?? {}) === toJson(pages)) return;
    await updatePool(db, { ...pool, settings: { ...pool.settings, pages }, modifiedAt: app.clock.now() });
  });
}

/** The words of a language as a pool's owner wants them. */
export function textsOfPool({ settings }: { readonly settings: Pick<PoolSettings, "pages"> }, texts: Texts): Texts {
  const own = settings.pages?.texts?.[texts.code];
  if (!own) return texts;
  const before: Readonly<Record<string, Words>> = {
    ...texts,
    ruleLength: allForms(texts.ruleLength),
    resendIn: allForms(texts.resendIn),
  };
  const merged = Object.entries(own).map(([name, words]): [string, Words] => {
    const ours = before[name];
    return [name, typeof words === "string" || typeof ours === "string" ? words : { ...ours, ...words }];
  });
  return Object.assign({}, texts, Object.fromEntries(merged));
}

/** The forms that a language has. */
const allForms = (text: Counted): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(text).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
