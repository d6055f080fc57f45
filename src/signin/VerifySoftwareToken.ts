import { withTransaction } from "../database/transact.ts";
import { type Promote, proveAuthenticator } from "../factors/authenticator.ts";
import type { FactorSettings } from "../factors/factors.ts";
import { bearerOperation } from "../operation.ts";
import { nextSession, readSetupSession } from "./setup-session.ts";

/**
 * Registers the authenticator that shows this code. A user whose sign-in waits for it has it switched on as well; a
 * signed-in user switches it on by its preference.
 */
export const VerifySoftwareToken = bearerOperation("VerifySoftwareToken", async (app, bearer, request, error) => {
  const authenticatorName = request.FriendlyDeviceName;
  const named = (settings: FactorSettings): FactorSettings =>
    authenticatorName === undefined ? settings : { ...settings, authenticatorName };
  const keep = async (promote: Promote, inside: Parameters<Promote>[0]): Promise<void> => {
    if (!(await promote(inside))) throw error("EnableSoftwareTokenMFAException", "Code mismatch");
  };
  if (bearer.by === "token") {
    const promote = await proveAuthenticator(app, bearer.user, request.UserCode, named);
    await withTransaction(app, (inside) => keep(promote, inside));
    return { Status: "SUCCESS" };
  }
  const setup = await readSetupSession(app, bearer.session);
  const promote = await proveAuthenticator(app, setup.user, request.UserCode, (settings) => ({
    ...named(settings),
    enabled: [...new Set([...settings.enabled, "SOFTWARE_TOKEN_MFA" as const])],
  }));
  return { Status: "SUCCESS", Session: await nextSession(app, setup, (inside) => keep(promote, inside)) };
});
