import { selfOperation } from "../operation.ts";
import { checkTracking, noDevice } from "./device.ts";
import { deleteDevice } from "./store.ts";

/** Forgets one of a user's own devices. */
export const ForgetDevice = selfOperation("ForgetDevice", async ({ db }, { pool, user }, request) => {
  checkTracking(pool);
  if (!(await deleteDevice(db, user, request.DeviceKey))) throw noDevice();
  return undefined;
});
