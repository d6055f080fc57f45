import { withTransaction } from "../database/transact.ts";
import { namedAuthenticator, proveAuthenticator, switchedOnAuthenticator } from "../factors/authenticator.ts";
import { bearerOperation } from "../operation.ts";
import { nextSession, readSetupSession } from "./setup-session.ts";

/**
 * Registers the authenticator that shows this code. A user whose sign-in waits for it has it switched on as well; a
 * signed-in user switches it on by its preference.
 */
export const VerifySoftwareToken = bearerOperation("VerifySoftwareToken", async (app, bearer, request) => {
  const { UserCode: code, FriendlyDeviceName: name } = request;
  if (bearer.by === "token") {
    const promote = await proveAuthenticator(app, bearer.user, code, (settings) => namedAuthenticator(settings, name));
    await withTransaction(app, promote);
    return { Status: "SUCCESS" };
  }
  const setup = await readSetupSession(app, bearer.session);
  const promote = await proveAuthenticator(app, setup.user, code, (settings) =>
    switchedOnAuthenticator(settings, name),
  );
  const done = { ...setup, state: { ...setup.state, hasSetUp: true } };
  return { Status: "SUCCESS", Session: await nextSession(app, done, promote) };
});
