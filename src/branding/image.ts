/** What kind of image some bytes are, by the bytes alone: what a browser would make of them is not left to a name. */

export type ImageKind = "ICO" | "JPEG" | "PNG" | "SVG" | "WEBP";

/** The media types that images are served as. */
export const mediaTypes: Readonly<Record<ImageKind, string>> = {
  ICO: "image/x-icon",
  JPEG: "image/jpeg",
  PNG: "image/png",
  SVG: "image/svg+xml",
  WEBP: "image/webp",
};

/** Source: the first bytes as the formats have them; WHATWG MIME Sniffing, section 6.1. */
const signatures: readonly (readonly [ImageKind, readonly (readonly [number, string])[]])[] = [
  ["PNG", [[0, "89504e470d0a1a0a"]]],
  ["JPEG", [[0, "ffd8ff"]]],
  ["ICO", [[0, "00000100"]]],
  [
    "WEBP",
    [
      [0, "52494646"],
      [8, "57454250"],
    ],
  ],
];

/** The kind of an image, or undefined for what is none that pages show. */
export function imageKindOf(bytes: Uint8Array): ImageKind | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (at: number, hex: string): boolean => buffer.toString("hex", at, at + hex.length / 2) === hex;
  const found = signatures.find(([, parts]) => parts.every(([at, hex]) => has(at, hex)));
  return found?.[0] ?? (isSvg(bytes) ? "SVG" : undefined);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function isSvg(bytes: Uint8Array): boolean {
  try {
    return /^<svg[\s/>]/.test(fromRoot(utf8.decode(bytes)).slice(0, 5));
  } catch {
    // What is no UTF-8 is no SVG that we show.
    return false;
  }
}

/** What may stand before the root of an XML document, by how it begins and ends. */
const preludes = [
  ["<?", "?>"],
  ["<!--", "-->"],
  ["<!DOCTYPE", ">"],
] as const;

/** An XML document from its root element on; empty when there is none. */
function fromRoot(text: string): string {
  let at = 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++;
    const prelude = preludes.find(([begin]) => text.startsWith(begin, at));
    if (!prelude) return text.slice(at);
    const end = text.indexOf(prelude[1], at);
    if (end < 0) return "";
    at = end + prelude[1].length;
  }
}
