import { generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { refusalOf } from "../../test/support/refusal.ts";
import { makeRsaKeyPair } from "../lib/key-pair.ts";
import { systemRandom } from "../lib/random.ts";
import { selfSignedCertificate } from "./certificate.ts";
import { readMetadata } from "./metadata.ts";

const namespaces =
  'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns="urn:x"';
const service = (name: string, binding: string, at: string, more = ""): string =>
  `<md:${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location='${at}' ${more}/>`;

const entity = (inside: string): string =>
  `<?xml version="1.0"?>\n<!-- ours -->\n<md:EntityDescriptor ${namespaces} entityID="https://idp.example/a?b&amp;c">${inside}</md:EntityDescriptor>\n`;

const role = (inside: string, more = ""): string => `<md:IDPSSODescriptor ${more}>${inside}</md:IDPSSODescriptor>`;

const key = (certificate: string, use?: string): string =>
  `<md:KeyDescriptor${use === undefined ? "" : ` use="${use}"`}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;

let certificates: string[];
let short: string;

beforeAll(async () => {
  const made = { now: Date.now(), random: systemRandom };
  const pairs = await Promise.all([makeRsaKeyPair(), makeRsaKeyPair(), makeRsaKeyPair()]);
  certificates = await Promise.all(pairs.map((pair) => selfSignedCertificate(pair, "CN=idp", made)));
  const weak = generateKeyPairSync("rsa", {
    modulusLength: 1024,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  short = await selfSignedCertificate({ publicKeyPem: weak.publicKey, privateKeyPem: weak.privateKey }, "CN=idp", made);
});

const bare = (pem: string): string => pem.replace(/-----[^-]+-----/g, "");

describe("metadata of a SAML provider", () => {
  it("says who it is of, where that one is reached by which binding, and what it signs with", () => {
    const [first = "", second = "", third = ""] = certificates;
    const text = entity(
      `<md:RoleDescriptor>${key(bare(third), "signing")}</md:RoleDescriptor><md:SPSSODescriptor>${key(bare(third))}</md:SPSSODescriptor>${role(
        key(bare(first), "signing") +
          key(bare(first), "signing") +
          key(bare(third), "encryption") +
          key(bare(second)) +
          service(
            "SingleLogoutService",
            "HTTP-Redirect",
            "https://idp.example/bye",
            'ResponseLocation="https://idp.example/was"',
          ) +
          service("SingleLogoutService", "SOAP", "https://idp.example/soap") +
          service("SingleSignOnService", "HTTP-POST", "https://idp.example/post") +
          service("SingleSignOnService", "HTTP-Redirect", "https://idp.example/in?x=1&amp;y=2"),
        'WantAuthnRequestsSigned="true"',
      )}`,
    );
    const { certificates: found, ...others } = readMetadata(text);
    expect(others).toEqual({
      entityId: "https://idp.example/a?b&c",
      signOn: { redirect: "https://idp.example/in?x=1&y=2", post: "https://idp.example/post" },
      signOut: { redirect: "https://idp.example/bye" },
      signOutAnswers: { redirect: "https://idp.example/was" },
      wantsSignedRequests: true,
    });
    expect(found.map(bare).map((pem) => pem.replace(/\s/g, ""))).toEqual(
      [first, second].map((pem) => bare(pem).replace(/\s/g, "")),
    );
  });

  it("may leave all but its name and role out", () => {
    expect(readMetadata(entity(role("<![CDATA[<x>]]>")))).toEqual({
      entityId: "https://idp.example/a?b&c",
      signOn: {},
      signOut: {},
      signOutAnswers: {},
      certificates: [],
      wantsSignedRequests: false,
    });
  });

  it("gives no key that is too short or none at all", () => {
    expect(readMetadata(entity(role(key(bare(short)) + key("AAAA") + key("")))).certificates).toEqual([]);
  });

  it.each([
    { title: "nothing", text: "" },
    { title: "JSON", text: "{}" },
    { title: "another document", text: "<html></html>" },
    { title: "an entity without a role", text: entity("") },
    { title: "an entity with another role", text: entity("<md:SPSSODescriptor/>") },
    { title: "a role inside something else", text: entity(`<md:Extensions>${role("")}</md:Extensions>`) },
    { title: "an entity without a name", text: `<EntityDescriptor>${role("")}</EntityDescriptor>` },
    { title: "a second root", text: entity(role("")) + entity(role("")) },
    { title: "a cut-off document", text: entity(role("")).slice(0, -5) },
    { title: "a document type", text: `<!DOCTYPE x [<!ENTITY a "b">]>${entity(role(""))}` },
  ])("is not $title", async ({ text }) => {
    const refusal = await refusalOf(Promise.resolve().then(() => readMetadata(text)));
    expect(refusal).toEqual({ name: "InvalidParameterException", message: "Invalid SAML metadata." });
  });
});
