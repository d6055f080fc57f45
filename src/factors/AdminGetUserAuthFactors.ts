import { userOperation } from "../operation.ts";
import { describeAuthFactors } from "./describe.ts";

/** Shows what a user can sign in with. */
export const AdminGetUserAuthFactors = userOperation("AdminGetUserAuthFactors", (app, { pool, user }) =>
  describeAuthFactors(app, pool, user),
);
