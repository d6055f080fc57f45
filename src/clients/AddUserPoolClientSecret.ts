import { clientOperation } from "../operation.ts";
import { checkKeepsSecret, newSecret, sealSecret } from "./secret.ts";
import { updateClient } from "./store.ts";

/** Source: Cognito API reference, AddUserPoolClientSecret. */
const secretLimit = 2;

/** Gives a client a second secret, so that the first can be taken away without a break. */
export const AddUserPoolClientSecret = clientOperation(
  "AddUserPoolClientSecret",
  async (app, { client }, { ClientSecret }, error) => {
    checkKeepsSecret(client);
    if (client.secrets.length === 0) {
      throw error("InvalidParameterException", "Secrets can only be added to a client that was created with one.");
    }
    if (client.secrets.length >= secretLimit) {
      throw error("LimitExceededException", `A client can have at most ${secretLimit} secrets.`);
    }
    const now = app.clock.now();
    const secret = ClientSecret ?? newSecret(app.random);
    const record = await sealSecret(app, client, secret, now);
    if (!(await updateClient(app.db, { ...client, secrets: [...client.secrets, record], modifiedAt: now }))) {
      throw error("TooManyRequestsException", "The client was modified by another request.");
    }
    return {
      ClientSecretDescriptor: {
        ClientSecretId: record.id,
        // A secret that the caller brought is not shown back.
        ClientSecretValue: ClientSecret === undefined ? secret : undefined,
        ClientSecretCreateDate: new Date(now),
      },
    };
  },
);
