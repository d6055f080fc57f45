/** What a SAML provider's answer must be. Cases are named by the id of the project's list of attacks. */
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { processorMilliseconds } from "../../test/support/processor.ts";
import { base64, makeSamlProvider, type SamlAnswer, type SamlProvider } from "../../test/support/saml-provider.ts";
import { wrappings } from "../../test/support/saml-wrapping.ts";
import { day, minute, second } from "../lib/clock.ts";
import { makeRsaKeyPair } from "../lib/key-pair.ts";
import { systemRandom } from "../lib/random.ts";
import { selfSignedCertificate } from "../providers/certificate.ts";
import type { SamlSubject } from "./saml-assertion.ts";
import type { SamlParties } from "./saml-library.ts";
import { readSamlResponse } from "./saml-response.ts";

const now = Date.UTC(2026, 10, 25, 12);
const requestId = "_request";
const consumerAddress = "https://acme.auth.example/saml2/idpresponse";

let provider: SamlProvider;
let stranger: SamlProvider;
let parties: SamlParties;
let certificatePem: string;

beforeAll(async () => {
  const pair = await makeRsaKeyPair();
  certificatePem = await selfSignedCertificate(pair, "CN=pool", { now, random: systemRandom });
  [provider, stranger] = await Promise.all([makeSamlProvider(), makeSamlProvider()]);
  const { entityId } = provider;
  parties = {
    ourselves: {
      entityId: "urn:amazon:cognito:sp:us-east-1_acme",
      consumerAddress,
      key: { certificatePem, privateKeyPem: pair.privateKeyPem },
    },
    provider: { entityId, certificates: [provider.certificatePem] },
  };
});

const answer = (changes: Partial<SamlAnswer> = {}, from = provider): Promise<string> =>
  from.answer({ ...parties.ourselves, certificatePem }, { now, requestId, ...changes });

const read = (xml: string, changes: { readonly requestId?: string | undefined; readonly now?: number } = {}) =>
  readSamlResponse({ parties, requestId, now, mustBeEncrypted: false, ...changes }, base64(xml));

const gcm = {
  data: "http://www.w3.org/2009/xmlenc11#aes128-gcm",
  key: "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
};
const cbc = { ...gcm, data: "http://www.w3.org/2001/04/xmlenc#aes256-cbc" };

const badSignature = "SAML Assertion signature is invalid.";
const malformed = "The message is malformed.";

