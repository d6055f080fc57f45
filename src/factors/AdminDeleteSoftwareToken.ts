import { userOperation } from "../operation.ts";
import { removeAuthenticator } from "./authenticator.ts";
import { findFactors } from "./store.ts";

/** Removes a user's authenticator, so that it can register another. */
export const AdminDeleteSoftwareToken = userOperation("AdminDeleteSoftwareToken", async (app, { user }) => {
  await removeAuthenticator(app, user, await findFactors(app.db, user));
  return {};
});
