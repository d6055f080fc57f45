import { userOperation } from "../operation.ts";
import { checkTracking, describeDeviceToAdmin } from "./device.ts";
import { pageOfDevices } from "./pages.ts";

/** Lists a user's devices. */
export const AdminListDevices = userOperation("AdminListDevices", async (app, { pool, user }, request) => {
  checkTracking(pool);
  const page = await pageOfDevices(app, user, { ...request, operation: "AdminListDevices" });
  const describe = (device: (typeof page.items)[number]) =>
    describeDeviceToAdmin(device, pool, user.username, app.settings.account);
  return { Devices: page.items.map(describe), PaginationToken: page.token };
});
