/**
 * Every table, on one page. Times are integer milliseconds, flags 0 or 1, structured values JSON text. The tables of a
 * pool have `pool_id` first in their key and every query on them names it, so that a pool's rows live together.
 */
import type { Actor, Details, Target } from "../audit/act.ts";
import type { BrandingStyle } from "../branding/branding.ts";
import type { TermsSettings } from "../branding/terms.ts";
import type { ClientSecretRecord, ClientSettings } from "../clients/client.ts";
import type {
  EventResponseType,
  EventType,
  ResourceServerScopeType,
  UpdateReplicaStatusType,
  UserImportJobStatusType,
  UserStatusType,
} from "../contract/types.gen.ts";
import type { AuthEvent, EventFeedback } from "../events/event.ts";
import type { FactorSettings } from "../factors/factors.ts";
import type { PasskeyDetails } from "../factors/passkey.ts";
import type { NameId } from "../federation/saml-assertion.ts";
import type { ImportSettings } from "../imports/job.ts";
import type { JsonText } from "../lib/json-text.ts";
import type { Category } from "../limits/categories.ts";
import type { Method } from "../pools/assurance.ts";
import type { DomainSettings } from "../pools/domain.ts";
import type { PoolSettings } from "../pools/pool.ts";
import type { Tags } from "../pools/tags.ts";
import type { ProviderSettings, ProviderType } from "../providers/provider.ts";
import type { RiskSettings } from "../risk/configuration.ts";
import type { AttemptState } from "../signin/attempt.ts";
import type { GrantRecord } from "../tokens/family.ts";

/** 0 or 1: neither engine's driver gives the other's booleans. */
export type Flag = 0 | 1;

export interface Schema {
  /** Facts about the store itself: the sealed constant that proves the root key. Room: vault. */
  store_facts: { name: string; value: string };

  /** A pool's random keys, wrapped by the key-encryption key. Destroying the row destroys the secrets. Room: vault. */
  pool_keys: { pool_id: string; version: number; wrapped: string; created_at: number };

  /** Rows that belong to nobody: of a pool that is being moved in, and of a pool or a user that was deleted. */
  clearings: {
    pool_id: string;
    /** The user; empty for the whole pool. */
    sub: string;
    reason: "import" | "deletion";
    /** Whoever is at it says so from time to time; once this has passed, whoever sweeps takes the rows away. */
    leased_until: number;
  };

  /** Keys that sign requests to the JSON API in serve mode. Room: access. */
  access_keys: {
    access_key_id: string;
    sealed_secret: string;
    role: "admin" | "read";
    /** The only pool that the key may touch, or null for all of them. */
    pool_id: string | null;
    created_at: number;
    disabled: Flag;
  };

  /** Who did what. It outlives its pool and its user, so it stands outside both. Room: audit. */
  audit_records: {
    /** Sorts by time. */
    record_id: string;
    at: number;
    pool: string | null;
    user_sub: string | null;
    actor_kind: Actor["kind"];
    actor: string | null;
    act: string;
    target: JsonText<Target>;
    outcome: string;
    request_id: string | null;
    address: string | null;
    details: JsonText<Details>;
  };

  /** What was provisioned of requests, by region and category. Room: limits. */
  provisioned_limits: { region: string; category: Category; per_second: number };

  /** Finds the pool of a name that callers use without its pool: an app client id, a domain. Room: pools. */
  directory: { kind: "client" | "domain"; name: string; pool_id: string };

  pools: {
    pool_id: string;
    region: string;
    name: string;
    settings: JsonText<PoolSettings>;
    /** Whether an import runs: then nothing may change that its rows were checked against. */
    importing: Flag;
    /** How many users the last count found. */
    estimated_users: number;
    /** Counts the writes, so that an update can be refused when another came between. */
    version: number;
    created_at: number;
    modified_at: number;
  };

  /** The further regions that a pool is served in. Room: replicas. */
  replicas: {
    pool_id: string;
    region: string;
    status: UpdateReplicaStatusType;
    tags: JsonText<Tags>;
    created_at: number;
  };

