/**
 * Reads what a SAML provider answers a sign-in with. Signatures, canonical forms and decryption are the library's alone;
 * the identity is read from the very text that the library has verified.
 * Source: SAML 2.0 profiles, section 4.1.4; SAML 2.0 core, section 3.2.2.
 */
import { childrenOf, everyElementOf, type XmlElement } from "../lib/xml.ts";
import { readAssertion, type SamlSubject } from "./saml-assertion.ts";
import { openLibrary, type SamlParties } from "./saml-library.ts";
import {
  BadSignatureError,
  checkXml,
  InvalidSamlError,
  isSigned,
  readMessage,
  type SamlMessage,
} from "./saml-message.ts";

/** What an answer is held against. */
export interface SamlExchange {
  readonly parties: SamlParties;
  /** The id of the request that it must answer; undefined where nobody asked. */
  readonly requestId: string | undefined;
  readonly mustBeEncrypted: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Whom the provider has signed in, by an answer as its form carries it. @throws InvalidSamlError */
export async function readSamlResponse(exchange: SamlExchange, base64: string): Promise<SamlSubject> {
  const message = readMessage(base64);
  checkResponse(message.root, exchange);
  const assertion = await verifiedAssertion(exchange.parties, message);
  const { parties, requestId, now } = exchange;
  return readAssertion(assertion, {
    issuer: parties.provider.entityId,
    audience: parties.ourselves.entityId,
    recipient: parties.ourselves.consumerAddress,
    requestId,
    now,
  });
}

const success = "urn:oasis:names:tc:SAML:2.0:status:Success";

/** Checks what stands around the assertion. None of it need be signed, so none of it can make an answer good. */
function checkResponse(root: XmlElement, { parties, requestId, mustBeEncrypted }: SamlExchange): void {
  const { attributes } = root;
  if (root.name !== "Response" || attributes.get("Version") !== "2.0") {
    throw new InvalidSamlError("The message is no response of SAML 2.0.");
  }
  const status = childrenOf(childrenOf(root, "Status")[0], "StatusCode")[0];
  if (status?.attributes.get("Value") !== success) throw new InvalidSamlError(refusedWith(status));
  const destination = attributes.get("Destination");
  // A response that is signed must say where it is meant to go. Source: SAML 2.0 bindings, section 3.5.5.2.
  if (destination === undefined ? isSigned(root) : destination !== parties.ourselves.consumerAddress) {
    throw new InvalidSamlError("The response is for another destination.");
  }
  if (attributes.get("InResponseTo") !== requestId) throw new InvalidSamlError("The response answers another request.");
  const [issuer] = childrenOf(root, "Issuer");
  if (issuer && issuer.text.trim() !== parties.provider.entityId) {
    throw new InvalidSamlError("The issuer of the response is unknown.");
  }
  // One in the whole message, however deep: a second one is there to be mistaken for the first.
  const assertions = [...everyElementOf(root)].filter(isAssertion);
  if (assertions.length !== 1 || !root.children.some(isAssertion)) {
    throw new InvalidSamlError("The response must have one assertion.");
  }
  if (mustBeEncrypted && childrenOf(root, "EncryptedAssertion").length === 0) {
    throw new InvalidSamlError("The assertion is not encrypted.");
  }
}

const isAssertion = ({ name }: XmlElement): boolean => name === "Assertion" || name === "EncryptedAssertion";

/** The provider's own words are not passed on: anybody can post a response that refuses. */
function refusedWith(status: XmlElement | undefined): string {
  const inner = childrenOf(status, "StatusCode")[0] ?? status;
  const code = /^urn:oasis:names:tc:SAML:2\.0:status:([A-Za-z]{1,40})$/.exec(inner?.attributes.get("Value") ?? "")?.[1];
  return `The identity provider answered ${code ?? "without success"}.`;
}

/**
 * The assertion as it was signed. Providers sign the response, the assertion or both: whatever signature can be seen
 * must be right, and one must cover the assertion. One inside an encrypted assertion counts where the response has none.
 */
async function verifiedAssertion(parties: SamlParties, { xml, root }: SamlMessage): Promise<XmlElement> {
  const [encrypted] = childrenOf(root, "EncryptedAssertion");
  const [plain] = childrenOf(root, "Assertion");
  const isResponseSigned = isSigned(root);
  const library = await openLibrary(parties, {
    isResponseSigned,
    isAssertionSigned: !isResponseSigned || (plain !== undefined && isSigned(plain)),
  });
  try {
    const { text, encryptedText } = await library.verify(xml, encrypted !== undefined);
    if (encryptedText !== undefined) checkXml(encryptedText);
    const { root: assertion } = checkXml(text);
    if (assertion.name === "Assertion") return assertion;
    throw new Error("What was signed is no assertion.");
  } catch (cause) {
    throw new BadSignatureError(cause);
  }
}
