import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { brandingNotFound } from "./branding.ts";
import { deleteBranding } from "./store.ts";

/** Deletes a style of managed login. Its client shows the standard one again. */
export const DeleteManagedLoginBranding = poolOperation(
  "DeleteManagedLoginBranding",
  async (app, pool, { ManagedLoginBrandingId }) => {
    const isDeleted = await withTransaction(app, ({ db }) => deleteBranding(db, pool.id, ManagedLoginBrandingId));
    if (!isDeleted) throw brandingNotFound();
    return undefined;
  },
);
