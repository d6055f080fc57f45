/**
 * Signing out with SAML providers: who signs out here signs out there too, and the other way round, where the owner of
 * the provider wants that. Source: SAML 2.0 profiles, section 4.4; Cognito developer guide, SAML sign-out.
 */
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { withTransaction } from "../database/transact.ts";
import type { Pool } from "../pools/pool.ts";
import { findByEntityId } from "../providers/metadata-source.ts";
import type { Provider } from "../providers/provider.ts";
import { findProvider } from "../providers/store.ts";
import { endSessionOfHash, hashOfSecret, hostedSessionLifetime } from "../sessions/session.ts";
import type { User } from "../users/user.ts";
import { comeHome, keepDeparture, newState } from "./departure.ts";
import type { Statement } from "./protocol.ts";
import { FederationRefusal } from "./refusal.ts";
import { newMessageId } from "./saml.ts";
import { InvalidSamlError } from "./saml-message.ts";
import { partiesOf, withMetadata } from "./saml-party.ts";
import { signedOut, signOut } from "./saml-request.ts";
import { openSignOutRequest, proveSignOutRequest, readSignOutAnswer, type SignOutRequest } from "./saml-sign-out.ts";
import { claimSamlMessage, insertSessionOrigin, takeSessionOrigin, takeSessionsOf } from "./store.ts";

const isWanted = ({ type, settings }: Provider): boolean =>
  type === "SAML" && settings.details["IDPSignout"] === "true";

/** Keeps what a browser's session came of. A provider whose sessions cannot be ended from here leaves nothing. */
export async function rememberOrigin(
  app: Pick<App, "db" | "clock">,
  begun: {
    readonly pool: Pool;
    readonly client: Client;
    readonly provider: Provider;
    readonly user: User;
    readonly secret: string;
  },
  { session }: Statement,
): Promise<void> {
  const { pool, client, provider, user, secret } = begun;
  if (!session) return;
  await insertSessionOrigin(app.db, {
    poolId: pool.id,
    sessionHash: hashOfSecret(secret),
    sub: user.sub,
    providerName: provider.name,
    session,
    expiresAt: app.clock.now() + hostedSessionLifetime(pool, client),
  });
}

/** A browser whose session has just ended. */
export interface SigningOut {
  readonly pool: Pool;
  readonly clientId: string;
  readonly base: string;
  /** The secret of the session. */
  readonly secret: string;
  /** The secret that the browser keeps while it is away. */
  readonly browser: string;
  /** Where it goes in the end. */
  readonly location: string;
}

/**
 * Where a browser goes to sign out at the provider that its session came of, or undefined where that is not wanted or
 * not possible: signing out here does not depend on somebody else.
 */
export async function departToSignOut(app: App, signingOut: SigningOut): Promise<string | undefined> {
  const { pool, clientId, base, secret, browser, location } = signingOut;
  const origin = await takeSessionOrigin(app.db, pool.id, hashOfSecret(secret));
  const provider = origin && (await findProvider(app.db, pool.id, origin.providerName));
  if (!provider || !isWanted(provider)) return undefined;
  try {
    const parties = await partiesOf(app, { pool, provider, base });
    const state = newState(app);
    const requestId = newMessageId(app);
    const address = await signOut(parties, { id: requestId, relayState: state }, origin.session);
    if (address === undefined) return undefined;
    const memory = { requestId, location };
    await keepDeparture(app, { purpose: "sign out", state, pool, clientId, provider, browser, query: "", memory });
    return address;
  } catch (error) {
    if (!(error instanceof FederationRefusal)) throw error;
    app.log.warn({ err: error, poolId: pool.id, provider: provider.name }, "a provider was not told of a sign-out");
    return undefined;
  }
}

/** A message that a provider sent about signing out. */
export interface SignOutMessage {
  readonly pool: Pool;
  readonly base: string;
  readonly text: string;
  readonly relayState: string | undefined;
  /** Where the browser that brings it seems to be. */
  readonly address: string | undefined;
}

/** Where a browser goes on to that signed out at its provider. Undefined for an answer that nobody waits for. */
export async function endSignOut(
  app: App,
  { pool, base, text, relayState }: SignOutMessage,
  browser: string,
): Promise<string | undefined> {
  const waiting = { pool, state: relayState ?? "", browser };
  const home = await comeHome(app, waiting, "sign out");
  const provider = home && (await findProvider(app.db, pool.id, home.departure.providerName));
  if (!home || !provider || home.isLate) return undefined;
  const { requestId, location } = home.memory;
  return telling(app, pool, async () => {
    const parties = await partiesOf(app, { pool, provider, base });
    await readSignOutAnswer({ parties, base, now: app.clock.now() }, text, requestId);
    return location;
  });
}

/** What a provider is answered that has signed somebody out: where the browser goes, if it says where. */
export interface SignedOut {
  readonly location: string | undefined;
}

/**
 * Ends the sessions that a provider wants to end. A pool may know one provider by several names, and all are meant.
 * Undefined for a request that is none of ours to follow.
 */
export async function signOutForProvider(
  app: App,
  { pool, base, text, relayState, address }: SignOutMessage,
): Promise<SignedOut | undefined> {
  return telling(app, pool, async () => {
    const { message, issuer } = openSignOutRequest(text);
    const known = (await findByEntityId(app, pool.id, issuer)).filter(({ provider }) => isWanted(provider));
    const [first] = known;
    if (!first) throw new InvalidSamlError("The issuer of the request is unknown.");
    const parties = await withMetadata(app, { pool, base }, first.metadata);
    const exchange = { parties, base, now: app.clock.now() };
    const request = await proveSignOutRequest(exchange, message);
    for (const { provider } of known) await endSessionsOf(app, { pool, provider, address }, request);
    const answer = { id: newMessageId(app), relayState, requestId: request.id };
    return { location: await signedOut(parties, answer) };
  });
}

/** @throws InvalidSamlError for a request that was followed before */
async function endSessionsOf(
  app: App,
  { pool, provider, address }: Pick<SignOutMessage, "pool" | "address"> & { readonly provider: Provider },
  request: SignOutRequest,
): Promise<void> {
  const key = { poolId: pool.id, providerName: provider.name, messageId: request.id };
  await withTransaction(app, async (inside) => {
    if (!(await claimSamlMessage(inside.db, key, request.usableUntil))) {
      throw new InvalidSamlError("The request was followed before.");
    }
    for (const hash of await takeSessionsOf(inside.db, key, request)) {
      await endSessionOfHash(inside, pool, { hash, address });
    }
  });
}

/** Runs a step that a message of a provider may be too bad for. */
async function telling<Result>(app: App, { id }: Pool, step: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof InvalidSamlError) && !(error instanceof FederationRefusal)) throw error;
    app.log.info({ err: error, poolId: id }, "a SAML sign-out failed");
    return undefined;
  }
}
