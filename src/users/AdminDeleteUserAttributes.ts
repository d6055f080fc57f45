import { userOperation } from "../operation.ts";
import { removeAttributes } from "./change.ts";

/** Takes away a user's attributes. */
export const AdminDeleteUserAttributes = userOperation(
  "AdminDeleteUserAttributes",
  async (app, { pool, user }, request) => {
    await removeAttributes(app, pool, user, request.UserAttributeNames, "admin");
    return {};
  },
);