  /** Room: pools. */
  domains: { pool_id: string; domain: string; settings: JsonText<DomainSettings>; created_at: number };

  /** Room: pools. */
  resource_servers: {
    pool_id: string;
    identifier: string;
    name: string;
    scopes: JsonText<readonly ResourceServerScopeType[]>;
  };

  /** Room: providers. */
  identity_providers: {
    pool_id: string;
    name: string;
    type: ProviderType;
    settings: JsonText<ProviderSettings>;
    /** JSON of the details that are secrets, sealed. */
    sealed_secrets: string;
    version: number;
    created_at: number;
    modified_at: number;
  };

  /** Further names of providers, each unique in its pool. Room: providers. */
  provider_identifiers: { pool_id: string; identifier: string; provider_name: string };

  /** The metadata of a SAML provider as it was found at its address. Room: providers. */
  provider_metadata: {
    pool_id: string;
    provider_name: string;
    address: string;
    document: string;
    fetched_at: number;
    /** When it was last looked for, whatever came of it. */
    tried_at: number;
  };

  /** The key by which a pool shows itself to SAML providers, with its certificate in PEM. Room: providers. */
  service_provider_keys: { pool_id: string; certificate: string; sealed_private_key: string; created_at: number };

  clients: {
    pool_id: string;
    client_id: string;
    name: string;
    settings: JsonText<ClientSettings>;
    /** At most two, sealed. */
    secrets: JsonText<readonly ClientSecretRecord[]>;
    version: number;
    created_at: number;
    modified_at: number;
  };

  /** The look of the classic pages, by client or for all as `ALL`. Room: branding. */
  ui_customizations: {
    pool_id: string;
    client_id: string;
    css: string | null;
    image_hash: string | null;
    css_version: string;
    created_at: number;
    modified_at: number;
  };

  /** The styles of managed login, one a client. Room: branding. */
  managed_login_brandings: {
    pool_id: string;
    client_id: string;
    branding_id: string;
    style: JsonText<BrandingStyle>;
    version: number;
    created_at: number;
    modified_at: number;
  };

  /** What is done about risks, by client or with an empty client for the pool. Room: risk. */
  risk_configurations: {
    pool_id: string;
    client_id: string;
    settings: JsonText<RiskSettings>;
    modified_at: number;
  };

  /** Images of looks and styles. Room: branding. */
  branding_assets: {
    pool_id: string;
    /** SHA-256 of the bytes, in hexadecimal. */
    hash: string;
    client_id: string;
    kind: "classic" | "managed";
    media_type: string;
    /** The bytes, in base64. */
    content: string;
  };

  /** Documents that sign-up pages link to. Room: branding. */
  terms: {
    pool_id: string;
    client_id: string;
    name: string;
    terms_id: string;
    settings: JsonText<TermsSettings>;
    created_at: number;
    modified_at: number;
  };

  users: {
    pool_id: string;
    sub: string;
    username: string;
    status: UserStatusType;
    enabled: Flag;
    attributes: JsonText<Readonly<Record<string, string>>>;
    /** Tokens of sign-ins at or before this time are void. 0 when none are. */
    tokens_valid_after: number;
    version: number;
    created_at: number;
    modified_at: number;
  };

  /**
   * The names a user can be found by: its sub, its username and its verified aliases, folded as the pool folds them.
   * One name has one holder in a pool, whatever its kind. Room: users.
   */
  user_names: { pool_id: string; name: string; sub: string; kind: "sub" | "username" | AliasName };

  /** The values that ListUsers can filter by, one row each. Room: users. */
  user_search: { pool_id: string; attribute: string; value: string; sub: string };

  /** A user's password. Room: passwords. */
  passwords: {
    pool_id: string;
    sub: string;
    /** An argon2id hash, sealed. */
    sealed_hash: string;
    /** Salt and SRP verifier, sealed; null where the pool has no client that allows SRP. */
    sealed_srp: string | null;
    /** When a temporary password lapses; null for a permanent one. */
    temporary_until: number | null;
    created_at: number;
  };

