import { poolOperation } from "../operation.ts";
import { describePool } from "./pool.ts";
import { listDomains } from "./store.ts";

/** Shows a user pool with everything that is set on it. */
export const DescribeUserPool = poolOperation("DescribeUserPool", async ({ db, settings }, pool) => ({
  UserPool: describePool(pool, settings.account, await listDomains(db, pool.id)),
}));
