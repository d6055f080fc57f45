/**
 * Replicas: the further regions that a pool is served in. All regions of a pool share one database here, so a replica
 * is there at once and never behind. The room owns where a pool is served and what is refused outside its own region;
 * it does not route anybody there.
 */
import type { OperationName, UpdateReplicaStatusType, UserPoolReplicaType } from "../contract/types.gen.ts";
import { type Pool, poolArnOf } from "../pools/pool.ts";
import type { Tags } from "../pools/tags.ts";

export interface Replica {
  readonly poolId: string;
  readonly region: string;
  /** An inactive one serves administrators only. */
  readonly status: UpdateReplicaStatusType;
  /** Its own: those of the pool are the primary's. */
  readonly tags: Tags;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** So many further regions a pool has at most. Ours: Cognito's limit is not documented. */
export const replicaLimit = 10;

/** Whether a text could be the name of a region. */
export const isRegionName = (text: string): boolean => /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(text);

/** The replica as the API shows it. */
export const describeReplica = (
  { poolId, region, status }: Pick<Replica, "poolId" | "region"> & { readonly status: UserPoolReplicaType["Status"] },
  account: string,
): UserPoolReplicaType => ({
  RegionName: region,
  Status: status,
  Role: "SECONDARY",
  UserPoolArn: poolArnOf(poolId, region, account),
});

/** The pool's own region as the API shows it among its replicas. */
export const describePrimary = ({ id, region }: Pool, account: string): UserPoolReplicaType => ({
  RegionName: region,
  Status: "ACTIVE",
  Role: "PRIMARY",
  UserPoolArn: poolArnOf(id, region, account),
});

/** What users do through a server, which an inactive replica does not serve. */
const ofUsers: ReadonlySet<OperationName> = new Set<OperationName>([
  "AdminInitiateAuth",
  "AdminRespondToAuthChallenge",
]);

/**
 * Whether an operation is served outside a pool's own region: reading, signing in, and what is the replica's own.
 * Source: Cognito API reference, UserPoolReplicaType and UpdateUserPoolReplica. Cognito lets some settings differ by
 * region (senders, triggers); here the regions share them, so setting them is refused rather than done everywhere.
 */
export function isServedBy(replica: Pick<Replica, "status">, operation: OperationName): boolean {
  if (ofUsers.has(operation)) return replica.status === "ACTIVE";
  return operation === "UpdateUserPoolReplica" || /^(Admin)?(Get|List|Describe)/.test(operation);
}

/** Whether a pool's key can be used in other regions. Source: Cognito API reference, KeyConfigurationType. */
export const hasKeyOfManyRegions = ({ settings }: Pick<Pool, "settings">): boolean =>
  /:key\/mrk-/.test(settings.KeyConfiguration?.KmsKeyArn ?? "");
