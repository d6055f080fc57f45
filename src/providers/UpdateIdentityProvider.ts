import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { providerDetails } from "./details.ts";
import { describeProvider, type Provider, providerNotFound, sealDetails } from "./provider.ts";
import { attributeMapping, checkIdentifiers, identifierTaken } from "./rules.ts";
import { findProvider, replaceIdentifiers, updateProvider } from "./store.ts";

/** Replaces each part of an identity provider that the request gives. The others stay. */
export const UpdateIdentityProvider = poolOperation("UpdateIdentityProvider", async (app, pool, request, error) => {
  const { ProviderName, ProviderDetails, AttributeMapping, IdpIdentifiers, AcrMapping } = request;
  const before = await findProvider(app.db, pool.id, ProviderName);
  if (!before) throw providerNotFound(ProviderName);
  const { settings } = before;
  const kept = { details: settings.details, sealedSecrets: before.sealedSecrets };
  const { details, sealedSecrets } = ProviderDetails
    ? await sealDetails(app, before, providerDetails(before.type, ProviderDetails, app.settings))
    : kept;
  const identifiers = IdpIdentifiers ?? settings.identifiers;
  checkIdentifiers(identifiers);
  const provider: Provider = {
    ...before,
    settings: {
      details,
      attributeMapping: AttributeMapping
        ? attributeMapping(pool, before.type, AttributeMapping)
        : settings.attributeMapping,
      identifiers,
      acrMapping: AcrMapping ?? settings.acrMapping,
    },
    sealedSecrets,
    modifiedAt: app.clock.now(),
  };
  await withTransaction(app, async ({ db }) => {
    if (!(await updateProvider(db, provider))) {
      throw error("ConcurrentModificationException", "The identity provider was modified by another request.");
    }
    const taken = await replaceIdentifiers(db, provider);
    if (taken !== undefined) throw identifierTaken(taken);
  });
  return { IdentityProvider: await describeProvider(app, pool, provider) };
});
