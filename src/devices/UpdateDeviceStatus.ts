import { selfOperation } from "../operation.ts";
import { checkTracking, noDevice } from "./device.ts";
import { updateDeviceStatus } from "./store.ts";

/** Remembers one of a user's own devices, or not. */
export const UpdateDeviceStatus = selfOperation(
  "UpdateDeviceStatus",
  async ({ db, clock }, { pool, user }, request) => {
    checkTracking(pool);
    const change = { isRemembered: request.DeviceRememberedStatus === "remembered", now: clock.now() };
    if (!(await updateDeviceStatus(db, user, request.DeviceKey, change))) throw noDevice();
    return {};
  },
);
