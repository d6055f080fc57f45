/** What is known of somebody who comes back from a provider. */
import type { Client } from "../clients/client.ts";
import type { EventContext } from "../events/context.ts";
import type { Identity } from "../identities/identity.ts";
import type { Pool } from "../pools/pool.ts";
import type { Provider } from "../providers/provider.ts";
import type { Attributes, User } from "../users/user.ts";
import type { Claims } from "./mapping.ts";
import type { Statement } from "./protocol.ts";

/** Somebody whom a provider vouches for. */
export interface Arrival {
  readonly pool: Pool;
  readonly client: Client;
  readonly provider: Provider;
  readonly statement: Statement;
  /** Where the browser seems to be. */
  readonly context: EventContext;
}

/** What the arrival comes down to. */
export interface Known extends Arrival {
  readonly subject: string;
  readonly username: string;
  readonly claims: Claims;
  /** What the mapping makes of it. */
  readonly mapped: Attributes;
}

/** A user of the pool, whether the account made it or was linked to it, and what it was found by. */
export interface Found {
  readonly user: User;
  readonly isLinked: boolean;
  readonly identity: Identity;
}

/** What every event of an arrival says. */
export const eventOf = ({ pool, client, context }: Arrival, user: User) => ({
  pool,
  user,
  clientId: client.id,
  context,
});
