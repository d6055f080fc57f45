import { withTransaction } from "../database/transact.ts";
import { userOperation } from "../operation.ts";
import { groupsOfUserLimit } from "./group.ts";
import { addMember, countGroupsOfUser, holdGroup } from "./store.ts";

/** Puts a user into a group. Doing it twice changes nothing. */
export const AdminAddUserToGroup = userOperation(
  "AdminAddUserToGroup",
  async (app, { pool, user }, { GroupName }, error) => {
    await withTransaction(app, async ({ db, clock }) => {
      const group = await holdGroup(db, pool.id, GroupName);
      await addMember(db, group, user.sub, clock.now());
      if ((await countGroupsOfUser(db, user)) <= groupsOfUserLimit) return;
      // Unconfirmed: the contract lists no LimitExceededException here.
      throw error("InvalidParameterException", `A user can be in at most ${groupsOfUserLimit} groups.`);
    });
    return undefined;
  },
);
