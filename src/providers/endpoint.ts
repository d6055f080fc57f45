import { ApiError } from "../contract/errors.ts";
import { hostOf, isLinkLocalAddress, isPrivateHost } from "../lib/network.ts";
import type { OutgoingRules } from "../lib/outgoing.ts";
import type { Settings } from "../settings.ts";

const longestAddress = 2048;

/** What the operator says of where providers may be. */
export type Surroundings = Pick<Settings, "mode" | "privateHosts">;

/**
 * Checks where a provider says that it is, before anything is fetched from there: https, and on a production house not
 * this machine or its network, but for hosts that the operator names. In dev mode a provider on this machine may speak
 * http. A public name may still lead to a private address, so who fetches looks at the address too.
 * @throws InvalidParameterException with `message` for another scheme
 */
export function checkEndpoint(address: string, { mode, privateHosts }: Surroundings, message: string): void {
  const url = URL.canParse(address) && address.length <= longestAddress ? new URL(address) : undefined;
  const host = url && hostOf(url);
  const isOwn = host !== undefined && isPrivateHost(host);
  const isSecure = url?.protocol === "https:" || (url?.protocol === "http:" && mode === "dev" && isOwn);
  if (!host || !isSecure) throw new ApiError("InvalidParameterException", message);
  const isForbidden = mode === "serve" ? isOwn && !privateHosts.includes(host) : isLinkLocalAddress(host);
  if (isForbidden || url.username || url.password) {
    throw new ApiError("InvalidParameterException", `The address ${url.origin} of a provider is not allowed.`);
  }
}

/** Where a request to a provider may go. A public name may lead to a private address, which is looked at when it goes. */
export const providerRules = ({ mode, privateHosts }: Surroundings, address: string): OutgoingRules => ({
  mayStayInside: mode === "dev" || (URL.canParse(address) && privateHosts.includes(hostOf(new URL(address)))),
});

/**
 * Whether a browser may be sent to where a provider says that it is: by https, or in dev mode also in the clear. It may
 * be in a private network, which the browser can see. Any other scheme, such as javascript:, would run as our own page.
 */
export const isVisitable = (address: string, mode: Settings["mode"]): boolean =>
  URL.canParse(address) &&
  address.length <= longestAddress &&
  (mode === "dev" ? /^https?:$/ : /^https:$/).test(new URL(address).protocol);
