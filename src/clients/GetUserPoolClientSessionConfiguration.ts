import { clientOperation } from "../operation.ts";
import { describeClientSessions } from "./session-settings.ts";

/** Shows how long a browser's session is used again in a client's name. */
export const GetUserPoolClientSessionConfiguration = clientOperation(
  "GetUserPoolClientSessionConfiguration",
  (_app, { client }) => describeClientSessions(client),
);
