/** Deletes everything of a pool or of a user. The tables are named by type: a new one that is forgotten does not compile. */
import type { Db } from "./open.ts";
import type { Schema } from "./schema.ts";

/** The tables that have a column. */
export type TablesWith<Column extends string> = {
  [Table in keyof Schema]: Column extends keyof Schema[Table] ? Table : never;
}[keyof Schema];

/** Access keys that are bound to a pool go with it too: they could open nothing else. */
const poolTables: Readonly<Record<TablesWith<"pool_id">, true>> = {
  pool_keys: true,
  arriving_pools: true,
  access_keys: true,
  directory: true,
  pools: true,
  replicas: true,
  domains: true,
  resource_servers: true,
  identity_providers: true,
  provider_identifiers: true,
  provider_metadata: true,
  service_provider_keys: true,
  clients: true,
  risk_configurations: true,
  ui_customizations: true,
  managed_login_brandings: true,
  branding_assets: true,
  terms: true,
  users: true,
  user_names: true,
  user_search: true,
  passwords: true,
  password_history: true,
  password_failures: true,
  factors: true,
  recovery_codes: true,
  passkeys: true,
  passkey_registrations: true,
  devices: true,
  codes: true,
  attempts_made: true,
  auth_events: true,
  messages: true,
  groups: true,
  import_jobs: true,
  import_parts: true,
  import_faults: true,
  group_members: true,
  linked_identities: true,
  signing_keys: true,
  refresh_families: true,
  authorization_codes: true,
  hosted_sessions: true,
  seen_saml_messages: true,
  provider_sessions: true,
  federation_departures: true,
  signin_attempts: true,
};

const userTables: Readonly<Record<TablesWith<"sub">, true>> = {
  users: true,
  user_names: true,
  user_search: true,
  passwords: true,
  password_history: true,
  password_failures: true,
  factors: true,
  recovery_codes: true,
  passkeys: true,
  passkey_registrations: true,
  devices: true,
  codes: true,
  attempts_made: true,
  auth_events: true,
  group_members: true,
  linked_identities: true,
  refresh_families: true,
  authorization_codes: true,
  hosted_sessions: true,
  provider_sessions: true,
};

/** What a client has that another of the same id must not inherit. Tokens and codes of a client die without it. */
const clientTables = {
  risk_configurations: true,
  ui_customizations: true,
  managed_login_brandings: true,
  branding_assets: true,
  terms: true,
} as const satisfies Partial<Record<TablesWith<"client_id">, true>>;

/** Deletes every row of a pool. Run it in a transaction. */
export async function erasePool(db: Db, poolId: string): Promise<void> {
  for (const table of namesOf(poolTables)) await db.deleteFrom(table).where("pool_id", "=", poolId).execute();
}

/** Deletes every row of a user. Run it in a transaction. */
export async function eraseUser(db: Db, poolId: string, sub: string): Promise<void> {
  for (const table of namesOf(userTables)) {
    await db.deleteFrom(table).where("pool_id", "=", poolId).where("sub", "=", sub).execute();
  }
}

/** Deletes what belongs to a client alone. Run it in a transaction. */
export async function eraseClient(db: Db, poolId: string, clientId: string): Promise<void> {
  for (const table of namesOf(clientTables)) {
    await db.deleteFrom(table).where("pool_id", "=", poolId).where("client_id", "=", clientId).execute();
  }
}

/** The names that a table of names has, typed. */
export const namesOf = <Name extends string>(tables: Readonly<Record<Name, unknown>>): Name[] =>
  Object.keys(tables).filter((name): name is Name => name in tables);
