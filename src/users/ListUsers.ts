import { poolOperation } from "../operation.ts";
import { fetchPage } from "../vault/page-token.ts";
import { parseFilter } from "./filter.ts";
import { searchUsers } from "./search.ts";
import { describeUser } from "./user.ts";

const defaultLimit = 60;

/** Lists users, all or those that a filter lets through. */
export const ListUsers = poolOperation("ListUsers", async (app, pool, request, error) => {
  const { AttributesToGet: wanted, PaginationToken: token } = request;
  const known = new Set(pool.settings.SchemaAttributes.map(({ Name }) => Name));
  if (wanted?.some((name) => !known.has(name))) {
    throw error("InvalidParameterException", "One or more requested attributes do not exist.");
  }
  const filter = parseFilter(request.Filter);
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const page = await fetchPage(
    { keys, bound: `ListUsers ${JSON.stringify(filter ?? null)}`, token, limit: request.Limit || defaultLimit },
    ([value = "", sub = ""], limit) => searchUsers(app.db, pool, filter, { value, sub, limit }),
    ({ user, value }) => [value, user.sub],
  );
  if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
  const mayShow = wanted && ((name: string) => wanted.includes(name));
  return { Users: page.items.map(({ user }) => describeUser(user, mayShow)), PaginationToken: page.token };
});
