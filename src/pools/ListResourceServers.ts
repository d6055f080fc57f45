import { poolOperation } from "../operation.ts";
import { openPageToken, sealPageToken } from "../vault/page-token.ts";
import { describeResourceServer } from "./resource-server.ts";
import { listResourceServers } from "./store.ts";

const defaultLimit = 50;

/** Lists the resource servers of a pool. */
export const ListResourceServers = poolOperation("ListResourceServers", async (app, pool, request, error) => {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const position = request.NextToken === undefined ? [""] : openPageToken(keys, "ListResourceServers", request.NextToken);
  if (!position) throw error("InvalidParameterException", "Invalid Pagination Token");
  const limit = request.MaxResults ?? defaultLimit;
  const servers = await listResourceServers(app.db, pool.id, { after: position[0] ?? "", limit: limit + 1 });
  const shown = servers.slice(0, limit);
  const last = shown.at(-1);
  return {
    ResourceServers: shown.map(describeResourceServer),
    NextToken: servers.length > limit && last ? sealPageToken(keys, "ListResourceServers", [last.identifier]) : undefined,
  };
});
