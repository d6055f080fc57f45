import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { enterDirectory, findResourceServers } from "../pools/store.ts";
import { existingProviders } from "../providers/store.ts";
import { type Client, customClientId, newClientId } from "./client.ts";
import { checkClientRules } from "./rules.ts";
import { describeClient, newSecret, sealSecret } from "./secret.ts";
import { clientSettings } from "./settings.ts";
import { insertClient } from "./store.ts";

/** Creates an app client of a pool, with a secret when asked for one. */
export const CreateUserPoolClient = poolOperation("CreateUserPoolClient", async (app, pool, request, error) => {
  if (request.GenerateSecret && request.ClientSecret !== undefined) {
    throw error("InvalidParameterException", "GenerateSecret and ClientSecret cannot be specified together.");
  }
  const secret = request.ClientSecret ?? (request.GenerateSecret ? newSecret(app.random) : undefined);
  const settings = clientSettings(request);
  const resourceServers = await findResourceServers(app.db, pool.id);
  const providers = await existingProviders(app.db, pool.id, settings.SupportedIdentityProviders ?? []);
  checkClientRules({ pool, settings, hasSecret: secret !== undefined, resourceServers, providers });
  const id = customClientId(request.ClientName) ?? newClientId(app.random);
  const now = app.clock.now();
  const client: Client = {
    id,
    poolId: pool.id,
    name: request.ClientName,
    settings,
    secrets: secret === undefined ? [] : [await sealSecret(app, { id, poolId: pool.id, secrets: [] }, secret, now)],
    version: 1,
    createdAt: now,
    modifiedAt: now,
  };
  await withTransaction(app, async ({ db }) => {
    if (!(await enterDirectory(db, "client", id, pool.id))) {
      throw error("InvalidParameterException", `User pool client ${id} already exists.`);
    }
    await insertClient(db, client);
  });
  return { UserPoolClient: await describeClient(app, client) };
});
