import { readableAttributes } from "../clients/client.ts";
import { describeFactors } from "../factors/factors.ts";
import { findFactors } from "../factors/store.ts";
import { selfOperation } from "../operation.ts";
import { describeAttributes } from "./user.ts";

/** Shows a user itself, as far as its client may read. */
export const GetUser = selfOperation("GetUser", async ({ db }, { pool, client, user }) => {
  const mayRead = readableAttributes(pool, client);
  return {
    Username: user.username,
    UserAttributes: describeAttributes(user, (name) => name === "sub" || mayRead(name)),
    ...describeFactors(await findFactors(db, user)),
  };
});
