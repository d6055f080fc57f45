import { selfOperation } from "../operation.ts";
import { completeRegistration } from "./registration.ts";

/** Keeps the passkey that a browser made. */
export const CompleteWebAuthnRegistration = selfOperation(
  "CompleteWebAuthnRegistration",
  async (app, subject, { Credential }) => {
    await completeRegistration(app, subject, Credential);
    return {};
  },
);
