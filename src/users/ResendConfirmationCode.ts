import { hidesUsers } from "../clients/client.ts";
import { checkSecretHash } from "../clients/secret.ts";
import { countAgainst } from "../codes/limits.ts";
import { withTransaction } from "../database/transact.ts";
import { contextOfUser } from "../events/context.ts";
import { recordEvent } from "../events/event.ts";
import { takingEvenTime } from "../lib/even-time.ts";
import { deliveryFor, describeDelivery } from "../messages/message.ts";
import { publicOperation } from "../operation.ts";
import { imaginedHolder } from "../pools/nobody.ts";
import { imagineCode } from "./imagined.ts";
import { prepareSignUpCode, sendSignUpCode } from "./sign-up-code.ts";
import { findUser } from "./store.ts";
import { checkEnabled } from "./user.ts";

/** Sends the sign-up code again. The one before is void. */
export const ResendConfirmationCode = publicOperation(
  "ResendConfirmationCode",
  takingEvenTime(async (app, { pool, client }, request, error, origin) => {
    await checkSecretHash(app, client, request.Username, request.SecretHash);
    const limit = "ResendConfirmationCode";
    const context = contextOfUser(client, request.UserContextData, origin);
    const holder = await imaginedHolder(app, pool, request.Username);
    const user = await findUser(app.db, pool, request.Username);
    if (!user?.isEnabled && hidesUsers(client)) {
      const where = { clientId: client.id, context };
      const asked = { holder, purpose: "sign-up", limit, ...where } as const;
      return { CodeDeliveryDetails: await imagineCode(app, pool, request.Username, asked) };
    }
    if (!user) throw error("UserNotFoundException", "Username/client id combination not found.");
    checkEnabled(user);
    if (user.status !== "UNCONFIRMED") throw error("InvalidParameterException", "User is already confirmed.");
    const delivery = deliveryFor(pool, user.attributes);
    if (!delivery) {
      throw error("InvalidParameterException", "Cannot resend codes. Auto verification not turned on.");
    }
    await countAgainst(app, user, limit);
    const clientMetadata = request.ClientMetadata;
    const code = await prepareSignUpCode(app, pool, user, { source: "ResendCode", client, delivery, clientMetadata });
    await withTransaction(app, async (inside) => {
      await sendSignUpCode(inside, pool, user, code);
      const event = { pool, user, clientId: client.id, type: "ResendCode", context } as const;
      await recordEvent(inside, { ...event, response: "Pass" });
    });
    return { CodeDeliveryDetails: describeDelivery(delivery) };
  }),
);
