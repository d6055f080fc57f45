import type { App } from "../app.ts";
import { findAsset } from "../branding/store.ts";

/**
 * An image that a pool's owner uploaded, or undefined where there is none. Its address holds the hash of its bytes, so
 * it never changes. An SVG can hold scripts: shown on its own it runs in no origin and may load nothing.
 */
export async function answerAsset(app: App, pathname: string): Promise<Response | undefined> {
  const [, poolId = "", hash = ""] = /^\/_poolhouse\/assets\/([\w-]{1,55})\/([0-9a-f]{64})$/.exec(pathname) ?? [];
  const asset = hash && (await findAsset(app.db, poolId, hash));
  if (!asset) return undefined;
  return new Response(Buffer.from(asset.bytes), {
    headers: {
      "content-type": asset.mediaType,
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });
}
