import { hidesUsers } from "../clients/client.ts";
import { checkSecretHash } from "../clients/secret.ts";
import { checkCode, spendCode } from "../codes/code.ts";
import { countAgainst } from "../codes/limits.ts";
import { withTransaction } from "../database/transact.ts";
import { publicOperation } from "../operation.ts";
import { imaginedHolder } from "../pools/nobody.ts";
import { checkUnconfirmed, confirmUser } from "../users/confirmation.ts";
import { refuseImagined } from "../users/imagined.ts";
import { tellConfirmation } from "../users/occasions.ts";
import { findUser } from "../users/store.ts";
import { checkEnabled } from "../users/user.ts";
import { provedBySession, sessionOfConfirmation } from "./confirmed.ts";

/**
 * Confirms a user by the code that was sent to it, and verifies the contact that the code went to. Where a client signs
 * in by choice, the confirmation leads straight into a sign-in.
 */
export const ConfirmSignUp = publicOperation("ConfirmSignUp", async (app, { pool, client }, request, error) => {
  await checkSecretHash(app, client, request.Username, request.SecretHash);
  const { Username, ConfirmationCode: code } = request;
  const [purpose, limit] = ["sign-up", "ConfirmSignUp"] as const;
  const holder = await imaginedHolder(app, pool, Username);
  const user = await findUser(app.db, pool, Username);
  if (!user?.isEnabled && hidesUsers(client)) {
    return refuseImagined(app, pool, { holder, purpose, limit, clientId: client.id, code });
  }
  if (!user) throw error("UserNotFoundException", "Username/client id combination not found.");
  checkEnabled(user);
  const owner = { poolId: pool.id, sub: user.sub, purpose };
  await countAgainst(app, user, limit);
  checkUnconfirmed(user);
  const proved = await checkCode(app, owner, code);
  // The session of the sign-up, where it is shown, must be this user's, and ends here.
  if (request.Session) await provedBySession(app, { pool, client }, request.Session, Username);
  // A contact that changed since is not the one that the code went to.
  const verified = user.attributes[proved.attribute] === proved.value ? proved.attribute : undefined;
  const forceAliasCreation = request.ForceAliasCreation ?? false;
  const confirmed = await withTransaction(app, async (inside) => {
    await spendCode(inside, owner, code);
    return confirmUser(inside, pool, user, { ...(verified && { verified }), forceAliasCreation });
  });
  const clientMetadata = request.ClientMetadata;
  await tellConfirmation(app, pool, confirmed, { source: "ConfirmSignUp", clientId: client.id, clientMetadata });
  return { Session: await sessionOfConfirmation(app, { pool, client }, confirmed) };
});
