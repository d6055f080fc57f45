import { userOperation } from "../operation.ts";
import { checkTracking, describeDeviceToAdmin, noDevice } from "./device.ts";
import { findDevice } from "./store.ts";

/** Shows one of a user's devices. */
export const AdminGetDevice = userOperation("AdminGetDevice", async ({ db, settings }, { pool, user }, request) => {
  checkTracking(pool);
  const device = await findDevice(db, user, request.DeviceKey);
  if (!device?.secret) throw noDevice();
  return { Device: describeDeviceToAdmin(device, pool, user.username, settings.account) };
});
