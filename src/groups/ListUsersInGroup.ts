import { poolOperation } from "../operation.ts";
import { findUsersBySub } from "../users/store.ts";
import { describeUser } from "../users/user.ts";
import { fetchPage } from "../vault/page-token.ts";
import { getGroup, listMembers } from "./store.ts";

const defaultLimit = 60;

/** Lists the users of a group. */
export const ListUsersInGroup = poolOperation("ListUsersInGroup", async (app, pool, request, error) => {
  const group = await getGroup(app.db, pool.id, request.GroupName);
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const page = await fetchPage(
    { keys, bound: `ListUsersInGroup ${group.name}`, token: request.NextToken, limit: request.Limit || defaultLimit },
    ([after = ""], limit) => listMembers(app.db, group, { after, limit }),
    (sub) => [sub],
  );
  if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
  const users = await findUsersBySub(app.db, pool.id, page.items);
  return { Users: users.map((user) => describeUser(user)), NextToken: page.token };
});
