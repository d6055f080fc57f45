import { withTransaction } from "../database/transact.ts";
import { accountOperation } from "../operation.ts";
import { claimPoolId } from "./clearing.ts";
import { customIdTag, customPoolId, describePool, newPoolId, type Pool } from "./pool.ts";
import { checkPoolRules } from "./rules.ts";
import { newSettings } from "./settings.ts";
import { insertPool } from "./store.ts";

/** Creates a user pool in the region of the caller's signature. */
export const CreateUserPool = accountOperation("CreateUserPool", async (app, account, request, error) => {
  checkPoolRules(request, account.region);
  const wanted = request.UserPoolTags?.[customIdTag];
  const id = wanted === undefined ? newPoolId(account.region, app.random) : customPoolId(account.region, wanted);
  if (id === undefined) throw error("InvalidParameterException", `${wanted} cannot be the id of a user pool.`);
  const now = app.clock.now();
  const pool: Pool = {
    id,
    region: account.region,
    name: request.PoolName,
    settings: newSettings(request),
    isImporting: false,
    estimatedUsers: 0,
    version: 1,
    createdAt: now,
    modifiedAt: now,
  };
  await withTransaction(app, async (inside) => {
    const claimed = await claimPoolId(inside, id);
    // SDKs try again by themselves what is refused by this name.
    if (claimed === "leaving") throw error("TooManyRequestsException", `User pool ${id} is still being deleted.`);
    if (claimed === "taken" || !(await insertPool(inside.db, pool))) {
      throw error("InvalidParameterException", `User pool ${id} already exists.`);
    }
  });
  return { UserPool: describePool(pool, account.id, []) };
});
