/**
 * Access: the keys that sign requests to the JSON API of a production house, and what each may do. The room owns the
 * keys and the rule; verifying a signature with one is the business of api/.
 */
import type { OperationName } from "../contract/types.gen.ts";

/** An admin key may call everything; a read key only what changes nothing and shows no secret. */
export type Role = "admin" | "read";

export interface AccessKey {
  /** As AWS's: 20 characters beginning with AKIA. */
  readonly id: string;
  readonly role: Role;
  /** The only pool that it may touch, or null for all. */
  readonly poolId: string | null;
  readonly isDisabled: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Operations that look like reading but are not for a reader: they show a secret, or an address that writes. */
const notForReaders: ReadonlySet<string> = new Set<OperationName>([
  "DescribeIdentityProvider",
  "DescribeUserImportJob",
  "DescribeUserPoolClient",
  "GetClientToken",
  "GetIdentityProviderByIdentifier",
  "ListUserImportJobs",
]);

/** Whether an operation changes nothing and shows no secret. */
export const isReading = (operation: OperationName): boolean =>
  /^(Admin)?(Get|List|Describe)/.test(operation) && !notForReaders.has(operation);

/** Whether a key may call an operation on a pool. `poolId` is undefined for an operation that names none. */
export function mayCall(key: AccessKey, operation: OperationName, poolId: string | undefined): boolean {
  if (key.isDisabled) return false;
  if (key.poolId !== null && key.poolId !== poolId) return false;
  return key.role === "admin" || isReading(operation);
}

/** The refusal in AWS's words. Source: AWS's common answer of an identity-based policy. */
export const denial = (key: AccessKey, operation: OperationName, resource: string, account: string): string =>
  `User: arn:aws:iam::${account}:user/${key.id} is not authorized to perform: cognito-idp:${operation} on resource: ` +
  `${resource} because no identity-based policy allows the cognito-idp:${operation} action`;
