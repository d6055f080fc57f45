import { selfOperation } from "../operation.ts";
import { deletePasskey } from "./store.ts";

/** Deletes one of a user's own passkeys. */
export const DeleteWebAuthnCredential = selfOperation(
  "DeleteWebAuthnCredential",
  async (app, { user }, request, error) => {
    if (await deletePasskey(app.db, user, request.CredentialId)) return {};
    throw error("ResourceNotFoundException", "The credential does not exist.");
  },
);
