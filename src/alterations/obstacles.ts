/** What in a pool's data stands in the way of an alteration: counted, and the first few named. */
import { isEmail, isPhoneNumber } from "../lib/contact.ts";
import type { Pool } from "../pools/pool.ts";
import { faultsOf, missingRequired } from "../users/attributes.ts";
import type { User } from "../users/user.ts";
import type { Wishes } from "./alteration.ts";

/** One thing that stands in the way, of how many users. */
export interface Obstacle {
  readonly reason: string;
  readonly users: number;
  /** The first of them, by username and sub. */
  readonly examples: readonly string[];
}

const examplesAtMost = 10;

/** So many different reasons at most: each user may have one of its own. */
const reasonsAtMost = 50;

/** Collects obstacles while users pass by. */
export interface Obstacles {
  add(reason: string, user: Pick<User, "sub" | "username">): void;
  list(): Obstacle[];
}

/** None yet. */
export function noObstacles(): Obstacles {
  const found = new Map<string, { users: number; examples: string[] }>();
  return {
    add: (reason, { sub, username }) => {
      const key = found.has(reason) || found.size < reasonsAtMost ? reason : "and more of such reasons";
      const known = found.get(key) ?? { users: 0, examples: [] };
      known.users++;
      if (known.examples.length < examplesAtMost) known.examples.push(username === sub ? sub : `${username} (${sub})`);
      found.set(key, known);
    },
    list: () => [...found].map(([reason, obstacle]) => ({ reason, ...obstacle })),
  };
}

/** Why one user does not fit a pool as it is wished for, whatever the others are called. */
export function obstaclesOf(pool: Pool, user: User, { removed, dropsValues, attributes }: Wishes): string[] {
  const kept = dropsValues ? [] : [...removed].filter((name) => user.attributes[name]);
  return [
    ...kept.map((name) => `has a value of ${name} (--drop-values takes it away)`),
    ...boundFaults(pool, user, [...attributes.keys()]),
    ...missingFaults(pool, user, [...attributes.keys()]),
    ...nameFaults(pool, user),
  ];
}

function boundFaults(pool: Pool, { attributes }: User, changed: readonly string[]): string[] {
  const schema = new Map(pool.settings.SchemaAttributes.map((attribute) => [attribute.Name, attribute]));
  return changed.flatMap((name) => faultsOf(name, attributes[name] ?? "", schema.get(name) ?? {}));
}

function missingFaults(pool: Pool, { attributes }: User, changed: readonly string[]): string[] {
  return missingRequired(pool, attributes)
    .filter((name) => changed.includes(name))
    .map((name) => `has no ${name}, which is required`);
}

/** What an address as a username would be mistaken for. Source: Cognito developer guide, customizing sign-in attributes. */
function nameFaults({ settings }: Pool, { username, attributes, status, sub }: User): string[] {
  const { UsernameAttributes = [], AliasAttributes = [] } = settings;
  if (status === "EXTERNAL_PROVIDER" || username === sub) return lacksContact(UsernameAttributes, attributes);
  const looks = [
    ...(AliasAttributes.includes("email") && isEmail(username) ? ["an e-mail address"] : []),
    ...(AliasAttributes.includes("phone_number") && isPhoneNumber(username) ? ["a phone number"] : []),
  ];
  return [
    ...looks.map((what) => `has a username that looks like ${what}, which is an alias`),
    ...lacksContact(UsernameAttributes, attributes),
  ];
}

function lacksContact(contacts: readonly string[], attributes: User["attributes"]): string[] {
  return contacts.length === 0 || contacts.some((contact) => attributes[contact])
    ? []
    : [`has no ${contacts.join(" and no ")} to sign in by`];
}
