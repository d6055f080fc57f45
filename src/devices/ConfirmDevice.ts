import { selfOperation } from "../operation.ts";
import { checkTracking, parseDeviceSecret, remembersAtOnce } from "./device.ts";
import { confirmDevice, findDevice } from "./store.ts";

/** Sets the password of the device that the caller's sign-in was given a key for. */
export const ConfirmDevice = selfOperation("ConfirmDevice", async (app, { pool, user, token }, request, error) => {
  checkTracking(pool);
  const secret = parseDeviceSecret(request.DeviceSecretVerifierConfig);
  const device = await findDevice(app.db, user, request.DeviceKey);
  // Unconfirmed: the exception and text for a key that this sign-in was not given.
  if (!device || device.family !== token.family) throw error("ResourceNotFoundException", "Invalid device key given.");
  const isRemembered = remembersAtOnce(pool);
  const change = { secret, name: request.DeviceName ?? null, isRemembered, now: app.clock.now() };
  if (!(await confirmDevice(app.db, device, change))) {
    throw error("DeviceKeyExistsException", "The device is confirmed already.");
  }
  return { UserConfirmationNecessary: !isRemembered };
});
