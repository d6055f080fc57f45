import { poolOperation } from "../operation.ts";
import { fetchPage } from "../vault/page-token.ts";
import { summarizeClient } from "./client.ts";
import { listClients } from "./store.ts";

const defaultLimit = 60;

/** Lists the app clients of a pool. */
export const ListUserPoolClients = poolOperation("ListUserPoolClients", async (app, pool, request, error) => {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const page = await fetchPage(
    { keys, bound: "ListUserPoolClients", token: request.NextToken, limit: request.MaxResults ?? defaultLimit },
    ([after = ""], limit) => listClients(app.db, pool.id, { after, limit }),
    (client) => [client.id],
  );
  if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
  return { UserPoolClients: page.items.map(summarizeClient), NextToken: page.token };
});
