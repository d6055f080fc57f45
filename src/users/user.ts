/**
 * Users: the user of a pool with its names, attributes, status and password. The room owns the rules of usernames,
 * aliases, attributes and password policy; how a user proves who it is belongs to signin/.
 */
import type { UserStatusType } from "../contract/types.gen.ts";

/** Attribute values by name. All values are text, whatever the schema's type. */
export type Attributes = Readonly<Record<string, string>>;

export interface User {
  readonly poolId: string;
  readonly sub: string;
  readonly username: string;
  readonly status: UserStatusType;
  readonly isEnabled: boolean;
  /** Without `sub`, which is its own member. */
  readonly attributes: Attributes;
  /** Sign-ins at or before this time are void. Milliseconds since the epoch, 0 when none are. */
  readonly tokensValidAfter: number;
  readonly version: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}
