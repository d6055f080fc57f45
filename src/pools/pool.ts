/**
 * Pools: the user pool, its settings and schema, its domains and its resource servers. The room owns what a pool is
 * and how its settings are made, changed and shown; it knows nothing of clients or users.
 */
import type { UserPoolType } from "../contract/types.gen.ts";

/** The members of a pool that its owner sets, as the API names them, with every default filled in. */
export type PoolSettings = Omit<
  UserPoolType,
  | "Id" | "Name" | "Arn" | "Status" | "LastModifiedDate" | "CreationDate" | "EstimatedNumberOfUsers"
  | "Domain" | "CustomDomain" | "SmsConfigurationFailure" | "EmailConfigurationFailure"
> &
  Required<Pick<UserPoolType, "SchemaAttributes" | "MfaConfiguration" | "DeletionProtection" | "UserPoolTier">>;

export interface Pool {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly settings: PoolSettings;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}
