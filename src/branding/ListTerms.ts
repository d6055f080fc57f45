import { poolOperation } from "../operation.ts";
import { fetchPage } from "../vault/page-token.ts";
import { listTerms } from "./store.ts";
import { summarizeTerms } from "./terms.ts";

const defaultLimit = 60;

/** Lists the documents of all clients of a pool. */
export const ListTerms = poolOperation("ListTerms", async (app, pool, request, error) => {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const page = await fetchPage(
    { keys, bound: "ListTerms", token: request.NextToken, limit: request.MaxResults ?? defaultLimit },
    ([after = ""], limit) => listTerms(app.db, pool.id, { after, limit }),
    (terms) => [terms.id],
  );
  if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
  return { Terms: page.items.map(summarizeTerms), NextToken: page.token };
});
