/** The token endpoint and its siblings under attack. */
import { createHmac, createPublicKey } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, basic, claimsOf, codeFor, jsonOf, requestToken } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password, postmanCallback, type TestPool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";

const house = useHouse();
let pool: TestPool;
let machine: TestPool;
let open: TestPool;
const username = "jane@example.com";

beforeAll(async () => {
  pool = await makePool(house);
  machine = await makePool(house, {
    client: { AllowedOAuthFlows: ["client_credentials"], AllowedOAuthScopes: ["order/write"], CallbackURLs: undefined },
  });
  open = await makePool(house, { client: { GenerateSecret: false } });
  await pool.createUser(username);
});

const credentials = { grant_type: "client_credentials" };
const answerOf = async (response: Response) => [response.status, (await jsonOf(response)).error] as const;

describe("a client", () => {
  it.each([
    [
      "a lower-case scheme",
      (id: string, secret: string) => basic(id, secret).replace("Basic", "basic"),
      200,
      undefined,
    ],
    ["a wrong secret", (id: string, secret: string) => basic(id, `${secret}x`), 400, "invalid_client"],
    ["an empty secret", (id: string) => basic(id, ""), 400, "invalid_client"],
    ["two colons", (id: string, secret: string) => basic(id, `:${secret}`), 400, "invalid_client"],
    ["no colon", (id: string) => `Basic ${Buffer.from(id).toString("base64")}`, 400, "invalid_client"],
    ["another scheme", (_id: string, secret: string) => `Bearer ${secret}`, 400, "invalid_client"],
    ["nothing behind the scheme", () => "Basic", 400, "invalid_client"],
    [
      "white space in the code",
      (id: string, secret: string) =>
        `Basic ${Buffer.from(`${id}:${secret}`)
          .toString("base64")
          .replace(/^(.{4})/, "$1 ")}`,
      400,
      "invalid_client",
    ],
    ["a lone percent sign", (id: string) => basic(id, "%"), 400, "invalid_client"],
    [
      "an encoded id",
      (id: string, secret: string) => basic(`%${id.charCodeAt(0).toString(16)}${id.slice(1)}`, secret),
      200,
      undefined,
    ],
    ["ten thousand characters", (id: string) => basic(id, "x".repeat(10_000)), 400, "invalid_client"],
  ] as const)(
    "CLI-05: proving itself with %s (Cognito answers 400 rather than 401)",
    async (_title, header, status, error) => {
      const response = await requestToken(machine, credentials, {
        authorization: header(machine.ClientId, machine.secret),
      });
      expect(await answerOf(response)).toEqual([status, error]);
    },
  );

  it.each([
    ["CLI-06: in two ways at once", (own: TestPool) => ({ client_secret: own.secret }), "invalid_request"],
    ["CLI-06: under two names", () => ({ client_id: "other" }), "invalid_request"],
    ["under one name twice said", (own: TestPool) => ({ client_id: own.ClientId }), undefined],
  ] as const)("%s", async (_title, form, error) => {
    expect((await answerOf(await requestToken(machine, { ...credentials, ...form(machine) })))[1]).toBe(error);
  });

  it.each([
    [
      "CLI-07: with a secret but without showing it",
      () => machine,
      (own: TestPool) => ({ client_id: own.ClientId }),
      "invalid_client",
    ],
    [
      "by its secret in the form",
      () => machine,
      (own: TestPool) => ({ client_id: own.ClientId, client_secret: own.secret }),
      undefined,
    ],
    [
      "CLI-08: without a secret but showing one",
      () => open,
      (own: TestPool) => ({ client_id: own.ClientId, client_secret: "x".repeat(30) }),
      "invalid_client",
    ],
    ["without any name", () => machine, () => ({}), "invalid_request"],
    ["CLI-10: that does not exist", () => machine, () => ({ client_id: "nobody" }), "invalid_client"],
  ] as const)("%s", async (_title, whose, form, error) => {
    const own = whose();
    expect((await answerOf(await requestToken(own, { ...credentials, ...form(own) }, {})))[1]).toBe(error);
  });

  it("CLI-09: may not put its secret into the address", async () => {
    const url = `${machine.base}/oauth2/token?client_secret=${machine.secret}`;
    const body = new URLSearchParams({ ...credentials, client_id: machine.ClientId });
    expect(await answerOf(await fetch(url, { method: "POST", body }))).toEqual([400, "invalid_request"]);
  });

  it("CLI-10: may use its own flows only", async () => {
    expect((await answerOf(await requestToken(pool, credentials)))[1]).toBe("unauthorized_client");
    const code = { grant_type: "authorization_code", code: "c", redirect_uri: postmanCallback };
    expect((await answerOf(await requestToken(machine, code)))[1]).toBe("unauthorized_client");
  });

  it.each(["openid", "aws.cognito.signin.user.admin", "other/read", "order/write other/read", "order/write openid"])(
    "AUT-19: gets no token of its own for %s",
    async (scope) => {
      expect(await answerOf(await requestToken(machine, { ...credentials, scope }))).toEqual([400, "invalid_scope"]);
    },
  );

  it("either of its two secrets proves it", async () => {
    const { ClientSecretDescriptor } = await house.api.addUserPoolClientSecret({
      UserPoolId: machine.UserPoolId,
      ClientId: machine.ClientId,
    });
    const second = ClientSecretDescriptor?.ClientSecretValue ?? "";
    expect((await requestToken(machine, credentials, { authorization: basic(machine.ClientId, second) })).status).toBe(
      200,
    );
    expect((await requestToken(machine, credentials)).status).toBe(200);
  });
});

