/**
 * Reads XML as far as a document of a protocol needs it: elements, attributes and text, by names without prefixes.
 * Document types are refused, so that nothing but the entities of XML itself is ever resolved. It proves nothing of a
 * document: signatures are checked elsewhere. Source: Extensible Markup Language 1.0, fifth edition.
 */

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** By their names as written, prefix and all. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text that stands directly in it. */
  readonly text: string;
}

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;

/** What is deeper or has more elements is no document of a protocol. */
const depthLimit = 64;
const elementLimit = 20_000;

interface OpenElement {
  readonly qualifiedName: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** The root of a document, or undefined for what is no such document. The time it takes grows with the length only. */
export function readXml(document: string): XmlElement | undefined {
  const outside = newElement("", new Map());
  const open = [outside];
  let end = 0;
  let elements = 0;
  for (const match of document.matchAll(token)) {
    end = match.index + match[0].length;
    const [, data, closing, opening, attributeText = "", empty, text] = match;
    const current = open.at(-1) ?? outside;
    const said = data ?? resolveReferences(text ?? "");
    if (said === undefined) return undefined;
    current.text += said;
    if (closing !== undefined && (current === outside || current.qualifiedName !== closing)) return undefined;
    if (closing !== undefined) open.pop();
    if (opening === undefined) continue;
    const attributes = attributesOf(attributeText);
    if (!attributes || ++elements > elementLimit || open.length > depthLimit) return undefined;
    const element = newElement(opening, attributes);
    current.children.push(element);
    if (!empty) open.push(element);
  }
  const isWhole = end === document.length && open.length === 1;
  const isAlone = outside.children.length === 1 && outside.text.replace(/^\ufeff/, "").trim() === "";
  return isWhole && isAlone ? outside.children[0] : undefined;
}

const newElement = (qualifiedName: string, attributes: ReadonlyMap<string, string>): OpenElement => ({
  qualifiedName,
  name: qualifiedName.replace(/^.*:/, ""),
  attributes,
  children: [],
  text: "",
});

/** Attributes by name, unless one is there twice. */
function attributesOf(text: string): ReadonlyMap<string, string> | undefined {
  const attributes = new Map<string, string>();
  for (const [, name = "", quoted, single] of text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const value = resolveReferences(quoted ?? single ?? "");
    if (value === undefined || attributes.has(name)) return undefined;
    attributes.set(name, value);
  }
  return attributes;
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Text with its references resolved, or undefined where one has no meaning. Source: XML 1.0 sections 4.1 and 4.6. */
function resolveReferences(text: string): string | undefined {
  if (!text.includes("&")) return text;
  let isGood = true;
  const resolved = text.replaceAll(/&(?:#x([\da-f]{1,6});|#(\d{1,7});|(\w{1,4});)?/gi, (_whole, hex, decimal, name) => {
    const known = name === undefined ? characterOf(hex, decimal) : named[String(name)];
    isGood &&= known !== undefined;
    return known ?? "";
  });
  return isGood ? resolved : undefined;
}

function characterOf(hex: unknown, decimal: unknown): string | undefined {
  const code = hex === undefined ? Number.parseInt(String(decimal), 10) : Number.parseInt(String(hex), 16);
  const isCharacter = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

/** The elements of this name directly in another. */
export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** An element and everything in it, in the order of the document. */
export function* everyElementOf(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* everyElementOf(child);
}
