import { selfOperation } from "../operation.ts";
import { listSessions } from "./list.ts";

/** Lists a user's own sessions. */
export const ListUserSessions = selfOperation("ListUserSessions", (app, { pool, user, token }, { NextToken }) =>
  listSessions(app, { pool, user, current: token.family }, { operation: "ListUserSessions", token: NextToken }),
);
