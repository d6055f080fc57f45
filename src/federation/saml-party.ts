/** The two sides of an exchange with a SAML provider, as they are now. */
import type { App } from "../app.ts";
import type { Pool } from "../pools/pool.ts";
import type { ProviderMetadata } from "../providers/metadata.ts";
import { metadataOf, refreshMetadata } from "../providers/metadata-source.ts";
import { serviceProviderKey } from "../providers/service-provider.ts";
import type { Destination } from "./protocol.ts";
import { samlRefused } from "./refusal.ts";
import type { SamlParties } from "./saml-library.ts";

/** What a pool is called among SAML providers. Source: Cognito developer guide, SAML: the audience of assertions. */
const entityIdOf = ({ id }: Pick<Pool, "id">): string => `urn:amazon:cognito:sp:${id}`;

/** Where the messages of providers come in, below a domain. Source: Cognito developer guide, SAML endpoints. */
export const samlPaths = { consumer: "/saml2/idpresponse", signOut: "/saml2/logout" } as const;

/** Both sides, and all that the provider says of itself. */
export interface SamlExchangeParties extends SamlParties {
  readonly metadata: ProviderMetadata;
}

type Where = Pick<Destination, "pool" | "provider" | "base">;

/** The parties of an exchange. @throws FederationRefusal when the provider's metadata cannot be had */
export async function partiesOf(app: App, where: Where): Promise<SamlExchangeParties> {
  const metadata = await metadataOf(app, where.provider);
  if (!metadata) throw samlRefused("The metadata of the identity provider cannot be read.");
  return withMetadata(app, where, metadata);
}

/** A signature that nobody made is not reason enough to ask the provider for its keys more often. */
const pause = 60_000;

/** The parties with newer metadata, where there is newer metadata: the provider may have changed its key. */
export async function newerParties(app: App, where: Where): Promise<SamlExchangeParties | undefined> {
  const metadata = await refreshMetadata(app, where.provider, app.clock.now() - pause);
  return metadata && withMetadata(app, where, metadata);
}

/** The parties with metadata that is at hand. */
export async function withMetadata(
  app: App,
  { pool, base }: Pick<Where, "pool" | "base">,
  metadata: ProviderMetadata,
): Promise<SamlExchangeParties> {
  const { entityId, certificates } = metadata;
  return {
    metadata,
    ourselves: {
      entityId: entityIdOf(pool),
      consumerAddress: `${base}${samlPaths.consumer}`,
      key: await serviceProviderKey(app, pool),
    },
    provider: { entityId, certificates },
  };
}
