import { hidesUsers } from "../clients/client.ts";
import { checkSecretHash } from "../clients/secret.ts";
import { checkCode, noCode, spendCode } from "../codes/code.ts";
import { countAgainst } from "../codes/limits.ts";
import { withTransaction } from "../database/transact.ts";
import { publicOperation } from "../operation.ts";
import { checkUnconfirmed, confirmUser } from "./confirmation.ts";
import { tellConfirmation } from "./occasions.ts";
import { findUser } from "./store.ts";

/** Confirms a user by the code that was sent to it, and verifies the contact that the code went to. */
export const ConfirmSignUp = publicOperation("ConfirmSignUp", async (app, { pool, client }, request, error) => {
  await checkSecretHash(app, client, request.Username, request.SecretHash);
  const user = await findUser(app.db, pool, request.Username);
  if (!user) {
    if (hidesUsers(client)) throw noCode();
    throw error("UserNotFoundException", "Username/client id combination not found.");
  }
  const owner = { poolId: pool.id, sub: user.sub, purpose: "sign-up" } as const;
  await countAgainst(app, user, "ConfirmSignUp");
  checkUnconfirmed(user);
  const proved = await checkCode(app, owner, request.ConfirmationCode);
  // A contact that changed since is not the one that the code went to.
  const verified = user.attributes[proved.attribute] === proved.value ? proved.attribute : undefined;
  const forceAliasCreation = request.ForceAliasCreation ?? false;
  const confirmed = await withTransaction(app, async (inside) => {
    await spendCode(inside, owner, request.ConfirmationCode);
    return confirmUser(inside, pool, user, { ...(verified && { verified }), forceAliasCreation });
  });
  const clientMetadata = request.ClientMetadata;
  await tellConfirmation(app, pool, confirmed, { source: "ConfirmSignUp", clientId: client.id, clientMetadata });
  return {};
});
