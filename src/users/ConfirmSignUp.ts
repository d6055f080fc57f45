import { hidesUsers } from "../clients/client.ts";
import { checkSecretHash } from "../clients/secret.ts";
import { checkCode, noCode, spendCode } from "../codes/code.ts";
import { countAgainst } from "../codes/limits.ts";
import { withTransaction } from "../database/transact.ts";
import { publicOperation } from "../operation.ts";
import { refuseTrigger } from "../triggers/trigger.ts";
import { checkUnconfirmed, confirmUser } from "./confirmation.ts";
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
  const verified = await checkCode(app, owner, request.ConfirmationCode);
  refuseTrigger(pool, "PostConfirmation");
  await withTransaction(app, async (inside) => {
    await spendCode(inside, owner, request.ConfirmationCode);
    await confirmUser(inside, pool, user, { verified, forceAliasCreation: request.ForceAliasCreation ?? false });
  });
  return {};
});
