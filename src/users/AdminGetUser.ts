import { userOperation } from "../operation.ts";
import { describeUser } from "./user.ts";

/** Shows a user with every attribute. */
export const AdminGetUser = userOperation("AdminGetUser", (_app, { user }) => {
  const { Attributes, ...shown } = describeUser(user);
  return { ...shown, Username: user.username, UserAttributes: Attributes };
});
