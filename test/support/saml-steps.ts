/** What a browser does between a pool and a stand-in for a SAML provider. */
import { addProvider } from "./arriving.ts";
import { authorizeUrl, newVisitor, type Visitor } from "./browser-steps.ts";
import type { TestHouse } from "./house.ts";
import type { TestPool } from "./pool.ts";
import { base64, type SamlAnswer, type SamlProvider, type SamlRecipient } from "./saml-provider.ts";

/** A pool that knows a provider, by the name that its users will bear. */
export interface SamlSide {
  readonly house: TestHouse;
  readonly pool: TestPool;
  readonly provider: SamlProvider;
  readonly name: string;
}

/** Makes a provider known to a pool and its client. */
export async function addSaml(
  side: SamlSide,
  details: Readonly<Record<string, string>> = {},
  attributeMapping: Readonly<Record<string, string>> = { email: "mail" },
): Promise<SamlSide> {
  const { house, pool, provider, name } = side;
  const file = details["MetadataURL"] === undefined ? { MetadataFile: provider.metadata() } : {};
  await addProvider(house, pool, {
    ProviderName: name,
    ProviderType: "SAML",
    ProviderDetails: { ...file, ...details },
    AttributeMapping: attributeMapping,
  });
  return side;
}

/** The pool as its providers see it. */
export async function recipientOf({ house, pool }: SamlSide): Promise<SamlRecipient> {
  const { Certificate = "" } = await house.api.getSigningCertificate({ UserPoolId: pool.UserPoolId });
  return {
    entityId: `urn:amazon:cognito:sp:${pool.UserPoolId}`,
    consumerAddress: `${pool.base}/saml2/idpresponse`,
    certificatePem: `-----BEGIN CERTIFICATE-----\n${Certificate.replace(/.{64}/g, "$&\n").trimEnd()}\n-----END CERTIFICATE-----\n`,
  };
}

/** The metadata of the pool as a provider would have it. Cognito serves none: its owner enters what stands here. */
export async function poolMetadata(side: SamlSide): Promise<string> {
  const { entityId, consumerAddress, certificatePem = "" } = await recipientOf(side);
  const certificate = certificatePem.replace(/-----[^-]+-----|\s/g, "");
  return (
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${entityId}">` +
    `<SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">` +
    `<KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>` +
    `<SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${consumerAddress.replace("idpresponse", "logout")}"/>` +
    `<AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${consumerAddress}"/>` +
    "</SPSSODescriptor></EntityDescriptor>"
  );
}

/** A browser at the provider, and what it brought there. */
export interface AtProvider {
  readonly visitor: Visitor;
  readonly location: string;
  readonly requestId: string;
  readonly relayState: string;
}

/** Goes from an authorization request to the provider. */
export async function goToProvider(
  side: SamlSide,
  {
    visitor = newVisitor(),
    query = {},
    isSigned = false,
  }: {
    readonly visitor?: Visitor;
    readonly query?: Readonly<Record<string, string | undefined>>;
    readonly isSigned?: boolean;
  } = {},
): Promise<AtProvider> {
  const { pool, provider, name } = side;
  const response = await visitor.visit(authorizeUrl(pool, { identity_provider: name, scope: "openid", ...query }));
  const location = response.headers.get("location") ?? "";
  const request = await provider.readRequest(location, { metadata: await poolMetadata(side), isSigned });
  return { visitor, location, requestId: request.id, relayState: request.relayState };
}

/** Brings an answer of the provider back, and gives where the browser is sent. */
export async function bringBack(
  { pool }: SamlSide,
  { visitor, relayState }: Pick<AtProvider, "visitor" | "relayState">,
  xml: string,
): Promise<string> {
  const form = { SAMLResponse: base64(xml), RelayState: relayState };
  const response = await visitor.visit(`${pool.base}/saml2/idpresponse`, form, { origin: "null" });
  return response.headers.get("location") ?? `${response.status} ${await response.text()}`;
}

/** An honest answer of the provider to what the browser brought, but for the changes. */
export async function answerOf(
  side: SamlSide,
  { requestId }: { readonly requestId: string | undefined },
  changes: Partial<SamlAnswer> = {},
): Promise<string> {
  const { provider, house } = side;
  const attributes = { mail: [changes.subject ?? "jane@corp.example"] };
  return provider.answer(await recipientOf(side), { now: house.clock.now(), requestId, attributes, ...changes });
}

/** Signs in at the provider, the whole way, and gives where the browser lands. */
export async function signInBySaml(
  side: SamlSide,
  changes: Partial<SamlAnswer> = {},
  visitor: Visitor = newVisitor(),
): Promise<string> {
  const there = await goToProvider(side, { visitor });
  return bringBack(side, there, await answerOf(side, there, changes));
}

/** The parts of a message about signing out that a test may change. */
export interface SignOutParts {
  readonly now: number;
  readonly id?: string;
  readonly issuer?: string;
  readonly destination?: string;
  readonly subject?: string;
  readonly indexes?: readonly string[];
  readonly notOnOrAfter?: number;
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const opened = ({ pool, provider }: SamlSide, kind: string, more: string, parts: SignOutParts): string => {
  const { now, id = `_${crypto.randomUUID()}`, issuer = provider.entityId } = parts;
  const { destination = `${pool.base}/saml2/logout` } = parts;
  return (
    `<samlp:${kind} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ` +
    `ID="${id}" Version="2.0" IssueInstant="${iso(now)}" Destination="${destination}"${more}><saml:Issuer>${issuer}</saml:Issuer>`
  );
};

/** A provider's request to sign somebody out, not signed yet. */
export function signOutRequest(side: SamlSide, parts: SignOutParts): string {
  const { subject = "jane@corp.example", indexes = [], notOnOrAfter } = parts;
  const end = notOnOrAfter === undefined ? "" : ` NotOnOrAfter="${iso(notOnOrAfter)}"`;
  const sessions = indexes.map((index) => `<samlp:SessionIndex>${index}</samlp:SessionIndex>`).join("");
  return `${opened(side, "LogoutRequest", end, parts)}<saml:NameID>${subject}</saml:NameID>${sessions}</samlp:LogoutRequest>`;
}

/** A provider's answer to a request to sign out, not signed yet. */
export const signOutAnswer = (side: SamlSide, requestId: string, parts: SignOutParts): string =>
  `${opened(side, "LogoutResponse", ` InResponseTo="${requestId}"`, parts)}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status></samlp:LogoutResponse>`;
