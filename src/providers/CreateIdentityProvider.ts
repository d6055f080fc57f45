import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { providerDetails } from "./details.ts";
import { describeProvider, type Provider, providersOfPoolLimit, sealDetails } from "./provider.ts";
import { attributeMapping, checkIdentifiers, checkProviderName, identifierTaken } from "./rules.ts";
import { countProviders, insertProvider, replaceIdentifiers } from "./store.ts";

/** Adds an identity provider to a pool. */
export const CreateIdentityProvider = poolOperation("CreateIdentityProvider", async (app, pool, request, error) => {
  const { ProviderName: name, ProviderType: type, IdpIdentifiers: identifiers = [] } = request;
  checkProviderName(name, type);
  checkIdentifiers(identifiers);
  const given = providerDetails(type, request.ProviderDetails, app.settings);
  const { details, sealedSecrets } = await sealDetails(app, { poolId: pool.id, name }, given);
  const now = app.clock.now();
  const provider: Provider = {
    poolId: pool.id,
    name,
    type,
    settings: {
      details,
      attributeMapping: attributeMapping(pool, type, request.AttributeMapping),
      identifiers,
      acrMapping: request.AcrMapping,
    },
    sealedSecrets,
    version: 1,
    createdAt: now,
    modifiedAt: now,
  };
  if ((await countProviders(app.db, pool.id)) >= providersOfPoolLimit) {
    throw error("LimitExceededException", `A user pool can have at most ${providersOfPoolLimit} identity providers.`);
  }
  await withTransaction(app, async ({ db }) => {
    if (!(await insertProvider(db, provider))) {
      // Unconfirmed text.
      throw error("DuplicateProviderException", `A provider with the name ${name} already exists in this user pool.`);
    }
    const taken = await replaceIdentifiers(db, provider);
    if (taken !== undefined) throw identifierTaken(taken);
  });
  return { IdentityProvider: await describeProvider(app, pool, provider) };
});
