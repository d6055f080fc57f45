/**
 * Users: the user of a pool with its names, attributes, status and password. The room owns the rules of usernames,
 * aliases, attributes and password policy; how a user proves who it is belongs to signin/.
 */
import { ApiError } from "../contract/errors.ts";
import type { AttributeType, UserStatusType, UserType } from "../contract/types.gen.ts";

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

/** Nobody who is disabled gets in by a code. @throws NotAuthorizedException, text as observed. */
export function checkEnabled({ isEnabled }: User): void {
  if (!isEnabled) throw new ApiError("NotAuthorizedException", "User is disabled.");
}

/** A user's attributes as lists show them, `sub` among them. `mayShow` leaves some out. */
export const describeAttributes = (
  user: User,
  mayShow: (name: string) => boolean = () => true,
): { Name: string; Value: string }[] =>
  Object.entries({ ...user.attributes, sub: user.sub })
    .filter(([name]) => mayShow(name))
    .map(([Name, Value]) => ({ Name, Value }));

/** The user as lists show it. */
export const describeUser = (user: User, mayShow?: (name: string) => boolean): UserType => ({
  Username: user.username,
  Attributes: describeAttributes(user, mayShow),
  UserCreateDate: new Date(user.createdAt),
  UserLastModifiedDate: new Date(user.modifiedAt),
  Enabled: user.isEnabled,
  UserStatus: user.status,
});

/** The attributes of a request by name. Of one that is named twice the last counts. */
export const attributesOf = (list: readonly AttributeType[] = []): Attributes =>
  Object.fromEntries(list.map(({ Name, Value = "" }) => [Name, Value]));
