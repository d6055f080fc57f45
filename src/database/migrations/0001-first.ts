import type { Kysely } from "kysely";
import { always, columnsOf, type Engine } from "../columns.ts";

/** A table as this migration makes it: `name!` is text, `name#` an integer; a trailing `?` may be null. */
interface Table {
  readonly name: string;
  readonly columns: string;
  readonly key: readonly string[];
  readonly indexes?: readonly (readonly string[])[];
}

const tables: readonly Table[] = [
  { name: "store_facts", columns: "name! value!", key: ["name"] },
  { name: "pool_keys", columns: "pool_id! version# wrapped! created_at#", key: ["pool_id", "version"] },
  {
    name: "clearings",
    columns: "pool_id! sub! reason! leased_until#",
    key: ["pool_id", "sub"],
    indexes: [["leased_until"]],
  },
  {
    name: "access_keys",
    columns: "access_key_id! sealed_secret! role! pool_id!? created_at# disabled#",
    key: ["access_key_id"],
  },
  {
    name: "audit_records",
    columns:
      "record_id! at# pool!? user_sub!? actor_kind! actor!? act! target! outcome! request_id!? address!? details!",
    key: ["record_id"],
    indexes: [
      ["pool", "record_id"],
      ["user_sub", "record_id"],
    ],
  },
  { name: "provisioned_limits", columns: "region! category! per_second#", key: ["region", "category"] },
  { name: "directory", columns: "kind! name! pool_id!", key: ["kind", "name"], indexes: [["pool_id"]] },
  {
    name: "pools",
    columns: "pool_id! region! name! settings! importing# estimated_users# version# created_at# modified_at#",
    key: ["pool_id"],
    indexes: [["region", "pool_id"]],
  },
  {
    name: "replicas",
    columns: "pool_id! region! status! tags! created_at#",
    key: ["pool_id", "region"],
    indexes: [["region", "pool_id"]],
  },
  { name: "domains", columns: "pool_id! domain! settings! created_at#", key: ["pool_id", "domain"] },
  { name: "resource_servers", columns: "pool_id! identifier! name! scopes!", key: ["pool_id", "identifier"] },
  {
    name: "identity_providers",
    columns: "pool_id! name! type! settings! sealed_secrets! version# created_at# modified_at#",
    key: ["pool_id", "name"],
  },
  {
    name: "provider_identifiers",
    columns: "pool_id! identifier! provider_name!",
    key: ["pool_id", "identifier"],
    indexes: [["pool_id", "provider_name"]],
  },
  {
    name: "provider_metadata",
    columns: "pool_id! provider_name! address! document! fetched_at# tried_at#",
    key: ["pool_id", "provider_name"],
  },
  {
    name: "service_provider_keys",
    columns: "pool_id! certificate! sealed_private_key! created_at#",
    key: ["pool_id"],
  },
  {
    name: "clients",
    columns: "pool_id! client_id! name! settings! secrets! version# created_at# modified_at#",
    key: ["pool_id", "client_id"],
  },
  {
    name: "risk_configurations",
    columns: "pool_id! client_id! settings! modified_at#",
    key: ["pool_id", "client_id"],
  },
  {
    name: "ui_customizations",
    columns: "pool_id! client_id! css!? image_hash!? css_version! created_at# modified_at#",
    key: ["pool_id", "client_id"],
  },
  {
    name: "managed_login_brandings",
    columns: "pool_id! client_id! branding_id! style! version# created_at# modified_at#",
    key: ["pool_id", "client_id"],
    indexes: [["pool_id", "branding_id"]],
  },
  {
    name: "branding_assets",
    columns: "pool_id! hash! client_id! kind! media_type! content!",
    key: ["pool_id", "hash", "client_id", "kind"],
    indexes: [["pool_id", "client_id"]],
  },
  {
    name: "terms",
    columns: "pool_id! client_id! name! terms_id! settings! created_at# modified_at#",
    key: ["pool_id", "client_id", "name"],
    indexes: [["pool_id", "terms_id"]],
  },
  {
    name: "users",
    columns:
      "pool_id! sub! username! status! enabled# attributes! tokens_valid_after# version# created_at# modified_at#",
    key: ["pool_id", "sub"],
    indexes: [
      ["pool_id", "status", "sub"],
      ["pool_id", "enabled", "sub"],
      ["pool_id", "username", "sub"],
    ],
  },
  { name: "user_names", columns: "pool_id! name! sub! kind!", key: ["pool_id", "name"], indexes: [["pool_id", "sub"]] },
  {
    name: "user_search",
    columns: "pool_id! attribute! value! sub!",
    key: ["pool_id", "attribute", "value", "sub"],
    indexes: [["pool_id", "sub"]],
  },
  {
    name: "passwords",
    columns: "pool_id! sub! sealed_hash! sealed_srp!? temporary_until#? created_at#",
    key: ["pool_id", "sub"],
  },
  {
    name: "password_history",
    columns: "pool_id! sub! created_at# sealed_hash!",
    key: ["pool_id", "sub", "created_at"],
  },
  {
    name: "factors",
    columns: "pool_id! sub! settings! sealed_totp!? sealed_pending_totp!? totp_step#",
    key: ["pool_id", "sub"],
  },
  {
    name: "recovery_codes",
    columns: "pool_id! code_hash! sub! created_at#",
    key: ["pool_id", "sub", "code_hash"],
  },
  {
    name: "passkeys",
    columns: "pool_id! credential_id! sub! public_key! counter# details! created_at#",
    key: ["pool_id", "credential_id"],
    indexes: [["pool_id", "sub"]],
  },
  {
    name: "passkey_registrations",
    columns: "pool_id! sub! client_id! challenge! relying_party_id! expires_at#",
    key: ["pool_id", "sub"],
  },
  {
    name: "devices",
    columns:
      "pool_id! sub! device_key! group_key! name!? salt!? verifier!? is_remembered# family! last_address!? created_at# modified_at# authenticated_at#",
    key: ["pool_id", "sub", "device_key"],
  },
  {
    name: "password_failures",
    columns: "pool_id! sub! failures# last_failed_at# locked_until#",
    key: ["pool_id", "sub"],
    indexes: [["last_failed_at"]],
  },
  {
    name: "codes",
    columns: "pool_id! sub! purpose! code_mac! attribute! contact! expires_at# created_at#",
    key: ["pool_id", "sub", "purpose"],
    indexes: [["expires_at"]],
  },
  {
    name: "attempts_made",
    columns: "pool_id! sub! kind! made# window_ends_at#",
    key: ["pool_id", "sub", "kind"],
    indexes: [["window_ends_at"]],
  },
  {
    name: "messages",
    columns: "pool_id! message_id! medium! recipient! sealed_content! state! tries# next_try_at# created_at#",
    key: ["pool_id", "message_id"],
    indexes: [["state", "next_try_at"], ["created_at"]],
  },
  {
    name: "groups",
    columns: "pool_id! name! description!? role_arn!? precedence#? created_at# modified_at#",
    key: ["pool_id", "name"],
  },
  {
    name: "auth_events",
    columns: "pool_id! sub! event_id! client_id! type! response! details! feedback!? expires_at# created_at#",
    key: ["pool_id", "sub", "event_id"],
    indexes: [["pool_id", "sub", "created_at"], ["expires_at"]],
  },
  {
    name: "import_jobs",
    columns:
      "pool_id! job_id! name! settings! status! upload! rows_done# imported# skipped# failed# message!? leased_until# created_at# started_at#? completed_at#?",
    key: ["pool_id", "job_id"],
    indexes: [["status", "leased_until"]],
  },
  {
    name: "import_parts",
    columns: "pool_id! job_id! upload! part# content!",
    key: ["pool_id", "job_id", "upload", "part"],
  },
  {
    name: "import_faults",
    columns: "pool_id! job_id! line# outcome! reason!",
    key: ["pool_id", "job_id", "line"],
  },
  {
    name: "group_members",
    columns: "pool_id! group_name! sub! created_at#",
    key: ["pool_id", "group_name", "sub"],
    indexes: [["pool_id", "sub", "group_name"]],
  },
  {
    name: "linked_identities",
    columns: "pool_id! provider_name! attribute! subject! sub! provider_type! issuer!? is_primary# created_at#",
    key: ["pool_id", "provider_name", "subject", "attribute"],
    indexes: [["pool_id", "sub"]],
  },
  {
    name: "signing_keys",
    columns: "pool_id! use_for! generation# key_id! public_key! sealed_private_key! created_at#",
    key: ["pool_id", "use_for", "generation"],
  },
  {
    name: "refresh_families",
    columns: "pool_id! family! sub! client_id! grant_record! generation# rotated_at# revoked# expires_at# created_at#",
    key: ["pool_id", "family"],
    indexes: [["pool_id", "sub"], ["expires_at"]],
  },
  {
    name: "authorization_codes",
    columns:
      "pool_id! code_hash! client_id! sub! grant_record! redirect_uri! code_challenge!? nonce!? expires_at# redeemed_family!? created_at#",
    key: ["pool_id", "code_hash"],
    indexes: [["pool_id", "sub"], ["expires_at"]],
  },
  {
    name: "hosted_sessions",
    columns: "pool_id! session_hash! sub! methods! authenticated_at# expires_at# created_at#",
    key: ["pool_id", "session_hash"],
    indexes: [["pool_id", "sub"], ["expires_at"]],
  },
  {
    name: "seen_saml_messages",
    columns: "pool_id! provider_name! message_id! expires_at#",
    key: ["pool_id", "provider_name", "message_id"],
    indexes: [["expires_at"]],
  },
  {
    name: "provider_sessions",
    columns: "pool_id! session_hash! sub! provider_name! subject! name_id! session_index!? expires_at#",
    key: ["pool_id", "session_hash"],
    indexes: [["pool_id", "provider_name", "subject"], ["pool_id", "sub"], ["expires_at"]],
  },
  {
    name: "federation_departures",
    columns:
      "pool_id! state_hash! browser_hash! client_id! provider_name! query! sealed_memory! expires_at# created_at#",
    key: ["pool_id", "state_hash"],
    indexes: [["expires_at"]],
  },
  {
    name: "signin_attempts",
    columns: "pool_id! attempt_hash! client_id! state! claimed_at#? tries# expires_at# created_at#",
    key: ["pool_id", "attempt_hash"],
    indexes: [["expires_at"]],
  },
];

/** Every table of the first release. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const types = columnsOf(engine);
  for (const { name, columns, key, indexes = [] } of tables) {
    let table = db.schema.createTable(name);
    for (const column of columns.split(" ")) {
      const isNullable = column.endsWith("?");
      const spelled = column.replace("?", "");
      const type = spelled.endsWith("#") ? types.integer : types.text;
      table = table.addColumn(spelled.slice(0, -1), type as never, isNullable ? undefined : always);
    }
    await table.addPrimaryKeyConstraint(`${name}_key`, [...key] as never).execute();
    for (const index of indexes) {
      await db.schema
        .createIndex(`${name}_by_${index.join("_and_")}`)
        .on(name)
        .columns([...index])
        .execute();
    }
  }
}
