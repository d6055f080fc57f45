import { poolOperation } from "../operation.ts";
import { describeResourceServer } from "./resource-server.ts";
import { findResourceServer } from "./store.ts";

/** Shows a resource server. */
export const DescribeResourceServer = poolOperation(
  "DescribeResourceServer",
  async ({ db }, pool, { Identifier }, error) => {
    const server = await findResourceServer(db, pool.id, Identifier);
    if (!server) throw error("ResourceNotFoundException", `Resource server ${Identifier} does not exist.`);
    return { ResourceServer: describeResourceServer(server) };
  },
);
