/** Registering a passkey: what a browser is asked to make, and what it made. */
import type { App } from "../app.ts";
import { succeeded } from "../audit/act.ts";
import { recordUserAct } from "../audit/user-act.ts";
import { ApiError } from "../contract/errors.ts";
import { withTransaction } from "../database/transact.ts";
import type { Pool } from "../pools/pool.ts";
import {
  checkPasskeysEnabled,
  checkRegistration,
  creationOptions,
  newChallenge,
  noChallenge,
  passkeyLimit,
  registrationLifetime,
} from "./passkey.ts";
import { relyingPartyOf } from "./relying-party.ts";
import { insertPasskey, listPasskeys, replaceRegistration, takeRegistration } from "./store.ts";

/** Who registers, and through which client. */
export interface Registrant {
  readonly pool: Pool;
  readonly client: { readonly id: string };
  readonly user: { readonly poolId: string; readonly sub: string; readonly username: string };
}

/** Begins a registration and gives the options for the browser. */
export async function beginRegistration(app: App, { pool, client, user }: Registrant) {
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
  return creationOptions(pool, user, registration, known);
}

/** Keeps what the browser made. A registration is completed once, and by the client that began it. */
export async function completeRegistration(
  app: App,
  { pool, client, user }: Registrant,
  credential: unknown,
): Promise<void> {
  checkPasskeysEnabled(pool);
  const registration = await takeRegistration(app.db, user);
  if (!registration || registration.expiresAt <= app.clock.now()) throw noChallenge();
  if (registration.clientId !== client.id) {
    throw new ApiError("WebAuthnClientMismatchException", "The registration was started by another app client");
  }
  const registered = await checkRegistration(pool, registration, credential);
  const known = await listPasskeys(app.db, user, { after: "", limit: passkeyLimit });
  if (known.length >= passkeyLimit) {
    throw new ApiError("LimitExceededException", `A user may have ${passkeyLimit} passkeys at most.`);
  }
  const passkey = { ...registered, poolId: pool.id, sub: user.sub, createdAt: app.clock.now() };
  await withTransaction(app, async (inside) => {
    if (!(await insertPasskey(inside.db, passkey))) {
      throw new ApiError("WebAuthnCredentialNotSupportedException", "The credential is registered already");
    }
    const act = {
      name: "PasskeyRegistered",
      pool,
      userSub: user.sub,
      clientId: client.id,
      outcome: succeeded,
    } as const;
    await recordUserAct(inside, act);
  });
}
