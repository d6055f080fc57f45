/** What a pool's owner may say of its pages. */
import { describe, expect, it } from "vitest";
import { german } from "./languages/de.ts";
import { english } from "./languages/en.ts";
import { parsePageSettings, textsOfPool } from "./page-settings.ts";

const withTexts = (texts: unknown) => () => parsePageSettings({ texts });

describe("settings of pages", () => {
  it("are read as they are given", () => {
    const pages = {
      texts: {
        en: { signInTitle: "Welcome back", messages: { "User is disabled.": "Please write to us." } },
        de: { ruleLength: { one: "{count} Zeichen", other: "{count} Zeichen" } },
      },
      recoveryCodes: true,
      passkeyAutofill: false,
    };
    expect(parsePageSettings(pages)).toEqual(pages);
    expect(parsePageSettings({})).toEqual({});
  });

  it.each([
    ["no table", () => parsePageSettings("yes"), "pages: must be a table of settings."],
    [
      "a setting that there is not",
      () => parsePageSettings({ colour: "red" }),
      "pages.colour: there is no such setting.",
    ],
    [
      "a switch that is none",
      () => parsePageSettings({ recoveryCodes: "yes" }),
      "pages.recoveryCodes: must be true or false.",
    ],
    ["a language that there is not", withTexts({ xx: {} }), "pages.texts.xx: the pages do not speak this language."],
    [
      "a language by a name of objects",
      withTexts({ constructor: {} }),
      "pages.texts.constructor: the pages do not speak this language.",
    ],
    [
      "a text that there is not",
      withTexts({ en: { hello: "Hi" } }),
      "pages.texts.en.hello: the pages have no text of this name.",
    ],
    [
      "the code of the language",
      withTexts({ en: { code: "xx" } }),
      "pages.texts.en.code: the pages have no text of this name.",
    ],
    [
      "a text by a name of objects",
      withTexts({ en: JSON.parse('{"__proto__":"x"}') }),
      "pages.texts.en.__proto__: the pages have no text of this name.",
    ],
    ["an empty text", withTexts({ en: { signIn: " " } }), "pages.texts.en.signIn: must be a text."],
    ["a number for a text", withTexts({ en: { signIn: 1 } }), "pages.texts.en.signIn: must be a text."],
    [
      "a text of a novel's length",
      withTexts({ en: { signIn: "x".repeat(501) } }),
      "pages.texts.en.signIn: must have 500 characters at most.",
    ],
    [
      "a lost placeholder",
      withTexts({ en: { codeSent: "Look" } }),
      "pages.texts.en.codeSent: must have {destination}, and has none.",
    ],
    [
      "a foreign placeholder",
      withTexts({ en: { signIn: "In {name}" } }),
      "pages.texts.en.signIn: must have no placeholders, and has {name}.",
    ],
    [
      "a sentence that there is not",
      withTexts({ en: { messages: { "No.": "Yes." } } }),
      "pages.texts.en.messages.No.: the pages have no text of this name.",
    ],
    [
      "a form that no language has",
      withTexts({ de: { ruleLength: { dozens: "{count}" } } }),
      "pages.texts.de.ruleLength.dozens: the pages have no text of this name.",
    ],
  ])("are refused for %s", (_title, parse, message) => {
    expect(parse).toThrow(message);
  });
});

describe("the words of a pool", () => {
  const pool = {
    settings: {
      pages: {
        texts: { de: { signInTitle: "Willkommen", messages: { "User is disabled.": "Bitte schreiben Sie uns." } } },
      },
    },
  };

  it("are its own where it has some, and ours elsewhere", () => {
    const texts = textsOfPool(pool, german);
    expect([texts.signInTitle, texts.signIn]).toEqual(["Willkommen", german.signIn]);
    expect(texts.messages["User is disabled."]).toBe("Bitte schreiben Sie uns.");
    expect(texts.messages["Code mismatch"]).toBe(german.messages["Code mismatch"]);
    expect(textsOfPool(pool, english)).toBe(english);
  });
});
