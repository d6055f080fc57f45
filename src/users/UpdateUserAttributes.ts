import { selfOperation } from "../operation.ts";
import { changeAttributes } from "./change.ts";
import { attributesOf } from "./user.ts";

/** Writes a user's own attributes. */
export const UpdateUserAttributes = selfOperation(
  "UpdateUserAttributes",
  async (app, { pool, client, user }, request) => ({
    CodeDeliveryDetailsList: await changeAttributes(app, pool, user, {
      attributes: attributesOf(request.UserAttributes),
      by: client,
      clientMetadata: request.ClientMetadata,
    }),
  }),
);
