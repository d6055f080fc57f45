import { accountOperation } from "../operation.ts";
import { changeTags, getTagged } from "./tagged.ts";

/** Takes tags off a pool by their keys. A key that it has not is no mistake. */
export const UntagResource = accountOperation("UntagResource", async (app, account, { ResourceArn, TagKeys }) => {
  const gone = new Set(TagKeys);
  await changeTags(app, await getTagged(app, account, ResourceArn), (tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key))),
  );
  return {};
});
