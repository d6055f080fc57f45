/** Where the metadata of a SAML provider comes from: the file that its owner gave, or an address that is asked again. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { hour, minute } from "../lib/clock.ts";
import { ask, OutgoingError } from "../lib/outgoing.ts";
import type { Settings } from "../settings.ts";
import { providerRules } from "./endpoint.ts";
import { type ProviderMetadata, readVisitableMetadata } from "./metadata.ts";
import { type Provider, providersOfPoolLimit } from "./provider.ts";
import { claimMetadataRefresh, findMetadata, keepMetadata, listProviders } from "./store.ts";

type Part = Pick<App, "db" | "clock" | "settings" | "log" | "background">;

/** Source: Cognito developer guide, SAML metadata: an address is asked every six hours or when the metadata expires. */
const freshFor = 6 * hour;

/** After a failure an address is left in peace for so long. */
const pause = 5 * minute;

/**
 * The metadata of a provider, or undefined where it cannot be had. What an address gave is used until a newer one is
 * there, so that nobody who signs in waits for it; past its own end it is not used at all.
 */
export async function metadataOf(app: Part, provider: Provider): Promise<ProviderMetadata | undefined> {
  const { MetadataFile: file, MetadataURL: address } = provider.settings.details;
  const { mode } = app.settings;
  if (address === undefined) return readKept(file ?? "", mode);
  const kept = await findMetadata(app.db, provider);
  const metadata = kept?.address === address ? readKept(kept.document, mode) : undefined;
  const now = app.clock.now();
  if (!kept || !metadata || (metadata.validUntil ?? now + 1) <= now) return fetchMetadata(app, provider, address);
  if (kept.fetchedAt <= now - freshFor) app.background(refreshMetadata(app, provider, now - pause));
  return metadata;
}

/** Metadata that was taken before, perhaps by a house in dev mode: this one may not send browsers where it says. */
function readKept(document: string, mode: Settings["mode"]): ProviderMetadata | undefined {
  try {
    return readVisitableMetadata(document, mode);
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

/** Looks for newer metadata, unless that was done since. Gives what it found. */
export async function refreshMetadata(
  app: Part,
  provider: Provider,
  notSince: number,
): Promise<ProviderMetadata | undefined> {
  const { MetadataURL: address } = provider.settings.details;
  if (address === undefined) return undefined;
  const isOurs = await claimMetadataRefresh(app.db, provider, { now: app.clock.now(), notSince });
  return isOurs ? fetchMetadata(app, provider, address) : undefined;
}

async function fetchMetadata(app: Part, provider: Provider, address: string): Promise<ProviderMetadata | undefined> {
  try {
    const { status, body } = await ask(providerRules(app.settings, address), { address });
    if (status !== 200) throw new OutgoingError("not reached");
    const metadata = readVisitableMetadata(body, app.settings.mode);
    await keepMetadata(app.db, provider, { address, document: body, fetchedAt: app.clock.now() });
    return metadata;
  } catch (error) {
    if (!(error instanceof OutgoingError) && !(error instanceof ApiError)) throw error;
    app.log.warn({ err: error, poolId: provider.poolId, provider: provider.name }, "metadata cannot be had");
    return undefined;
  }
}

/** A provider and what it says of itself. */
export interface KnownProvider {
  readonly provider: Provider;
  readonly metadata: ProviderMetadata;
}

/** The providers of a pool that call themselves so, among those whose metadata is at hand. */
export async function findByEntityId(
  app: Pick<App, "db" | "settings">,
  poolId: string,
  entityId: string,
): Promise<KnownProvider[]> {
  const found: KnownProvider[] = [];
  for (const provider of await listProviders(app.db, poolId, { after: "", limit: providersOfPoolLimit })) {
    if (provider.type !== "SAML") continue;
    const { MetadataFile: file } = provider.settings.details;
    const document = file ?? (await findMetadata(app.db, provider))?.document;
    // Text is searched much faster than it is read, and a name that is written with references is nobody's.
    if (!document?.includes(entityId)) continue;
    const metadata = readKept(document, app.settings.mode);
    if (metadata?.entityId === entityId) found.push({ provider, metadata });
  }
  return found;
}
