/**
 * Tokens: what a finished sign-in or grant gives. The room owns the claims of each kind of token, refresh families and
 * authorization codes; it does not decide whether somebody may have tokens.
 */
import type { App } from "../app.ts";
import { type Client, tokenLifetimes } from "../clients/client.ts";
import { second } from "../lib/clock.ts";
import type { Assurance } from "../pools/assurance.ts";
import type { User } from "../users/user.ts";

/** What was granted, carried from the sign-in to the code and to every refresh. */
export interface GrantRecord {
  /** Which door was signed in through: it decides `version`, `event_id`, `at_hash` and the scopes. */
  readonly door: "api" | "hosted";
  /** Granted scopes in the order they are shown. */
  readonly scopes: readonly string[];
  /** When the user proved who it is. Milliseconds since the epoch. */
  readonly authenticatedAt: number;
  /** The `event_id` of the sign-in; of the API's door only. */
  readonly eventId?: string;
  /** The hash of the browser session that it was granted by, of the pages' door only. */
  readonly hostedSession?: string;
  /** The device that was signed in from, where the pool tracks devices. */
  readonly deviceKey?: string;
  /** How the user signed in, where the pool or the client asks for it to be told. */
  readonly assurance?: Assurance;
  /** The audience asked for by `resource`. Source: RFC 8707. */
  readonly resource?: string;
}

/** A sign-in that gave a refresh token, and all tokens made from it. */
export interface Family {
  readonly poolId: string;
  /** Shown as `origin_jti` in every token of the family. */
  readonly id: string;
  readonly sub: string;
  readonly clientId: string;
  readonly grant: GrantRecord;
  readonly generation: number;
  readonly rotatedAt: number;
  readonly isRevoked: boolean;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** A new family of a user with a client. Its life counts from now and is not prolonged by refreshing. */
export function newFamily(app: App, client: Client, user: User, grant: GrantRecord): Family {
  // Later than any sign-out, even one within this very millisecond: the sign-out ends what came before it.
  const now = Math.max(app.clock.now(), user.tokensValidAfter + 1);
  return {
    poolId: client.poolId,
    id: app.random.uuid(),
    sub: user.sub,
    clientId: client.id,
    grant,
    generation: 1,
    rotatedAt: now,
    isRevoked: false,
    expiresAt: now + tokenLifetimes(client).refreshSeconds * second,
    createdAt: now,
  };
}

/** Whether the user has been signed out everywhere since the family began. */
export const isSignedOut = (family: Family, user: User): boolean => family.createdAt <= user.tokensValidAfter;
