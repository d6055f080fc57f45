/**
 * Tokens: what a finished sign-in or grant gives. The room owns the claims of each kind of token, refresh families and
 * authorization codes; it does not decide whether somebody may have tokens.
 */

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
