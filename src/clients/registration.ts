/**
 * Clients that register themselves: what of their metadata a pool lets them have, and the client that comes of it.
 * Source: RFC 7591 sections 2 and 3.2; Cognito API reference, DcrConfigurationType. What of the metadata has no place in
 * a client, such as logos, is passed over. Unconfirmed, as Cognito's answers are not documented: what a scope that is
 * not allowed leads to (it is left out, and the answer says which are left), and the settings that nobody names.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { DcrConfigurationType } from "../contract/types.gen.ts";
import { withTransaction } from "../database/transact.ts";
import type { Pool } from "../pools/pool.ts";
import { customScopes } from "../pools/resource-server.ts";
import { enterDirectory, findResourceServers } from "../pools/store.ts";
import { providersOfPoolLimit } from "../providers/provider.ts";
import { listProviders } from "../providers/store.ts";
import { type Client, newClientId } from "./client.ts";
import { allowedScopes, invalid, type Metadata, RegistrationRefusal, readMetadata } from "./registration-metadata.ts";
import { checkClientRules } from "./rules.ts";
import { newSecret, sealSecret } from "./secret.ts";
import { clientSettings } from "./settings.ts";
import { countClients, insertClient } from "./store.ts";

/** Source: Cognito developer guide, quotas: registered clients count among the app clients of a pool. */
const clientsOfPoolLimit = 1000;

/** What a pool lets clients register, or undefined where it lets none. */
export function openRegistration({ settings }: Pool): DcrConfigurationType | undefined {
  const { DcrConfiguration: configuration } = settings;
  return configuration?.EnableStatus === "Enabled" && settings.UserPoolTier !== "LITE" ? configuration : undefined;
}

/** What a client is registered with. */
export interface Registered {
  readonly client: Client;
  /** Absent for a public client. */
  readonly secret: string | undefined;
  readonly grantTypes: readonly string[];
  readonly authenticationMethod: string;
}

/** Registers a client of a pool that lets clients register. @throws RegistrationRefusal */
export async function registerClient(
  app: App,
  pool: Pool,
  metadata: Metadata,
  isAuthenticated: boolean,
): Promise<Registered> {
  const configuration = openRegistration(pool) ?? {};
  const flows = (isAuthenticated ? configuration.AuthenticatedGrantTypes : configuration.OpenDcrGrantTypes) ?? [];
  if (flows.length === 0) throw new RegistrationRefusal("access_denied", "This kind of registration is not allowed.");
  const resourceServers = await findResourceServers(app.db, pool.id);
  const asked = readMetadata(metadata, { flows, scopes: allowedScopes(configuration, customScopes(resourceServers)) });
  const providers = await listProviders(app.db, pool.id, { after: "", limit: providersOfPoolLimit });
  const names = providers.map(({ name }) => name);
  const settings = {
    ...clientSettings({
      UserPoolId: pool.id,
      ClientName: asked.name,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: [asked.flow],
      AllowedOAuthScopes: asked.scopes,
      CallbackURLs: asked.redirectUris.length > 0 ? asked.redirectUris : undefined,
      SupportedIdentityProviders: ["COGNITO", ...names],
      // Nobody is told by a client that anybody could register who has an account here, or signs in past the pages.
      ExplicitAuthFlows: asked.flow === "code" ? ["ALLOW_REFRESH_TOKEN_AUTH"] : undefined,
      PreventUserExistenceErrors: "ENABLED",
    }),
    ClientType: "DCR" as const,
  };
  const hasSecret = asked.authenticationMethod !== "none";
  checkSettings(() => checkClientRules({ pool, settings, hasSecret, resourceServers, providers: new Set(names) }));
  const secret = hasSecret ? newSecret(app.random) : undefined;
  const client = await keepClient(app, pool, { name: asked.name, settings, secret });
  const grantTypes = asked.flow === "code" ? ["authorization_code", "refresh_token"] : ["client_credentials"];
  return { client, secret, grantTypes, authenticationMethod: asked.authenticationMethod };
}

async function keepClient(
  app: App,
  pool: Pool,
  { name, settings, secret }: Pick<Client, "name" | "settings"> & { readonly secret: string | undefined },
): Promise<Client> {
  const id = newClientId(app.random);
  const now = app.clock.now();
  const owner = { id, poolId: pool.id, secrets: [] };
  const secrets = secret === undefined ? [] : [await sealSecret(app, owner, secret, now)];
  const client: Client = { ...owner, name, settings, secrets, version: 1, createdAt: now, modifiedAt: now };
  await withTransaction(app, async ({ db }) => {
    if ((await countClients(db, pool.id)) >= clientsOfPoolLimit) {
      throw new RegistrationRefusal("access_denied", "The user pool has as many app clients as it can have.");
    }
    await enterDirectory(db, "client", id, pool.id);
    await insertClient(db, client);
  });
  return client;
}

/** A rule of clients that is broken is broken by the metadata. */
function checkSettings(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw error instanceof ApiError ? invalid(error.message) : error;
  }
}
