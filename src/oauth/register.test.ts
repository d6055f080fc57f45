import type { DcrConfigurationType } from "@aws-sdk/client-cognito-identity-provider";
import {
  allowInsecureRequests,
  calculatePKCECodeChallenge,
  dynamicClientRegistration,
  None,
  randomPKCECodeVerifier,
} from "openid-client";
import { describe, expect, it } from "vitest";
import { basic, claimsOf, codeFor, jsonOf, requestToken } from "../../test/support/browser-steps.ts";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, postmanCallback, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const house = useHouse();

const scope = "aws.cognito/dcr/register";

/** A pool whose client may register others, in as far as the configuration lets it. */
const poolWith = (DcrConfiguration?: DcrConfigurationType): Promise<TestPool> =>
  makePool(house, {
    pool: { DcrConfiguration },
    client: {
      AllowedOAuthFlows: ["client_credentials"],
      CallbackURLs: undefined,
      AllowedOAuthScopes: [scope, "order/write"],
    },
  });

const open: DcrConfigurationType = { OpenDcrEnabled: true };

async function tokenOf(pool: TestPool, asked = scope): Promise<string> {
  const answer = await jsonOf(await requestToken(pool, { grant_type: "client_credentials", scope: asked }));
  return answer.access_token;
}

const register = (pool: TestPool, metadata: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${pool.base}/oauth2/register`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof metadata === "string" ? metadata : JSON.stringify(metadata),
  });

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const web = { redirect_uris: [postmanCallback] };

interface Registration {
  readonly client_id: string;
  readonly client_secret?: string;
  readonly scope: string;
}

describe("a client that registers itself", () => {
  it("is told all that it was registered with", async () => {
    const pool = await poolWith(open);
    const response = await register(pool, { ...web, client_name: "An agent", logo_uri: "https://agent.example/logo" });
    expect([response.status, response.headers.get("cache-control")]).toEqual([
      201,
      expect.stringContaining("no-store"),
    ]);
    const answer = await response.json();
    expect(answer).toEqual({
      client_id: expect.stringMatching(/^[a-z0-9]{26}$/),
      client_secret: expect.stringMatching(/^[a-z0-9]{51}$/),
      client_secret_expires_at: 0,
      client_id_issued_at: Math.floor(house.clock.now() / 1000),
      client_name: "An agent",
      redirect_uris: [postmanCallback],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_basic",
      scope: "openid email phone profile",
    });
    const { UserPoolClient } = await house.api.describeUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientId: (answer as Registration).client_id,
    });
    expect(UserPoolClient).toMatchObject({
      ClientType: "DCR",
      ClientName: "An agent",
      AllowedOAuthFlows: ["code"],
      CallbackURLs: [postmanCallback],
      SupportedIdentityProviders: ["COGNITO"],
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
    });
  });

  it("signs people in, found and registered by a client library alone", async () => {
    const pool = await poolWith(open);
    await pool.createUser("jane@example.com");
    const issuer = new URL(`${house.url}/${pool.UserPoolId}`);
    const config = await dynamicClientRegistration(
      issuer,
      { ...web, token_endpoint_auth_method: "none", scope: "openid email offline_access" },
      None(),
      { execute: [allowInsecureRequests] },
    );
    const { client_id } = config.clientMetadata();
    const verifier = randomPKCECodeVerifier();
    const query = new URLSearchParams({
      client_id,
      response_type: "code",
      redirect_uri: postmanCallback,
      scope: "openid email",
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    const code = await codeFor(`${pool.base}/oauth2/authorize?${query}`, "jane@example.com", password);
    const form = { grant_type: "authorization_code", code, client_id, redirect_uri: postmanCallback };
    const tokens = await jsonOf(await requestToken(pool, { ...form, code_verifier: verifier }, {}));
    expect(claimsOf(tokens.id_token)).toMatchObject({ aud: client_id, email: "jane@example.com" });
  });

  it("acts for itself with the scopes that the pool lists, where a token lets it register so", async () => {
    const pool = await poolWith({ AllowedScopes: ["order/write", scope, "gone/scope"] });
    const metadata = { grant_types: ["client_credentials"], client_name: "A job" };
    const response = await register(pool, metadata, bearer(await tokenOf(pool)));
    expect(response.status).toBe(201);
    const made = await jsonOf<Registration>(response);
    expect(made).toMatchObject({ grant_types: ["client_credentials"], response_types: [], scope: "order/write" });
    const headers = { authorization: basic(made.client_id, made.client_secret ?? "") };
    const tokens = await jsonOf(await requestToken(pool, { grant_type: "client_credentials" }, headers));
    expect(claimsOf(tokens.access_token)).toMatchObject({ scope: "order/write", sub: made.client_id });
    const more = await requestToken(pool, { grant_type: "client_credentials", scope }, headers);
    expect(await more.json()).toEqual({ error: "invalid_scope" });
  });

  it("may name the scope that lets people change themselves where the pool lists it", async () => {
    const admin = "aws.cognito.signin.user.admin";
    const [listed, plain] = [await poolWith({ ...open, AllowedScopes: [admin] }), await poolWith(open)];
    const metadata = { ...web, scope: `openid ${admin}` };
    expect((await jsonOf<Registration>(await register(listed, metadata))).scope).toBe(`openid ${admin}`);
    expect((await jsonOf<Registration>(await register(plain, metadata))).scope).toBe("openid");
  });

  it("stays what it is: listed apart, its secret its own, never one that registers others", async () => {
    const pool = await poolWith(open);
    const { UserPoolId } = pool;
    const made = await jsonOf<Registration>(await register(pool, web));
    const listOf = async (ClientType?: "DCR" | "REGULAR") =>
      ((await house.api.listUserPoolClients({ UserPoolId, ClientType })).UserPoolClients ?? []).map(
        ({ ClientId }) => ClientId,
      );
    expect(await listOf("DCR")).toEqual([made.client_id]);
    expect(await listOf("REGULAR")).toEqual([pool.ClientId]);
    expect(await listOf()).toHaveLength(2);
    const named = { UserPoolId, ClientId: made.client_id };
    expect((await refusalOf(house.api.addUserPoolClientSecret(named))).name).toBe("InvalidParameterException");
    const settings = { CallbackURLs: [postmanCallback], AllowedOAuthFlows: ["code" as const] };
    const update = (AllowedOAuthScopes: string[]) =>
      house.api.updateUserPoolClient({
        ...named,
        ...settings,
        AllowedOAuthScopes,
        AllowedOAuthFlowsUserPoolClient: true,
      });
    expect((await refusalOf(update(["openid", scope]))).name).toBe("ScopeDoesNotExistException");
    expect((await update(["openid"])).UserPoolClient?.ClientType).toBe("DCR");
  });

  it("is found by discovery where the pool lets it register, and nowhere else", async () => {
    for (const [configuration, isThere] of [
      [open, true],
      [{}, true],
      [{ EnableStatus: "Disabled" }, false],
      [undefined, false],
    ] as const) {
      const pool = await poolWith(configuration);
      const response = await fetch(`${house.url}/${pool.UserPoolId}/.well-known/openid-configuration`);
      const document = await jsonOf<Record<string, string>>(response);
      expect(document["registration_endpoint"]).toBe(isThere ? `${pool.base}/oauth2/register` : undefined);
    }
  });
});

describe("nobody registers a client", () => {
  it.each<
    [
      string,
      DcrConfigurationType | undefined,
      (pool: TestPool) => Promise<Record<string, string>>,
      number,
      string | undefined,
    ]
  >([
    ["where the pool has no such thing", undefined, async () => ({}), 403, "access_denied"],
    ["where it is switched off", { ...open, EnableStatus: "Disabled" }, async () => ({}), 403, "access_denied"],
    ["where it is not open, without a token", {}, async () => ({}), 401, "invalid_token"],
    ["where it is open to no grant", { ...open, OpenDcrGrantTypes: [] }, async () => ({}), 403, "access_denied"],
    [
      "where a token allows no grant",
      { ...open, AuthenticatedGrantTypes: [] },
      async (pool) => bearer(await tokenOf(pool)),
      403,
      "access_denied",
    ],
    ["by what is no token", open, async () => bearer("a.b.c"), 401, "invalid_token"],
    [
      "by another way to prove oneself",
      open,
      async (pool) => ({ authorization: basic(pool.ClientId, pool.secret) }),
      401,
      "invalid_request",
    ],
    [
      "by a token without the scope",
      open,
      async (pool) => bearer(await tokenOf(pool, "order/write")),
      403,
      "insufficient_scope",
    ],
    ["by a token of another pool", open, async () => bearer(await tokenOf(await poolWith(open))), 401, "invalid_token"],
    [
      "by a token whose client is gone",
      open,
      async (pool) => {
        const headers = bearer(await tokenOf(pool));
        await house.api.deleteUserPoolClient({ UserPoolId: pool.UserPoolId, ClientId: pool.ClientId });
        return headers;
      },
      401,
      "invalid_token",
    ],
    [
      "by a token whose client has the scope no longer",
      open,
      async (pool) => {
        const headers = bearer(await tokenOf(pool));
        await house.api.updateUserPoolClient({
          UserPoolId: pool.UserPoolId,
          ClientId: pool.ClientId,
          AllowedOAuthFlows: ["client_credentials"],
          AllowedOAuthScopes: ["order/write"],
          AllowedOAuthFlowsUserPoolClient: true,
        });
        return headers;
      },
      403,
      "insufficient_scope",
    ],
    [
      "by a token that is over",
      open,
      async (pool) => {
        const headers = bearer(await tokenOf(pool));
        house.clock.advance(3600_000);
        return headers;
      },
      401,
      "invalid_token",
    ],
  ])("%s", async (_title, configuration, headersFor, status, error) => {
    const pool = await poolWith(configuration);
    const response = await register(pool, web, await headersFor(pool));
    expect([response.status, (await jsonOf(response)).error]).toEqual([status, error]);
    expect(response.headers.has("www-authenticate")).toBe(error !== "access_denied");
    const { UserPoolClients = [] } = await house.api.listUserPoolClients({
      UserPoolId: pool.UserPoolId,
      ClientType: "DCR",
    });
    expect(UserPoolClients).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ["that is no JSON", "{", "invalid_client_metadata"],
    ["that is a list", [], "invalid_client_metadata"],
    ["without a redirect URI", {}, "invalid_redirect_uri"],
    ["with redirect URIs that are none", { redirect_uris: "https://a.example" }, "invalid_redirect_uri"],
    ["with a redirect URI in the clear", { redirect_uris: ["http://app.example/cb"] }, "invalid_redirect_uri"],
    ["with a script for a redirect URI", { redirect_uris: ["javascript:alert(1)"] }, "invalid_redirect_uri"],
    ["with a fragment in a redirect URI", { redirect_uris: ["https://app.example/cb#x"] }, "invalid_redirect_uri"],
    ["with a wildcard", { redirect_uris: ["https://*.example/cb"] }, "invalid_redirect_uri"],
    [
      "with too many redirect URIs",
      { redirect_uris: Array.from({ length: 101 }, (_, n) => `https://a.example/${n}`) },
      "invalid_redirect_uri",
    ],
    [
      "with a redirect URI that is too long",
      { redirect_uris: [`https://a.example/${"x".repeat(1024)}`] },
      "invalid_redirect_uri",
    ],
    ["with a grant that is not allowed", { grant_types: ["client_credentials"] }, "invalid_client_metadata"],
    ["with a grant that nobody knows", { ...web, grant_types: ["password"] }, "invalid_client_metadata"],
    [
      "with the implicit grant",
      { ...web, grant_types: ["implicit"], response_types: ["token"] },
      "invalid_client_metadata",
    ],
    [
      "with two ways to begin",
      { ...web, grant_types: ["authorization_code", "client_credentials"] },
      "invalid_client_metadata",
    ],
    ["with nothing but refreshing", { ...web, grant_types: ["refresh_token"] }, "invalid_client_metadata"],
    ["with grants that are none", { ...web, grant_types: 7 }, "invalid_client_metadata"],
    ["with another response", { ...web, response_types: ["token"] }, "invalid_client_metadata"],
    ["with no response", { ...web, response_types: [] }, "invalid_client_metadata"],
    [
      "that proves itself by a key",
      { ...web, token_endpoint_auth_method: "private_key_jwt" },
      "invalid_client_metadata",
    ],
    ["with a scope that is none", { ...web, scope: ["openid"] }, "invalid_client_metadata"],
    ["with no scope that is allowed", { ...web, scope: "order/write" }, "invalid_client_metadata"],
    ["with the scope to register others alone", { ...web, scope }, "invalid_client_metadata"],
    ["with a name that nobody can have", { ...web, client_name: "<b>" }, "invalid_client_metadata"],
    ["with a name that asks for an id", { ...web, client_name: "_custom_id_:mine" }, "invalid_client_metadata"],
  ])("%s", async (_title, metadata, error) => {
    const pool = await poolWith(open);
    const response = await register(pool, metadata);
    expect([response.status, (await jsonOf(response)).error]).toEqual([400, error]);
  });

  it("that acts for itself and has no secret to prove it with", async () => {
    const pool = await poolWith({ ...open, OpenDcrGrantTypes: ["client_credentials"], AllowedScopes: ["order/write"] });
    const metadata = { grant_types: ["client_credentials"], token_endpoint_auth_method: "none" };
    const response = await register(pool, metadata);
    expect([response.status, (await jsonOf(response)).error]).toEqual([400, "invalid_client_metadata"]);
  });

  it("by a form, or by another method", async () => {
    const pool = await poolWith(open);
    const form = await register(pool, "redirect_uris=x", { "content-type": "application/x-www-form-urlencoded" });
    expect([form.status, (await jsonOf(form)).error]).toEqual([400, "invalid_client_metadata"]);
    const read = await fetch(`${pool.base}/oauth2/register`);
    expect([read.status, read.headers.get("allow")]).toEqual([405, "POST"]);
  });
});
