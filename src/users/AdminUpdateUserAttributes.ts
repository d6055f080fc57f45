import { userOperation } from "../operation.ts";
import { changeAttributes } from "./change.ts";
import { attributesOf } from "./user.ts";

/** Writes a user's attributes. */
export const AdminUpdateUserAttributes = userOperation(
  "AdminUpdateUserAttributes",
  async (app, { pool, user }, request) => {
    const attributes = attributesOf(request.UserAttributes);
    await changeAttributes(app, pool, user, { attributes, by: "admin", clientMetadata: request.ClientMetadata });
    return {};
  },
);
