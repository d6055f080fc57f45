/** Every language says all that English says, with the same placeholders, in its own words. */
import { describe, expect, it } from "vitest";
import { languages } from "./all.gen.ts";
import { english, type Texts } from "./en.ts";
import { counted, textsFor, translate } from "./index.ts";

/** Words that a language shares with English. */
const shared: Readonly<Record<string, readonly string[]>> = {
  de: ["code_", "byPasskey", "attributes.name", "attributes.website"],
  fr: ["code_"],
  id: ["byMail"],
  it: ["password", "byMail", "byPassword", "byPasskey"],
  nl: ["code_", "attributes.website"],
};

/** Numbers that a count may be: those of every plural rule that whole numbers and fractions of this size can meet. */
const counts = [...Array.from({ length: 101 }, (_, count) => count), 1.5];

/** Every sentence of a language by where it stands, the forms of a counted text each on their own. */
const sentencesOf = (texts: Texts): [place: string, sentence: string][] =>
  Object.entries(texts).flatMap(([key, text]): [string, string][] =>
    typeof text === "string"
      ? key === "code"
        ? []
        : [[key, text]]
      : Object.entries(text).map(([part, sentence]): [string, string] => [`${key}.${part}`, sentence]),
  );

const englishSentences = new Map(sentencesOf(english));

/** The English sentence of a place. English has no form but `one` and `other`, so another language's `few` is held to `other`. */
const englishAt = (place: string): string | undefined =>
  englishSentences.get(place) ?? englishSentences.get(place.replace(/\.\w+$/, ".other"));

const placeholdersOf = (text = ""): string[] => [...text.matchAll(/\{[^}]*\}/g)].map(([name]) => name).toSorted();
const countedOf = (texts: Texts) => [
  { name: "ruleLength", text: texts.ruleLength },
  { name: "resendIn", text: texts.resendIn },
];

const all = Object.entries(languages).map(([code, texts]: [string, Texts]) => ({ code, texts }));
const others = all.filter(({ code }) => code !== "en");

describe.each(all)("the words in $code", ({ code, texts }) => {
  it("say what language they are", () => {
    expect(texts.code).toBe(code);
    expect(Intl.PluralRules.supportedLocalesOf(code)).toEqual([code]);
  });

  it("leave nothing empty and put no space around", () => {
    expect(sentencesOf(texts).filter(([, sentence]) => sentence === "" || sentence !== sentence.trim())).toEqual([]);
  });

  it("know what counted texts are, and have each form that a number can ask for", () => {
    const countedPlaces = sentencesOf(texts).filter(([, sentence]) => sentence.includes("{count}"));
    const places = new Set(countedPlaces.map(([place]) => place.split(".")[0]));
    expect([...places].toSorted()).toEqual(
      countedOf(texts)
        .map(({ name }) => name)
        .toSorted(),
    );
    const rules = new Intl.PluralRules(code);
    const missing = countedOf(texts).flatMap(({ name, text }) =>
      counts.filter((count) => text[rules.select(count)] === undefined).map((count) => `${name} of ${count}`),
    );
    expect(missing).toEqual([]);
  });
});

describe.each(others)("the translation into $code", ({ code, texts }) => {
  it("says all that English says", () => {
    const places = new Set(sentencesOf(texts).map(([place]) => place));
    const missing = [...englishSentences.keys()].filter((place) => !place.endsWith(".one") && !places.has(place));
    expect(missing).toEqual([]);
  });

  it("keeps the placeholders of the English text", () => {
    const wrong = sentencesOf(texts).filter(
      ([place, sentence]) => placeholdersOf(sentence).join() !== placeholdersOf(englishAt(place)).join(),
    );
    expect(wrong).toEqual([]);
  });

  it("leaves no sentence in English but the words that both languages share", () => {
    const same = sentencesOf(texts)
      .filter(([place, sentence]) => sentence === englishAt(place))
      .map(([place]) => place);
    expect(same.toSorted()).toEqual((shared[code] ?? []).toSorted());
  });

  it("has typographic quotes and no gaps of two spaces", () => {
    expect(sentencesOf(texts).filter(([, sentence]) => /["'`]| {2}/.test(sentence))).toEqual([]);
  });
});

describe("a language", () => {
  it.each([
    ["de", "de"],
    ["en", "en"],
    ["ja", "ja"],
    ["pt-BR", "pt-BR"],
    ["pt-br", "pt-BR"],
    ["PT-BR", "pt-BR"],
    ["pt", "pt-BR"],
    ["zh-CN", "zh-CN"],
    ["zh-tw", "zh-TW"],
    ["ZH", "zh-CN"],
    ["xx", "en"],
    ["", "en"],
    ["constructor", "en"],
    ["__proto__", "en"],
    [undefined, "en"],
  ])("asked for as %s is %s", (asked, code) => {
    expect(textsFor(asked).code).toBe(code);
  });

  it.each(["de", "en", "es", "fr", "id", "it", "ja", "ko", "nl", "pt-BR", "zh-CN", "zh-TW"])(
    "of managed login is there: %s",
    (code) => expect(Object.keys(languages)).toContain(code),
  );

  it("that lacks a text does not compile", () => {
    const { next: _next, ...lacking } = languages.de;
    // @ts-expect-error: the text is missing, and the compiler says so.
    const incomplete: Texts = lacking;
    expect(Object.keys(incomplete)).not.toContain("next");
  });
});

describe("a sentence of the sign-in machine", () => {
  it.each([
    ["de", "User is disabled.", "Dieses Benutzerkonto ist deaktiviert."],
    ["en", "Code mismatch", "Code mismatch"],
    ["ja", "User does not exist.", "ユーザーが存在しません。"],
  ])("is said in %s: %s", (code, message, said) => {
    expect(translate(textsFor(code), message)).toBe(said);
  });

  it.each(["PreSignUp failed with error no.", "constructor", "__proto__", ""])(
    "that no language knows stays as it is: %s",
    (message) => {
      expect(translate(textsFor("de"), message)).toBe(message);
    },
  );
});

describe("a counted text", () => {
  it.each([
    ["en", 1, "Password must contain at least 1 character"],
    ["en", 8, "Password must contain at least 8 characters"],
    ["es", 1, "al menos 1 carácter"],
    // French and Portuguese count nought as one.
    ["fr", 0, "au moins 0 caractère"],
    ["fr", 2, "au moins 2 caractères"],
    ["pt-BR", 0, "pelo menos 0 caractere"],
    ["it", 0, "almeno 0 caratteri"],
    // A million has a form of its own in Spanish, which no text here needs.
    ["es", 1_000_000, "al menos 1000000 caracteres"],
    ["ja", 1, "1 文字以上"],
    ["ko", 8, "8자 이상"],
  ])("in %s with %d is: %s", (code, count, said) => {
    const texts = textsFor(code);
    expect(counted(texts.ruleLength, texts, count)).toBe(said);
  });
});
