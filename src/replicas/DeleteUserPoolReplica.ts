import { poolOperation } from "../operation.ts";
import { describeReplica } from "./replica.ts";
import { deleteReplica, getReplica } from "./store.ts";

/** Ends serving a pool in a further region, once users are not served there any more. */
export const DeleteUserPoolReplica = poolOperation("DeleteUserPoolReplica", async (app, pool, request, error) => {
  const { RegionName: region } = request;
  if (!(await deleteReplica(app.db, pool.id, region))) {
    await getReplica(app.db, pool.id, region);
    // Source: Cognito API reference, DeleteUserPoolReplica, for the rule; the sentence is unconfirmed.
    throw error("InvalidParameterException", "Only replicas in the INACTIVE status can be deleted.");
  }
  return { UserPoolReplica: describeReplica({ poolId: pool.id, region, status: "DELETING" }, app.settings.account) };
});
