import { poolOperation } from "../operation.ts";
import { describePoolSessions } from "./session-settings.ts";

/** Shows how sessions of a pool's users are kept track of. */
export const GetUserPoolSessionConfiguration = poolOperation("GetUserPoolSessionConfiguration", (_app, pool) =>
  describePoolSessions(pool),
);
