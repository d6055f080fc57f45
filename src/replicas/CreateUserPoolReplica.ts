import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { holdPool } from "../pools/store.ts";
import { tagFault } from "../pools/tags.ts";
import { describeReplica, hasKeyOfManyRegions, isRegionName, replicaLimit } from "./replica.ts";
import { insertReplica, listReplicas } from "./store.ts";

/** Serves a pool in a further region, at first to administrators only. Unconfirmed: the sentences of its refusals. */
export const CreateUserPoolReplica = poolOperation("CreateUserPoolReplica", async (app, pool, request, error) => {
  const { RegionName: region, UserPoolTags: tags = {} } = request;
  if (!isRegionName(region)) throw error("InvalidParameterException", `${region} is not a region.`);
  if (region === pool.region) {
    throw error("InvalidParameterException", "A user pool cannot be replicated to its primary region.");
  }
  if (pool.settings.UserPoolTier === "LITE") {
    throw error(
      "FeatureUnavailableInTierException",
      "The following feature is not available for the LITE pricing tier configured: Multi-Region Replication",
    );
  }
  if (!hasKeyOfManyRegions(pool)) {
    throw error("InvalidParameterException", "A user pool must have a multi-region KMS key to be replicated.");
  }
  const fault = tagFault(tags);
  if (fault !== undefined) throw error("UserPoolTaggingException", fault);
  await withTransaction(app, async ({ db, clock }) => {
    await holdPool(db, pool.id);
    const replica = { poolId: pool.id, region, status: "INACTIVE", tags, createdAt: clock.now() } as const;
    if ((await listReplicas(db, pool.id)).length >= replicaLimit) {
      throw error("LimitExceededException", `A user pool can have at most ${replicaLimit} replicas.`);
    }
    if (!(await insertReplica(db, replica))) {
      throw error("InvalidParameterException", `User pool ${pool.id} already has a replica in ${region}.`);
    }
  });
  return { UserPoolReplica: describeReplica({ poolId: pool.id, region, status: "CREATING" }, app.settings.account) };
});
