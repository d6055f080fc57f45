/**
 * Pools: the user pool, its settings and schema, its domains and its resource servers. The room owns what a pool is
 * and how its settings are made, changed and shown; it knows nothing of clients or users.
 */
import type {
  DeletionProtectionType,
  LogConfigurationType,
  SchemaAttributeType,
  UserPoolMfaType,
  UserPoolTierType,
  UserPoolType,
} from "../contract/types.gen.ts";
import { foldCase } from "../lib/fold.ts";
import { digits, lowerCase, type Random, upperCase } from "../lib/random.ts";
import { type Domain, isCustomDomain } from "./domain.ts";
import type { MfaSettings } from "./mfa.ts";
import type { PageSettings } from "./page-settings.ts";
import type { PoolSessionSettings } from "./session-settings.ts";

/** What the service says of a pool rather than its owner. */
type Shown =
  | "Id"
  | "Name"
  | "Arn"
  | "Status"
  | "LastModifiedDate"
  | "CreationDate"
  | "EstimatedNumberOfUsers"
  | "Domain"
  | "CustomDomain"
  | "SmsConfigurationFailure"
  | "EmailConfigurationFailure";

/** The members of a pool that its owner sets, as the API names them, with every default filled in. */
export interface PoolSettings extends Omit<UserPoolType, Shown> {
  SchemaAttributes: SchemaAttributeType[];
  MfaConfiguration: UserPoolMfaType;
  DeletionProtection: DeletionProtectionType;
  UserPoolTier: UserPoolTierType;
  /** Shown by GetUserPoolMfaConfig alone. */
  mfa?: MfaSettings;
  /** Shown by GetUserPoolSessionConfiguration alone. */
  sessions?: PoolSessionSettings;
  /** Shown by GetLogDeliveryConfiguration alone. */
  logs?: readonly LogConfigurationType[];
  /** Ours, and shown by no operation. */
  pages?: PageSettings;
}

export interface Pool {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly settings: PoolSettings;
  /** Whether users are being imported: its settings and schema wait for the end of it. */
  readonly isImporting: boolean;
  /** What the last count of its users found. */
  readonly estimatedUsers: number;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** The name of a pool in the world of AWS. */
export const poolArnOf = (poolId: string, region: string, account: string): string =>
  `arn:aws:cognito-idp:${region}:${account}:userpool/${poolId}`;

/** Source: Cognito API reference, UserPoolType: the region, an underscore and nine characters. */
export const newPoolId = (region: string, random: Random): string =>
  `${region}_${random.text(digits + upperCase + lowerCase, 9)}`;

/** The tag that sets a pool's id, for people who script against known ids. It is ours, not Cognito's. */
export const customIdTag = "_custom_id_";

/** The id that a custom one stands for, with its region in front; undefined for one that no pool can have. */
export function customPoolId(region: string, wanted: string): string | undefined {
  const id = wanted.startsWith(`${region}_`) ? wanted : `${region}_${wanted}`;
  return /^[\w-]+_[0-9a-zA-Z]+$/.test(id) && id.length <= 55 ? id : undefined;
}

/** The pool as the API shows it. */
export function describePool(pool: Pool, account: string, domains: readonly Domain[]): UserPoolType {
  const { mfa: _mfa, sessions: _sessions, logs: _logs, pages: _pages, ...settings } = pool.settings;
  return {
    Id: pool.id,
    Name: pool.name,
    ...settings,
    LastModifiedDate: new Date(pool.modifiedAt),
    CreationDate: new Date(pool.createdAt),
    EstimatedNumberOfUsers: pool.estimatedUsers,
    Domain: domains.find(({ name }) => !isCustomDomain(name))?.name,
    CustomDomain: domains.find(({ name }) => isCustomDomain(name))?.name,
    Arn: poolArnOf(pool.id, pool.region, account),
  };
}

/** Whether names that differ in case are different names. True unless the pool was made otherwise. */
export const isCaseSensitive = (pool: { readonly settings: Pick<PoolSettings, "UsernameConfiguration"> }): boolean =>
  pool.settings.UsernameConfiguration?.CaseSensitive ?? true;

/** The form of a name in which a pool's users are found. */
export const foldName = (pool: Parameters<typeof isCaseSensitive>[0], name: string): string =>
  isCaseSensitive(pool) ? name : foldCase(name);

/** Why a pool cannot change at the moment. Text unconfirmed. */
export const importInProgress = "User import is in progress for the user pool.";
