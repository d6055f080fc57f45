import { accountOperation } from "../operation.ts";
import { changeTags, getTagged } from "./tagged.ts";

/** Adds tags to a pool. One of the same key is replaced, the others stay. */
export const TagResource = accountOperation("TagResource", async (app, account, { ResourceArn, Tags }) => {
  await changeTags(app, await getTagged(app, account, ResourceArn), (tags) => ({ ...tags, ...Tags }));
  return {};
});
