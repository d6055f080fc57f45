/** Asking identity providers. Where they are the owner of a pool has said, so every request is one to a stranger. */
import type { App } from "../app.ts";
import { ask, type OutgoingAnswer, type OutgoingRequest } from "../lib/outgoing.ts";
import { providerRules } from "../providers/endpoint.ts";
import type { Settings } from "../settings.ts";

/** Where an address of a provider leads: there, or in dev mode to what stands in for it. */
export function leadingTo({ standIns }: Pick<Settings, "standIns">, address: string): string {
  const origin = Object.keys(standIns).find((candidate) => `${address}/`.startsWith(`${candidate}/`));
  return origin === undefined ? address : `${standIns[origin]}${address.slice(origin.length)}`;
}

/** Asks a provider. @throws OutgoingError when nothing comes back that may be looked at */
export function askProvider({ settings }: Pick<App, "settings">, request: OutgoingRequest): Promise<OutgoingAnswer> {
  const address = leadingTo(settings, request.address);
  return ask(providerRules(settings, address), { ...request, address });
}
