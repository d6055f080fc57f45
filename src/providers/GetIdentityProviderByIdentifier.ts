import { poolOperation } from "../operation.ts";
import { describeProvider, providerNotFound } from "./provider.ts";
import { findProviderByIdentifier } from "./store.ts";

/** Shows the identity provider that an identifier, such as the domain of a company, stands for. */
export const GetIdentityProviderByIdentifier = poolOperation(
  "GetIdentityProviderByIdentifier",
  async (app, pool, { IdpIdentifier }) => {
    const provider = await findProviderByIdentifier(app.db, pool.id, IdpIdentifier);
    if (!provider) throw providerNotFound(IdpIdentifier);
    return { IdentityProvider: await describeProvider(app, pool, provider) };
  },
);
