import { poolOperation } from "../operation.ts";
import { fetchPage } from "../vault/page-token.ts";
import { describeGroup } from "./group.ts";
import { listGroups } from "./store.ts";

const defaultLimit = 60;

/** Lists the groups of a pool. */
export const ListGroups = poolOperation("ListGroups", async (app, pool, request, error) => {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const page = await fetchPage(
    { keys, bound: "ListGroups", token: request.NextToken, limit: request.Limit || defaultLimit },
    ([after = ""], limit) => listGroups(app.db, pool.id, { after, limit }),
    (group) => [group.name],
  );
  if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
  return { Groups: page.items.map(describeGroup), NextToken: page.token };
});
