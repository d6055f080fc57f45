import { poolOperation } from "../operation.ts";
import { fetchPage } from "../vault/page-token.ts";
import { summarizeClient } from "./client.ts";
import { listClients } from "./store.ts";

const defaultLimit = 60;

/** Lists the app clients of a pool. */
export const ListUserPoolClients = poolOperation("ListUserPoolClients", async (app, pool, request, error) => {
  const { ClientType: wanted } = request;
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const bound = `ListUserPoolClients ${wanted ?? ""}`;
  const page = await fetchPage(
    { keys, bound, token: request.NextToken, limit: request.MaxResults ?? defaultLimit },
    ([after = ""], limit) => listClients(app.db, pool.id, { after, limit }),
    (client) => [client.id],
  );
  if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
  // Source: Cognito API reference, ListUserPoolClients: a page of one type may have fewer clients than asked for.
  const shown = page.items.filter(({ settings }) => !wanted || (settings.ClientType ?? "REGULAR") === wanted);
  return { UserPoolClients: shown.map(summarizeClient), NextToken: page.token };
});
