import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { deleteGroup } from "./store.ts";

/** Deletes a group. Its users stay. */
export const DeleteGroup = poolOperation("DeleteGroup", async (app, pool, { GroupName }) => {
  await withTransaction(app, ({ db }) => deleteGroup(db, pool.id, GroupName));
  return undefined;
});
