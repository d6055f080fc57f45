import { withTransaction } from "../database/transact.ts";
import { userOperation } from "../operation.ts";
import { removeAuthenticator } from "./authenticator.ts";
import { findFactors } from "./store.ts";

/** Removes a user's authenticator, so that it can register another. */
export const AdminDeleteSoftwareToken = userOperation("AdminDeleteSoftwareToken", async (app, { user }) => {
  const factors = await findFactors(app.db, user);
  await withTransaction(app, (inside) => removeAuthenticator(inside, user, factors));
  return {};
});
