/**
 * The library that speaks SAML, with every option that could be dangerous closed. It is loaded when it is needed first:
 * that takes longer than starting a house, and few houses need it.
 */
import type { CacheProvider, SamlConfig } from "@node-saml/node-saml";
import type { ServiceProviderKey } from "../providers/service-provider.ts";

/** The two sides of an exchange. */
export interface SamlParties {
  readonly ourselves: {
    readonly entityId: string;
    /** Where assertions come in. */
    readonly consumerAddress: string;
    readonly key: ServiceProviderKey;
  };
  readonly provider: {
    readonly entityId: string;
    /** PEM. Signatures are checked with these and with no key that a message brings along. */
    readonly certificates: readonly string[];
  };
}

/** What of a response must be signed. */
export interface WantedSignatures {
  readonly isResponseSigned: boolean;
  readonly isAssertionSigned: boolean;
}

/** An assertion that was verified. */
export interface VerifiedAssertion {
  /** The canonical form of what was signed. */
  readonly text: string;
  /** The assertion with its signature as it was decrypted, where it came encrypted. */
  readonly encryptedText?: string;
}

/** Requests are remembered as departures, in the database: what a process keeps the next one does not know. */
const noCache: CacheProvider = {
  saveAsync: async () => null,
  getAsync: async () => null,
  removeAsync: async () => null,
};

/**
 * What the library is told. Times and audience are checked in saml-assertion.ts: the library would ask the machine's
 * clock, and would say of an audience that is wrong only that nothing is right.
 */
export const libraryOptions = ({ ourselves, provider }: SamlParties): SamlConfig => ({
  idpCert: [...provider.certificates],
  idpIssuer: provider.entityId,
  issuer: ourselves.entityId,
  audience: false,
  callbackUrl: ourselves.consumerAddress,
  decryptionPvk: ourselves.key.privateKeyPem,
  signatureAlgorithm: "sha256",
  digestAlgorithm: "sha256",
  cacheProvider: noCache,
  acceptedClockSkewMs: -1,
  disableRequestedAuthnContext: true,
  wantAuthnResponseSigned: true,
  wantAssertionsSigned: true,
});

/** Opens the library for one response. */
export async function openLibrary(parties: SamlParties, wanted: WantedSignatures) {
  const { SAML } = await import("@node-saml/node-saml");
  /** The library tells what it decrypted only to its own kind. */
  class Reader extends SAML {
    decrypt(xml: string): Promise<string | null> {
      return this.getSignedAssertion(xml);
    }
  }
  const reader = new Reader({
    ...libraryOptions(parties),
    wantAuthnResponseSigned: wanted.isResponseSigned,
    wantAssertionsSigned: wanted.isAssertionSigned,
  });
  return {
    /** The assertion of a response whose signatures are right. @throws when they are not */
    async verify(xml: string, isEncrypted: boolean): Promise<VerifiedAssertion> {
      const { profile } = await reader.validatePostResponseAsync({ SAMLResponse: Buffer.from(xml).toString("base64") });
      const text = profile?.getAssertionXml?.();
      if (text === undefined) throw new Error("The response has no verified assertion.");
      const encryptedText = isEncrypted ? await reader.decrypt(xml) : undefined;
      return { text, ...(encryptedText && { encryptedText }) };
    },
  };
}

/** Whom a provider wants to have signed out. */
export interface SignOutSubject {
  readonly nameId: string;
}

/** Reads a request of a provider whose signature is right. @throws when it is not */
export async function verifyRequest(parties: SamlParties, xml: string): Promise<SignOutSubject> {
  const { SAML } = await import("@node-saml/node-saml");
  const library = new SAML(libraryOptions(parties));
  const { profile } = await library.validatePostRequestAsync({ SAMLRequest: Buffer.from(xml).toString("base64") });
  return { nameId: profile.nameID };
}

/** Checks the signature of a provider's answer to a request to sign out. @throws when it is not right */
export async function verifyAnswer(parties: SamlParties, xml: string): Promise<void> {
  const { SAML } = await import("@node-saml/node-saml");
  const library = new SAML(libraryOptions(parties));
  const { loggedOut } = await library.validatePostResponseAsync({ SAMLResponse: Buffer.from(xml).toString("base64") });
  if (!loggedOut) throw new Error("The message is no answer to a request to sign out.");
}
