import { clientOperation } from "../operation.ts";

/** Lists the secrets of a client by id and date, never by value: two at most, always on one page. */
export const ListUserPoolClientSecrets = clientOperation(
  "ListUserPoolClientSecrets",
  (_app, { client }, { NextToken }, error) => {
    if (NextToken !== undefined) throw error("InvalidParameterException", "Invalid Pagination Token");
    return {
      ClientSecrets: client.secrets.map(({ id, createdAt }) => ({
        ClientSecretId: id,
        ClientSecretCreateDate: new Date(createdAt),
      })),
    };
  },
);
