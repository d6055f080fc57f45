import { selfOperation } from "../operation.ts";
import { describeAuthFactors } from "./describe.ts";

/** Shows a user what it can sign in with. */
export const GetUserAuthFactors = selfOperation("GetUserAuthFactors", (app, { pool, user }) =>
  describeAuthFactors(app, pool, user),
);
