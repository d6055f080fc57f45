import { accountOperation } from "../operation.ts";
import { fetchPage } from "../vault/page-token.ts";
import { listPools } from "./store.ts";

/** Lists the pools of a region. */
export const ListUserPools = accountOperation("ListUserPools", async (app, { region }, request, error) => {
  const keys = await app.vault.houseKeys(app.db);
  const page = await fetchPage(
    { keys, bound: `ListUserPools ${region}`, token: request.NextToken, limit: request.MaxResults },
    ([after = ""], limit) => listPools(app.db, region, { after, limit }),
    (pool) => [pool.id],
  );
  if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
  return {
    UserPools: page.items.map((pool) => ({
      Id: pool.id,
      Name: pool.name,
      LambdaConfig: pool.settings.LambdaConfig,
      LastModifiedDate: new Date(pool.modifiedAt),
      CreationDate: new Date(pool.createdAt),
    })),
    NextToken: page.token,
  };
});
