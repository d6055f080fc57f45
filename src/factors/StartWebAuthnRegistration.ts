import { selfOperation } from "../operation.ts";
import { checkPasskeysEnabled, creationOptions, newChallenge, passkeyLimit, registrationLifetime } from "./passkey.ts";
import { relyingPartyOf } from "./relying-party.ts";
import { listPasskeys, replaceRegistration } from "./store.ts";

/** Begins the registration of a passkey. One that was begun before is void. */
export const StartWebAuthnRegistration = selfOperation(
  "StartWebAuthnRegistration",
  async (app, { pool, client, user }) => {
    checkPasskeysEnabled(pool);
    const registration = {
      poolId: pool.id,
      sub: user.sub,
      clientId: client.id,
      challenge: newChallenge(app),
      relyingPartyId: await relyingPartyOf(app, pool),
      expiresAt: app.clock.now() + registrationLifetime,
    };
    await replaceRegistration(app.db, registration);
    const known = await listPasskeys(app.db, user, { after: "", limit: passkeyLimit });
    return { CredentialCreationOptions: creationOptions(pool, user, registration, known) };
  },
);
