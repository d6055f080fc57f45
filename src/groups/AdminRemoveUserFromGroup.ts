import { userOperation } from "../operation.ts";
import { getGroup, removeMember } from "./store.ts";

/** Takes a user out of a group. One that is not in it stays out. */
export const AdminRemoveUserFromGroup = userOperation(
  "AdminRemoveUserFromGroup",
  async ({ db }, { pool, user }, { GroupName }) => {
    await removeMember(db, await getGroup(db, pool.id, GroupName), user.sub);
    return undefined;
  },
);
