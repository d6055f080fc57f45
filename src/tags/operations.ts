export { ListTagsForResource } from "./ListTagsForResource.ts";
export { TagResource } from "./TagResource.ts";
export { UntagResource } from "./UntagResource.ts";
