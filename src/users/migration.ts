/** Users that a customer's own store still holds: they move here when they first sign in or forget their password. */
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { ApiError } from "../contract/errors.ts";
import { withTransaction } from "../database/transact.ts";
import { setPreference } from "../factors/preference.ts";
import { keepPassword, prepareMigrated } from "../passwords/password.ts";
import type { Pool } from "../pools/pool.ts";
import { userMigration } from "../triggers/definitions.ts";
import { hasTrigger, runTrigger } from "../triggers/trigger.ts";
import { newUser, register } from "./registration.ts";
import { findUser } from "./store.ts";
import type { User } from "./user.ts";

/** Who asks for a user that is not here yet. */
export interface Asking {
  readonly Username: string;
  readonly client: Client;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** The user who signs in with this password, moved here if the customer's store knows it. */
export const migrateSigningIn = (app: App, pool: Pool, asking: Asking, password: string): Promise<User | undefined> =>
  migrate(app, pool, asking, "Authentication", password);

/** The user who forgot its password, moved here if the customer's store knows it. */
export const migrateForgetful = (app: App, pool: Pool, asking: Asking): Promise<User | undefined> =>
  migrate(app, pool, asking, "ForgotPassword");

async function migrate(
  app: App,
  pool: Pool,
  { Username, client, clientMetadata }: Asking,
  occasion: "Authentication" | "ForgotPassword",
  password?: string,
): Promise<User | undefined> {
  if (!hasTrigger(pool, "UserMigration")) return undefined;
  const answer = await askStore(app, pool, { Username, client, clientMetadata }, occasion, password);
  if (!answer?.userAttributes || Object.keys(answer.userAttributes).length === 0) return undefined;
  const { username = Username, sub: _sub, ...attributes } = answer.userAttributes;
  // Who comes by a forgotten password has none here yet, whatever the trigger says.
  const isKept = password !== undefined && answer.finalUserStatus === "CONFIRMED";
  const status = isKept ? "CONFIRMED" : "RESET_REQUIRED";
  const user = newUser(app, pool, { sub: app.random.uuid(), username, attributes, status });
  const prepared = isKept ? await prepareMigrated(app, pool, user, password) : undefined;
  return withTransaction(app, async (inside) => {
    await register(inside, pool, user, { taken: "User already exists", forceAliasCreation: answer.forceAliasCreation });
    if (prepared) await keepPassword(inside, user, prepared, null);
    if (answer.enableSMSMFA) await setPreference(inside, pool, user, { SMSMfaSettings: { Enabled: true } });
    return user;
  }).catch(async (error: unknown) => {
    // Two sign-ins of one user at once both ask; the one that comes second finds the user there.
    const known = error instanceof ApiError ? await findUser(app.db, pool, Username) : undefined;
    if (known) return known;
    throw error instanceof ApiError && clashes.has(error.name) ? notMigrated(client) : error;
  });
}

const clashes: ReadonlySet<string> = new Set(["AliasExistsException", "UsernameExistsException"]);

/**
 * Somebody else has the name or the alias. Source: Cognito developer guide, forceAliasCreation, which promises an error;
 * the sentence as observed, its name unconfirmed: no operation that migrates may say that an alias is taken.
 */
const notMigrated = (client: Client): ApiError =>
  new ApiError("NotAuthorizedException", `Exception migrating user in app client ${client.id}`);

/** A store that throws does not know the user. Source: Cognito developer guide, migrate user Lambda trigger. */
async function askStore(
  app: App,
  pool: Pool,
  { Username, client, clientMetadata }: Asking,
  occasion: "Authentication" | "ForgotPassword",
  password: string | undefined,
) {
  try {
    return await runTrigger(app, userMigration, {
      pool,
      source: `UserMigration_${occasion}`,
      clientId: client.id,
      userName: Username,
      // What a sign-in brings along is for the function to validate; what a request for a code brings is metadata.
      // Source: Cognito API reference, InitiateAuth and ForgotPassword, ClientMetadata.
      request: {
        userAttributes: null,
        password,
        validationData: (occasion === "Authentication" ? clientMetadata : undefined) ?? null,
        clientMetadata: occasion === "Authentication" ? undefined : clientMetadata,
      },
    });
  } catch (error) {
    if (error instanceof ApiError && error.name === "UserLambdaValidationException") return undefined;
    throw error;
  }
}
