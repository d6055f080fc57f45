/**
 * How every table of a pool travels, column by column. It is typed by the schema: a table or a column that is forgotten
 * does not compile, and neither does a sealed column that would travel as it is. The order is that of the lines.
 */

import { namesOf, type PoolTable, poolTables } from "../database/erase.ts";
import type { Schema } from "../database/schema.ts";
import { placeOf as placeOfAuthenticator } from "../factors/authenticator.ts";
import { placeOf as placeOfSigningKey } from "../keys/signing-key.ts";
import type { JsonText } from "../lib/json-text.ts";
import { placeOf as placeOfHash } from "../passwords/password.ts";
import { placeOf as placeOfVerifier } from "../passwords/verifier.ts";
import { placeOf as placeOfProvider } from "../providers/provider.ts";
import { placeOf as placeOfServiceProvider } from "../providers/service-provider.ts";
import {
  type Codec,
  clientId,
  clientSecrets,
  integer,
  json,
  orNull,
  type SealedCodec,
  sealed,
  sealedOrNull,
  signedOutAt,
  startsAs,
  text,
  verifierOrNull,
} from "./codecs.ts";

type Wide<Value> = Value extends null
  ? null
  : Value extends number
    ? number
    : Value extends JsonText<unknown>
      ? JsonText<unknown>
      : string;

type CodecOf<Name, Value> = Name extends `sealed_${string}` ? SealedCodec<Wide<Value>> : Codec<Wide<Value>>;

interface Travels<Table extends PoolTable> {
  readonly columns: {
    readonly [Name in Exclude<keyof Schema[Table], "pool_id">]: CodecOf<Name, Schema[Table][Name]>;
  };
  /** Whether it holds what users who are signed in hold: it travels only when that is asked for. */
  readonly isSession?: true;
  /** Rows read or written at once, where they are large. */
  readonly rowsAtOnce?: number;
}

interface Stays {
  /** Why it does not travel. */
  readonly stays: string;
}

const passing = { stays: "it lapses within minutes or hours, and its user asks for another" };
const hash = sealed("pw", (row) => placeOfHash(row("sub")));
const totp = sealed("totp", (row) => placeOfAuthenticator(row("sub")));

