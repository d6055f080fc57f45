/**
 * What clients do that take nothing but https, in a process that trusts the local authority as its page says
 * (`NODE_EXTRA_CA_CERTS`). Prints what came of it.
 *
 *   node test/support/over-https.ts <url>
 */
import { argv, stdout } from "node:process";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { Amplify } from "aws-amplify";
import { fetchAuthSession, signIn } from "aws-amplify/auth";
import { JwtVerifier } from "aws-jwt-verify";
import * as openid from "openid-client";

const [, , url = ""] = argv;
const credentials = { accessKeyId: "local", secretAccessKey: "local" };
const api = new CognitoIdentityProvider({ endpoint: url, region: "us-east-1", credentials });
const { UserPool } = await api.createUserPool({ PoolName: "p" });
const UserPoolId = UserPool?.Id ?? "";
await api.createUserPoolDomain({ UserPoolId, Domain: "secure" });
const Scopes = [{ ScopeName: "write", ScopeDescription: "Write" }];
await api.createResourceServer({ UserPoolId, Identifier: "order", Name: "Orders", Scopes });
const { UserPoolClient: app } = await api.createUserPoolClient({
  UserPoolId,
  ClientName: "app",
  ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
});
const { UserPoolClient: machine } = await api.createUserPoolClient({
  UserPoolId,
  ClientName: "machine",
  GenerateSecret: true,
  AllowedOAuthFlows: ["client_credentials"],
  AllowedOAuthScopes: ["order/write"],
  AllowedOAuthFlowsUserPoolClient: true,
});
await api.adminCreateUser({ UserPoolId, Username: "jane", MessageAction: "SUPPRESS" });
await api.adminSetUserPassword({ UserPoolId, Username: "jane", Password: "Passw0rd!", Permanent: true });

Amplify.configure({
  Auth: { Cognito: { userPoolId: UserPoolId, userPoolClientId: app?.ClientId ?? "", userPoolEndpoint: url } },
});
const { isSignedIn } = await signIn({ username: "jane", password: "Passw0rd!" });
const { tokens } = await fetchAuthSession();

// It fetches the keys itself, and over https only.
const issuer = `${url}/${UserPoolId}`;
const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri: `${issuer}/.well-known/jwks.json` });
const verified = await verifier.verify(tokens?.accessToken.toString() ?? "");

const config = await openid.discovery(new URL(issuer), machine?.ClientId ?? "", machine?.ClientSecret ?? "");
const granted = await openid.clientCredentialsGrant(config, { scope: "order/write" });

stdout.write(
  JSON.stringify({
    isSignedIn,
    issuer: verified.iss === issuer,
    token: granted.token_type,
    endpoint: config.serverMetadata().token_endpoint?.startsWith("https://"),
  }),
);
