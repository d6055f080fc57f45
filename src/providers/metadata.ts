/**
 * Reads the metadata of a SAML provider: who it is, where it is reached by which binding, and the certificates that its
 * signatures are checked with. The metadata's own signature is not looked at: it is believed for where it came from.
 * Source: SAML 2.0 metadata, sections 2.3.2, 2.4.1 and 2.4.3.
 */
import { X509Certificate } from "node:crypto";
import { ApiError } from "../contract/errors.ts";
import { childrenOf, everyElementOf, readXml, type XmlElement } from "../lib/xml.ts";
import type { Settings } from "../settings.ts";
import { isVisitable } from "./endpoint.ts";

/** What the metadata of a provider says. */
export interface ProviderMetadata {
  readonly entityId: string;
  readonly signOn: ServiceAddresses;
  readonly signOut: ServiceAddresses;
  /** Where answers to sign-outs go, if not where requests go. */
  readonly signOutAnswers: ServiceAddresses;
  /** PEM. Several while a provider changes its key. */
  readonly certificates: readonly string[];
  readonly wantsSignedRequests: boolean;
  /** When it must not be used any more, in milliseconds since the epoch. */
  readonly validUntil?: number;
}

/** Where a service is reached by each binding. */
export interface ServiceAddresses {
  readonly redirect?: string;
  readonly post?: string;
}

const invalid = (): ApiError => new ApiError("InvalidParameterException", "Invalid SAML metadata.");

const bindings = {
  redirect: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
  post: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
} as const;

/** What the metadata of a provider says of it. @throws InvalidParameterException for what is no metadata of one */
export function readMetadata(text: string): ProviderMetadata {
  const root = readXml(text);
  const entityId = root?.attributes.get("entityID");
  const [role] = childrenOf(root, "IDPSSODescriptor");
  if (root?.name !== "EntityDescriptor" || !entityId || !role) throw invalid();
  const validUntil = Date.parse(root.attributes.get("validUntil") ?? "");
  return {
    entityId,
    signOn: addressesOf(role, "SingleSignOnService", "Location"),
    signOut: addressesOf(role, "SingleLogoutService", "Location"),
    signOutAnswers: addressesOf(role, "SingleLogoutService", "ResponseLocation"),
    certificates: signingCertificates(role),
    wantsSignedRequests: ["true", "1"].includes(role.attributes.get("WantAuthnRequestsSigned") ?? ""),
    ...(Number.isNaN(validUntil) ? {} : { validUntil }),
  };
}

/** The same, where every address in it is one that a browser may be sent to. @throws InvalidParameterException */
export function readVisitableMetadata(text: string, mode: Settings["mode"]): ProviderMetadata {
  const metadata = readMetadata(text);
  const { signOn, signOut, signOutAnswers } = metadata;
  const addresses = [signOn, signOut, signOutAnswers].flatMap((service) => Object.values(service));
  if (addresses.every((address) => isVisitable(address, mode))) return metadata;
  throw invalid();
}

/** What the API shows of metadata beside it. Source: Cognito API reference, IdentityProviderType, ProviderDetails. */
export const shownAddresses = ({ signOn, signOut }: ProviderMetadata): Readonly<Record<string, string>> => ({
  ...(signOut.redirect && { SLORedirectBindingURI: signOut.redirect }),
  ...(signOn.redirect && { SSORedirectBindingURI: signOn.redirect }),
});

function addressesOf(role: XmlElement, service: string, attribute: string): ServiceAddresses {
  const addressBy = (binding: string): string | undefined =>
    childrenOf(role, service)
      .find(({ attributes }) => attributes.get("Binding") === binding)
      ?.attributes.get(attribute);
  const redirect = addressBy(bindings.redirect);
  const post = addressBy(bindings.post);
  return { ...(redirect && { redirect }), ...(post && { post }) };
}

/** A key without a use is for signing too. Source: SAML 2.0 metadata, section 2.4.1.1. */
function signingCertificates(role: XmlElement): string[] {
  const keys = childrenOf(role, "KeyDescriptor").filter(({ attributes }) =>
    ["signing", undefined].includes(attributes.get("use")),
  );
  const texts = keys
    .flatMap((key) => [...everyElementOf(key)])
    .filter(({ name }) => name === "X509Certificate")
    .map(({ text }) => text.replace(/\s/g, ""));
  return [...new Set(texts)].flatMap((certificate) => pemOf(certificate) ?? []);
}

/** Shorter keys are within reach of who wants to sign as somebody else. Source: NIST SP 800-131A revision 2, section 3. */
const shortestKeyBits = 2048;

/**
 * A certificate that signatures can be checked with, in PEM. How long it is good for is not asked: in metadata it is
 * the envelope of a key. Source: SAML 2.0 metadata interoperability profile, section 2.6.1.
 */
function pemOf(certificate: string): string | undefined {
  try {
    const parsed = new X509Certificate(Buffer.from(certificate, "base64"));
    const { asymmetricKeyType, asymmetricKeyDetails } = parsed.publicKey;
    const isGood = asymmetricKeyType === "rsa" && (asymmetricKeyDetails?.modulusLength ?? 0) >= shortestKeyBits;
    return isGood ? parsed.toString() : undefined;
  } catch {
    // Another provider's key of a kind that we do not know is no reason to refuse those that we do.
    return undefined;
  }
}
