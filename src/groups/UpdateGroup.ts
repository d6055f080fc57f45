import { poolOperation } from "../operation.ts";
import { describeGroup, type Group } from "./group.ts";
import { getGroup, updateGroup } from "./store.ts";

/** Changes what the request names of a group. The rest stays. */
export const UpdateGroup = poolOperation("UpdateGroup", async ({ db, clock }, pool, request) => {
  const before = await getGroup(db, pool.id, request.GroupName);
  const group: Group = {
    ...before,
    description: request.Description ?? before.description,
    roleArn: request.RoleArn ?? before.roleArn,
    precedence: request.Precedence ?? before.precedence,
    modifiedAt: clock.now(),
  };
  await updateGroup(db, group);
  return { Group: describeGroup(group) };
});
