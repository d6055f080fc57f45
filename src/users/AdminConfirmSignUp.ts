import { withTransaction } from "../database/transact.ts";
import { userOperation } from "../operation.ts";
import { checkUnconfirmed, confirmUser } from "./confirmation.ts";
import { tellConfirmation } from "./occasions.ts";

/** Confirms a user without a code. No contact is verified by it. */
export const AdminConfirmSignUp = userOperation("AdminConfirmSignUp", async (app, { pool, user }, request) => {
  checkUnconfirmed(user);
  const confirmed = await withTransaction(app, (inside) =>
    confirmUser(inside, pool, user, { forceAliasCreation: false }),
  );
  await tellConfirmation(app, pool, confirmed, { source: "ConfirmSignUp", clientMetadata: request.ClientMetadata });
  return {};
});
