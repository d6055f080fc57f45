/**
 * Federation: signing in with an identity provider. The room owns the way of a browser to a provider and back (the
 * departure), what each kind of provider is asked and what its answer proves (one file a protocol), and the user who
 * comes of it (the arrival). What a provider is belongs to providers/, whom its accounts stand for to identities/.
 */
import { createHash } from "node:crypto";
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { minute } from "../lib/clock.ts";
import type { Level } from "../pools/assurance.ts";
import type { Pool } from "../pools/pool.ts";
import { openProviderDetails, type Provider } from "../providers/provider.ts";
import type { Leaving, Memory, Protocol } from "./protocol.ts";
import { insertDeparture, takeDeparture } from "./store.ts";

/** Source: Cognito developer guide, managed login: a sign-in with a provider that takes longer is cancelled. */
export const departureLifetime = 5 * minute;

/** 256 bits each: whoever knows both may come back. */
const secretBytes = 32;

/** A departure as it is kept: hashes of what the browser has to bring, and sealed what it must not know. */
export interface Departure {
  readonly poolId: string;
  readonly stateHash: string;
  readonly browserHash: string;
  readonly clientId: string;
  readonly providerName: string;
  readonly query: string;
  readonly sealedMemory: string;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** A browser that is about to leave. */
export interface Journey {
  readonly pool: Pool;
  readonly client: Client;
  readonly provider: Provider;
  readonly protocol: Protocol;
  /** Where the domain is reached, without a slash at the end. */
  readonly base: string;
  /** The query of the authorization request, taken up again when the browser is back. */
  readonly query: string;
  /** The secret that the browser keeps. */
  readonly browser: string;
  /** What the client asked the provider to do, `none` never among it. */
  readonly prompts: readonly string[];
  readonly loginHint: string | undefined;
  /** The levels of assurance that the client wants, the one that it wants most first. */
  readonly levels: readonly Level[];
}

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** Why a browser leaves. The state of one purpose is none of the other. */
export type Purpose = "sign in" | "sign out";

const stateHashOf = (purpose: Purpose, state: string): string => hashOf(`${purpose} ${state}`);

/** A state for a browser to bring back. */
export const newState = ({ random }: Pick<App, "random">): string => random.bytes(secretBytes).toString("base64url");

/** A secret for a browser to keep; one serves all its departures, so that two tabs do not disturb each other. */
export const newBrowserSecret = ({ random }: Pick<App, "random">): string =>
  random.bytes(secretBytes).toString("base64url");

/** Whether a cookie's text may be a secret of ours. */
export const isBrowserSecret = (text: string | undefined): text is string => /^[\w-]{43}$/.test(text ?? "");

const placeOf = (stateHash: string) => ({ table: "federation_departures", column: "sealed_memory", row: stateHash });

/** Sends a browser off: gives where it goes, and keeps what has to be known when it is back. */
export async function depart(app: App, journey: Journey): Promise<Leaving> {
  const { pool, client, provider, protocol, base, query, browser } = journey;
  const state = newState(app);
  const details = await openProviderDetails(app, provider);
  const { prompts, loginHint, levels } = journey;
  const leaving = await protocol.leave(app, { pool, provider, details, base, state, prompts, loginHint, levels });
  const { memory } = leaving;
  await keepDeparture(app, { purpose: "sign in", state, pool, clientId: client.id, provider, browser, query, memory });
  return leaving;
}

/** A departure before it is kept. */
export interface Beginning {
  readonly purpose: Purpose;
  readonly state: string;
  readonly pool: Pool;
  readonly clientId: string;
  readonly provider: Provider;
  readonly browser: string;
  readonly query: string;
  readonly memory: Memory;
}

/** Keeps what has to be known when a browser is back. */
export async function keepDeparture(app: Pick<App, "db" | "vault" | "clock">, beginning: Beginning): Promise<void> {
  const { purpose, state, pool, clientId, provider, browser, query, memory } = beginning;
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const stateHash = stateHashOf(purpose, state);
  const now = app.clock.now();
  await insertDeparture(app.db, {
    poolId: pool.id,
    stateHash,
    browserHash: hashOf(browser),
    clientId,
    providerName: provider.name,
    query,
    sealedMemory: keys.seal("ext", placeOf(stateHash), JSON.stringify(memory)),
    expiresAt: now + departureLifetime,
    createdAt: now,
  });
}

/** A browser that is back. */
export interface Homecoming {
  readonly departure: Departure;
  readonly memory: Memory;
  /** Whether it took so long that the sign-in is over. */
  readonly isLate: boolean;
}

/** Takes up the departure of a state. Undefined for one that is unknown, was taken up before or is another browser's. */
export async function comeHome(
  app: Pick<App, "db" | "vault" | "clock">,
  { pool, state, browser }: { readonly pool: Pool; readonly state: string; readonly browser: string },
  purpose: Purpose = "sign in",
): Promise<Homecoming | undefined> {
  const stateHash = stateHashOf(purpose, state);
  const departure = await takeDeparture(app.db, { poolId: pool.id, stateHash, browserHash: hashOf(browser) });
  if (!departure) return undefined;
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const memory: Memory = JSON.parse(keys.open("ext", placeOf(stateHash), departure.sealedMemory));
  return { departure, memory, isLate: departure.expiresAt <= app.clock.now() };
}
