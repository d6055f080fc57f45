import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { processorMilliseconds } from "../../test/support/processor.ts";
import { childrenOf, everyElementOf, readXml } from "./xml.ts";

describe("an XML document", () => {
  it("is read with its elements, attributes and text", () => {
    const root = readXml(
      `<?xml version="1.0"?>\n<!-- a --><a:r x:y='1"' z="&lt;&#65;&#x1F600;">one<b/><!-- c -->&amp;two<c>in</c><![CDATA[<d>]]></a:r>\n`,
    );
    expect(root).toMatchObject({ name: "r", text: "one&two<d>" });
    expect([...(root?.attributes ?? [])]).toEqual([
      ["x:y", '1"'],
      ["z", "<A\u{1f600}"],
    ]);
    expect(childrenOf(root, "c").map(({ text }) => text)).toEqual(["in"]);
    expect(root && [...everyElementOf(root)].map(({ name }) => name)).toEqual(["r", "b", "c"]);
  });

  it("gives back whatever text was written into it", () => {
    const escaped = (text: string): string =>
      text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const root = readXml(`<r a="${escaped(text)}">${escaped(text)}</r>`);
        expect(root?.text).toBe(text);
        expect(root?.attributes.get("a")).toBe(text);
      }),
    );
  });

  it.each([
    { title: "nothing", text: "" },
    { title: "text", text: "metadata" },
    { title: "an element that does not close", text: "<a><b></a>" },
    { title: "an element that closes twice", text: "<a></a></a>" },
    { title: "elements that cross", text: "<a><b></a></b>" },
    { title: "a second root", text: "<a/><b/>" },
    { title: "text beside the root", text: "<a/>x" },
    { title: "data beside the root", text: "<a/><![CDATA[x]]>" },
    { title: "a document type", text: '<!DOCTYPE x [<!ENTITY a "b">]><a/>' },
    { title: "an attribute without quotes", text: "<a b=c/>" },
    { title: "an attribute twice", text: '<a b="1" b="1"/>' },
    { title: "an entity that nobody declared", text: "<a>&b;</a>" },
    { title: "an ampersand that stands for nothing", text: "<a b='&'/>" },
    { title: "a character that is none", text: "<a>&#xD800;</a>" },
    { title: "the character zero", text: "<a>&#0;</a>" },
    { title: "elements without end", text: "<a>".repeat(65) + "</a>".repeat(65) },
    { title: "too many elements", text: `<a>${"<b/>".repeat(20_000)}</a>` },
  ])("is not $title", ({ text }) => {
    expect(readXml(text)).toBeUndefined();
  });

  it("is read in a time that grows with its length, whatever stands in it", () => {
    for (const part of ["<a ", "<a b", "<a b='", " b='x'", "<!--", "<![CDATA[", " a=", "<?", "</a", "&amp;", "&"]) {
      const text = `<a${part.repeat(60_000)}`;
      const before = processorMilliseconds();
      expect(readXml(text)).toBeUndefined();
      expect(processorMilliseconds() - before).toBeLessThan(1000);
    }
  });
});
