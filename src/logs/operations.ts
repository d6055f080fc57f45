export { GetLogDeliveryConfiguration } from "./GetLogDeliveryConfiguration.ts";
export { SetLogDeliveryConfiguration } from "./SetLogDeliveryConfiguration.ts";
