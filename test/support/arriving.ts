/** People who come from a provider, without the provider: what it would have stated is given. */
import type { CreateIdentityProviderCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { findPoolClient } from "../../src/clients/store.ts";
import { completeFederatedSignIn } from "../../src/federation/arrival.ts";
import type { Statement } from "../../src/federation/protocol.ts";
import { FederationRefusal } from "../../src/federation/refusal.ts";
import { findPool } from "../../src/pools/store.ts";
import { findProvider } from "../../src/providers/store.ts";
import type { User } from "../../src/users/user.ts";
import type { TestHouse } from "./house.ts";
import type { TestPool } from "./pool.ts";

/** Adds an OIDC provider to a pool, and lets its client offer it. */
export async function addProvider(
  { api }: Pick<TestHouse, "api">,
  { UserPoolId, ClientId }: Pick<TestPool, "UserPoolId" | "ClientId">,
  wanted: Partial<CreateIdentityProviderCommandInput> & { readonly ProviderName: string },
): Promise<void> {
  await api.createIdentityProvider({
    UserPoolId,
    ProviderType: "OIDC",
    ProviderDetails: {
      client_id: "poolhouse",
      client_secret: "a secret of the provider",
      attributes_request_method: "GET",
      oidc_issuer: "https://idp.example.com",
      authorize_scopes: "openid email profile",
    },
    ...wanted,
  });
  const { UserPoolClient } = await api.describeUserPoolClient({ UserPoolId, ClientId });
  const { CreationDate: _made, LastModifiedDate: _changed, ClientSecret: _secret, ...settings } = UserPoolClient ?? {};
  await api.updateUserPoolClient({
    ...settings,
    UserPoolId,
    ClientId,
    SupportedIdentityProviders: [...(settings.SupportedIdentityProviders ?? ["COGNITO"]), wanted.ProviderName],
  });
}

/** Somebody comes from a provider that states this. Gives the user that is signed in. */
export async function arriveFrom(
  { app }: Pick<TestHouse, "app">,
  { UserPoolId, ClientId }: Pick<TestPool, "UserPoolId" | "ClientId">,
  providerName: string,
  claims: Statement["claims"],
): Promise<User> {
  const pool = await findPool(app.db, UserPoolId);
  const client = await findPoolClient(app.db, UserPoolId, ClientId);
  const provider = await findProvider(app.db, UserPoolId, providerName);
  if (!pool || !client || !provider) throw new Error("A pool, client or provider of the test is gone.");
  const statement = { claims, answer: { idToken: { sub: String(claims["sub"]) } } };
  const arrival = { pool, client, provider, statement, context: {} };
  return completeFederatedSignIn(app, arrival, async (_inside, { user }) => user);
}

/** What a client would be told of an arrival. @throws when somebody was signed in */
export async function refusalOfArrival(arrival: Promise<User>) {
  const outcome = await arrival.then(
    ({ username }) => username,
    (error: unknown) => error,
  );
  if (!(outcome instanceof FederationRefusal)) throw new Error("The arrival was not refused.", { cause: outcome });
  return { error: outcome.error, description: outcome.description };
}
