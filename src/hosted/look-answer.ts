import type { App } from "../app.ts";
import { findBranding, findUiCustomization } from "../branding/store.ts";
import { managedStyleSheet } from "./managed-style.ts";

/** The style sheet that a pool's owner has set, or undefined where there is none of this version. */
export async function answerLook(app: App, pathname: string): Promise<Response | undefined> {
  const [, poolId = "", clientId = "", kind, version] =
    /^\/_poolhouse\/look\/([\w-]{1,55})\/([\w+]{1,128})\/(classic|managed)-(\d{1,14})\.css$/.exec(pathname) ?? [];
  if (!kind || !version) return undefined;
  const text =
    kind === "classic" ? await classic(app, poolId, clientId, version) : await managed(app, poolId, clientId, version);
  if (text === undefined) return undefined;
  return new Response(text, {
    headers: {
      "content-type": "text/css;charset=UTF-8",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    },
  });
}

async function classic(app: App, poolId: string, clientId: string, version: string): Promise<string | undefined> {
  const set = await findUiCustomization(app.db, poolId, clientId);
  return set?.cssVersion === version ? set.css : undefined;
}

async function managed(app: App, poolId: string, clientId: string, version: string): Promise<string | undefined> {
  const branding = await findBranding(app.db, poolId, clientId);
  if (!branding || String(branding.version) !== version) return undefined;
  return managedStyleSheet(branding);
}
