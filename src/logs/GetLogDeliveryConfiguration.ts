import { poolOperation } from "../operation.ts";
import { describeLogDelivery } from "./delivery.ts";

/** Shows where a pool sends its logs. */
export const GetLogDeliveryConfiguration = poolOperation("GetLogDeliveryConfiguration", (_app, pool) => ({
  LogDeliveryConfiguration: describeLogDelivery(pool),
}));
