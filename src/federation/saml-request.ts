/**
 * What we ask SAML providers: to sign somebody in, or to sign somebody out.
 * Source: SAML 2.0 core, sections 3.4.1 and 3.7; SAML 2.0 bindings, sections 3.4 and 3.5.
 */
import type { SamlConfig } from "@node-saml/node-saml";
import type { Leaving, ProviderSession } from "./protocol.ts";
import { libraryOptions } from "./saml-library.ts";
import type { SamlExchangeParties } from "./saml-party.ts";

/** A message for a provider. */
export interface Outgoing {
  /** The id of the message, which the answer names. */
  readonly id: string;
  /** What the provider sends back with its answer. */
  readonly relayState: string;
}

/** Opens the library for one message. Source: Cognito developer guide: signatures are RSA-SHA256. */
async function writer(parties: SamlExchangeParties, { id }: Outgoing, options: Partial<SamlConfig>) {
  const { SAML } = await import("@node-saml/node-saml");
  return new SAML({
    ...libraryOptions(parties),
    generateUniqueId: () => id,
    // The provider calls its users what its owner has told it to.
    identifierFormat: null,
    ...options,
  });
}

const signing = ({ ourselves }: SamlExchangeParties): Partial<SamlConfig> => ({
  privateKey: ourselves.key.privateKeyPem,
  publicCert: ourselves.key.certificatePem,
});

/** A request to sign somebody in. */
export interface SignOnRequest extends Outgoing {
  readonly isSigned: boolean;
  /** Whether the provider must not take a session that it has already. */
  readonly isForced: boolean;
}

/** Where a browser goes to sign in: by redirect where the provider takes that, else by a form. */
export async function signOn(
  parties: SamlExchangeParties,
  request: SignOnRequest,
): Promise<Omit<Leaving, "memory"> | undefined> {
  const { redirect, post } = parties.metadata.signOn;
  const entryPoint = redirect ?? post;
  if (entryPoint === undefined) return undefined;
  const library = await writer(parties, request, {
    entryPoint,
    forceAuthn: request.isForced,
    skipRequestCompression: redirect === undefined,
    ...(request.isSigned && signing(parties)),
  });
  if (redirect !== undefined)
    return { location: await library.getAuthorizeUrlAsync(request.relayState, undefined, {}) };
  const fields = await library.getAuthorizeMessageAsync(request.relayState);
  const form = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  return { location: entryPoint, form };
}

const unspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/** Where a browser goes to sign out at the provider too, or undefined where that one does not say where. Always signed. */
export async function signOut(
  parties: SamlExchangeParties,
  request: Outgoing,
  { nameId, sessionIndex }: ProviderSession,
): Promise<string | undefined> {
  const { redirect } = parties.metadata.signOut;
  if (redirect === undefined) return undefined;
  const library = await writer(parties, request, { entryPoint: redirect, logoutUrl: redirect, ...signing(parties) });
  const { value, format = unspecified, nameQualifier, spNameQualifier } = nameId;
  const profile = {
    issuer: parties.provider.entityId,
    nameID: value,
    nameIDFormat: format,
    ...(nameQualifier !== undefined && { nameQualifier }),
    ...(spNameQualifier !== undefined && { spNameQualifier }),
    ...(sessionIndex !== undefined && { sessionIndex }),
  };
  return library.getLogoutUrlAsync(profile, request.relayState, {});
}

/** Where a browser goes with our answer to a provider that asked us to sign somebody out. */
export async function signedOut(
  parties: SamlExchangeParties,
  answer: { readonly id: string; readonly relayState: string | undefined; readonly requestId: string },
): Promise<string | undefined> {
  const address = parties.metadata.signOutAnswers.redirect ?? parties.metadata.signOut.redirect;
  if (address === undefined) return undefined;
  const { id, relayState = "", requestId } = answer;
  const options = { entryPoint: address, logoutUrl: address, ...signing(parties) };
  const library = await writer(parties, { id, relayState }, options);
  const asked = { ID: requestId, issuer: parties.provider.entityId, nameID: "", nameIDFormat: unspecified };
  return library.getLogoutResponseUrlAsync(asked, relayState, {}, true);
}
