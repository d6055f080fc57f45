/**
 * Clients: the app client of a pool, its settings, its secrets and how it proves itself. The room owns the rules of a
 * client's settings and the check of a secret or a SECRET_HASH; what a client may then do is the doors' and sign-in's.
 */
import type { UserPoolClientType } from "../contract/types.gen.ts";

/** The members of a client that its owner sets, as the API names them. Only what was set or has a default echoed. */
export type ClientSettings = Omit<
  UserPoolClientType,
  "UserPoolId" | "ClientName" | "ClientId" | "ClientSecret" | "LastModifiedDate" | "CreationDate"
>;

/** A secret as it is stored. */
export interface ClientSecretRecord {
  /** `<client id>--<epoch>` */
  readonly id: string;
  readonly sealed: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface Client {
  readonly id: string;
  readonly poolId: string;
  readonly name: string;
  readonly settings: ClientSettings;
  /** None for a public client, at most two otherwise. */
  readonly secrets: readonly ClientSecretRecord[];
  readonly version: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}
