import { countAgainst } from "../codes/limits.ts";
import { withTransaction } from "../database/transact.ts";
import { describeDelivery } from "../messages/message.ts";
import { selfOperation } from "../operation.ts";
import { contactToProve, isContact, prepareVerification, sendVerification } from "./verification.ts";

/** Sends a code that verifies one of a user's own contacts. */
export const GetUserAttributeVerificationCode = selfOperation(
  "GetUserAttributeVerificationCode",
  async (app, { pool, client, user }, request, error) => {
    const contact = request.AttributeName;
    if (!isContact(contact)) throw error("InvalidParameterException", `Invalid attribute to verify: ${contact}`);
    const value = await contactToProve(app, user, contact);
    if (!value) throw error("InvalidParameterException", `User does not have an attribute ${contact} to verify.`);
    await countAgainst(app, user, "GetUserAttributeVerificationCode");
    const code = await prepareVerification(app, pool, user, {
      source: "VerifyUserAttribute",
      contact,
      value,
      clientId: client.id,
      clientMetadata: request.ClientMetadata,
    });
    await withTransaction(app, (inside) => sendVerification(inside, pool, user, code));
    return { CodeDeliveryDetails: describeDelivery(code.composed.delivery) };
  },
);