  /** Earlier passwords, newest first by `created_at`. Room: passwords. */
  password_history: { pool_id: string; sub: string; created_at: number; sealed_hash: string };

  /** What a user can prove beside the password. Room: factors. */
  factors: {
    pool_id: string;
    sub: string;
    settings: JsonText<FactorSettings>;
    /** The authenticator's secret, sealed; null without one. */
    sealed_totp: string | null;
    /** A secret that was handed out and not proved yet, sealed. */
    sealed_pending_totp: string | null;
    /** The step of the last code that was used: it and earlier ones are spent. */
    totp_step: number;
  };

  /** Room: factors. */
  passkeys: {
    pool_id: string;
    credential_id: string;
    sub: string;
    /** The public key, base64url of its COSE form. */
    public_key: string;
    counter: number;
    details: JsonText<PasskeyDetails>;
    created_at: number;
  };

  /** Codes that stand for a lost authenticator, each until it is used. Room: factors. */
  recovery_codes: {
    pool_id: string;
    code_hash: string;
    sub: string;
    created_at: number;
  };

  /** A passkey that is being registered: one a user. Room: factors. */
  passkey_registrations: {
    pool_id: string;
    sub: string;
    client_id: string;
    challenge: string;
    relying_party_id: string;
    expires_at: number;
  };

  /** Room: devices. */
  devices: {
    pool_id: string;
    sub: string;
    device_key: string;
    group_key: string;
    name: string | null;
    /** Hexadecimal; null until the device is confirmed. */
    salt: string | null;
    verifier: string | null;
    is_remembered: Flag;
    /** The refresh family whose sign-in the key was handed to. */
    family: string;
    last_address: string | null;
    created_at: number;
    modified_at: number;
    authenticated_at: number;
  };

  /** Wrong passwords in a row. Room: passwords. */
  password_failures: { pool_id: string; sub: string; failures: number; last_failed_at: number; locked_until: number };

  /** Verification codes that were sent. Room: codes. */
  codes: {
    pool_id: string;
    sub: string;
    purpose: string;
    /** Keyed hash of the code: a bare hash of a million values is undone at once. */
    code_mac: string;
    attribute: string;
    /** The contact that it went to: for an attribute that is verified before it changes, the new value. */
    contact: string;
    expires_at: number;
    created_at: number;
  };

  /** How often a user did what is limited, in the present window. Room: codes. */
  attempts_made: { pool_id: string; sub: string; kind: string; made: number; window_ends_at: number };

  /** Messages to be delivered, and in dev mode those that were. Room: messages. */
  messages: {
    pool_id: string;
    message_id: string;
    medium: "EMAIL" | "SMS";
    recipient: string;
    /** Subject, text and the code that it carries, sealed together. */
    sealed_content: string;
    state: "waiting" | "sent" | "failed";
    tries: number;
    next_try_at: number;
    created_at: number;
  };

  /** What users did to get in. Room: events. */
  auth_events: {
    pool_id: string;
    sub: string;
    event_id: string;
    client_id: string;
    type: EventType;
    response: EventResponseType;
    details: JsonText<Pick<AuthEvent, "risk" | "challenges" | "context">>;
    feedback: JsonText<EventFeedback> | null;
    expires_at: number;
    created_at: number;
  };

  /** Room: groups. */
  groups: {
    pool_id: string;
    name: string;
    description: string | null;
    role_arn: string | null;
    precedence: number | null;
    created_at: number;
    modified_at: number;
  };

  /** A job that imports users from a file. Room: imports. */
  import_jobs: {
    pool_id: string;
    job_id: string;
    name: string;
    settings: JsonText<ImportSettings>;
    status: UserImportJobStatusType;
    /** Which of the uploads is its file: the last one that was whole. Empty before there is one. */
    upload: string;
    /** Rows of the file that were looked at, whatever came of them. */
    rows_done: number;
    imported: number;
    skipped: number;
    failed: number;
    message: string | null;
    /** The node that runs the job has it until then. */
    leased_until: number;
    created_at: number;
    started_at: number | null;
    completed_at: number | null;
  };

