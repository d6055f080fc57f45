/**
 * The vault: the keys that protect secrets at rest. It owns the root key's use, the random keys of each pool and the
 * derived key of each purpose. It does not know what the secrets are.
 */
import type { Db } from "../database/open.ts";

/** What a derived key is for. One key, one purpose. */
export type Purpose = "pw" | "srp" | "totp" | "client" | "ext" | "sign" | "iam" | "otp" | "cursor" | "fake" | "refresh";

/** Where a sealed value stands: it opens nowhere else. */
export interface Place {
  readonly table: string;
  readonly column: string;
  /** The row's own key, without the pool. */
  readonly row: string;
}

/** The keys of one pool, ready for use. */
export interface PoolKeys {
  /** The version that seals now; earlier ones still open what they sealed. */
  readonly version: number;
  /** Seals text for one place: `v1.<key version>.<iv>.<ciphertext>.<tag>`, AES-256-GCM, base64url. */
  seal(purpose: Purpose, place: Place, text: string): string;
  /** The text that was sealed for this place. @throws when it was sealed for another, or altered. */
  open(purpose: Purpose, place: Place, sealed: string): string;
  /** HMAC-SHA256 of `text` with the key of `purpose`. */
  mac(purpose: Purpose, text: string): Buffer;
}

/** A key of a pool in the clear: 32 bytes in base64url. */
export interface RevealedKey {
  readonly version: number;
  readonly key: string;
}

export interface Vault {
  /**
   * Makes the first key of a new pool. False when the pool has one: this row is what a pool's id is claimed by.
   */
  createPoolKeys(db: Db, poolId: string): Promise<boolean>;
  /** The keys of a pool in the clear, for a copy of it elsewhere that must open what clients hold. */
  revealPoolKeys(db: Db, poolId: string): Promise<readonly RevealedKey[]>;
  /** Keeps keys that were revealed elsewhere for a new pool. False when the pool has some. */
  adoptPoolKeys(db: Db, poolId: string, keys: readonly RevealedKey[]): Promise<boolean>;
  /** Destroys the keys of a pool, and with them every secret of it, in backups too. */
  destroyPoolKeys(db: Db, poolId: string): Promise<void>;
  /** The keys of a pool. @throws ResourceNotFoundException when there are none. */
  poolKeys(db: Db, poolId: string): Promise<PoolKeys>;
  /** The keys of the house itself, for what belongs to no pool (access keys). */
  houseKeys(db: Db): Promise<PoolKeys>;
}
