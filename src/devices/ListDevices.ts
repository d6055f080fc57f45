import { selfOperation } from "../operation.ts";
import { checkTracking, describeDevice } from "./device.ts";
import { pageOfDevices } from "./pages.ts";

/** Lists a user's own devices. */
export const ListDevices = selfOperation("ListDevices", async (app, { pool, user }, request) => {
  checkTracking(pool);
  const page = await pageOfDevices(app, user, { ...request, operation: "ListDevices" });
  return { Devices: page.items.map(describeDevice), PaginationToken: page.token };
});
