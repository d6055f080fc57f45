/** Tags of a pool by key. */
export type Tags = Readonly<Record<string, string>>;

/** Source: Cognito API reference, TagResource. */
const tagLimit = 50;

/** What is wrong with the tags that a pool would have, or undefined. Unconfirmed: the sentences. */
export function tagFault(tags: Tags): string | undefined {
  const keys = Object.keys(tags);
  if (keys.some((key) => /^aws:/i.test(key))) return "Tag keys beginning with aws: are reserved.";
  if (keys.length > tagLimit) return `User pool tags exceed the limit of ${tagLimit}.`;
  return undefined;
}