/** Every table of pools, in the order of the lines. */
export const travel: { readonly [Table in PoolTable]: Travels<Table> | Stays } = {
  pools: {
    columns: {
      region: text,
      name: text,
      settings: json,
      importing: startsAs(0),
      estimated_users: integer,
      version: integer,
      created_at: integer,
      modified_at: integer,
    },
  },
  pool_keys: { stays: "a pool gets keys of its own where it arrives; where sessions travel they stand in the header" },
  access_keys: { stays: "they belong to the house" },
  directory: { stays: "it is made from clients and domains" },
  replicas: { columns: { region: text, status: text, tags: json, created_at: integer } },
  domains: { columns: { domain: text, settings: json, created_at: integer } },
  resource_servers: { columns: { identifier: text, name: text, scopes: json } },
  identity_providers: {
    columns: {
      name: text,
      type: text,
      settings: json,
      sealed_secrets: sealed("ext", (row) => placeOfProvider(row("name"))),
      version: integer,
      created_at: integer,
      modified_at: integer,
    },
  },
  provider_identifiers: { columns: { identifier: text, provider_name: text } },
  provider_metadata: { stays: "it is fetched again" },
  service_provider_keys: {
    columns: {
      certificate: text,
      sealed_private_key: sealed("sign", (_row, poolId) => placeOfServiceProvider(poolId)),
      created_at: integer,
    },
  },
  clients: {
    columns: {
      client_id: clientId,
      name: text,
      settings: json,
      secrets: clientSecrets,
      version: integer,
      created_at: integer,
      modified_at: integer,
    },
  },
  risk_configurations: {
    columns: { client_id: clientId, settings: json, modified_at: integer },
  },
  ui_customizations: {
    columns: {
      client_id: clientId,
      css: orNull(text),
      image_hash: orNull(text),
      css_version: text,
      created_at: integer,
      modified_at: integer,
    },
  },
  managed_login_brandings: {
    columns: {
      client_id: clientId,
      branding_id: text,
      style: json,
      version: integer,
      created_at: integer,
      modified_at: integer,
    },
    rowsAtOnce: 8,
  },
  branding_assets: {
    columns: { hash: text, client_id: clientId, kind: text, media_type: text, content: text },
    rowsAtOnce: 4,
  },
  terms: {
    columns: {
      client_id: clientId,
      name: text,
      terms_id: text,
      settings: json,
      created_at: integer,
      modified_at: integer,
    },
  },
  signing_keys: {
    columns: {
      use_for: text,
      generation: integer,
      key_id: text,
      public_key: text,
      sealed_private_key: sealed("sign", (row) => placeOfSigningKey(row("key_id"))),
      created_at: integer,
    },
  },
  groups: {
    columns: {
      name: text,
      description: orNull(text),
      role_arn: orNull(text),
      precedence: orNull(integer),
      created_at: integer,
      modified_at: integer,
    },
  },
  users: {
    columns: {
      sub: text,
      username: text,
      status: text,
      enabled: integer,
      attributes: json,
      tokens_valid_after: signedOutAt,
      version: integer,
      created_at: integer,
      modified_at: integer,
    },
  },
  user_names: { columns: { name: text, sub: text, kind: text } },
  user_search: { columns: { attribute: text, value: text, sub: text } },
  passwords: {
    columns: {
      sub: text,
      sealed_hash: hash,
      sealed_srp: verifierOrNull(sealed("srp", (row) => placeOfVerifier(row("sub")))),
      temporary_until: orNull(integer),
      created_at: integer,
    },
  },
  password_history: { columns: { sub: text, created_at: integer, sealed_hash: hash } },
  password_failures: {
    columns: { sub: text, failures: integer, last_failed_at: integer, locked_until: integer },
  },
  factors: {
    columns: {
      sub: text,
      settings: json,
      sealed_totp: sealedOrNull(totp),
      sealed_pending_totp: sealedOrNull(totp),
      totp_step: integer,
    },
  },
  recovery_codes: {
    columns: { code_hash: text, sub: text, created_at: integer },
  },
  passkeys: {
    columns: {
      credential_id: text,
      sub: text,
      public_key: text,
      counter: integer,
      details: json,
      created_at: integer,
    },
  },
  devices: {
    columns: {
      sub: text,
      device_key: text,
      group_key: text,
      name: orNull(text),
      salt: orNull(text),
      verifier: orNull(text),
      is_remembered: integer,
      family: text,
      last_address: orNull(text),
      created_at: integer,
      modified_at: integer,
      authenticated_at: integer,
    },
  },
  group_members: {
    columns: { group_name: text, sub: text, created_at: integer },
  },
  linked_identities: {
    columns: {
      provider_name: text,
      attribute: text,
      subject: text,
      sub: text,
      provider_type: text,
      issuer: orNull(text),
      is_primary: integer,
      created_at: integer,
    },
  },
  auth_events: {
    columns: {
      sub: text,
      event_id: text,
      client_id: clientId,
      type: text,
      response: text,
      details: json,
      feedback: orNull(json),
      expires_at: integer,
      created_at: integer,
    },
  },
  refresh_families: {
    columns: {
      family: text,
      sub: text,
      client_id: clientId,
      grant_record: json,
      generation: integer,
      rotated_at: integer,
      revoked: integer,
      expires_at: integer,
      created_at: integer,
    },
    isSession: true,
  },
  hosted_sessions: {
    columns: {
      session_hash: text,
      sub: text,
      methods: json,
      authenticated_at: integer,
      expires_at: integer,
      created_at: integer,
    },
    isSession: true,
  },
  provider_sessions: passing,
  seen_saml_messages: passing,
  authorization_codes: passing,
  signin_attempts: passing,
  federation_departures: passing,
  codes: passing,
  attempts_made: passing,
  passkey_registrations: passing,
  messages: { stays: "they are on their way already" },
  import_jobs: { stays: "a job belongs to the house that runs it" },
  import_parts: { stays: "a job belongs to the house that runs it" },
  import_faults: { stays: "a job belongs to the house that runs it" },
};

/** A table that travels, as the lines need it. */
export interface TravellingTable {
  readonly name: PoolTable;
  readonly key: readonly string[];
  readonly columns: ReadonlyMap<string, Codec<unknown>>;
  readonly isSession: boolean;
  readonly rowsAtOnce: number;
}

const usualRowsAtOnce = 500;

/** The tables that travel, in the order of the lines. */
export const travellingTables: readonly TravellingTable[] = namesOf(travel).flatMap((name) => {
  const how = travel[name];
  if ("stays" in how) return [];
  const columns: [string, Codec<unknown>][] = Object.entries(how.columns);
  return [
    {
      name,
      key: poolTables[name],
      columns: new Map(columns),
      isSession: how.isSession === true,
      rowsAtOnce: how.rowsAtOnce ?? usualRowsAtOnce,
    },
  ];
});
