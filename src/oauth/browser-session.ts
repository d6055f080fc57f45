/** The end of a browser's session. */
import { departureLifetime, isBrowserSecret, newBrowserSecret } from "../federation/departure.ts";
import { departToSignOut } from "../federation/sign-out.ts";
import { toSeconds } from "../lib/clock.ts";
import { endHostedSession } from "../sessions/session.ts";
import { redirect } from "./answers.ts";
import { clearCookie, readCookie, readDepartureCookie, sessionCookie, setDepartureCookies } from "./cookies.ts";
import type { DomainRequest } from "./domain-request.ts";

/** Ends the session of a browser and sends it on: by way of the provider that the session came of, where that ends too. */
export async function endBrowserSession(at: DomainRequest, clientId: string, location: string): Promise<Response> {
  const { app, pool, base } = at;
  const cleared = clearCookie(at, sessionCookie);
  const secret = readCookie(at, sessionCookie);
  if (secret === undefined) return redirect(location, [cleared]);
  await endHostedSession(app, pool, { secret, address: at.origin.address });
  const kept = readDepartureCookie(at);
  const browser = isBrowserSecret(kept) ? kept : newBrowserSecret(app);
  const provider = await departToSignOut(app, { pool, clientId, base, secret, browser, location });
  return provider === undefined
    ? redirect(location, [cleared])
    : redirect(provider, [cleared, ...setDepartureCookies(at, browser, toSeconds(departureLifetime))]);
}
