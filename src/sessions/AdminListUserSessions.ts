import { userOperation } from "../operation.ts";
import { listSessions } from "./list.ts";

/** Lists a user's sessions. */
export const AdminListUserSessions = userOperation("AdminListUserSessions", (app, subject, { NextToken }) =>
  listSessions(app, subject, { operation: "AdminListUserSessions", token: NextToken }),
);
