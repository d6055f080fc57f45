import { poolOperation } from "../operation.ts";
import { brandingNotFound, describeBranding } from "./branding.ts";
import { findBrandingById, findContents } from "./store.ts";

/** Shows a style of managed login, on demand with what stands where it says nothing. */
export const DescribeManagedLoginBranding = poolOperation(
  "DescribeManagedLoginBranding",
  async ({ db }, pool, { ManagedLoginBrandingId, ReturnMergedResources }) => {
    const branding = await findBrandingById(db, pool.id, ManagedLoginBrandingId);
    if (!branding) throw brandingNotFound();
    return {
      ManagedLoginBranding: describeBranding(branding, await findContents(db, branding), ReturnMergedResources),
    };
  },
);
