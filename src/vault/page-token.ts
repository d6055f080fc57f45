import type { PoolKeys } from "./vault.ts";

/** A page that is asked for. */
export interface PageRequest {
  readonly keys: PoolKeys;
  /** Names the operation and everything that must be the same in the next request (its filter). */
  readonly bound: string;
  /** The token of the request; undefined asks for the first page. */
  readonly token: string | undefined;
  readonly limit: number;
}

/**
 * Fetches a page and makes the token of the next. `fetch` gives up to `limit` items after a position, which is empty at
 * the beginning. Undefined when the token was not made for this request: the caller words the refusal.
 */
export async function fetchPage<Item>(
  { keys, bound, token, limit }: PageRequest,
  fetch: (after: readonly string[], limit: number) => Promise<readonly Item[]>,
  positionOf: (item: Item) => readonly string[],
): Promise<{ readonly items: readonly Item[]; readonly token: string | undefined } | undefined> {
  const after = token === undefined ? [] : openPageToken(keys, bound, token);
  if (!after) return undefined;
  const found = await fetch(after, limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, token: found.length > limit && last ? sealPageToken(keys, bound, positionOf(last)) : undefined };
}

/** Where the next page begins, sealed and bound to what was asked: it opens for nothing else. */
const sealPageToken = (keys: PoolKeys, bound: string, position: readonly string[]): string =>
  Buffer.from(keys.seal("cursor", placeOf(bound), JSON.stringify(position))).toString("base64");

/** The position that a token holds, or undefined when it was not made for this request. */
function openPageToken(keys: PoolKeys, bound: string, token: string): string[] | undefined {
  try {
    const position: unknown = JSON.parse(keys.open("cursor", placeOf(bound), Buffer.from(token, "base64").toString()));
    return Array.isArray(position) ? position.map(String) : undefined;
  } catch {
    // Whatever does not open is not a token of ours for this request; the caller words the refusal.
    return undefined;
  }
}

const placeOf = (bound: string) => ({ table: "page", column: "token", row: bound });
