import { selfOperation } from "../operation.ts";
import { checkPasskeysEnabled, checkRegistration, noChallenge, passkeyLimit } from "./passkey.ts";
import { insertPasskey, listPasskeys, takeRegistration } from "./store.ts";

/** Keeps the passkey that a browser made. */
export const CompleteWebAuthnRegistration = selfOperation(
  "CompleteWebAuthnRegistration",
  async (app, { pool, client, user }, request, error) => {
    checkPasskeysEnabled(pool);
    const registration = await takeRegistration(app.db, user);
    if (!registration || registration.expiresAt <= app.clock.now()) throw noChallenge();
    if (registration.clientId !== client.id) {
      throw error("WebAuthnClientMismatchException", "The registration was started by another app client");
    }
    const registered = await checkRegistration(pool, registration, request.Credential);
    const known = await listPasskeys(app.db, user, { after: "", limit: passkeyLimit });
    if (known.length >= passkeyLimit) {
      throw error("LimitExceededException", `A user may have ${passkeyLimit} passkeys at most.`);
    }
    const passkey = { ...registered, poolId: pool.id, sub: user.sub, createdAt: app.clock.now() };
    if (!(await insertPasskey(app.db, passkey))) {
      throw error("WebAuthnCredentialNotSupportedException", "The credential is registered already");
    }
    return {};
  },
);
