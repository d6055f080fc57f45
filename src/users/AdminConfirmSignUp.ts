import { withTransaction } from "../database/transact.ts";
import { userOperation } from "../operation.ts";
import { refuseTrigger } from "../triggers/trigger.ts";
import { checkUnconfirmed, confirmUser } from "./confirmation.ts";

/** Confirms a user without a code. No contact is verified by it. */
export const AdminConfirmSignUp = userOperation("AdminConfirmSignUp", async (app, { pool, user }) => {
  checkUnconfirmed(user);
  refuseTrigger(pool, "PostConfirmation");
  await withTransaction(app, (inside) => confirmUser(inside, pool, user, { forceAliasCreation: false }));
  return {};
});
