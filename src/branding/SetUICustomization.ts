import { getPoolClient } from "../clients/store.ts";
import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { listDomains } from "../pools/store.ts";
import { parseImage } from "./asset.ts";
import { deleteUiCustomization, replaceAssets, replaceUiCustomization } from "./store.ts";
import { checkStyleSheet } from "./style-sheet.ts";
import { cssVersion, describeUiCustomization, everyClient, type UiCustomization } from "./ui-customization.ts";

/** Sets the look of the classic pages, style sheet and logo together. Neither of them takes the look away. */
export const SetUICustomization = poolOperation("SetUICustomization", async (app, pool, request, error) => {
  const { ClientId: clientId = everyClient, CSS: css, ImageFile } = request;
  if (clientId !== everyClient) await getPoolClient(app.db, pool.id, clientId);
  if ((await listDomains(app.db, pool.id)).length === 0) {
    throw error("InvalidParameterException", "A domain must be associated with this user pool.");
  }
  if (css) checkStyleSheet(css);
  const image = ImageFile?.byteLength ? parseImage(ImageFile, ["PNG", "JPEG"]) : undefined;
  const now = app.clock.now();
  const look: UiCustomization = {
    poolId: pool.id,
    clientId,
    css: css || undefined,
    imageHash: image?.hash,
    cssVersion: cssVersion(now),
    createdAt: now,
    modifiedAt: now,
  };
  const kept = await withTransaction(app, async ({ db }) => {
    await replaceAssets(db, { poolId: pool.id, clientId, kind: "classic" }, { added: image ? [image] : [], keep: [] });
    if (css || image) return replaceUiCustomization(db, look);
    await deleteUiCustomization(db, pool.id, clientId);
    return look;
  });
  return { UICustomization: describeUiCustomization(kept, app.settings.publicUrl) };
});
