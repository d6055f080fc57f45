import { poolOperation } from "../operation.ts";
import { describeGroup } from "./group.ts";
import { getGroup } from "./store.ts";

/** Shows a group. */
export const GetGroup = poolOperation("GetGroup", async ({ db }, pool, { GroupName }) => ({
  Group: describeGroup(await getGroup(db, pool.id, GroupName)),
}));
