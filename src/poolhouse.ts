/**
 * Poolhouse from code, for people's test suites: `const house = await start()`. Each house has its own database in
 * memory and its own free port; many may run in one process.
 */
import { randomBytes } from "node:crypto";
import { dirname } from "node:path";
import { applySeed } from "./apply-seed.ts";
import { engineOf } from "./database/open.ts";
import { openHouse } from "./house.ts";
import { readInbox } from "./messages/inbox.ts";
import type { Message } from "./messages/message.ts";
import type { Seed } from "./seed.ts";
import { readSettings, type Settings } from "./settings.ts";
import { devRootKey } from "./vault/root-key.ts";

export type { Seed, SeedClient, SeedPool, SeedUser } from "./seed.ts";

/** What to start with. Everything has a default. */
export interface StartOptions {
  /** Pools, domains, resource servers, clients, groups and users to be present at once. */
  readonly seed?: Seed;
  /** The port; a free one when left out. */
  readonly port?: number;
  /** The region of requests that are not signed for one: `us-east-1`. */
  readonly region?: string;
  /** A SQLite file or a `postgres://` address; in memory when left out. */
  readonly database?: string;
  /**
   * The folder of the root key that a database outside memory is sealed with: that of the SQLite file, or `./.poolhouse`
   * for PostgreSQL. The key is made on first use; the database opens with no other.
   */
  readonly data?: string;
  /** Whose issuer tokens carry: this house's (`self`) or Amazon's (`aws`). */
  readonly issuer?: "self" | "aws";
  /** Where the ARNs of a pool's triggers lead to: a handler, or a target as of the setting `--triggers`. */
  readonly triggers?: Readonly<Record<string, string | TriggerHandler>>;
}

/** A handler as on Lambda: it gives the event back, changed, or calls back with it if it has three parameters. */
export type TriggerHandler = (event: never, context: never, callback: never) => unknown;

/** A message that a house has sent. */
export interface InboxMessage {
  readonly recipient: string;
  readonly medium: "EMAIL" | "SMS";
  readonly subject: string;
  readonly body: string;
  /** The code, temporary password or link in it. */
  readonly code: string;
  readonly sentAt: Date;
}

export interface RunningHouse {
  /** The endpoint to give to SDKs, and the address of domains by path: `<url>/<prefix>/oauth2/authorize`. */
  readonly url: string;
  /** The messages that were sent to somebody, or to anybody, newest first. */
  inbox(recipient?: string): Promise<InboxMessage[]>;
  /** Ends the house. */
  stop(): Promise<void>;
}

/** Starts a house. @throws when the seed or an option cannot be used. */
export async function start(options: StartOptions = {}): Promise<RunningHouse> {
  const { seed, port = 0, region, database = ":memory:", data, issuer, triggers = {} } = options;
  const settings = readSettings("dev", { port: String(port), database, region, issuer }, {});
  const rootKey = database === ":memory:" ? randomBytes(32) : devRootKey(data ?? folderOf(settings));
  const house = await openHouse(settings, { rootKey, triggers });
  try {
    if (seed) await applySeed(house.app, seed);
  } catch (error) {
    await house.close();
    throw error;
  }
  return {
    url: house.url,
    stop: () => house.close(),
    inbox: async (recipient) => (await readInbox(house.app, recipient)).map(describeMessage),
  };
}

const folderOf = ({ database, data }: Settings): string => (engineOf(database) === "sqlite" ? dirname(database) : data);

const describeMessage = ({ recipient, medium, subject, body, code, createdAt }: Message): InboxMessage => ({
  recipient,
  medium,
  subject,
  body,
  code,
  sentAt: new Date(createdAt),
});
