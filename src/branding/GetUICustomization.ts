import { getPoolClient } from "../clients/store.ts";
import { poolOperation } from "../operation.ts";
import { findUiCustomization } from "./store.ts";
import { describeUiCustomization, everyClient } from "./ui-customization.ts";

/** Shows the look of the classic pages of a client: its own, or else the pool's. */
export const GetUICustomization = poolOperation(
  "GetUICustomization",
  async ({ db, settings }, pool, { ClientId = everyClient }) => {
    if (ClientId !== everyClient) await getPoolClient(db, pool.id, ClientId);
    const look = await findUiCustomization(db, pool.id, ClientId);
    return { UICustomization: look ? describeUiCustomization(look, settings.publicUrl) : {} };
  },
);
