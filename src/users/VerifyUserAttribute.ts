import { selfOperation } from "../operation.ts";
import { isContact, verifyContact } from "./verification.ts";

/** Verifies one of a user's own contacts by the code that was sent to it. */
export const VerifyUserAttribute = selfOperation(
  "VerifyUserAttribute",
  async (app, { pool, user }, { AttributeName, Code }, error) => {
    if (!isContact(AttributeName)) {
      throw error("InvalidParameterException", `Invalid attribute to verify: ${AttributeName}`);
    }
    await verifyContact(app, pool, user, AttributeName, Code);
    return {};
  },
);
