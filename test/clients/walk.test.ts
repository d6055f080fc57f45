/**
 * The walk that Poolhouse began with, by unmodified clients: a pool for e-mail accounts, a domain, a resource server, a
 * client with a secret, a user who signs up and is confirmed, and the authorization code flow as Postman drives it.
 */
import { CognitoJwtVerifier, JwtVerifier } from "aws-jwt-verify";
import * as openid from "openid-client";
import { describe, expect, it } from "vitest";
import { authorizeUrl, claimsOf, codeFor, jsonOf, newVisitor, requestToken, signIn } from "../support/browser-steps.ts";
import { openTestHouse, useHouse } from "../support/house.ts";
import { makePool, password, postmanCallback, usePool } from "../support/pool.ts";

const house = useHouse();
const pool = usePool(house);

const username = "jane@example.com";

describe("the walk", () => {
  let sub = "";

  it("signs a user up, who is then seen unconfirmed", async () => {
    const answer = await house.api.signUp({
      ClientId: pool.ClientId,
      Username: username,
      Password: password,
      SecretHash: pool.hashOf(username),
      UserAttributes: [{ Name: "email", Value: username }],
    });
    expect(answer).toMatchObject({
      UserConfirmed: false,
      CodeDeliveryDetails: { Destination: "j***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
    });
    sub = answer.UserSub ?? "";
    const user = await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: username });
    expect(user).toMatchObject({ Username: sub, UserStatus: "UNCONFIRMED", Enabled: true });
  });

  it("confirms the user by the code of the mail, and verifies the address", async () => {
    const ConfirmationCode = await house.codeFor(username);
    const SecretHash = pool.hashOf(username);
    await house.api.confirmSignUp({ ClientId: pool.ClientId, Username: username, SecretHash, ConfirmationCode });
    const { Users } = await house.api.listUsers({ UserPoolId: pool.UserPoolId, Filter: `email = "${username}"` });
    expect(Users).toMatchObject([{ Username: sub, UserStatus: "CONFIRMED" }]);
    expect(Users?.[0]?.Attributes).toContainEqual({ Name: "email_verified", Value: "true" });
  });

  it("gives Postman access, ID and refresh tokens with the right claims", async () => {
    const code = await codeFor(authorizeUrl(pool), username, password);
    expect(code).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    const response = await requestToken(pool, {
      grant_type: "authorization_code",
      client_id: pool.ClientId,
      code,
      redirect_uri: postmanCallback,
    });
    expect(response.status).toBe(200);
    const tokens = await jsonOf(response);
    expect(Object.keys(tokens)).toEqual(["id_token", "access_token", "refresh_token", "expires_in", "token_type"]);
    expect(tokens).toMatchObject({ expires_in: 3600, token_type: "Bearer" });
    const access = claimsOf(tokens.access_token);
    const id = claimsOf(tokens.id_token);
    const now = Math.floor(house.clock.now() / 1000);
    expect(Object.entries(access)).toEqual([
      ["sub", sub],
      ["iss", `${house.url}/${pool.UserPoolId}`],
      ["version", 2],
      ["client_id", pool.ClientId],
      ["origin_jti", expect.any(String)],
      ["token_use", "access"],
      ["scope", "openid email order/write"],
      ["auth_time", now],
      ["exp", now + 3600],
      ["iat", now],
      ["jti", expect.any(String)],
      ["username", sub],
    ]);
    expect(Object.entries(id)).toEqual([
      ["at_hash", expect.stringMatching(/^[\w-]{22}$/)],
      ["sub", sub],
      ["email_verified", true],
      ["iss", `${house.url}/${pool.UserPoolId}`],
      ["cognito:username", sub],
      ["origin_jti", access["origin_jti"]],
      ["aud", pool.ClientId],
      ["token_use", "id"],
      ["auth_time", now],
      ["exp", now + 3600],
      ["iat", now],
      ["jti", expect.any(String)],
      ["email", username],
    ]);
    expect(id["jti"]).not.toBe(access["jti"]);
    expect(tokens.refresh_token.split(".")[0]).toBe("eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ");
    expect(tokens.refresh_token.split(".")).toHaveLength(5);
  });

  it("shows userInfo what the scopes let out", async () => {
    const code = await codeFor(authorizeUrl(pool), username, password);
    const grant = { grant_type: "authorization_code", code, redirect_uri: postmanCallback };
    const { access_token } = await jsonOf(await requestToken(pool, grant));
    const response = await fetch(`${pool.base}/oauth2/userInfo`, {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(await response.json()).toEqual({ sub, username: sub, email: username, email_verified: "true" });
  });

  it("lets a browser that is signed in through without asking again, until it signs out", async () => {
    const visitor = newVisitor();
    await signIn(visitor, authorizeUrl(pool), { username, password });
    const silent = await visitor.visit(authorizeUrl(pool, { prompt: "none" }));
    expect(silent.headers.get("location")).toMatch(/^https:\/\/oauth\.pstmn\.io\/v1\/callback\?code=/);
    const out = await visitor.visit(
      `${pool.base}/logout?client_id=${pool.ClientId}&logout_uri=${encodeURIComponent("https://example.com/bye")}`,
    );
    expect(out.headers.get("location")).toBe("https://example.com/bye");
    const after = await visitor.visit(authorizeUrl(pool, { prompt: "none" }));
    expect(after.headers.get("location")).toBe(`${postmanCallback}?state=xyz&error=login_required`);
  });
});

describe("openid-client", () => {
  const configure = (): Promise<openid.Configuration> =>
    openid.discovery(new URL(`${house.url}/${pool.UserPoolId}`), pool.ClientId, pool.secret, undefined, {
      execute: [openid.allowInsecureRequests],
    });

  it("completes the code flow with PKCE, nonce and state, and refreshes", async () => {
    await pool.createUser("openid@example.com");
    const config = await configure();
    const verifier = openid.randomPKCECodeVerifier();
    const nonce = openid.randomNonce();
    const state = openid.randomState();
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: postmanCallback,
      scope: "openid email",
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      nonce,
      state,
    });
    const back = await signIn(newVisitor(), url.href, { username: "openid@example.com", password });
    const tokens = await openid.authorizationCodeGrant(config, new URL(back.headers.get("location") ?? ""), {
      pkceCodeVerifier: verifier,
      expectedNonce: nonce,
      expectedState: state,
      idTokenExpected: true,
    });
    expect(tokens.claims()).toMatchObject({ email: "openid@example.com", nonce, token_use: "id" });
    const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(refreshed.claims()?.["origin_jti"]).toBe(tokens.claims()?.["origin_jti"]);
    expect(refreshed.refresh_token).toBeUndefined();
    await openid.tokenRevocation(config, tokens.refresh_token ?? "");
    await expect(openid.refreshTokenGrant(config, tokens.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });
  });

  it("gets a token for a client by itself", async () => {
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientName: "machine",
      GenerateSecret: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: ["order/write"],
      AllowedOAuthFlowsUserPoolClient: true,
    });
    const id = UserPoolClient?.ClientId ?? "";
    const config = await openid.discovery(
      new URL(`${house.url}/${pool.UserPoolId}`),
      id,
      UserPoolClient?.ClientSecret ?? "",
      undefined,
      { execute: [openid.allowInsecureRequests] },
    );
    const tokens = await openid.clientCredentialsGrant(config, { scope: "order/write" });
    expect(claimsOf(tokens.access_token)).toMatchObject({
      sub: id,
      client_id: id,
      scope: "order/write",
      version: 2,
      token_use: "access",
    });
    expect(Object.keys(tokens).toSorted()).toEqual(["access_token", "expires_in", "token_type"]);
  });

  it.each([
    ["order", "order.write"],
    ["order.write", "write"],
    ["orders.example.com", "order.write"],
    ["https://orders.example.com/", "order.write"],
    ["order", "write:all"],
  ])("gets a token for a scope with dots and slashes in it: %s/%s", async (Identifier, ScopeName) => {
    const { UserPool } = await house.api.createUserPool({ PoolName: "p" });
    const UserPoolId = UserPool?.Id ?? "";
    const Domain = `dots-${UserPoolId.slice(-9).toLowerCase()}`;
    await house.api.createUserPoolDomain({ UserPoolId, Domain });
    const Scopes = [{ ScopeName, ScopeDescription: "Place orders" }];
    await house.api.createResourceServer({ UserPoolId, Identifier, Name: "Orders", Scopes });
    const scope = `${Identifier}/${ScopeName}`;
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId,
      ClientName: "machine",
      GenerateSecret: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: [scope],
      AllowedOAuthFlowsUserPoolClient: true,
    });
    const { ClientId = "", ClientSecret = "" } = UserPoolClient ?? {};
    const issuer = new URL(`${house.url}/${UserPoolId}`);
    const insecure = { execute: [openid.allowInsecureRequests] };
    const config = await openid.discovery(issuer, ClientId, ClientSecret, undefined, insecure);
    for (const asked of [{ scope }, {}]) {
      const tokens = await openid.clientCredentialsGrant(config, asked);
      expect(claimsOf(tokens.access_token)["scope"]).toBe(scope);
    }
    await expect(openid.clientCredentialsGrant(config, { scope: `${scope}x` })).rejects.toMatchObject({
      error: "invalid_scope",
    });
  });
});

