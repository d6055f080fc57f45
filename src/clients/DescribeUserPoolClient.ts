import { clientOperation } from "../operation.ts";
import { describeClient } from "./secret.ts";

/** Shows an app client, its secret included. */
export const DescribeUserPoolClient = clientOperation("DescribeUserPoolClient", async (app, { client }) => ({
  UserPoolClient: await describeClient(app, client),
}));
