import { hidesUsers } from "../clients/client.ts";
import { checkSecretHash } from "../clients/secret.ts";
import { countAgainst } from "../codes/limits.ts";
import { withTransaction } from "../database/transact.ts";
import { contextOfUser } from "../events/context.ts";
import { recordEvent } from "../events/event.ts";
import { findFactors } from "../factors/store.ts";
import { takingEvenTime } from "../lib/even-time.ts";
import { describeDelivery } from "../messages/message.ts";
import { publicOperation } from "../operation.ts";
import { imaginedHolder } from "../pools/nobody.ts";
import { checkNetwork } from "../risk/judge.ts";
import { imagineCode } from "./imagined.ts";
import { migrateForgetful } from "./migration.ts";
import {
  checkResettable,
  checkSelfService,
  findRecoveryDelivery,
  noContact,
  prepareRecovery,
  sendRecovery,
} from "./recovery.ts";
import { findUser } from "./store.ts";
import { checkEnabled } from "./user.ts";

/**
 * Sends a code by which a user sets a new password. Where users are not to be told, who is disabled or has no verified
 * contact looks as if it were sent one. Source: Cognito developer guide, managing user existence error responses.
 */
export const ForgotPassword = publicOperation(
  "ForgotPassword",
  takingEvenTime(async (app, { pool, client }, request, error, origin) => {
    const context = contextOfUser(client, request.UserContextData, origin);
    await checkNetwork(app, { pool, client }, context);
    await checkSecretHash(app, client, request.Username, request.SecretHash);
    checkSelfService(pool);
    const { Username, ClientMetadata: clientMetadata } = request;
    const user =
      (await findUser(app.db, pool, Username)) ??
      (await migrateForgetful(app, pool, { Username, client, clientMetadata }));
    const delivery = user?.isEnabled ? await findRecoveryDelivery(app, pool, user) : undefined;
    // What is read of somebody is read of nobody as well.
    const holder = await imaginedHolder(app, pool, Username);
    if (!user) await findFactors(app.db, holder);
    const limit = "ForgotPassword";
    if (!delivery && hidesUsers(client)) {
      const where = { clientId: client.id, context };
      const asked = { holder, purpose: "forgot-password", limit, ...where } as const;
      return { CodeDeliveryDetails: await imagineCode(app, pool, Username, asked) };
    }
    if (!user) throw error("UserNotFoundException", "Username/client id combination not found.");
    checkEnabled(user);
    checkResettable(user);
    if (!delivery) throw noContact();
    await countAgainst(app, user, limit);
    const code = await prepareRecovery(app, pool, user, { delivery, clientId: client.id, clientMetadata });
    await withTransaction(app, async (inside) => {
      await sendRecovery(inside, pool, user, code);
      const event = { pool, user, clientId: client.id, type: "ForgotPassword", context } as const;
      await recordEvent(inside, { ...event, response: "InProgress" });
    });
    return { CodeDeliveryDetails: describeDelivery(delivery) };
  }),
);
