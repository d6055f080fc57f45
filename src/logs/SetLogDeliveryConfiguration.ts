import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { holdPool, updatePool } from "../pools/store.ts";
import { checkLogConfigurations, describeLogDelivery } from "./delivery.ts";

/** Replaces where a pool sends its logs. An empty list sends none. */
export const SetLogDeliveryConfiguration = poolOperation(
  "SetLogDeliveryConfiguration",
  async (app, pool, { LogConfigurations }) => {
    checkLogConfigurations(pool, LogConfigurations);
    const settings = await withTransaction(app, async ({ db }) => {
      const held = await holdPool(db, pool.id);
      const changed = { ...held.settings, logs: LogConfigurations };
      await updatePool(db, { ...held, settings: changed });
      return changed;
    });
    return { LogDeliveryConfiguration: describeLogDelivery({ id: pool.id, settings }) };
  },
);
