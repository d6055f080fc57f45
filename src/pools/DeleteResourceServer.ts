import { poolOperation } from "../operation.ts";
import { deleteResourceServer } from "./store.ts";

/** Deletes a resource server. Clients keep its scopes in their lists, where they give nothing. */
export const DeleteResourceServer = poolOperation(
  "DeleteResourceServer",
  async ({ db }, pool, { Identifier }, error) => {
    if (!(await deleteResourceServer(db, pool.id, Identifier))) {
      throw error("ResourceNotFoundException", `Resource server ${Identifier} does not exist.`);
    }
    return undefined;
  },
);
