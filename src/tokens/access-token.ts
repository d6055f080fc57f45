/** The claims of an access token of ours that a token-authorised call reads, once the signature is verified. */
export interface AccessToken {
  readonly sub: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly scopes: readonly string[];
  /** The refresh family; absent where the client has token revocation switched off. */
  readonly family?: string;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  readonly authTime: number;
}
