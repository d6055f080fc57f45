import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { mergeAssets } from "./asset.ts";
import {
  asksForStandard,
  type Branding,
  brandingNotFound,
  describeBranding,
  mergeDocuments,
  parseSettings,
} from "./branding.ts";
import { findBrandingById, findContents, replaceAssets, updateBranding } from "./store.ts";

/** Changes what the request names of a style; the rest stays. The standard style takes the place of everything. */
export const UpdateManagedLoginBranding = poolOperation(
  "UpdateManagedLoginBranding",
  async (app, pool, request, error) => {
    const before = await findBrandingById(app.db, pool.id, request.ManagedLoginBrandingId);
    if (!before) throw brandingNotFound();
    const isStandard = asksForStandard(request);
    const { assets, added } = mergeAssets(isStandard ? [] : before.style.assets, request.Assets ?? []);
    const given = parseSettings(request.Settings ?? {});
    const settings = isStandard ? {} : mergeDocuments(before.style.settings, given);
    const changesNothing = request.Settings === undefined && !request.Assets?.length;
    const staysStandard = before.style.isStandard && request.UseCognitoProvidedValues === undefined && changesNothing;
    const branding: Branding = {
      ...before,
      style: { isStandard: isStandard || staysStandard, settings, assets },
      modifiedAt: app.clock.now(),
    };
    await withTransaction(app, async ({ db }) => {
      if (!(await updateBranding(db, branding))) {
        throw error("ConcurrentModificationException", "The managed login branding was modified by another request.");
      }
      await replaceAssets(db, { ...branding, kind: "managed" }, { added, keep: assets.map(({ hash }) => hash) });
    });
    return { ManagedLoginBranding: describeBranding(branding, await findContents(app.db, branding)) };
  },
);
