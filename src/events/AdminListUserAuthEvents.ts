import { userOperation } from "../operation.ts";
import { checkThreatProtection } from "../pools/threat-protection.ts";
import { fetchPage } from "../vault/page-token.ts";
import { describeEvent } from "./event.ts";
import { listEvents } from "./store.ts";

/** Source: Cognito API reference, AdminListUserAuthEvents: 60 where none is given, or 0. */
const defaultLimit = 60;

/** Lists what a user did to get in, the newest first. */
export const AdminListUserAuthEvents = userOperation(
  "AdminListUserAuthEvents",
  async (app, { pool, user }, request, error) => {
    checkThreatProtection(pool);
    const keys = await app.vault.poolKeys(app.db, pool.id);
    const bound = `AdminListUserAuthEvents ${user.sub}`;
    const page = await fetchPage(
      { keys, bound, token: request.NextToken, limit: request.MaxResults || defaultLimit },
      ([time, id], limit) =>
        listEvents(app.db, user, { after: id === undefined ? undefined : [Number(time), id], limit }),
      (event) => [String(event.createdAt), event.id],
    );
    if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
    return { AuthEvents: page.items.map(describeEvent), NextToken: page.token };
  },
);
