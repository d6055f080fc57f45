import { provesClient } from "../clients/secret.ts";
import { publicOperation } from "../operation.ts";
import { customScopes } from "../pools/resource-server.ts";
import { findResourceServers } from "../pools/store.ts";
import { issueMachineToken } from "./issue.ts";
import { standardScopes } from "./scopes.ts";

/**
 * A token for a client that acts for itself, without a domain. Source: Cognito API reference, GetClientToken; the texts
 * are unconfirmed. Cognito wants a flow that its own SDKs cannot name yet, so a client with a secret and the client
 * credentials grant may ask here as well.
 */
export const GetClientToken = publicOperation("GetClientToken", async (app, { pool, client }, request, error) => {
  if (client.secrets.length === 0 || !(await provesClient(app, client, request.Secret))) {
    throw error("NotAuthorizedException", `Unable to verify client secret for client ${client.id}`);
  }
  if (client.settings.AllowedOAuthFlows?.includes("client_credentials") !== true) {
    throw error("NotAuthorizedException", "Client is not allowed to request client tokens");
  }
  const allowed = (client.settings.AllowedOAuthScopes ?? []).filter((scope) => !standardScopes.has(scope));
  const asked = [...new Set(request.Scopes ?? allowed)];
  const foreign = asked.find((scope) => !allowed.includes(scope));
  if (foreign !== undefined) throw error("InvalidParameterException", `Invalid scope requested: ${foreign}`);
  const known = customScopes(await findResourceServers(app.db, pool.id));
  const scopes = asked.filter((scope) => known.has(scope));
  const { accessToken, expiresIn } = await issueMachineToken(app, { pool, client }, scopes, request.ClientMetadata);
  return {
    ClientAuthenticationResult: { AccessToken: accessToken, ExpiresIn: expiresIn, TokenType: "Bearer" },
  };
});
