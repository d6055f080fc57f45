import type { PoolKeys } from "./vault.ts";

/**
 * Page tokens: where the next page begins, sealed and bound to what was asked. `bound` names the operation and
 * everything that must be the same in the next request (pool, filter); a token opens for nothing else.
 */
export const sealPageToken = (keys: PoolKeys, bound: string, position: readonly string[]): string =>
  Buffer.from(keys.seal("cursor", placeOf(bound), JSON.stringify(position))).toString("base64");

/** The position that a token holds, or undefined when it was not made for this request. */
export function openPageToken(keys: PoolKeys, bound: string, token: string): string[] | undefined {
  try {
    const position: unknown = JSON.parse(keys.open("cursor", placeOf(bound), Buffer.from(token, "base64").toString()));
    return Array.isArray(position) ? position.map(String) : undefined;
  } catch {
    // Whatever does not open is not a token of ours for this request; the caller words the refusal.
    return undefined;
  }
}

const placeOf = (bound: string) => ({ table: "page", column: "token", row: bound });
