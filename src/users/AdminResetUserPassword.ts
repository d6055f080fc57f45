import { withTransaction } from "../database/transact.ts";
import { userOperation } from "../operation.ts";
import { checkResettable, findRecoveryDelivery, noContact, prepareRecovery, sendRecovery } from "./recovery.ts";
import { updateUser } from "./store.ts";

/** Makes a user's password useless and sends a code by which it sets a new one. */
export const AdminResetUserPassword = userOperation("AdminResetUserPassword", async (app, { pool, user }, request) => {
  checkResettable(user);
  const delivery = await findRecoveryDelivery(app, pool, user);
  if (!delivery) throw noContact();
  const code = await prepareRecovery(app, pool, user, { delivery, clientMetadata: request.ClientMetadata });
  await withTransaction(app, async (inside) => {
    await updateUser(inside.db, user, { ...user, status: "RESET_REQUIRED", modifiedAt: app.clock.now() });
    await sendRecovery(inside, pool, user, code);
  });
  return {};
});
