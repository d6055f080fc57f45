import { selfOperation } from "../operation.ts";
import { beginRegistration } from "./registration.ts";

/** Begins the registration of a passkey. One that was begun before is void. */
export const StartWebAuthnRegistration = selfOperation("StartWebAuthnRegistration", async (app, subject) => ({
  CredentialCreationOptions: await beginRegistration(app, subject),
}));
