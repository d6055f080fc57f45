import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { deleteGroup, getGroup } from "./store.ts";

/** Deletes a group. Its users stay. */
export const DeleteGroup = poolOperation("DeleteGroup", async (app, pool, { GroupName }) => {
  await getGroup(app.db, pool.id, GroupName);
  await withTransaction(app, ({ db }) => deleteGroup(db, pool.id, GroupName));
  return undefined;
});