describe("a request", () => {
  it.each([
    ["AUT-21: of another grant", { grant_type: "password" }, "unsupported_grant_type"],
    ["AUT-21: without a grant", {}, "invalid_request"],
    ["without a code", { grant_type: "authorization_code", redirect_uri: postmanCallback }, "invalid_request"],
    ["without a redirect URI", { grant_type: "authorization_code", code: "c" }, "invalid_request"],
    [
      "with a code that nobody gave",
      { grant_type: "authorization_code", code: "c", redirect_uri: postmanCallback },
      "invalid_grant",
    ],
    ["without a refresh token", { grant_type: "refresh_token" }, "invalid_request"],
    [
      "with a refresh token that nobody gave",
      { grant_type: "refresh_token", refresh_token: "a.b.c.d.e" },
      "invalid_grant",
    ],
  ])("%s", async (_title, form, error) => {
    expect(await answerOf(await requestToken(pool, form))).toEqual([400, error]);
  });

  it.each([
    ["no JSON", "from=caller"],
    ["a list", '["caller"]'],
    ["a number in it", '{"from":7}'],
    ["an object in it", '{"from":{"a":"b"}}'],
  ])("with %s as aws_client_metadata is refused, where a function would get it", async (_title, text) => {
    const form = { ...credentials, aws_client_metadata: text };
    expect(await answerOf(await requestToken(machine, form))).toEqual([400, "invalid_request"]);
    const right = { ...credentials, aws_client_metadata: '{"from":"caller"}' };
    expect(await answerOf(await requestToken(machine, right))).toEqual([200, undefined]);
  });

  it.each([
    ["JSON", { "content-type": "application/json" }, '{"grant_type":"client_credentials"}'],
    [
      "another alphabet",
      { "content-type": "application/x-www-form-urlencoded; charset=utf-16" },
      "grant_type=client_credentials",
    ],
    [
      "a parameter twice",
      { "content-type": "application/x-www-form-urlencoded" },
      "grant_type=client_credentials&grant_type=refresh_token",
    ],
    [
      "a form that is too large",
      { "content-type": "application/x-www-form-urlencoded" },
      `grant_type=client_credentials&x=${"x".repeat(70_000)}`,
    ],
  ])("AUT-21: in %s is refused", async (_title, headers, body) => {
    const authorization = basic(machine.ClientId, machine.secret);
    const response = await fetch(`${machine.base}/oauth2/token`, {
      method: "POST",
      headers: { ...headers, authorization },
      body,
    });
    expect(await answerOf(response)).toEqual([400, "invalid_request"]);
  });

  it("AUT-19, HTP-15: by GET is refused, and says what is allowed", async () => {
    const response = await fetch(`${machine.base}/oauth2/token`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("AUT-23: is answered with headers that keep the answer private and readable for scripts", async () => {
    const response = await requestToken(machine, credentials);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json;charset=UTF-8",
      "cache-control": expect.stringContaining("no-store"),
      pragma: "no-cache",
      "x-content-type-options": "nosniff",
      "access-control-allow-origin": "*",
    });
  });
});

describe("an access token", () => {
  const userInfo = (token: string) =>
    fetch(`${pool.base}/oauth2/userInfo`, { headers: { authorization: `Bearer ${token}` } });
  const hosted = async () =>
    jsonOf(
      await requestToken(pool, {
        grant_type: "authorization_code",
        code: await codeFor(authorizeUrl(pool), username, password),
        redirect_uri: postmanCallback,
      }),
    );

  it("TOK-06: is not an ID token, and an ID token is none", async () => {
    const { id_token, access_token } = await hosted();
    expect((await userInfo(access_token)).status).toBe(200);
    expect((await userInfo(id_token)).status).toBe(401);
    expect(await refusalOf(house.api.getUser({ AccessToken: id_token }))).toEqual({
      name: "NotAuthorizedException",
      message: "Invalid Access Token",
    });
  });

  it("TOK-08: reaches what its scopes let it", async () => {
    const { access_token } = await hosted();
    const lacking = { name: "NotAuthorizedException", message: "Access Token does not have required scopes" };
    expect(await refusalOf(house.api.getUser({ AccessToken: access_token }))).toEqual(lacking);
    const own = await jsonOf(await requestToken(machine, credentials));
    expect(await refusalOf(house.api.getUser({ AccessToken: own.access_token }))).toEqual(lacking);
    expect(await refusalOf(house.api.globalSignOut({ AccessToken: own.access_token }))).toEqual(lacking);
    const refused = await fetch(`${machine.base}/oauth2/userInfo`, {
      headers: { authorization: `Bearer ${own.access_token}` },
    });
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([
      401,
      'error="invalid_token", error_description="Access token does not contain openid scope"',
    ]);
  });

  it("TOK-09: is good until it expires, to the second", async () => {
    const { access_token } = await hosted();
    house.clock.advance(3_599_000);
    expect((await userInfo(access_token)).status).toBe(200);
    house.clock.advance(1_000);
    expect((await userInfo(access_token)).status).toBe(401);
  });

  it("TOK-02, TOK-04, TOK-09: that somebody else made is none", async () => {
    const { access_token } = await hosted();
    const [header = "", payload = "", signature = ""] = access_token.split(".");
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const { kid } = JSON.parse(Buffer.from(header, "base64url").toString());
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const jwks = await jsonOf<{ keys: { kid: string; kty: string; n: string; e: string }[] }>(
      await fetch(`${house.url}/${pool.UserPoolId}/.well-known/jwks.json`),
    );
    const pem = createPublicKey({ format: "jwk", key: { ...jwks.keys[1] } }).export({ format: "pem", type: "spki" });
    const confused = `${encode({ kid, alg: "HS256" })}.${payload}`;
    const forged = [
      `${confused}.${createHmac("sha256", pem).update(confused).digest("base64url")}`,
      `${encode({ kid, alg: "none" })}.${payload}.`,
      `${encode({ kid: jwks.keys[0]?.kid, alg: "RS256" })}.${payload}.${signature}`,
      `${encode({ kid: "../../dev/null", alg: "RS256" })}.${payload}.${signature}`,
      `${header}.${encode({ ...claims, exp: claims.exp + 3600 })}.${signature}`,
      `${header}.${encode({ ...claims, exp: String(claims.exp) })}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -4)}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      "nonsense",
    ];
    for (const token of forged) expect((await userInfo(token)).status, token).toBe(401);
  });

  it.each([
    ["no header", {}, 400],
    ["another scheme", { authorization: "Basic abc" }, 400],
    ["an empty token", { authorization: "Bearer " }, 400],
  ])("with %s is no request", async (_title, headers, status) => {
    const response = await fetch(`${pool.base}/oauth2/userInfo`, { headers });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([
      status,
      'error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"',
    ]);
  });

  it("of another pool is none here", async () => {
    await open.createUser(username);
    const form = {
      grant_type: "authorization_code",
      client_id: open.ClientId,
      code: await codeFor(authorizeUrl(open), username, password),
      redirect_uri: postmanCallback,
    };
    const tokens = await jsonOf(await requestToken(open, form, {}));
    expect((await userInfo(tokens.access_token)).status).toBe(401);
  });
});

describe("revoking", () => {
  const revoke = (
    own: TestPool,
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = { authorization: basic(own.ClientId, own.secret) },
  ) => fetch(`${own.base}/oauth2/revoke`, { method: "POST", headers, body: new URLSearchParams(form) });

  it("of any text that is no token of ours succeeds, and of an access token does not", async () => {
    expect((await revoke(pool, { token: "anything" })).status).toBe(200);
    const code = await codeFor(authorizeUrl(pool), username, password);
    const tokens = await jsonOf(
      await requestToken(pool, { grant_type: "authorization_code", code, redirect_uri: postmanCallback }),
    );
    expect(await answerOf(await revoke(pool, { token: tokens.access_token }))).toEqual([400, "unsupported_token_type"]);
    expect(await answerOf(await revoke(machine, { token: tokens.refresh_token }, {}))).toEqual([
      400,
      "invalid_request",
    ]);
    expect(await answerOf(await revoke(pool, {}))).toEqual([400, "invalid_request"]);
    expect(
      await answerOf(await revoke(pool, { token: "x" }, { authorization: basic(pool.ClientId, "wrong") })),
    ).toEqual([401, "invalid_client"]);
    expect((await revoke(pool, { token: tokens.refresh_token })).status).toBe(200);
  });
});

describe("a refresh", () => {
  const tokensOf = async () =>
    jsonOf(
      await requestToken(pool, {
        grant_type: "authorization_code",
        code: await codeFor(authorizeUrl(pool, { scope: "openid email" }), username, password),
        redirect_uri: postmanCallback,
      }),
    );

  it.each([
    ["a scope of the client's that was not granted", { scope: "openid email phone" }],
    ["a scope of a resource server", { scope: "order/write" }],
    ["the scope of users on themselves", { scope: "aws.cognito.signin.user.admin" }],
    ["another resource", { resource: "https://elsewhere.example.com" }],
  ])("TOK-17: that asks for %s gets no more than was granted", async (_title, more) => {
    const { refresh_token, access_token } = await tokensOf();
    const refreshed = await jsonOf(await requestToken(pool, { grant_type: "refresh_token", refresh_token, ...more }));
    const [before, after] = [claimsOf(access_token), claimsOf(refreshed.access_token)];
    expect(before["scope"]).toBe("openid email");
    expect([after["scope"], after["aud"], after["client_id"]]).toEqual(["openid email", undefined, pool.ClientId]);
  });

  it("TOK-20: and every other way to tokens gives ids that nobody can guess and that come once", async () => {
    const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
    const seen: string[] = [];
    for (let times = 0; times < 10; times++) {
      const { refresh_token, id_token, access_token } = await tokensOf();
      const again = await jsonOf(await requestToken(pool, { grant_type: "refresh_token", refresh_token }));
      const own = await jsonOf(await requestToken(machine, { grant_type: "client_credentials" }));
      const jtis = [id_token, access_token, again.id_token, again.access_token, own.access_token];
      seen.push(...jtis.map((token) => String(claimsOf(token)["jti"])), String(claimsOf(id_token)["origin_jti"]));
      expect(claimsOf(again.access_token)["origin_jti"]).toBe(claimsOf(access_token)["origin_jti"]);
      seen.push(await pool.createUser(`guess-${times}@example.com`));
    }
    expect(seen.filter((id) => !uuid.test(id))).toEqual([]);
    expect(new Set(seen).size).toBe(70);
  });
});

describe("the public documents", () => {
  it("TOK-24: hold the public halves of the keys only, and may be kept for an hour", async () => {
    const response = await fetch(`${house.url}/${pool.UserPoolId}/.well-known/jwks.json`);
    const { keys } = await jsonOf<{ keys: Record<string, string>[] }>(response);
    expect(response.headers.get("cache-control")).toBe("public, max-age=3600");
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(Object.keys(key)).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
      expect(key).toMatchObject({ alg: "RS256", kty: "RSA", use: "sig", kid: expect.stringMatching(/^[\w+/]{43}=$/) });
    }
  });

  it("name the pool's own issuer and endpoints, in the order of the alphabet", async () => {
    const document = await jsonOf<Record<string, unknown>>(
      await fetch(`${house.url}/${pool.UserPoolId}/.well-known/openid-configuration`),
    );
    expect(Object.keys(document)).toEqual(Object.keys(document).toSorted());
    expect(document).toMatchObject({
      issuer: `${house.url}/${pool.UserPoolId}`,
      token_endpoint: `${pool.base}/oauth2/token`,
    });
    expect((await fetch(`${house.url}/us-east-1_nowhere12/.well-known/jwks.json`)).status).toBe(404);
  });
});
