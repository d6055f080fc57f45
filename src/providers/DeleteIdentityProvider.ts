import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { providerNotFound } from "./provider.ts";
import { deleteProvider } from "./store.ts";

/** Deletes an identity provider. Clients may go on naming it; its users stay. */
export const DeleteIdentityProvider = poolOperation("DeleteIdentityProvider", async (app, pool, { ProviderName }) => {
  const isDeleted = await withTransaction(app, ({ db }) => deleteProvider(db, pool.id, ProviderName));
  if (!isDeleted) throw providerNotFound(ProviderName);
  return undefined;
});
