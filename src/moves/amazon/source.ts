/**
 * A live pool at Amazon as a source of a move: everything that its API shows, page by page. What the API does not show
 * (passwords, authenticators, passkeys, devices, keys) does not come.
 */
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { Row } from "../codecs.ts";
import type { ParcelRow } from "../parcel.ts";

/** Where a pool is read from. */
export interface AmazonSource {
  readonly api: CognitoIdentityProvider;
  readonly poolId: string;
  /** Told of what cannot come, in a sentence. */
  readonly note: (sentence: string) => void;
}

/** A row as the parcel has it. */
export const rowOf = (kind: string, row: Row): ParcelRow => ({
  kind,
  row,
  // Amazon's pages are small, so the batches are theirs.
  sizeBytes: 0,
});

/** The items of a list, page after page, each page as it comes. */
export async function* pagesOf<Item>(
  fetch: (
    token: string | undefined,
  ) => Promise<{ readonly items: Item[] | undefined; readonly next: string | undefined }>,
): AsyncGenerator<readonly Item[]> {
  let token: string | undefined;
  do {
    const { items, next } = await fetch(token);
    if (items && items.length > 0) yield items;
    token = next;
  } while (token !== undefined);
}

/** All items of a list that is bounded at Amazon. */
export async function allOf<Item>(pages: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/**
 * Reads what not every pool has and not every caller may see. What was never made is no news; what could not be read is
 * told of, so that nobody believes that it came.
 */
export async function readIfAny<Answer>(
  { note }: Pick<AmazonSource, "note">,
  what: string,
  read: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await read();
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown";
    if (name !== "ResourceNotFoundException") note(`${what} did not come: ${name}.`);
    return undefined;
  }
}

/** Milliseconds since the epoch of a date that an answer has. */
export const timeOf = (date: Date | undefined): number => date?.getTime() ?? 0;
