import { poolOperation } from "../operation.ts";
import { checkScopes, describeResourceServer } from "./resource-server.ts";
import { insertResourceServer } from "./store.ts";

/** Registers an API and the scopes that guard it. */
export const CreateResourceServer = poolOperation("CreateResourceServer", async ({ db }, pool, request, error) => {
  const server = {
    poolId: pool.id,
    identifier: request.Identifier,
    name: request.Name,
    scopes: request.Scopes ?? [],
  };
  checkScopes(server.scopes);
  if (!(await insertResourceServer(db, server))) {
    throw error("InvalidParameterException", `${server.identifier} already exists in user pool ${pool.id}.`);
  }
  return { ResourceServer: describeResourceServer(server) };
});
