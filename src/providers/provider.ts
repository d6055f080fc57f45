/**
 * Providers: the identity providers of a pool that its users may sign in with, and the certificate by which the pool
 * shows itself to SAML ones. The room owns what a provider is, its rules and its secrets; which user an identity stands
 * for is the business of identities/. It stands under clients, because clients name providers.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { IdentityProviderType, IdentityProviderTypeType, ProviderDescription } from "../contract/types.gen.ts";
import type { Pool } from "../pools/pool.ts";
import { readMetadata, shownAddresses } from "./metadata.ts";
import { certificateText, serviceProviderKey } from "./service-provider.ts";
import { findMetadata } from "./store.ts";

export type ProviderType = IdentityProviderTypeType;

/** What the owner of a provider sets, with what its type brings along. Secrets stand elsewhere. */
export interface ProviderSettings {
  readonly details: Readonly<Record<string, string>>;
  /** The claim or assertion attribute by the name of the user's attribute. */
  readonly attributeMapping: Readonly<Record<string, string>>;
  readonly identifiers: readonly string[];
  readonly acrMapping?: Readonly<Record<string, string>> | undefined;
}

export interface Provider {
  readonly poolId: string;
  readonly name: string;
  readonly type: ProviderType;
  readonly settings: ProviderSettings;
  /** The details that nobody may read at rest, sealed together. */
  readonly sealedSecrets: string;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Details that prove the pool to the provider. */
const secretNames: ReadonlySet<string> = new Set(["client_secret", "private_key"]);

/** Details that are never shown again. Source: Cognito API reference, IdentityProviderType, ProviderDetails. */
const hiddenNames: ReadonlySet<string> = new Set(["private_key"]);

/** Where the secret details of a provider are sealed for. */
export const placeOf = (name: string) => ({ table: "identity_providers", column: "sealed_secrets", row: name });

const pick = (details: Readonly<Record<string, string>>, isWanted: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(Object.entries(details).filter(([name]) => isWanted(name)));

/** Parts the details of a provider into those that may be kept in the clear and those that are secrets. */
export const partDetails = (details: Readonly<Record<string, string>>) => ({
  details: pick(details, (detail) => !secretNames.has(detail)),
  secrets: pick(details, (detail) => secretNames.has(detail)),
});

/** The details of a provider as they are kept: the secrets among them sealed. */
export async function sealDetails(
  app: Pick<App, "db" | "vault">,
  { poolId, name }: Pick<Provider, "poolId" | "name">,
  given: Readonly<Record<string, string>>,
): Promise<{ readonly details: Readonly<Record<string, string>>; readonly sealedSecrets: string }> {
  const keys = await app.vault.poolKeys(app.db, poolId);
  const { details, secrets } = partDetails(given);
  return { details, sealedSecrets: keys.seal("ext", placeOf(name), JSON.stringify(secrets)) };
}

/** The details of a provider with its secrets opened, for who speaks with it. */
export async function openProviderDetails(
  app: Pick<App, "db" | "vault">,
  { poolId, name, settings, sealedSecrets }: Provider,
): Promise<Record<string, string>> {
  const keys = await app.vault.poolKeys(app.db, poolId);
  const secrets: Record<string, string> = JSON.parse(keys.open("ext", placeOf(name), sealedSecrets));
  return { ...settings.details, ...secrets };
}

/** The provider as the API shows it: with its client secret, without its private key. */
export async function describeProvider(app: App, pool: Pool, provider: Provider): Promise<IdentityProviderType> {
  const details = pick(await openProviderDetails(app, provider), (detail) => !hiddenNames.has(detail));
  if (provider.type === "SAML") {
    // Unconfirmed: Cognito has a certificate of its own for encryption; ours signs and encrypts with one.
    details["ActiveEncryptionCertificate"] = certificateText(await serviceProviderKey(app, pool));
    const found = await findMetadata(app.db, provider);
    if (found && found.address === details["MetadataURL"]) {
      Object.assign(details, shownAddresses(readMetadata(found.document)));
    }
  }
  const { attributeMapping, identifiers, acrMapping } = provider.settings;
  return {
    UserPoolId: provider.poolId,
    ProviderName: provider.name,
    ProviderType: provider.type,
    ProviderDetails: details,
    AttributeMapping: { ...attributeMapping },
    IdpIdentifiers: [...identifiers],
    AcrMapping: acrMapping && { ...acrMapping },
    LastModifiedDate: new Date(provider.modifiedAt),
    CreationDate: new Date(provider.createdAt),
  };
}

/** The provider as lists show it. */
export const summarizeProvider = (provider: Provider): ProviderDescription => ({
  ProviderName: provider.name,
  ProviderType: provider.type,
  LastModifiedDate: new Date(provider.modifiedAt),
  CreationDate: new Date(provider.createdAt),
});

/** Refuses a name that no provider of the pool has. Text unconfirmed. */
export const providerNotFound = (name: string): ApiError =>
  new ApiError("ResourceNotFoundException", `Identity provider ${name} does not exist.`);

/** Providers that a pool may have. Source: Cognito developer guide, quotas. */
export const providersOfPoolLimit = 300;
