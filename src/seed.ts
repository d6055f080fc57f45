/**
 * The seed: pools, domains, resource servers, clients, groups and users that are present at start. It is applied through
 * the operations of the API, so a seed is checked as any request is, and applying it again changes nothing that is
 * there already.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { operations } from "./api/operations.ts";
import type { App } from "./app.ts";
import { findPoolClient } from "./clients/store.ts";
import { ApiError } from "./contract/errors.ts";
import type {
  CreateGroupRequest,
  CreateResourceServerRequest,
  CreateUserPoolClientRequest,
  CreateUserPoolRequest,
  OperationName,
} from "./contract/types.gen.ts";
import { parseRequest } from "./contract/validate.ts";
import { findGroup } from "./groups/store.ts";
import { customIdTag, customPoolId, type Pool } from "./pools/pool.ts";
import { findDomain, findPool, findResourceServer } from "./pools/store.ts";
import { findUser } from "./users/store.ts";

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
};

export interface Seed {
  readonly pools: readonly SeedPool[];
}

/** Reads a seed file, JSON or YAML. @throws naming the file and what is wrong with it. */
export function readSeed(file: string): Seed {
  const seed: unknown = parse(readFileSync(file, "utf8"));
  if (typeof seed === "object" && seed !== null && "pools" in seed && Array.isArray(seed.pools))
    return { pools: seed.pools };
  throw new Error(`${file} is no seed: it needs a list named pools.`);
}

/** Makes everything of a seed that is not there yet. @throws naming the part that cannot be made. */
export async function applySeed(app: App, seed: Seed): Promise<void> {
  for (const pool of seed.pools) await seedPool(app, pool);
}

async function seedPool(app: App, seed: SeedPool): Promise<void> {
  const { id: wanted, domain, resourceServers = [], clients = [], groups = [], users = [], ...request } = seed;
  const id = customPoolId(app.settings.region, wanted);
  if (id === undefined) throw new Error(`seed: ${wanted} cannot be the id of a pool.`);
  if (!(await findPool(app.db, id))) {
    const UserPoolTags = { ...request.UserPoolTags, [customIdTag]: id };
    await call(app, "CreateUserPool", { PoolName: wanted, ...request, UserPoolTags });
  }
  const pool = await findPool(app.db, id);
  if (!pool) throw new Error(`seed: the pool ${id} was not made.`);
  const within = { UserPoolId: id };
  if (domain !== undefined && !(await findDomain(app.db, domain))) {
    await call(app, "CreateUserPoolDomain", { ...within, Domain: domain }, pool);
  }
  for (const server of resourceServers) {
    if (await findResourceServer(app.db, id, server.Identifier)) continue;
    await call(app, "CreateResourceServer", { ...within, ...server }, pool);
  }
  for (const { id: clientId, ...client } of clients) {
    if (await findPoolClient(app.db, id, clientId)) continue;
    await call(app, "CreateUserPoolClient", { ...within, ...client, ClientName: `_custom_id_:${clientId}` }, pool);
  }
  for (const group of groups) {
    if (await findGroup(app.db, id, group.GroupName)) continue;
    await call(app, "CreateGroup", { ...within, ...group }, pool);
  }
  for (const user of users) await seedUser(app, pool, user);
}

async function seedUser(app: App, pool: Pool, seed: SeedUser): Promise<void> {
  if (await findUser(app.db, pool, seed.username)) return;
  const named = { UserPoolId: pool.id, Username: seed.username };
  const UserAttributes = Object.entries(seed.attributes ?? {}).map(([Name, Value]) => ({ Name, Value: String(Value) }));
  const isGiven = seed.password !== undefined;
  await call(app, "AdminCreateUser", { ...named, UserAttributes, ...(isGiven && { MessageAction: "SUPPRESS" }) }, pool);
  const user = await findUser(app.db, pool, seed.username);
  if (isGiven)
    await call(app, "AdminSetUserPassword", { ...named, Password: seed.password, Permanent: true }, { pool, user });
  for (const GroupName of seed.groups ?? [])
    await call(app, "AdminAddUserToGroup", { ...named, GroupName }, { pool, user });
}

/** Runs an operation as a request would. */
async function call(app: App, name: OperationName, request: object, subject?: unknown): Promise<void> {
  const operation = operations[name];
  if ("reason" in operation) throw new Error(`seed: ${name}: ${operation.reason}`);
  const run = operation.run as (app: App, subject: unknown, input: object, error: unknown) => unknown;
  const { region, account } = app.settings;
  try {
    const raise = (error: ApiError["name"], message: string) => new ApiError(error, message);
    await run(app, subject ?? { id: account, region }, parseRequest(name, request), raise);
  } catch (error) {
    if (error instanceof ApiError) throw new Error(`seed: ${name}: ${error.message}`, { cause: error });
    throw error;
  }
}
