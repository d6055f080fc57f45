import { selfOperation } from "../operation.ts";
import { removeAttributes } from "./change.ts";

/** Takes away a user's own attributes. */
export const DeleteUserAttributes = selfOperation(
  "DeleteUserAttributes",
  async (app, { pool, client, user }, request) => {
    await removeAttributes(app, pool, user, request.UserAttributeNames, client);
    return {};
  },
);
