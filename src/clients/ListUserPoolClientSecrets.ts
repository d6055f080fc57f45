import { clientOperation } from "../operation.ts";

/** Lists the secrets of a client by id and date, never by value. */
export const ListUserPoolClientSecrets = clientOperation("ListUserPoolClientSecrets", (_app, { client }) => ({
  ClientSecrets: client.secrets.map(({ id, createdAt }) => ({
    ClientSecretId: id,
    ClientSecretCreateDate: new Date(createdAt),
  })),
}));
