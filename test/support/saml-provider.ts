/**
 * A stand-in for other people's SAML providers, made of samlify. It tells the truth unless a test wants otherwise: what
 * it says is text that a test may change before or after it is signed.
 */
import { createSign } from "node:crypto";
import { Constants, IdentityProvider, SamlLib, ServiceProvider, setSchemaValidator } from "samlify";
import { type KeyPair, makeRsaKeyPair } from "../../src/lib/key-pair.ts";
import { systemRandom } from "../../src/lib/random.ts";
import { selfSignedCertificate } from "../../src/providers/certificate.ts";

// The library insists on one, and none that it knows comes as plain code.
setSchemaValidator({ validate: async () => "not looked at" });

/** Whom it speaks to. */
export interface SamlRecipient {
  readonly entityId: string;
  /** Where responses go. */
  readonly consumerAddress: string;
  /** PEM; needed for what is encrypted. */
  readonly certificatePem?: string;
}

/** What a response says. */
export interface SamlAnswer {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly requestId?: string | undefined;
  readonly subject?: string;
  readonly sessionIndex?: string;
  /** Each value as XML. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly signs?: "assertion" | "response" | "both" | "nothing";
  readonly algorithm?: string;
  readonly encrypts?: { readonly data: string; readonly key: string };
  /** Changes the response before it is signed. */
  readonly edit?: (xml: string) => string;
}

/** A provider, as it is to others. */
export interface SamlProvider {
  readonly entityId: string;
  readonly signOnAddress: string;
  readonly signOutAddress: string;
  readonly certificatePem: string;
  readonly pair: KeyPair;
  /** Its metadata, by which pools know it; with the certificates of others beside its own. */
  metadata(more?: {
    readonly certificates?: readonly string[];
    readonly bindings?: readonly Binding[];
    readonly wantsSigned?: boolean;
  }): string;
  /** A response as XML. */
  answer(recipient: SamlRecipient, answer: SamlAnswer): Promise<string>;
  /** The request that a browser brings by redirect: its signature is checked where there must be one. */
  readRequest(address: string, sender: { readonly metadata: string; readonly isSigned: boolean }): Promise<SamlRequest>;
  /** The same, brought by a form. */
  readPosted(
    form: Readonly<Record<string, string>>,
    sender: { readonly metadata: string; readonly isSigned: boolean },
  ): Promise<SamlRequest>;
  /** The request to sign out that a browser brings by redirect, with its signature checked. */
  readSignOut(address: string, sender: { readonly metadata: string }): Promise<SignOutRead>;
  /** The answer to its own request to sign out, likewise. */
  readSignedOut(address: string, sender: { readonly metadata: string }): Promise<SignOutRead>;
  /** Signs a message of another kind as a whole, for the binding by form. */
  sign(xml: string, algorithm?: string): string;
}

/** A request as the provider reads it. */
export interface SamlRequest {
  readonly id: string;
  readonly issuer: string;
  readonly xml: string;
  readonly relayState: string;
}

/** A message about signing out as the provider reads it. */
export interface SignOutRead {
  readonly xml: string;
  readonly relayState: string;
}

const rsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
const minute = 60_000;

type Binding = "redirect" | "post";

const bothBindings: readonly Binding[] = ["redirect", "post"];

const serviceAt = (binding: Binding, Location: string) => ({
  Binding: Constants.namespace.binding[binding] ?? "",
  Location,
});

let made = 0;

