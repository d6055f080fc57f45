import { describe, expect, it } from "vitest";
import { processorMilliseconds } from "../../test/support/processor.ts";
import { mergeDocuments } from "./branding.ts";
import { defaultSettings } from "./default-settings.ts";
import { imageKindOf } from "./image.ts";

describe("settings over settings", () => {
  it("replace what they name, deep in objects, and lists as a whole", () => {
    const under = { a: { b: 1, c: [1, 2] }, d: { e: 1 }, f: 1 };
    const over = { a: { c: [3] }, d: null, g: { h: 1 } };
    expect(mergeDocuments(under, over)).toEqual({ a: { b: 1, c: [3] }, d: null, f: 1, g: { h: 1 } });
    expect(mergeDocuments(under, {})).toEqual(under);
    expect(mergeDocuments({}, over)).toEqual(over);
  });

  it("keep odd names as ordinary ones", () => {
    const merged = mergeDocuments({}, JSON.parse('{"__proto__":{"x":1},"constructor":{"y":1}}'));
    expect(Object.keys(merged)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(JSON.stringify(mergeDocuments(merged, merged))).toBe(JSON.stringify(merged));
  });

  it("stand on a standard that has the parts of Cognito's", () => {
    expect(Object.keys(defaultSettings)).toEqual(["categories", "componentClasses", "components"]);
    const colours = JSON.stringify(defaultSettings).match(/"\w*[cC]olor":"([^"]*)"/g) ?? [];
    expect(colours.length).toBeGreaterThan(20);
    for (const colour of colours) expect(colour).toMatch(/:"[0-9a-f]{8}"$/);
  });
});

describe("the kind of an image", () => {
  const bytes = (hex: string, rest = "00".repeat(20)): Buffer => Buffer.from(hex + rest, "hex");
  it.each<{ title: string; content: Buffer; kind: string | undefined }>([
    { title: "PNG", content: bytes("89504e470d0a1a0a"), kind: "PNG" },
    { title: "JPEG", content: bytes("ffd8ffe0"), kind: "JPEG" },
    { title: "ICO", content: bytes("00000100"), kind: "ICO" },
    { title: "WebP", content: bytes("524946460000000057454250"), kind: "WEBP" },
    { title: "SVG", content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), kind: "SVG" },
    {
      title: "SVG with all that may come before",
      content: Buffer.from('\ufeff <?xml version="1.0"?>\n<!-- <html> -->\n<!DOCTYPE svg>\n<!----><svg>'),
      kind: "SVG",
    },
    { title: "a web page", content: Buffer.from("<!DOCTYPE html><html><svg>"), kind: undefined },
    { title: "a longer name", content: Buffer.from("<svgx>"), kind: undefined },
    { title: "an open comment", content: Buffer.from("<!-- <svg>"), kind: undefined },
    { title: "no UTF-8", content: Buffer.concat([Buffer.from("<svg>"), Buffer.from([0xff])]), kind: undefined },
    { title: "RIFF of another kind", content: bytes("524946460000000057415645"), kind: undefined },
    { title: "GIF", content: Buffer.from("GIF89a"), kind: undefined },
    { title: "nothing", content: Buffer.alloc(0), kind: undefined },
  ])("is told by the bytes: $title", ({ content, kind }) => {
    expect(imageKindOf(content)).toBe(kind);
  });

  it("is told in a time that grows with the size", () => {
    for (const part of ["<!---->", "<?", "<!--", " ", "<!DOCTYPE>"]) {
      const before = processorMilliseconds();
      imageKindOf(Buffer.from(part.repeat(1_000_000 / part.length)));
      expect(processorMilliseconds() - before).toBeLessThan(1000);
    }
  });
});
