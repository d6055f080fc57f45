import { poolOperation } from "../operation.ts";
import { fetchPage } from "../vault/page-token.ts";
import { describeResourceServer } from "./resource-server.ts";
import { listResourceServers } from "./store.ts";

const defaultLimit = 50;

/** Lists the resource servers of a pool. */
export const ListResourceServers = poolOperation("ListResourceServers", async (app, pool, request, error) => {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const page = await fetchPage(
    { keys, bound: "ListResourceServers", token: request.NextToken, limit: request.MaxResults ?? defaultLimit },
    ([after = ""], limit) => listResourceServers(app.db, pool.id, { after, limit }),
    (server) => [server.identifier],
  );
  if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
  return { ResourceServers: page.items.map(describeResourceServer), NextToken: page.token };
});