describe("the answer of a SAML provider", () => {
  it.each<{ readonly title: string; readonly changes: Partial<SamlAnswer> }>([
    { title: "a signed assertion", changes: { signs: "assertion" } },
    { title: "a signed response", changes: { signs: "response" } },
    { title: "both", changes: { signs: "both" } },
    { title: "SHA-512", changes: { algorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" } },
    { title: "RSA-PSS", changes: { algorithm: "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1" } },
    { title: "an encrypted assertion, GCM", changes: { encrypts: gcm } },
    { title: "an encrypted assertion, CBC", changes: { encrypts: cbc } },
    { title: "an encrypted assertion in a signed response", changes: { encrypts: cbc, signs: "response" } },
    { title: "an encrypted assertion, signed twice", changes: { encrypts: gcm, signs: "both" } },
  ])("is believed with $title", async ({ changes }) => {
    const mail = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";
    const xml = await answer({
      ...changes,
      attributes: { [mail]: ["jane@corp.example"], groups: ["a &amp; b", "<saml:NameID> c </saml:NameID>"], empty: [] },
    });
    expect(await read(xml)).toEqual<SamlSubject>({
      nameId: { value: "jane@corp.example", format: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress" },
      sessionIndex: "session-1",
      attributes: { [mail]: ["jane@corp.example"], groups: ["a & b", "c"] },
      assertionId: expect.stringMatching(/^_[\da-f-]{36}$/),
      usableUntil: now + 7 * minute,
    });
  });

  it("may be signed with any key of the provider's metadata", async () => {
    const rolled = {
      ...parties,
      provider: { ...parties.provider, certificates: [stranger.certificatePem, provider.certificatePem] },
    };
    const xml = base64(await answer());
    expect(
      (await readSamlResponse({ parties: rolled, requestId, now, mustBeEncrypted: false }, xml)).nameId.value,
    ).toBe("jane@corp.example");
  });

  it("must be encrypted where the provider is asked for that", async () => {
    const exchange = { parties, requestId, now, mustBeEncrypted: true };
    await expect(readSamlResponse(exchange, base64(await answer()))).rejects.toThrow("The assertion is not encrypted.");
    const subject = await readSamlResponse(exchange, base64(await answer({ encrypts: gcm })));
    expect(subject.nameId.value).toBe("jane@corp.example");
  });

  it("may come unasked where nothing was asked", async () => {
    const xml = await answer({ requestId: undefined });
    expect((await read(xml, { requestId: undefined })).nameId.value).toBe("jane@corp.example");
  });

  it("may be wrapped into lines", async () => {
    const lines = base64(await answer()).replace(/.{76}/g, "$&\r\n");
    expect((await readSamlResponse({ parties, requestId, now, mustBeEncrypted: false }, lines)).nameId.value).toBe(
      "jane@corp.example",
    );
  });

  it.each([
    { title: "a minute fast", at: now - minute },
    { title: "a minute slow", at: now + minute },
    { title: "about five minutes away", at: now + 5 * minute },
  ])("is believed with a clock that is $title", async ({ at }) => {
    expect((await read(await answer(), { now: at })).assertionId).toBeTruthy();
  });
});

type Edit = (xml: string) => string;

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
const setting =
  (pattern: RegExp, by: string): Edit =>
  (xml) => {
    if (!pattern.test(xml)) throw new Error(`Nothing to change: ${pattern.source}`);
    return xml.replace(pattern, () => by);
  };

describe("the answer of a SAML provider is refused, though it is signed", () => {
  it.each<{ readonly id: string; readonly title: string; readonly edit: Edit; readonly reason: string }>([
    {
      id: "FED-11",
      title: "no conditions",
      edit: setting(/<saml:Conditions.*<\/saml:Conditions>/, ""),
      reason: "The Assertion must have one Conditions.",
    },
    {
      id: "FED-11",
      title: "an audience that is not us",
      edit: setting(/(?<=<saml:Audience>)[^<]+/, "urn:amazon:cognito:sp:us-east-1_other"),
      reason: "The assertion is for another audience.",
    },
    {
      id: "FED-11",
      title: "a second restriction of the audience",
      edit: setting(
        /<\/saml:Conditions>/,
        "<saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction></saml:Conditions>",
      ),
      reason: "The assertion is for another audience.",
    },
    {
      id: "FED-11",
      title: "no restriction of the audience",
      edit: setting(/<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/, ""),
      reason: "The assertion is for another audience.",
    },
    {
      id: "FED-11",
      title: "a condition that nobody knows",
      edit: setting(/<\/saml:Conditions>/, "<saml:Condition/></saml:Conditions>"),
      reason: "A condition is unknown.",
    },
    {
      id: "FED-11",
      title: "conditions that have ended",
      edit: setting(/(?<=Conditions.*NotOnOrAfter=")[^"]+/, iso(now - 61 * second)),
      reason: "The assertion has expired.",
    },
    {
      id: "FED-11",
      title: "conditions that have not begun",
      edit: setting(/(?<=NotBefore=")[^"]+/, iso(now + 61 * second)),
      reason: "The assertion is not valid yet.",
    },
    {
      id: "FED-11",
      title: "a time that is none",
      edit: setting(/(?<=NotBefore=")[^"]+/, "Wed Nov 25 2026"),
      reason: "The assertion has a time that is none.",
    },
    {
      id: "FED-11",
      title: "another recipient",
      edit: setting(/(?<=Recipient=")[^"]+/, "https://evil.example/saml2/idpresponse"),
      reason: "The assertion is for another recipient.",
    },
    {
      id: "FED-11",
      title: "no recipient",
      edit: setting(/ Recipient="[^"]+"/, ""),
      reason: "The assertion is for another recipient.",
    },
    {
      id: "FED-11",
      title: "another destination",
      edit: setting(/(?<=Destination=")[^"]+/, "https://evil.example/saml2/idpresponse"),
      reason: "The response is for another destination.",
    },
    {
      id: "FED-11",
      title: "an answer to another request",
      edit: setting(/(?<=InResponseTo=")[^"]+/, "_other"),
      reason: "The response answers another request.",
    },
    {
      id: "FED-11",
      title: "a subject that answers another request",
      edit: setting(/(?<=SubjectConfirmationData.*InResponseTo=")[^"]+/, "_other"),
      reason: "The assertion answers another request.",
    },
    {
      id: "FED-11",
      title: "no confirmation of the subject",
      edit: setting(/<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/, ""),
      reason: "The subject is not confirmed.",
    },
    {
      id: "FED-11",
      title: "a confirmation by a key",
      edit: setting(/cm:bearer/, "cm:holder-of-key"),
      reason: "The subject is not confirmed.",
    },
    {
      id: "FED-11",
      title: "a confirmation that has ended",
      edit: setting(/(?<=SubjectConfirmationData NotOnOrAfter=")[^"]+/, iso(now - 61 * second)),
      reason: "The assertion has expired.",
    },
    {
      id: "FED-11",
      title: "a confirmation for ever",
      edit: setting(/(?<=SubjectConfirmationData NotOnOrAfter=")[^"]+/, iso(now + 2 * day)),
      reason: "The assertion is valid for too long.",
    },
    {
      id: "FED-11",
      title: "an assertion of yesterday",
      edit: setting(/(?<=Assertion .*IssueInstant=")[^"]+/, iso(now - day)),
      reason: "The assertion is too old.",
    },
    {
      id: "FED-11",
      title: "an assertion of tomorrow",
      edit: setting(/(?<=Assertion .*IssueInstant=")[^"]+/, iso(now + day)),
      reason: "The assertion is not valid yet.",
    },
    {
      id: "FED-11",
      title: "a session that has ended",
      edit: setting(/<saml:AuthnStatement /, `<saml:AuthnStatement SessionNotOnOrAfter="${iso(now - 61 * second)}" `),
      reason: "The session at the provider has ended.",
    },
    {
      id: "FED-11",
      title: "no statement that anybody signed in",
      edit: setting(/<saml:AuthnStatement .*<\/saml:AuthnStatement>/, ""),
      reason: "The assertion does not say that anybody signed in.",
    },
    {
      id: "FED-03",
      title: "another issuer",
      edit: setting(/(?<=Assertion .*<saml:Issuer>)[^<]+/, "https://other.example"),
      reason: "The issuer of the assertion is unknown.",
    },
    {
      id: "FED-03",
      title: "another issuer of the response",
      edit: setting(/(?<=<saml:Issuer>)[^<]+/, "https://other.example"),
      reason: "The issuer of the response is unknown.",
    },
    {
      id: "FED-07",
      title: "no name",
      edit: setting(/(?<=<saml:NameID[^>]*>)[^<]+/, " "),
      reason: "The NameID is no name.",
    },
    {
      id: "FED-07",
      title: "two names",
      edit: setting(/<saml:NameID .*<\/saml:NameID>/, "<saml:NameID>a</saml:NameID><saml:NameID>b</saml:NameID>"),
      reason: "The Subject must have one NameID.",
    },
    {
      id: "FED-11",
      title: "another version",
      edit: setting(/(?<=Assertion .*Version=")2.0/, "1.1"),
      reason: "The assertion is not of SAML 2.0.",
    },
  ])("$id: $title", async ({ edit, reason }) => {
    await expect(read(await answer({ edit }))).rejects.toMatchObject({ name: "InvalidSamlError", message: reason });
  });

  it("FED-11: no destination in a response that is signed itself", async () => {
    const xml = await answer({ edit: setting(/ Destination="[^"]+"/, ""), signs: "response" });
    await expect(read(xml)).rejects.toThrow("The response is for another destination.");
  });

  it("FED-11: an answer to a request where nothing was asked, and none where something was", async () => {
    await expect(read(await answer(), { requestId: undefined })).rejects.toThrow(
      "The response answers another request.",
    );
    await expect(read(await answer({ requestId: undefined }))).rejects.toThrow("The response answers another request.");
  });

  it.each([
    ["Responder", "The identity provider answered Responder."],
    ["<b>", "The identity provider answered without success."],
  ])("FED-11: without success, as %s", async (code, reason) => {
    const edit = setting(/status:Success/, `status:${code.replaceAll("<", "&lt;")}`);
    await expect(read(await answer({ edit }))).rejects.toThrow(reason);
  });
});

describe("the answer of a SAML provider is refused for its signature", () => {
  it.each(wrappings)("FED-05: $name on a signed $signs", async ({ signs, wrap }) => {
    const xml = await answer({ signs });
    await expect(read(xml)).resolves.toMatchObject({ nameId: { value: "jane@corp.example" } });
    const wrapped = wrap(xml);
    expect(wrapped).toContain("admin@corp.example");
    await expect(read(wrapped)).rejects.toMatchObject({ name: "InvalidSamlError" });
  });

  const everySignature = /<ds:Signature [\s\S]*?<\/ds:Signature>/g;

  it.each<{
    readonly id: string;
    readonly title: string;
    readonly changes?: Partial<SamlAnswer>;
    readonly edit?: Edit;
    readonly reason?: string;
  }>([
    { id: "FED-05", title: "nothing signed", changes: { signs: "nothing" } },
    { id: "FED-05", title: "its signature taken away", edit: (xml) => xml.replaceAll(everySignature, "") },
    { id: "FED-05", title: "another subject", edit: (xml) => xml.replaceAll("jane@", "admin@") },
    {
      id: "FED-05",
      title: "another attribute",
      changes: { attributes: { role: ["user"] } },
      edit: (xml) => xml.replaceAll(">user<", ">admin<"),
    },
    {
      id: "FED-05",
      title: "a wrong signature of the response over a right one of the assertion",
      changes: { signs: "both" },
      edit: (xml) => xml.replace(/(?<=<saml:Issuer>.*<ds:SignatureValue>)..../, "AAAA"),
    },
    {
      id: "FED-05",
      title: "a wrong signature of the assertion under a right one of the response",
      changes: { signs: "both", edit: (xml) => xml },
      edit: (xml) => xml.replace(/(?<=<saml:Assertion .*<ds:SignatureValue>)..../, "AAAA"),
    },
    {
      id: "FED-01",
      title: "SHA-1",
      changes: { algorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" },
      reason: "An algorithm of the message is not allowed.",
    },
    {
      id: "FED-01",
      title: "SHA-1 inside an encrypted assertion",
      changes: { algorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1", encrypts: gcm },
    },
    {
      id: "FED-01",
      title: "an HMAC instead",
      edit: (xml) => xml.replaceAll("2001/04/xmldsig-more#rsa-sha256", "2000/09/xmldsig#hmac-sha1"),
      reason: "An algorithm of the message is not allowed.",
    },
    { id: "FED-01", title: "no algorithm", edit: (xml) => xml.replace(/<ds:SignatureMethod [^>]*\/>/, "") },
    {
      id: "FED-09",
      title: "a transform that computes",
      edit: (xml) => xml.replace("2000/09/xmldsig#enveloped-signature", "TR/1999/REC-xslt-19991116"),
      reason: "An algorithm of the message is not allowed.",
    },
    {
      id: "FED-09",
      title: "a canonical form with comments",
      edit: (xml) => xml.replaceAll("xml-exc-c14n#", "xml-exc-c14n#WithComments"),
      reason: "An algorithm of the message is not allowed.",
    },
    {
      id: "FED-05",
      title: "a reference to everything",
      edit: (xml) => xml.replace(/(?<=<ds:Reference URI=")#[^"]+/, ""),
      reason: malformed,
    },
    {
      id: "FED-05",
      title: "a reference elsewhere",
      edit: (xml) => xml.replace(/(?<=<ds:Reference URI=")#[^"]+/, "https://evil.example/x"),
      reason: malformed,
    },
    {
      id: "FED-05",
      title: "a reference that is an expression",
      edit: (xml) => xml.replace(/(?<=<ds:Reference URI=")#[^"]+/, "#x'] | //*[@ID='y"),
      reason: malformed,
    },
    {
      id: "FED-05",
      title: "a second reference",
      edit: (xml) => xml.replace(/<ds:Reference [\s\S]*?<\/ds:Reference>/, "$&$&"),
    },
    { id: "FED-05", title: "a second signature", edit: (xml) => xml.replace(everySignature, "$&$&") },
    {
      id: "FED-05",
      title: "an ID twice",
      edit: (xml) => xml.replace("<saml:Subject>", `<saml:Subject ID="${/Assertion ID="([^"]+)/.exec(xml)?.[1]}">`),
      reason: "An ID is there more than once.",
    },
    {
      id: "FED-08",
      title: "two assertions",
      edit: (xml) => xml.replace(/<saml:Assertion /, '<saml:Assertion ID="_evil"></saml:Assertion>$&'),
      reason: "The response must have one assertion.",
    },
    {
      id: "FED-08",
      title: "no assertion",
      edit: (xml) => xml.replace(/<saml:Assertion .*<\/saml:Assertion>/, ""),
      reason: "The response must have one assertion.",
    },
    {
      id: "FED-08",
      title: "an encrypted assertion beside a plain one",
      edit: (xml) => xml.replace(/<saml:Assertion /, "<saml:EncryptedAssertion/>$&"),
      reason: "The response must have one assertion.",
    },
    { id: "FED-08", title: "an assertion that anybody encrypted", changes: { signs: "nothing", encrypts: gcm } },
    {
      id: "FED-08",
      title: "RSA padding that answers questions",
      changes: { encrypts: { ...gcm, key: "http://www.w3.org/2001/04/xmlenc#rsa-1_5" } },
      reason: "An algorithm of the message is not allowed.",
    },
    {
      id: "FED-08",
      title: "triple DES",
      changes: { encrypts: { ...gcm, data: "http://www.w3.org/2001/04/xmlenc#tripledes-cbc" } },
      reason: "An algorithm of the message is not allowed.",
    },
    {
      id: "FED-08",
      title: "an encrypted assertion that was changed",
      changes: { encrypts: gcm },
      edit: (xml) => xml.replace(/(?<=<xenc:CipherValue>)..../g, "AAAA"),
    },
    {
      id: "FED-08",
      title: "an encrypted assertion whose padding was changed",
      changes: { encrypts: cbc },
      edit: (xml) => xml.replace(/.{4}(?===<\/xenc:CipherValue>|=<\/xenc:CipherValue>|<\/xenc:CipherValue>)/g, "AAAA"),
    },
  ])("$id: $title", async ({ changes = {}, edit = (xml) => xml, reason = badSignature }) => {
    const xml = await answer(changes);
    const changed = edit(xml);
    if (changes.signs === undefined && changes.algorithm === undefined && changes.encrypts === undefined)
      expect(changed).not.toBe(xml);
    await expect(read(changed)).rejects.toMatchObject({ name: "InvalidSamlError", message: reason });
  });

  it("FED-03: of another provider, also when it brings its key along", async () => {
    const asThem = setting(/x^|(?<=<saml:Issuer>)[^<]+/, provider.entityId);
    const xml = await answer(
      { edit: (text) => asThem(asThem(text)).replaceAll(stranger.entityId, provider.entityId) },
      stranger,
    );
    expect(xml).toContain("X509Certificate");
    await expect(read(xml)).rejects.toThrow(badSignature);
  });

  it("FED-01: made with the certificate as the secret of an HMAC", async () => {
    const xml = await answer();
    const mac = createHmac("sha1", provider.certificatePem).update("x").digest("base64");
    const forgery = xml
      .replaceAll("2001/04/xmldsig-more#rsa-sha256", "2000/09/xmldsig#hmac-sha1")
      .replace(/(?<=<ds:SignatureValue>)[^<]+/, mac);
    await expect(read(forgery)).rejects.toThrow("An algorithm of the message is not allowed.");
  });
});

describe("what is no message is refused before it is looked at", () => {
  it.each<{ readonly id: string; readonly title: string; readonly edit: Edit }>([
    {
      id: "FED-07",
      title: "a comment in a name",
      edit: (xml) => xml.replace("jane@corp.example", "jane@corp.example<!---->.evil"),
    },
    {
      id: "FED-07",
      title: "data in a name",
      edit: (xml) => xml.replace("jane@corp.example", "<![CDATA[admin@]]>corp.example"),
    },
    { id: "FED-07", title: "an instruction in a name", edit: (xml) => xml.replace("jane@", "admin<?x y?>@") },
    { id: "FED-09", title: "a document type", edit: (xml) => `<!DOCTYPE x>${xml}` },
    {
      id: "FED-09",
      title: "a document type after a declaration",
      edit: (xml) => `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY % y SYSTEM "file:///etc/passwd"> %y;]>${xml}`,
    },
    {
      id: "FED-09",
      title: "an entity",
      edit: (xml) => `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml.replace("jane", "&e;")}`,
    },
    {
      id: "FED-09",
      title: "entities of entities",
      edit: (xml) => `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${xml.replace("jane", "&b;")}`,
    },
    { id: "FED-09", title: "an entity that nobody declared", edit: (xml) => xml.replace("jane", "&nbsp;") },
    {
      id: "FED-09",
      title: "an attribute twice",
      edit: (xml) => xml.replace(' Version="2.0"', ' Version="2.0" Version="2.0"'),
    },
    { id: "FED-09", title: "UTF-7", edit: (xml) => `<?xml version="1.0" encoding="UTF-7"?>${xml}` },
    { id: "FED-09", title: "another encoding", edit: (xml) => `<?xml version='1.0' encoding='ISO-8859-1'?>${xml}` },
    { id: "FED-09", title: "a NUL", edit: (xml) => xml.replace("jane", "jane\u0000") },
    { id: "FED-09", title: "text around it", edit: (xml) => `x${xml}` },
    { id: "FED-09", title: "a second document", edit: (xml) => xml + xml },
    { id: "FED-09", title: "half of it", edit: (xml) => xml.slice(0, xml.length / 2) },
  ])("$id: $title", async ({ edit }) => {
    const xml = await answer();
    expect(edit(xml)).not.toBe(xml);
    await expect(read(edit(xml))).rejects.toMatchObject({ name: "InvalidSamlError", message: malformed });
  });

  it.each([
    { id: "FED-09", title: "UTF-16", text: Buffer.from("<a/>", "utf16le").toString("base64") },
    {
      id: "FED-09",
      title: "bytes that are no text",
      text: Buffer.from([0x3c, 0x61, 0xff, 0x2f, 0x3e]).toString("base64"),
    },
    { id: "FED-10", title: "no base64", text: "<samlp:Response/>" },
    { id: "FED-10", title: "nothing", text: "" },
    { id: "FED-10", title: "more than a message", text: "A".repeat(50 * 1024 * 1024) },
    { id: "FED-10", title: "depth without end", text: base64("<a>".repeat(60_000)) },
    { id: "FED-10", title: "elements without end", text: base64(`<a>${"<b/>".repeat(45_000)}</a>`) },
  ])("$id: $title", async ({ text }) => {
    const before = processorMilliseconds();
    await expect(readSamlResponse({ parties, requestId, now, mustBeEncrypted: false }, text)).rejects.toThrow(
      malformed,
    );
    expect(processorMilliseconds() - before).toBeLessThan(1000);
  });

  it.each([
    { title: "more elements in one place than any", xml: `<a>${"<b/>".repeat(501)}</a>` },
    { title: "more elements than any", xml: `<a>${`<b>${"<c/>".repeat(400)}</b>`.repeat(5)}</a>` },
  ])("FED-10: $title", async ({ xml }) => {
    await expect(read(xml)).rejects.toThrow("The message has too many parts.");
  });

  it("FED-10: as much as a message may be is read in a bounded time, though it proves nothing", async () => {
    const groups = { groups: Array.from({ length: 499 }, (_none, index) => `group ${index}`) };
    const xml = await answer({ signs: "response", attributes: groups });
    const before = processorMilliseconds();
    await expect(read(xml.replace("jane@", "admin@"))).rejects.toThrow(badSignature);
    expect(processorMilliseconds() - before).toBeLessThan(1000);
    expect((await read(xml)).attributes["groups"]).toHaveLength(499);
  });
});

describe("an answer that was changed anywhere", () => {
  /** Reads an answer as one would who believes everything. */
  const believed = (xml: string): string | undefined => /<saml:NameID[^>]*>([^<]*)<\/saml:NameID>/.exec(xml)?.[1];

  it("is refused or says what was signed (FED-05)", async () => {
    const xmls = [await answer({ signs: "assertion" }), await answer({ signs: "response" })];
    let fooled = 0;
    const piece = fc.oneof(
      fc.constantFrom(
        "admin@corp.example",
        "<",
        ">",
        '"',
        "&#65;",
        "<saml:Assertion>",
        "</saml:Subject>",
        ' ID="_x"',
        "",
      ),
      fc.nat().map((at) => (xmls[0] ?? "").slice(at % 3000, (at % 3000) + (at % 400))),
    );
    // Every other change is where the name stands: elsewhere they seldom mean anything to anybody.
    const at = fc.oneof(fc.nat(4000), fc.constant("name" as const));
    const change = fc.record({ at, length: fc.nat(60), piece });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...xmls),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        async (xml, changes) => {
          const changed = changes.reduce((text, { at: place, length, piece: by }) => {
            const start = place === "name" ? Math.max(text.indexOf("jane@"), 0) : place % text.length;
            return text.slice(0, start) + by + text.slice(start + length);
          }, xml);
          if (![undefined, "jane@corp.example"].includes(believed(changed))) fooled++;
          const outcome = await read(changed).catch((error: unknown) => error);
          if (outcome instanceof Error) expect(outcome.name).toBe("InvalidSamlError");
          else expect(outcome).toMatchObject({ nameId: { value: "jane@corp.example" }, attributes: {} });
        },
      ),
      { numRuns: 400 },
    );
    // Were signatures not looked at, some of these would have been believed.
    expect(fooled).toBeGreaterThan(0);
  });
});
