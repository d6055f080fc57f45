import { poolOperation } from "../operation.ts";
import { describeGroup } from "./group.ts";
import { updateGroup } from "./store.ts";

/** Changes what the request names of a group. The rest stays. */
export const UpdateGroup = poolOperation("UpdateGroup", async ({ db, clock }, pool, request) => {
  const changes = { description: request.Description, roleArn: request.RoleArn, precedence: request.Precedence };
  const group = await updateGroup(db, { poolId: pool.id, name: request.GroupName }, changes, clock.now());
  return { Group: describeGroup(group) };
});
