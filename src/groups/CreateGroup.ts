import { poolOperation } from "../operation.ts";
import { describeGroup, type Group, groupsOfPoolLimit } from "./group.ts";
import { countGroups, insertGroup } from "./store.ts";

/** Creates a group in a user pool. */
export const CreateGroup = poolOperation("CreateGroup", async ({ db, clock }, pool, request, error) => {
  if ((await countGroups(db, pool.id)) >= groupsOfPoolLimit) {
    throw error("LimitExceededException", `A user pool can have at most ${groupsOfPoolLimit} groups.`);
  }
  const now = clock.now();
  const group: Group = {
    poolId: pool.id,
    name: request.GroupName,
    description: request.Description,
    roleArn: request.RoleArn,
    precedence: request.Precedence,
    createdAt: now,
    modifiedAt: now,
  };
  if (!(await insertGroup(db, group))) throw error("GroupExistsException", "A group with the name already exists.");
  return { Group: describeGroup(group) };
});
