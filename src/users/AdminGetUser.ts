import { describeFactors } from "../factors/factors.ts";
import { findFactors } from "../factors/store.ts";
import { userOperation } from "../operation.ts";
import { describeUser } from "./user.ts";

/** Shows a user with every attribute. */
export const AdminGetUser = userOperation("AdminGetUser", async ({ db }, { user }) => {
  const { Attributes, ...shown } = describeUser(user);
  const factors = describeFactors(await findFactors(db, user));
  return { ...shown, ...factors, Username: user.username, UserAttributes: Attributes };
});
