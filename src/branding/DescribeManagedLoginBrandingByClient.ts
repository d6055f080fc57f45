import { clientOperation } from "../operation.ts";
import { brandingNotFound, describeBranding } from "./branding.ts";
import { findBranding, findContents } from "./store.ts";

/** Shows the style of managed login of a client. */
export const DescribeManagedLoginBrandingByClient = clientOperation(
  "DescribeManagedLoginBrandingByClient",
  async ({ db }, { pool, client }, { ReturnMergedResources }) => {
    const branding = await findBranding(db, pool.id, client.id);
    if (!branding) throw brandingNotFound();
    return {
      ManagedLoginBranding: describeBranding(branding, await findContents(db, branding), ReturnMergedResources),
    };
  },
);
