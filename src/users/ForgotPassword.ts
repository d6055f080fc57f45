import { hidesUsers } from "../clients/client.ts";
import { checkSecretHash } from "../clients/secret.ts";
import { countAgainst } from "../codes/limits.ts";
import { withTransaction } from "../database/transact.ts";
import { describeDelivery } from "../messages/message.ts";
import { publicOperation } from "../operation.ts";
import { imaginedDelivery } from "./imagined.ts";
import { migrateForgetful } from "./migration.ts";
import { checkRecoverable, prepareRecovery, sendRecovery } from "./recovery.ts";
import { findUser } from "./store.ts";

/** Sends a code by which a user sets a new password. */
export const ForgotPassword = publicOperation("ForgotPassword", async (app, { pool, client }, request, error) => {
  await checkSecretHash(app, client, request.Username, request.SecretHash);
  const { Username, ClientMetadata: clientMetadata } = request;
  const user =
    (await findUser(app.db, pool, Username)) ??
    (await migrateForgetful(app, pool, { Username, client, clientMetadata }));
  if (!user) {
    if (!hidesUsers(client)) throw error("UserNotFoundException", "Username/client id combination not found.");
    return { CodeDeliveryDetails: await imaginedDelivery(app, pool, Username) };
  }
  checkRecoverable(pool, user);
  await countAgainst(app, user, "ForgotPassword");
  const code = await prepareRecovery(app, pool, user, { clientId: client.id, clientMetadata });
  await withTransaction(app, (inside) => sendRecovery(inside, pool, user, code));
  return { CodeDeliveryDetails: describeDelivery(code.composed.delivery) };
});
