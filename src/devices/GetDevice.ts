import { selfOperation } from "../operation.ts";
import { checkTracking, describeDevice, noDevice } from "./device.ts";
import { findDevice } from "./store.ts";

/** Shows one of a user's own devices. */
export const GetDevice = selfOperation("GetDevice", async ({ db }, { pool, user }, request) => {
  checkTracking(pool);
  const device = await findDevice(db, user, request.DeviceKey);
  if (!device?.secret) throw noDevice();
  return { Device: describeDevice(device) };
});
