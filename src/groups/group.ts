/**
 * Groups: the group of a pool, who is in it, and what tokens say of it. The room owns the precedence rules; it does not
 * sign anything.
 */
import type { GroupType } from "../contract/types.gen.ts";

export interface Group {
  readonly poolId: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  /** The lower, the more it counts; undefined counts least. */
  readonly precedence: number | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Source: Cognito developer guide, quotas: groups in a pool, and groups that a user is in. */
export const groupsOfPoolLimit = 10_000;
export const groupsOfUserLimit = 100;

/** The group as the API shows it. */
export const describeGroup = (group: Group): GroupType => ({
  GroupName: group.name,
  UserPoolId: group.poolId,
  Description: group.description,
  RoleArn: group.roleArn,
  Precedence: group.precedence,
  LastModifiedDate: new Date(group.modifiedAt),
  CreationDate: new Date(group.createdAt),
});

const rank = ({ precedence }: Group): number => precedence ?? Number.POSITIVE_INFINITY;

/** Groups from the one that counts most. Of equals the name decides, so that tokens do not change from one to the next. */
const byPrecedence = (groups: readonly Group[]): Group[] =>
  groups.toSorted((one, other) => {
    if (rank(one) !== rank(other)) return rank(one) < rank(other) ? -1 : 1;
    return one.name < other.name ? -1 : 1;
  });

/** What tokens say of a user's groups. */
export interface GroupClaims {
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly preferredRole?: string;
}

/**
 * What tokens say of a user's groups. The preferred role is the only role there is, or that of the group with a role
 * that counts most; when several count the same and name different roles, there is none.
 * Source: Cognito API reference, GroupType; Cognito developer guide, using tokens to assign roles to users. Unconfirmed:
 * that a role is listed once, and that groups without a role have no say.
 */
export function groupClaims(groups: readonly Group[]): GroupClaims {
  const sorted = byPrecedence(groups);
  const names = sorted.map(({ name }) => name);
  const roles = rolesOf(sorted);
  const [first] = sorted.filter(({ roleArn }) => roleArn !== undefined);
  const [preferredRole, ...rivals] = first ? rolesOf(sorted.filter((group) => rank(group) === rank(first))) : [];
  if (preferredRole === undefined || rivals.length > 0) return { groups: names, roles };
  return { groups: names, roles, preferredRole };
}

const rolesOf = (groups: readonly Group[]): string[] => [...new Set(groups.flatMap(({ roleArn }) => roleArn ?? []))];
