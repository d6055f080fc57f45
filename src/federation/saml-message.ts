/**
 * The way in for messages of SAML providers, before anything in them is believed: what is no plain XML of a bounded
 * size, or asks for an algorithm that is not on the list, is refused before a signature is looked at. What passes is
 * still not proved; that is done by the library. Source: SAML 2.0 bindings, section 3.5; SAML 2.0 core, section 5.4.
 */
import { childrenOf, everyElementOf, readXml, type XmlElement } from "../lib/xml.ts";

/** What a message is refused with. Its text may be told to whoever sent it: it says nothing of what was decrypted. */
export class InvalidSamlError extends Error {
  override readonly name = "InvalidSamlError";
}

/**
 * A message that no key of the provider has signed as it is. Source of the text: observed. It is the same for all that is
 * wrong below a signature: what differed would tell of what was decrypted.
 */
export class BadSignatureError extends InvalidSamlError {
  constructor(cause: unknown) {
    super("SAML Assertion signature is invalid.", { cause });
  }
}

export interface SamlMessage {
  readonly xml: string;
  readonly root: XmlElement;
}

/** Messages are some 10 KB; one of a user in very many groups is ten times that. */
export const messageLimitCharacters = 256 * 1024;

/**
 * The library looks for elements in a time that grows with the square of those in one place: of a provider with three
 * keys, 5,000 cost 2.4 seconds and 500 a seventh of one. An attribute of more values could not be mapped to any of a user's anyway.
 */
const siblingLimit = 500;
const elementLimit = 2_000;

const malformed = "The message is malformed.";

/** Reads a message as forms carry it. @throws InvalidSamlError */
export function readMessage(base64: string): SamlMessage {
  const compact = base64.replace(/\s/g, "");
  if (base64.length > messageLimitCharacters || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) {
    throw new InvalidSamlError(malformed);
  }
  return checkXml(textOf(Buffer.from(compact, "base64")));
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidSamlError(malformed);
  }
}

/** Checks the XML of a message, or of an assertion that came encrypted. @throws InvalidSamlError */
export function checkXml(text: string): SamlMessage {
  const declaration = /^\s*<\?xml\s[^?<>]*\?>/.exec(text)?.[0] ?? "";
  const encoding = /encoding\s*=\s*["']([^"']*)/.exec(declaration)?.[1] ?? "utf-8";
  const xml = text.slice(declaration.length);
  // No provider writes comments, data sections, instructions or document types, and each of them has been an attack.
  const isPlain = !/<[!?]/.test(xml) && !hasControls(xml) && encoding.toLowerCase() === "utf-8";
  const root = isPlain ? readXml(xml) : undefined;
  if (!root) throw new InvalidSamlError(malformed);
  checkSize(root);
  checkReferences(root);
  checkAlgorithms(root);
  return { xml, root };
}

function checkSize(root: XmlElement): void {
  const elements = [...everyElementOf(root)];
  if (elements.length > elementLimit || elements.some(({ children }) => children.length > siblingLimit)) {
    throw new InvalidSamlError("The message has too many parts.");
  }
}

/** Characters that XML does not have. A NUL could end a text for one reader and not for another. */
const hasControls = (text: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text);

/** An id that is there twice, or a reference that is no id of this message, is how signatures are wrapped. */
function checkReferences(root: XmlElement): void {
  const ids = [...everyElementOf(root)].flatMap(({ attributes }) =>
    ["ID", "Id", "id", "xml:id"].flatMap((name) => attributes.get(name) ?? []),
  );
  if (new Set(ids).size !== ids.length) throw new InvalidSamlError("An ID is there more than once.");
  for (const { attributes } of everyElementOf(root)) {
    const reference = attributes.get("URI");
    if (reference !== undefined && !/^#[\w.-]{1,256}$/.test(reference)) throw new InvalidSamlError(malformed);
  }
}

const sha2 = ["http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2001/04/xmlenc#sha512"];
const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";

/**
 * The algorithms that may be asked for, by the element that asks and the one that it stands in. SHA-1 only as the mask
 * of OAEP, where collisions do not matter; no transform that computes; no RSA padding that answers questions.
 * Source: SAML 2.0 core, section 5.4.4; NIST SP 800-131A revision 2.
 */
const algorithms: Readonly<Record<string, readonly string[]>> = {
  "SignedInfo/CanonicalizationMethod": [exclusive],
  "SignedInfo/SignatureMethod": [
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
  ],
  "Transforms/Transform": [exclusive, "http://www.w3.org/2000/09/xmldsig#enveloped-signature"],
  "Reference/DigestMethod": sha2,
  "EncryptedData/EncryptionMethod": [
    "http://www.w3.org/2009/xmlenc11#aes256-gcm",
    "http://www.w3.org/2009/xmlenc11#aes128-gcm",
    "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
    "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
  ],
  "EncryptedKey/EncryptionMethod": ["http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"],
  "EncryptionMethod/DigestMethod": ["http://www.w3.org/2000/09/xmldsig#sha1", ...sha2],
};

function checkAlgorithms(root: XmlElement): void {
  for (const element of everyElementOf(root)) {
    for (const { name, attributes } of element.children) {
      const algorithm = attributes.get("Algorithm");
      if (algorithm === undefined || algorithms[`${element.name}/${name}`]?.includes(algorithm)) continue;
      throw new InvalidSamlError("An algorithm of the message is not allowed.");
    }
  }
}

/** Whether an element carries a signature of itself. */
export const isSigned = (element: XmlElement): boolean => childrenOf(element, "Signature").length > 0;
