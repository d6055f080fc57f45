import { poolOperation } from "../operation.ts";
import { describeProvider, providerNotFound } from "./provider.ts";
import { findProvider } from "./store.ts";

/** Shows an identity provider. */
export const DescribeIdentityProvider = poolOperation(
  "DescribeIdentityProvider",
  async (app, pool, { ProviderName }) => {
    const provider = await findProvider(app.db, pool.id, ProviderName);
    if (!provider) throw providerNotFound(ProviderName);
    return { IdentityProvider: await describeProvider(app, pool, provider) };
  },
);
