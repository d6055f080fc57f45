import { withTransaction } from "../database/transact.ts";
import { clientOperation } from "../operation.ts";
import { mergeAssets } from "./asset.ts";
import { asksForStandard, type Branding, checkSaysSomething, describeBranding, parseSettings } from "./branding.ts";
import { findContents, insertBranding, replaceAssets } from "./store.ts";

/** Gives a client its style of managed login: the standard one, or one of its own. */
export const CreateManagedLoginBranding = clientOperation(
  "CreateManagedLoginBranding",
  async (app, { pool, client }, request, error) => {
    checkSaysSomething(request);
    const { assets, added } = mergeAssets([], request.Assets ?? []);
    const now = app.clock.now();
    const branding: Branding = {
      poolId: pool.id,
      clientId: client.id,
      id: app.random.uuid(),
      style: { isStandard: asksForStandard(request), settings: parseSettings(request.Settings ?? {}), assets },
      version: 1,
      createdAt: now,
      modifiedAt: now,
    };
    await withTransaction(app, async ({ db }) => {
      if (!(await insertBranding(db, branding))) {
        // Unconfirmed text.
        throw error("ManagedLoginBrandingExistsException", "The app client already has a managed login branding.");
      }
      await replaceAssets(db, { ...branding, kind: "managed" }, { added, keep: [] });
    });
    return { ManagedLoginBranding: describeBranding(branding, await findContents(app.db, branding)) };
  },
);
