/** Which site a request is for, by its Host header. Only hosts that are ours are answered: nothing is built from others. */
import { isLoopbackName } from "./lib/network.ts";
import type { Settings } from "./settings.ts";

/** The house itself, a user pool domain that has a host of its own, or nothing that we answer for. */
export type Site =
  | { readonly kind: "house"; readonly origin: string }
  | { readonly kind: "domain"; readonly name: string; readonly origin: string }
  | { readonly kind: "unknown"; readonly status: 403 | 421; readonly reason: string };

/**
 * The site of a request. In dev mode every host that is not this machine's is refused: a page elsewhere could otherwise
 * point its own name at us and read what we answer. In production the public address is the house, and a label in
 * front of it, or another name, a domain.
 */
export function siteOf(
  settings: Pick<Settings, "mode" | "publicUrl">,
  request: Request,
  headers: readonly (readonly [string, string])[],
): Site {
  const hosts = headers.filter(([name]) => name.toLowerCase() === "host").map(([, value]) => value);
  const host = hosts.length > 0 ? (hosts.length === 1 ? hosts[0] : undefined) : new URL(request.url).host;
  const { protocol, hostname: ours } = new URL(settings.publicUrl);
  if (host === undefined || !/^(\[[\da-fA-F:]+\]|[\w.-]+)(:\d{1,5})?$/.test(host)) return misdirected();
  const name = host.replace(/:\d+$/, "").toLowerCase();
  const origin = `${protocol}//${host.toLowerCase()}`;
  const isBelow = name.endsWith(".localhost");
  if (name === ours || (settings.mode === "dev" && isLoopbackName(name) && !isBelow)) return { kind: "house", origin };
  if (isBelow) return { kind: "domain", name: name.slice(0, -".localhost".length), origin };
  if (settings.mode === "dev") {
    return { kind: "unknown", status: 403, reason: "Poolhouse in dev mode answers requests to localhost only.\n" };
  }
  return { kind: "domain", name: prefixOf(name, ours), origin };
}

const misdirected = (): Site => ({ kind: "unknown", status: 421, reason: "This host is not served here.\n" });

/** `acme.auth.eu-west-1.<ours>` and `acme.<ours>` are the prefix `acme`; any other name is a custom domain. */
function prefixOf(name: string, ours: string): string {
  if (!name.endsWith(`.${ours}`)) return name;
  const labels = name.slice(0, -(ours.length + 1)).split(".");
  return labels[0] ?? name;
}
