import { poolOperation } from "../operation.ts";
import { describeReplica } from "./replica.ts";
import { getReplica, setReplicaStatus } from "./store.ts";

/** Lets a replica serve users, or administrators only. */
export const UpdateUserPoolReplica = poolOperation("UpdateUserPoolReplica", async (app, pool, request, error) => {
  const { RegionName: region, Status: status } = request;
  if (region === pool.region) {
    // Unconfirmed: the sentence.
    throw error("InvalidParameterException", "The status of the primary region cannot be changed.");
  }
  const isSet = await setReplicaStatus(app.db, { poolId: pool.id, region, status });
  const replica = isSet ? { poolId: pool.id, region, status } : await getReplica(app.db, pool.id, region);
  return { UserPoolReplica: describeReplica(replica, app.settings.account) };
});
