import { eraseClient } from "../database/erase.ts";
import { withTransaction } from "../database/transact.ts";
import { clientOperation } from "../operation.ts";
import { leaveDirectory } from "../pools/store.ts";
import { deleteClient } from "./store.ts";

/** Deletes an app client. Its tokens stop working with us at once: they name a client that is gone. */
export const DeleteUserPoolClient = clientOperation("DeleteUserPoolClient", async (app, { pool, client }) => {
  await withTransaction(app, async ({ db }) => {
    await deleteClient(db, pool.id, client.id);
    await eraseClient(db, pool.id, client.id);
    await leaveDirectory(db, "client", client.id, pool.id);
  });
  return undefined;
});
