import { poolOperation } from "../operation.ts";
import { describePrimary, describeReplica } from "./replica.ts";
import { listReplicas } from "./store.ts";

/** Lists the regions that a pool is served in, its own among them, in the order of their names: always on one page. */
export const ListUserPoolReplicas = poolOperation("ListUserPoolReplicas", async (app, pool, request, error) => {
  if (request.NextToken !== undefined) throw error("InvalidParameterException", "Invalid Pagination Token");
  const replicas = await listReplicas(app.db, pool.id);
  const { account } = app.settings;
  const all = [describePrimary(pool, account), ...replicas.map((replica) => describeReplica(replica, account))];
  return {
    UserPoolReplicas: all.toSorted((one, other) => ((one.RegionName ?? "") < (other.RegionName ?? "") ? -1 : 1)),
  };
});
