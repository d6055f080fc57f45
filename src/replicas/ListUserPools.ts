import type { UserPoolDescriptionType } from "../contract/types.gen.ts";
import type { Db } from "../database/open.ts";
import { accountOperation } from "../operation.ts";
import { findPool } from "../pools/store.ts";
import { fetchPage } from "../vault/page-token.ts";
import { listReplicas, listServedPools } from "./store.ts";

/** Lists the pools that are served in a region, as their own or by a replica. */
export const ListUserPools = accountOperation("ListUserPools", async (app, { region }, request, error) => {
  const keys = await app.vault.houseKeys(app.db);
  const page = await fetchPage(
    { keys, bound: `ListUserPools ${region}`, token: request.NextToken, limit: request.MaxResults },
    ([after = ""], limit) => listServedPools(app.db, region, { after, limit }),
    (id) => [id],
  );
  if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
  const pools = await Promise.all(page.items.map((id) => summarize(app.db, id)));
  return { UserPools: pools.filter((pool) => pool !== undefined), NextToken: page.token };
});

/** The pool as lists show it; undefined for one that was deleted meanwhile. */
async function summarize(db: Db, id: string): Promise<UserPoolDescriptionType | undefined> {
  const pool = await findPool(db, id);
  if (!pool) return undefined;
  const replicas = await listReplicas(db, id);
  return {
    Id: pool.id,
    Name: pool.name,
    LambdaConfig: pool.settings.LambdaConfig,
    LastModifiedDate: new Date(pool.modifiedAt),
    CreationDate: new Date(pool.createdAt),
    ReplicaRegions: replicas.length > 0 ? replicas.map(({ region }) => region) : undefined,
  };
}
