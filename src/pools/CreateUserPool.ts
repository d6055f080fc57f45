import { withTransaction } from "../database/transact.ts";
import { accountOperation } from "../operation.ts";
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
  await withTransaction(app, async ({ db, vault }) => {
    // The key is what claims an id: a pool of this id that is being moved in has one before it has anything else.
    if (!(await vault.createPoolKeys(db, id)) || !(await insertPool(db, pool))) {
      throw error("InvalidParameterException", `User pool ${id} already exists.`);
    }
  });
  return { UserPool: describePool(pool, account.id, []) };
});