/** Makes a provider with a key of its own at an address, which need not answer. */
export async function makeSamlProvider(address = "https://idp.example"): Promise<SamlProvider> {
  const pair = await makeRsaKeyPair();
  const certificatePem = await selfSignedCertificate(pair, "CN=idp", { now: Date.now(), random: systemRandom });
  const entityId = `${address}/metadata/${++made}`;
  const [signOnAddress, signOutAddress] = [`${address}/sso`, `${address}/slo`];
  const bare = certificatePem.replace(/-----[^-]+-----|\s/g, "");

  const metadata: SamlProvider["metadata"] = ({
    certificates = [],
    bindings = bothBindings,
    wantsSigned = false,
  } = {}) => {
    const at = (location: string) => bindings.map((binding) => serviceAt(binding, location));
    return IdentityProvider({
      entityID: entityId,
      signingCert: [...certificates, certificatePem],
      wantAuthnRequestsSigned: wantsSigned,
      singleSignOnService: at(signOnAddress),
      singleLogoutService: at(signOutAddress),
    }).getMetadata();
  };

  const sign = (xml: string, where: "response" | "assertion", algorithm = rsaSha256): string => {
    const root = where === "response" ? "/*" : "/*/*[local-name(.)='Assertion']";
    return SamlLib.constructSAMLSignature({
      rawSamlMessage: xml,
      ...(where === "response" ? { isMessageSigned: true } : { referenceTagXPath: root }),
      privateKey: pair.privateKeyPem,
      signatureAlgorithm: algorithm,
      signingCert: bare,
      isBase64Output: false,
      signatureConfig: { prefix: "ds", location: { reference: `${root}/*[local-name(.)='Issuer']`, action: "after" } },
    });
  };

  const readSignOutMessage = async (
    given: string,
    sender: { readonly metadata: string },
    kind: "request" | "answer",
  ) => {
    const url = new URL(given);
    const query = Object.fromEntries(url.searchParams);
    const wanted = { wantLogoutRequestSigned: true, wantLogoutResponseSigned: true };
    const own = IdentityProvider({ metadata: metadata(), ...wanted });
    const incoming = { query, octetString: url.search.slice(1).replace(/&Signature=.*$/, "") };
    const from = ServiceProvider({ metadata: sender.metadata });
    const { samlContent } = await (kind === "request"
      ? own.parseLogoutRequest(from, "redirect", incoming)
      : own.parseLogoutResponse(from, "redirect", incoming));
    return { xml: samlContent, relayState: query["RelayState"] ?? "" };
  };

  return {
    entityId,
    signOnAddress,
    signOutAddress,
    certificatePem,
    pair,
    metadata,
    sign: (xml, algorithm) => sign(xml, "response", algorithm),
    async answer(recipient, given) {
      const { signs = "assertion", algorithm, encrypts, edit = (xml) => xml } = given;
      const plain = edit(responseOf(entityId, recipient, given));
      const signed = signs === "assertion" || signs === "both" ? sign(plain, "assertion", algorithm) : plain;
      const hidden = encrypts ? await encrypt(entityId, recipient, { xml: signed, ...encrypts }) : signed;
      return signs === "response" || signs === "both" ? sign(hidden, "response", algorithm) : hidden;
    },
    async readRequest(given, { metadata: senderMetadata, isSigned }) {
      const url = new URL(given);
      const query = Object.fromEntries(url.searchParams);
      const provider = IdentityProvider({ metadata: metadata({ wantsSigned: isSigned }) });
      const signedPart = url.search.slice(1).replace(/&Signature=.*$/, "");
      const sender = ServiceProvider({ metadata: senderMetadata });
      const read = await provider.parseLoginRequest(sender, "redirect", { query, octetString: signedPart });
      return requestOf(read, query);
    },
    readSignOut: (given, sender) => readSignOutMessage(given, sender, "request"),
    readSignedOut: (given, sender) => readSignOutMessage(given, sender, "answer"),
    async readPosted(form, { metadata: senderMetadata, isSigned }) {
      const provider = IdentityProvider({ metadata: metadata({ wantsSigned: isSigned }) });
      const sender = ServiceProvider({ metadata: senderMetadata });
      return requestOf(await provider.parseLoginRequest(sender, "post", { body: form }), form);
    },
  };
}

const requestOf = (
  { samlContent, extract }: Awaited<ReturnType<ReturnType<typeof IdentityProvider>["parseLoginRequest"]>>,
  { RelayState = "" }: Readonly<Record<string, string>>,
): SamlRequest => ({
  id: String(extract.request?.["id"]),
  issuer: String(extract.issuer),
  xml: samlContent,
  relayState: RelayState,
});

function responseOf(
  entityId: string,
  { entityId: audience, consumerAddress }: SamlRecipient,
  answer: SamlAnswer,
): string {
  const { now, requestId, subject = "jane@corp.example", attributes = {}, sessionIndex = "session-1" } = answer;
  const ids = `ID="_${systemRandom.uuid()}" Version="2.0" IssueInstant="${iso(now)}"`;
  const inResponseTo = requestId === undefined ? "" : ` InResponseTo="${requestId}"`;
  const said = Object.entries(attributes).map(
    ([name, values]) =>
      `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("")}</saml:Attribute>`,
  );
  return (
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ${ids} Destination="${consumerAddress}"${inResponseTo}>` +
    `<saml:Issuer>${entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>` +
    `<saml:Assertion ID="_${systemRandom.uuid()}" Version="2.0" IssueInstant="${iso(now)}"><saml:Issuer>${entityId}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${subject}</saml:NameID>` +
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${iso(now + 5 * minute)}" Recipient="${consumerAddress}"${inResponseTo}/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${iso(now - minute)}" NotOnOrAfter="${iso(now + 5 * minute)}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    `<saml:AuthnStatement AuthnInstant="${iso(now)}" SessionIndex="${sessionIndex}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>` +
    `${said.length > 0 ? `<saml:AttributeStatement>${said.join("")}</saml:AttributeStatement>` : ""}</saml:Assertion></samlp:Response>`
  );
}

async function encrypt(
  entityId: string,
  { entityId: audience, consumerAddress, certificatePem = "" }: SamlRecipient,
  { xml, data, key }: { readonly xml: string; readonly data: string; readonly key: string },
): Promise<string> {
  const source = IdentityProvider({
    entityID: entityId,
    signingCert: certificatePem,
    singleSignOnService: [serviceAt("redirect", entityId)],
    singleLogoutService: [serviceAt("redirect", entityId)],
    isAssertionEncrypted: true,
    dataEncryptionAlgorithm: data,
    keyEncryptionAlgorithm: key,
  });
  const target = ServiceProvider({
    entityID: audience,
    encryptCert: certificatePem,
    assertionConsumerService: [serviceAt("post", consumerAddress)],
  });
  return Buffer.from(await SamlLib.encryptAssertion(source, target, xml), "base64").toString();
}

/** A message as forms carry it. */
export const base64 = (xml: string): string => Buffer.from(xml).toString("base64");

/** The query of a message that is signed for the binding by redirect. Source: SAML 2.0 bindings, section 3.4.4.1. */
export function signedQuery(parameters: URLSearchParams, pair: KeyPair, algorithm = rsaSha256): string {
  const text = `${parameters}&SigAlg=${encodeURIComponent(algorithm)}`;
  const signature = createSign("RSA-SHA256").update(text).sign(pair.privateKeyPem, "base64");
  return `${text}&Signature=${encodeURIComponent(signature)}`;
}
