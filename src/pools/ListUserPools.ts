import { accountOperation } from "../operation.ts";
import { openPageToken, sealPageToken } from "../vault/page-token.ts";
import { listPools } from "./store.ts";

/** Lists the pools of a region. */
export const ListUserPools = accountOperation("ListUserPools", async (app, account, request, error) => {
  const keys = await app.vault.houseKeys(app.db);
  const bound = `ListUserPools ${account.region}`;
  const position = request.NextToken === undefined ? [""] : openPageToken(keys, bound, request.NextToken);
  if (!position) throw error("InvalidParameterException", "Invalid Pagination Token");
  const limit = request.MaxResults;
  const pools = await listPools(app.db, account.region, { after: position[0] ?? "", limit: limit + 1 });
  const shown = pools.slice(0, limit);
  const last = shown.at(-1);
  return {
    UserPools: shown.map((pool) => ({
      Id: pool.id,
      Name: pool.name,
      LambdaConfig: pool.settings.LambdaConfig,
      LastModifiedDate: new Date(pool.modifiedAt),
      CreationDate: new Date(pool.createdAt),
    })),
    NextToken: pools.length > limit && last ? sealPageToken(keys, bound, [last.id]) : undefined,
  };
});
