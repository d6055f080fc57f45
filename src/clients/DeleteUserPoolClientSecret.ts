import { clientOperation } from "../operation.ts";
import { checkKeepsSecret } from "./secret.ts";
import { updateClient } from "./store.ts";

/** Takes a secret from a client. The last one stays. */
export const DeleteUserPoolClientSecret = clientOperation(
  "DeleteUserPoolClientSecret",
  async ({ db, clock }, { client }, { ClientSecretId }, error) => {
    checkKeepsSecret(client);
    const secrets = client.secrets.filter(({ id }) => id !== ClientSecretId);
    if (secrets.length === client.secrets.length) {
      throw error("ResourceNotFoundException", `Client secret ${ClientSecretId} does not exist.`);
    }
    if (secrets.length === 0) {
      throw error("InvalidParameterException", "The only secret of a client cannot be deleted.");
    }
    if (!(await updateClient(db, { ...client, secrets, modifiedAt: clock.now() }))) {
      throw error("TooManyRequestsException", "The client was modified by another request.");
    }
    return {};
  },
);
