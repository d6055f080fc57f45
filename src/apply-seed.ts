/** Makes what a seed names through the operations of the API, so that it is checked as any request is. */
import { operations } from "./api/operations.ts";
import type { App } from "./app.ts";
import { findPoolClient } from "./clients/store.ts";
import { ApiError } from "./contract/errors.ts";
import type { OperationName } from "./contract/types.gen.ts";
import { parseRequest } from "./contract/validate.ts";
import { findGroup } from "./groups/store.ts";
import { parsePageSettings, replacePages } from "./hosted/page-settings.ts";
import { finishDeletion } from "./pools/clearing.ts";
import { customIdTag, customPoolId, type Pool } from "./pools/pool.ts";
import { findDomain, findPool, findResourceServer } from "./pools/store.ts";
import { checkSeed, type Seed, type SeedPool, type SeedUser } from "./seed.ts";
import { findUser } from "./users/store.ts";

/**
 * Makes everything of a seed that is not there yet, and leaves the rest as it is: a seed that was cut off is completed,
 * and one that was applied changes nothing. @throws naming the part that cannot be made.
 */
export async function applySeed(app: App, seed: Seed): Promise<void> {
  checkSeed(seed);
  for (const pool of seed.pools) await seedPool(app, pool);
}

async function seedPool(app: App, seed: SeedPool): Promise<void> {
  const { id: wanted, domain, resourceServers = [], clients = [], groups = [], users = [], pages, ...request } = seed;
  const id = customPoolId(app.settings.region, wanted);
  if (id === undefined) throw new Error(`seed: ${wanted} cannot be the id of a pool.`);
  if (!(await findPool(app.db, id))) {
    await finishDeletion(app, id);
    const UserPoolTags = { ...request.UserPoolTags, [customIdTag]: id };
    await call(app, "CreateUserPool", { PoolName: wanted, ...request, UserPoolTags });
  }
  const pool = await findPool(app.db, id);
  if (!pool) throw new Error(`seed: the pool ${id} was not made.`);
  const within = { UserPoolId: id };
  if (pages !== undefined) await setPages(app, pool, pages);
  if (domain !== undefined && (await findDomain(app.db, domain))?.poolId !== id) {
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

/** The pages of a pool are as its seed says, each time. */
async function setPages(app: App, pool: Pool, pages: unknown): Promise<void> {
  try {
    await replacePages(app, pool.id, parsePageSettings(pages));
  } catch (error) {
    throw new Error(`seed: ${pool.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function seedUser(app: App, pool: Pool, seed: SeedUser): Promise<void> {
  const { username, password, attributes = {}, groups = [] } = seed;
  const named = { UserPoolId: pool.id, Username: username };
  if (!(await findUser(app.db, pool, username))) {
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value: String(Value) }));
    const isGiven = password !== undefined;
    await call(
      app,
      "AdminCreateUser",
      { ...named, UserAttributes, ...(isGiven && { MessageAction: "SUPPRESS" }) },
      pool,
    );
  }
  const user = await findUser(app.db, pool, username);
  // A password that was set is the user's own: it may have been changed since.
  if (password !== undefined && user?.status === "FORCE_CHANGE_PASSWORD")
    await call(app, "AdminSetUserPassword", { ...named, Password: password, Permanent: true }, { pool, user });
  for (const GroupName of groups) await call(app, "AdminAddUserToGroup", { ...named, GroupName }, { pool, user });
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
