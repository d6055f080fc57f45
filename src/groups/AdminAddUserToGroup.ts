import { userOperation } from "../operation.ts";
import { addMember, getGroup } from "./store.ts";

/** Puts a user into a group. Doing it twice changes nothing. */
export const AdminAddUserToGroup = userOperation(
  "AdminAddUserToGroup",
  async ({ db, clock }, { pool, user }, { GroupName }) => {
    await addMember(db, await getGroup(db, pool.id, GroupName), user.sub, clock.now());
    return undefined;
  },
);
