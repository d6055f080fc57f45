import { associateAuthenticator } from "../factors/authenticator.ts";
import { bearerOperation } from "../operation.ts";
import { nextSession, readSetupSession } from "./setup-session.ts";

/** Hands out the secret of an authenticator, to a signed-in user or to one whose sign-in waits for it. */
export const AssociateSoftwareToken = bearerOperation("AssociateSoftwareToken", async (app, bearer) => {
  if (bearer.by === "token") return { SecretCode: await associateAuthenticator(app, bearer.pool, bearer.user) };
  const setup = await readSetupSession(app, bearer.session);
  const SecretCode = await associateAuthenticator(app, setup.pool, setup.user);
  return { SecretCode, Session: await nextSession(app, setup, async () => undefined) };
});
