import { userOperation } from "../operation.ts";
import { fetchPage } from "../vault/page-token.ts";
import { describeGroup } from "./group.ts";
import { listGroupsOfUser } from "./store.ts";

const defaultLimit = 60;

/** Lists the groups of a user. */
export const AdminListGroupsForUser = userOperation(
  "AdminListGroupsForUser",
  async (app, { pool, user }, request, error) => {
    const keys = await app.vault.poolKeys(app.db, pool.id);
    const bound = `AdminListGroupsForUser ${user.sub}`;
    const page = await fetchPage(
      { keys, bound, token: request.NextToken, limit: request.Limit || defaultLimit },
      ([after = ""], limit) => listGroupsOfUser(app.db, user, { after, limit }),
      (group) => [group.name],
    );
    if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
    return { Groups: page.items.map(describeGroup), NextToken: page.token };
  },
);