describe("aws-jwt-verify", () => {
  it.each(["self", "aws"] as const)(
    "accepts both tokens of the issuer %s, and only for what they are",
    async (issuer) => {
      const other = await openTestHouse({ issuer });
      try {
        const own = await makePool(other);
        await own.createUser(username);
        const { AuthenticationResult } = await other.api.initiateAuth({
          ClientId: own.ClientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: username, PASSWORD: password, SECRET_HASH: own.hashOf(username) },
        });
        const { AccessToken = "", IdToken = "" } = AuthenticationResult ?? {};
        const jwks = await jsonOf<{ keys: { kid: string; kty: string; alg: string; use: string }[] }>(
          await fetch(`${other.url}/${own.UserPoolId}/.well-known/jwks.json`),
        );
        const verify = async (token: string, tokenUse: "access" | "id") => {
          if (issuer === "aws") {
            const verifier = CognitoJwtVerifier.create({
              userPoolId: own.UserPoolId,
              clientId: own.ClientId,
              tokenUse,
            });
            verifier.cacheJwks(jwks);
            return verifier.verify(token);
          }
          const verifier = JwtVerifier.create({
            issuer: `${other.url}/${own.UserPoolId}`,
            audience: tokenUse === "id" ? own.ClientId : null,
            jwksUri: "https://unused.example/jwks.json",
            customJwtCheck: ({ payload }) => {
              if (payload["token_use"] !== tokenUse) throw new Error("Token use not allowed");
            },
          });
          verifier.cacheJwks(jwks);
          return verifier.verify(token);
        };
        expect(await verify(AccessToken, "access")).toMatchObject({ token_use: "access" });
        expect(await verify(IdToken, "id")).toMatchObject({ token_use: "id", email: username });
        await expect(verify(IdToken, "access")).rejects.toThrow(/Token use/);
        expect(jwks.keys).toHaveLength(2);
        const keyOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).kid;
        expect([keyOf(IdToken), keyOf(AccessToken)]).toEqual(jwks.keys.map(({ kid }) => kid));
      } finally {
        await other.close();
      }
    },
  );
});
