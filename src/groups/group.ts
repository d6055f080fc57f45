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
export const byPrecedence = (groups: readonly Group[]): Group[] =>
  groups.toSorted((one, other) => {
    if (rank(one) !== rank(other)) return rank(one) < rank(other) ? -1 : 1;
    return one.name < other.name ? -1 : 1;
  });

/**
 * What tokens say of a user's groups. The preferred role is that of the group that counts most; when several count the
 * same and name different roles, there is none. Source: Cognito developer guide, adding groups to a user pool.
 */
export function groupClaims(groups: readonly Group[]): {
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly preferredRole?: string;
} {
  const sorted = byPrecedence(groups);
  const roles = [...new Set(sorted.flatMap(({ roleArn }) => roleArn ?? []))];
  const first = sorted[0];
  const top = first?.precedence === undefined ? [] : sorted.filter(({ precedence }) => precedence === first.precedence);
  const preferred = [...new Set(top.flatMap(({ roleArn }) => roleArn ?? []))];
  const names = sorted.map(({ name }) => name);
  const [preferredRole] = preferred;
  return preferredRole !== undefined && preferred.length === 1
    ? { groups: names, roles, preferredRole }
    : { groups: names, roles };
}
