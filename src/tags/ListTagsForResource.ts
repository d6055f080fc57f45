import { accountOperation } from "../operation.ts";
import { getTagged } from "./tagged.ts";

/** Lists the tags of a pool. */
export const ListTagsForResource = accountOperation("ListTagsForResource", async (app, account, { ResourceArn }) => {
  const { tags } = await getTagged(app, account, ResourceArn);
  return { Tags: { ...tags } };
});
