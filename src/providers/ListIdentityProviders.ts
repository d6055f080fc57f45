import { poolOperation } from "../operation.ts";
import { fetchPage } from "../vault/page-token.ts";
import { summarizeProvider } from "./provider.ts";
import { listProviders } from "./store.ts";

const defaultLimit = 60;

/** Lists the identity providers of a pool. */
export const ListIdentityProviders = poolOperation("ListIdentityProviders", async (app, pool, request, error) => {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const page = await fetchPage(
    { keys, bound: "ListIdentityProviders", token: request.NextToken, limit: request.MaxResults || defaultLimit },
    ([after = ""], limit) => listProviders(app.db, pool.id, { after, limit }),
    (provider) => [provider.name],
  );
  if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
  return { Providers: page.items.map(summarizeProvider), NextToken: page.token };
});
