/** For whom passkeys of a pool are made, and from which pages they may be used. */

import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { isCustomDomain } from "../pools/domain.ts";
import type { Pool } from "../pools/pool.ts";
import { listDomains } from "../pools/store.ts";

/**
 * The relying party id of a pool: the one that is set, else its custom domain, else the host that its prefix domain is
 * reached at. @throws WebAuthnConfigurationMissingException when the pool has neither. Text unconfirmed.
 */
export async function relyingPartyOf(app: Pick<App, "db" | "settings">, pool: Pool): Promise<string> {
  const set = pool.settings.mfa?.webAuthn?.RelyingPartyId;
  if (set) return set;
  const domains = await listDomains(app.db, pool.id);
  const custom = domains.find(({ name }) => isCustomDomain(name));
  if (custom) return custom.name;
  if (domains.length > 0) return hostOf(app.settings.publicUrl);
  throw new ApiError(
    "WebAuthnConfigurationMissingException",
    "WebAuthn relying party id is not configured for the user pool",
  );
}

const hostOf = (url: string): string => new URL(url).hostname;

/**
 * Whether a page of this origin may use passkeys of a relying party: its host or one below it, by https; on the machine
 * itself also in the clear. Source: Web Authentication Level 3 section 13.4.9.
 */
export function isAllowedOrigin(origin: string, relyingPartyId: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname, origin: canonical } = new URL(origin);
  if (canonical !== origin) return false;
  if (hostname !== relyingPartyId && !hostname.endsWith(`.${relyingPartyId}`)) return false;
  return protocol === "https:" || (protocol === "http:" && relyingPartyId === "localhost");
}
