/** Finding users by a filter. Each filter is one range of an index, so that a page costs the same in any pool. */
import type { Db } from "../database/open.ts";
import type { Pool } from "../pools/pool.ts";
import { rangeOf, type UserFilter } from "./filter.ts";
import { listUsers, listUsersByAttribute, listUsersByColumn, listUsersByEnabled, type UserPosition } from "./store.ts";
import type { User } from "./user.ts";

/** A user and the value by which it was found, which says where the next page begins. */
export interface FoundUser {
  readonly user: User;
  readonly value: string;
}

/** Statuses that users can have; the filter on them is the one that takes no heed of case. */
const statuses = [
  "ARCHIVED",
  "COMPROMISED",
  "CONFIRMED",
  "EXTERNAL_PROVIDER",
  "FORCE_CHANGE_PASSWORD",
  "RESET_REQUIRED",
  "UNCONFIRMED",
  "UNKNOWN",
];

/** Up to a page of users that a filter lets through. */
export async function searchUsers(
  db: Db,
  pool: Pool,
  filter: UserFilter | undefined,
  position: UserPosition,
): Promise<FoundUser[]> {
  if (!filter) return withoutValue(await listUsers(db, pool.id, position));
  switch (filter.attribute) {
    case "status":
      return searchByEnabled(db, pool, filter, position);
    case "cognito:user_status":
      return searchByStatus(db, pool, filter, position);
    case "username":
    case "sub":
      return listUsersByColumn(db, pool.id, filter.attribute, { range: rangeOf(filter), position });
    default:
      return listUsersByAttribute(db, pool.id, filter.attribute, { range: rangeOf(filter), position });
  }
}

const withoutValue = (users: readonly User[]): FoundUser[] => users.map((user) => ({ user, value: "" }));

const isMatch = ({ isPrefix, value }: UserFilter, text: string): boolean =>
  isPrefix ? text.startsWith(value) : text === value;

async function searchByEnabled(db: Db, pool: Pool, filter: UserFilter, position: UserPosition): Promise<FoundUser[]> {
  const states = [true, false].filter((isEnabled) => isMatch(filter, isEnabled ? "Enabled" : "Disabled"));
  const [state] = states;
  if (state === undefined) return [];
  if (states.length > 1) return withoutValue(await listUsers(db, pool.id, position));
  return withoutValue(await listUsersByEnabled(db, pool.id, state, position));
}

async function searchByStatus(db: Db, pool: Pool, filter: UserFilter, position: UserPosition): Promise<FoundUser[]> {
  const folded = { ...filter, value: filter.value.toUpperCase() };
  const found: FoundUser[] = [];
  for (const status of statuses.filter((name) => isMatch(folded, name) && name >= position.value)) {
    const limit = position.limit - found.length;
    if (limit === 0) break;
    const sub = status === position.value ? position.sub : "";
    const range = { from: status, below: undefined };
    found.push(...(await listUsersByColumn(db, pool.id, "status", { range, position: { value: status, sub, limit } })));
  }
  return found;
}