  /** Files that were put to a job, in parts; one that was not put whole is nobody's file. Room: imports. */
  import_parts: { pool_id: string; job_id: string; upload: string; part: number; content: string };

  /** The rows of a job that made no user, and why. Room: imports. */
  import_faults: { pool_id: string; job_id: string; line: number; outcome: "skipped" | "failed"; reason: string };

  /** Room: groups. */
  group_members: { pool_id: string; group_name: string; sub: string; created_at: number };

  /** Whom an account at a provider stands for. Room: identities. */
  linked_identities: {
    pool_id: string;
    provider_name: string;
    /** `Cognito_Subject`, or the attribute at the provider that the link was made by. */
    attribute: string;
    subject: string;
    sub: string;
    provider_type: ProviderType;
    issuer: string | null;
    /** Whether the user was made by signing in with it. */
    is_primary: Flag;
    created_at: number;
  };

  /** Key (pool_id, use_for, generation): two nodes that make a pool's first keys at once agree on one. Room: keys. */
  signing_keys: {
    pool_id: string;
    use_for: "id" | "access";
    generation: number;
    key_id: string;
    /** The public half as a JSON Web Key. */
    public_key: string;
    sealed_private_key: string;
    created_at: number;
  };

  /** One row a sign-in that gave a refresh token; the tokens of a family share its id as origin_jti. Room: tokens. */
  refresh_families: {
    pool_id: string;
    family: string;
    sub: string;
    client_id: string;
    grant_record: JsonText<GrantRecord>;
    /** Moves on with every rotation; a token of an older generation is a reuse. */
    generation: number;
    rotated_at: number;
    revoked: Flag;
    expires_at: number;
    created_at: number;
  };

  /** Codes of the authorization endpoint. Room: tokens. */
  authorization_codes: {
    pool_id: string;
    code_hash: string;
    client_id: string;
    sub: string;
    grant_record: JsonText<GrantRecord>;
    redirect_uri: string;
    code_challenge: string | null;
    nonce: string | null;
    expires_at: number;
    /** The refresh family that redeeming it made, so that a replay can revoke it; null until redeemed. */
    redeemed_family: string | null;
    created_at: number;
  };

  /** A browser's signed-in session with the pages of a domain. Room: sessions. */
  hosted_sessions: {
    pool_id: string;
    session_hash: string;
    sub: string;
    methods: JsonText<readonly Method[]>;
    authenticated_at: number;
    expires_at: number;
    created_at: number;
  };

  /** Messages of SAML providers that were acted on, until they are too old to be believed again. Room: federation. */
  seen_saml_messages: { pool_id: string; provider_name: string; message_id: string; expires_at: number };

  /** The session at a SAML provider that a browser's session came of. Room: federation. */
  provider_sessions: {
    pool_id: string;
    session_hash: string;
    sub: string;
    provider_name: string;
    /** What the provider calls the user, as it is looked for. */
    subject: string;
    name_id: JsonText<NameId>;
    session_index: string | null;
    expires_at: number;
  };

  /** A browser that has left for an identity provider and has not come back. Room: federation. */
  federation_departures: {
    pool_id: string;
    state_hash: string;
    /** The hash of the secret that the browser keeps in a cookie: only it may come back. */
    browser_hash: string;
    client_id: string;
    provider_name: string;
    /** The query of the authorization request that the sign-in is for. */
    query: string;
    /** JSON of what its protocol has to remember, sealed. */
    sealed_memory: string;
    expires_at: number;
    created_at: number;
  };

  /** A sign-in that has not ended. Room: signin. */
  signin_attempts: {
    pool_id: string;
    attempt_hash: string;
    client_id: string;
    state: JsonText<AttemptState>;
    /** Set by the one statement that claims the attempt; null while its session may still be used. */
    claimed_at: number | null;
    /** How often it was answered, right or wrong. */
    tries: number;
    expires_at: number;
    created_at: number;
  };
}

export type AliasName = "email" | "phone_number" | "preferred_username";
