/**
 * What any operation, endpoint or page may reach. One value is made when a house opens (see house.ts) and handed down
 * as the first parameter; nothing is kept in modules. A function that needs little asks for a part: `{ db, clock }`.
 */
import type { Db } from "./database/open.ts";
import type { Discovery } from "./federation/relying-party.ts";
import type { OpenedKeys } from "./keys/signing-key.ts";
import type { Allowance } from "./lib/allowance.ts";
import type { Clock } from "./lib/clock.ts";
import type { KeyPair } from "./lib/key-pair.ts";
import type { Log } from "./lib/log.ts";
import type { Cache } from "./lib/lru.ts";
import type { Powers } from "./lib/modular-power.ts";
import type { PasswordHasher } from "./lib/password-hash.ts";
import type { Random } from "./lib/random.ts";
import type { Turns } from "./lib/turns.ts";
import type { AddressLimit } from "./limits/by-address.ts";
import type { Limits } from "./limits/limit.ts";
import type { LogDestinations } from "./logs/destinations.ts";
import type { Outbox } from "./messages/outbox.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Settings } from "./settings.ts";
import type { Triggers } from "./triggers/invoke.ts";
import type { Vault } from "./vault/vault.ts";

export interface App {
  readonly settings: Settings;
  /** The database, or the transaction that the caller has opened. */
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  /** Seals and opens secrets with the keys of a pool. */
  readonly vault: Vault;
  /** Makes and checks password hashes, a bounded number at a time. */
  readonly passwords: PasswordHasher;
  /** Computes the powers of SRP on threads of their own. */
  readonly powers: Powers;
  /** One password check of a user at a time: right ones at once must not look like guessing. */
  readonly passwordTurns: Turns;
  /** Makes a signing key pair. Tests give ready ones: making one takes up to half a second. */
  readonly makeKeyPair: () => Promise<KeyPair>;
  /** Signing keys of pools by pool id, opened and ready: opening one costs a hundred times a look-up. */
  readonly signingKeys: Cache<OpenedKeys>;
  /** What was found out about OpenID providers, by provider: asking again costs two requests to another server. */
  readonly discoveries: Cache<Discovery>;
  /** Calls the functions that pools have set as triggers. */
  readonly triggers: Triggers;
  /** Delivers the messages that are queued. */
  readonly outbox: Outbox;
  /** Counts requests against the limits that were provisioned. */
  readonly limits: Limits;
  /** Asked before the first question to the database. @throws DatabaseBusyError when too much waits for it already */
  readonly admit: () => void;
  /** Counts what each address tries without a signature. */
  readonly addressLimit: AddressLimit;
  /** Takes the lines that pools send to logs of their own. */
  readonly logDestinations: LogDestinations;
  /** Writes a code as triggers that send messages get it. */
  readonly sealForSender: (code: string) => string;
  readonly log: Log;
  /** Names records of who did what, in the order in which they are made. */
  readonly recordIds: () => string;
  /** Asked before a refused call is put on record: whoever sends them by the thousand fills no disk. */
  readonly recordedRefusals: Allowance;
  /** Counts requests, where somebody wants to read that. */
  readonly metrics: Metrics;
  /** Aborted when the house closes: work that goes on for long stops at its next step and is taken up again later. */
  readonly closing: AbortSignal;
  /** Takes work that outlives the request: a failure is logged, and closing the house waits for it. */
  readonly background: (work: Promise<unknown>) => void;
}
