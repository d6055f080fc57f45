import { poolOperation } from "../operation.ts";
import { checkScopes, describeResourceServer } from "./resource-server.ts";
import { updateResourceServer } from "./store.ts";

/** Replaces the name and scopes of a resource server. Scopes that are left out are gone. */
export const UpdateResourceServer = poolOperation("UpdateResourceServer", async ({ db }, pool, request, error) => {
  const server = {
    poolId: pool.id,
    identifier: request.Identifier,
    name: request.Name,
    scopes: request.Scopes ?? [],
  };
  checkScopes(server.scopes);
  if (!(await updateResourceServer(db, server))) {
    throw error("ResourceNotFoundException", `Resource server ${server.identifier} does not exist.`);
  }
  return { ResourceServer: describeResourceServer(server) };
});
