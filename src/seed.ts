/**
 * The seed: pools, domains, resource servers, clients, groups and users that are to be present at start. What stands here
 * is what a seed is and how a file of one is read; `apply-seed.ts` makes it so.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { operationModel, structureOf } from "./contract/contract.ts";
import type {
  CreateGroupRequest,
  CreateResourceServerRequest,
  CreateUserPoolClientRequest,
  CreateUserPoolRequest,
  OperationName,
} from "./contract/types.gen.ts";
import type { PageSettings } from "./pools/page-settings.ts";

/** A user of a seed. */
export interface SeedUser {
  readonly username: string;
  /** Set for good: the user is confirmed. Without one the user is invited with a temporary password. */
  readonly password?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly groups?: readonly string[];
}

/** A client of a seed: the members of CreateUserPoolClient, with an id to be known by. */
export type SeedClient = Omit<CreateUserPoolClientRequest, "UserPoolId" | "ClientName"> & {
  readonly id: string;
  readonly ClientName?: string;
};

/** A pool of a seed: the members of CreateUserPool, with an id to be known by and what is in it. */
export type SeedPool = Omit<CreateUserPoolRequest, "PoolName"> & {
  /** `local_main`-like ids get the region in front: `main1` is `us-east-1_main1`. */
  readonly id: string;
  readonly PoolName?: string;
  readonly domain?: string;
  readonly resourceServers?: readonly Omit<CreateResourceServerRequest, "UserPoolId">[];
  readonly clients?: readonly SeedClient[];
  readonly groups?: readonly Omit<CreateGroupRequest, "UserPoolId">[];
  readonly users?: readonly SeedUser[];
  /** What its pages do beyond Cognito's: docs/pages-of-your-own.md. */
  readonly pages?: PageSettings;
};

export interface Seed {
  readonly pools: readonly SeedPool[];
}

/** Reads a seed file, JSON or YAML. @throws naming the file and what is wrong with it. */
export function readSeed(file: string): Seed {
  try {
    const content: unknown = parse(readFileSync(file, "utf8"));
    checkSeed(content);
    return content;
  } catch (error) {
    const [why = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new Error(`The seed ${file} cannot be used: ${why}`, { cause: error });
  }
}

/** What may stand beside the members of the operation that makes a thing. */
const ownMembers = {
  pools: ["id", "domain", "resourceServers", "clients", "groups", "users", "pages"],
  resourceServers: [],
  clients: ["id"],
  groups: [],
  users: ["username", "password", "attributes", "groups"],
} as const satisfies Record<string, readonly string[]>;

type Listed = keyof typeof ownMembers;

/** The operation whose members a thing of a seed has. */
const madeBy: Partial<Record<Listed, OperationName>> = {
  pools: "CreateUserPool",
  resourceServers: "CreateResourceServer",
  clients: "CreateUserPoolClient",
  groups: "CreateGroup",
};

/**
 * Looks at the lists of a seed and at the names of what is in them; the values are checked by the operations that make
 * the things. @throws saying what is wrong.
 */
export function checkSeed(content: unknown): asserts content is Seed {
  if (!isObject(content) || !("pools" in content)) throw new Error("it needs a list named pools.");
  for (const pool of things(content, "pools")) {
    if (!("id" in pool)) throw new Error("each of pools needs an id.");
    for (const list of ["resourceServers", "clients", "groups", "users"] as const) things(pool, list);
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The things of a list. A member that there is none of is a slip of the pen, and never left out in silence. */
function things(holder: object, list: Listed): object[] {
  const found: unknown = Reflect.get(holder, list) ?? [];
  if (!Array.isArray(found)) throw new Error(`${list} must be a list.`);
  const operation = madeBy[list];
  const members = new Set<string>([
    ...ownMembers[list],
    ...(operation ? Object.keys(structureOf(operationModel(operation).input.shape).members) : []),
  ]);
  return found.map((thing: unknown) => {
    if (!isObject(thing)) throw new Error(`${list} must hold objects.`);
    const unknown = Object.keys(thing).find((member) => !members.has(member));
    if (unknown !== undefined) throw new Error(`one of ${list} has a member ${unknown}, which there is none of.`);
    return thing;
  });
}
