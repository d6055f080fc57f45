/** Tokens that are nearly ours: signed by the right key with the wrong words, or by anything that could pass for the key. */
import { createHmac, createPublicKey, sign } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { signingKeys } from "../../src/keys/signing-key.ts";
import { signJws } from "../../src/lib/jws.ts";
import { authorizeUrl, claimsOf, codeFor, jsonOf, requestToken } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password, postmanCallback, type TestPool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";

const house = useHouse();
let pool: TestPool;
let other: TestPool;
const username = "jane@example.com";
const scope = "openid email aws.cognito.signin.user.admin";

beforeAll(async () => {
  const client = { AllowedOAuthScopes: scope.split(" ") };
  pool = await makePool(house, { client });
  other = await makePool(house, { client });
  await pool.createUser(username);
  await other.createUser(username);
});

async function tokensOf(of: TestPool) {
  const code = await codeFor(authorizeUrl(of, { scope }), username, password);
  return jsonOf(await requestToken(of, { grant_type: "authorization_code", code, redirect_uri: postmanCallback }));
}

const userInfo = (token: string, of = pool) =>
  fetch(`${of.base}/oauth2/userInfo`, { headers: { authorization: `Bearer ${token}` } });

/** Whether a token opens anything: userInfo and the operations of a user on itself. */
async function opens(token: string): Promise<readonly [number, string]> {
  const { status } = await userInfo(token);
  const outcome = await house.api.getUser({ AccessToken: token }).then(
    () => "answered",
    ({ name }: Error) => name,
  );
  return [status, outcome];
}

/** A token of the pool's own access key with other claims. A claim that is undefined is left out. */
async function resigned(token: string, changes: Readonly<Record<string, unknown>>, use: "id" | "access" = "access") {
  const { [use]: key } = await signingKeys(house.app, pool.UserPoolId);
  return signJws(key.id, key.privateKey, JSON.stringify({ ...claimsOf(token), ...changes }));
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

describe("an access token of the pool's own key", () => {
  it("opens what it is for, re-signed or not", async () => {
    const { access_token } = await tokensOf(pool);
    expect(await opens(access_token)).toEqual([200, "answered"]);
    expect(await opens(await resigned(access_token, {}))).toEqual([200, "answered"]);
  });

  it.each<readonly [string, string, () => Readonly<Record<string, unknown>>]>([
    ["TOK-09", "that expired a second ago", () => ({ exp: seconds(house.clock.now()) - 1 })],
    ["TOK-09", "that expires now", () => ({ exp: seconds(house.clock.now()) })],
    ["TOK-09", "that is not yet good", () => ({ nbf: seconds(house.clock.now()) + 60 })],
    ["TOK-09", "of a later time", () => ({ iat: seconds(house.clock.now()) + 60 })],
    ["TOK-09", "without an end", () => ({ exp: undefined })],
    ["TOK-09", "without a beginning", () => ({ iat: undefined })],
    ["TOK-09", "whose end is a text", () => ({ exp: String(seconds(house.clock.now()) + 60) })],
    ["TOK-09", "whose end is before all time", () => ({ exp: -1 })],
    ["TOK-09", "whose end is a list", () => ({ exp: [seconds(house.clock.now()) + 60] })],
    ["TOK-09", "whose end is a fraction", () => ({ exp: seconds(house.clock.now()) + 60.5 })],
    ["TOK-06", "that is used as an ID token", () => ({ token_use: "id" })],
    ["TOK-06", "that has no use", () => ({ token_use: undefined })],
    ["TOK-06", "whose use is a list", () => ({ token_use: ["access"] })],
    ["TOK-09", "of another issuer", () => ({ iss: `https://evil.example/${pool.UserPoolId}` })],
    ["TOK-09", "of another pool as its issuer", () => ({ iss: `${house.url}/${other.UserPoolId}` })],
    ["TOK-08", "whose scope is a list", () => ({ scope: scope.split(" ") })],
    ["TOK-08", "without scopes", () => ({ scope: "" })],
    ["TOK-09", "of nobody", () => ({ sub: "00000000-0000-4000-8000-000000000000" })],
    ["TOK-09", "of a client that is not there", () => ({ client_id: "nobody" })],
    ["TOK-10", "of a sign-in that is not there", () => ({ origin_jti: "00000000-0000-4000-8000-000000000000" })],
    ["TOK-10", "whose sign-in is a list", () => ({ origin_jti: [] })],
  ])("%s: %s opens nothing", async (_id, _what, changes) => {
    const { access_token } = await tokensOf(pool);
    const [status, outcome] = await opens(await resigned(access_token, changes()));
    expect(status).toBe(401);
    expect(outcome).toMatch(/^(NotAuthorized|UserNotFound)Exception$/);
  });

  it("TOK-09: with a number beyond all numbers for an end opens nothing", async () => {
    const { access_token } = await tokensOf(pool);
    const { access } = await signingKeys(house.app, pool.UserPoolId);
    const text = JSON.stringify({ ...claimsOf(access_token), exp: "END" }).replace('"END"', "1e400");
    expect(await opens(await signJws(access.id, access.privateKey, text))).toEqual([401, "NotAuthorizedException"]);
  });

  it("TOK-06: by the key of ID tokens opens nothing", async () => {
    const { access_token } = await tokensOf(pool);
    expect(await opens(await resigned(access_token, {}, "id"))).toEqual([401, "NotAuthorizedException"]);
  });
});

describe("TOK-02, TOK-04: a token that another key made", () => {
  const encode = (value: unknown): string =>
    Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

  /** What a server that is led astray might take for the secret of an HMAC. */
  const secrets: readonly (readonly [
    string,
    (jwk: { n: string; e: string; kty: string }, jwks: string) => string | Buffer,
  ])[] = [
    ["the public key as PEM", (jwk) => keyOf(jwk).export({ format: "pem", type: "spki" })],
    [
      "the public key as PEM without its line end",
      (jwk) => String(keyOf(jwk).export({ format: "pem", type: "spki" })).trim(),
    ],
    ["the public key as PKCS #1", (jwk) => keyOf(jwk).export({ format: "pem", type: "pkcs1" })],
    ["the public key as DER", (jwk) => keyOf(jwk).export({ format: "der", type: "spki" })],
    ["the modulus as text", ({ n }) => n],
    ["the modulus as bytes", ({ n }) => Buffer.from(n, "base64url")],
    ["the public key as JSON", (jwk) => JSON.stringify(jwk)],
    ["the key set as text", (_jwk, jwks) => jwks],
    ["nothing", () => ""],
  ];
  const keyOf = (jwk: { n: string; e: string; kty: string }) => createPublicKey({ format: "jwk", key: jwk });

  it.each(secrets)("with %s for the secret of an HMAC opens nothing", async (_what, secretOf) => {
    const { access_token } = await tokensOf(pool);
    const [header = "", payload = ""] = access_token.split(".");
    const { kid } = JSON.parse(Buffer.from(header, "base64url").toString());
    const jwks = await (await fetch(`${house.url}/${pool.UserPoolId}/.well-known/jwks.json`)).text();
    const jwk = JSON.parse(jwks).keys.find((key: { kid: string }) => key.kid === kid);
    for (const alg of ["HS256", "hs256", "RS256"]) {
      const signed = `${encode({ kid, alg })}.${payload}`;
      const mac = createHmac("sha256", secretOf(jwk, jwks)).update(signed).digest("base64url");
      expect(await opens(`${signed}.${mac}`), alg).toEqual([401, "NotAuthorizedException"]);
    }
  });

  it.each<readonly [string, (kid: string, foreign: string) => unknown]>([
    ["the id of a key of another pool", (_kid, foreign) => ({ kid: foreign, alg: "RS256" })],
    ["an id that reads like a file", () => ({ kid: "../../dev/null", alg: "RS256" })],
    ["an id that reads like a query", () => ({ kid: "' OR 1=1--", alg: "RS256" })],
    ["an id that every object has", () => ({ kid: "__proto__", alg: "RS256" })],
    ["an id of a megabyte", () => ({ kid: "k".repeat(1_000_000), alg: "RS256" })],
    ["no id", () => ({ alg: "RS256" })],
    ["null for an id", () => ({ kid: null, alg: "RS256" })],
    ["a list of ids", (kid) => ({ kid: [kid], alg: "RS256" })],
    ["its id twice", (kid) => `{"kid":"none","kid":${JSON.stringify(kid)},"alg":"HS256","alg":"RS256","crit":["x"]}`],
    ["its own key", (kid) => ({ kid, alg: "RS256", jwk: { kty: "RSA", n: "AQAB", e: "AQAB" }, crit: ["jwk"] })],
    ["an address of keys", (kid) => ({ kid, alg: "RS256", jku: "https://evil.example/jwks", crit: ["jku"] })],
  ])("with %s opens nothing", async (_what, headerOf) => {
    const { access_token } = await tokensOf(pool);
    const foreign = await signingKeys(house.app, other.UserPoolId);
    const [header = "", payload = ""] = access_token.split(".");
    const { kid } = JSON.parse(Buffer.from(header, "base64url").toString());
    const signed = `${encode(headerOf(kid, foreign.access.id))}.${payload}`;
    const signature = sign("sha256", Buffer.from(signed), foreign.access.privateKey).toString("base64url");
    const [status, outcome] = await opens(`${signed}.${signature}`);
    // Node's own parser refuses a head of a megabyte.
    expect([401, 431]).toContain(status);
    expect(outcome).toMatch(/^(NotAuthorizedException|InvalidParameterException|RequestEntityTooLargeException)$/);
  });

  it("with every spelling of its parts that a lax reader takes for the same opens nothing", async () => {
    const { access_token } = await tokensOf(pool);
    const [header = "", payload = "", signature = ""] = access_token.split(".");
    const standard = (text: string) => Buffer.from(text, "base64url").toString("base64");
    for (const spelled of [
      `${header}.${payload}.${signature}=`,
      `${header}.${payload}.${standard(signature)}`,
      `${standard(header)}.${payload}.${signature}`,
      `${header}.${payload}.${signature}.`,
      `${header}.${payload}.${signature.slice(0, -1)}${signature.endsWith("A") ? "B" : "A"}`,
      `${header}..${payload}.${signature}`,
    ]) {
      if (spelled === access_token) continue;
      expect((await userInfo(spelled)).status, spelled.slice(-20)).toBeGreaterThanOrEqual(400);
    }
  });

  it("of another pool's user opens nothing here, and its refresh token neither", async () => {
    const { access_token, refresh_token } = await tokensOf(other);
    expect((await userInfo(access_token)).status).toBe(401);
    expect((await userInfo(access_token, other)).status).toBe(200);
    const refreshed = await requestToken(pool, { grant_type: "refresh_token", refresh_token });
    expect([refreshed.status, await refreshed.json()]).toEqual([400, { error: "invalid_grant" }]);
  });
});

describe("TOK-16: a refresh token", () => {
  it("works for its own client at every door, public or not", async () => {
    const { refresh_token } = await tokensOf(pool);
    const open = await house.api.createUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientName: "open",
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    });
    const guarded = await house.api.createUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientName: "guarded",
      GenerateSecret: true,
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    });
    for (const { UserPoolClient } of [open, guarded]) {
      const { ClientId = "", ClientSecret } = UserPoolClient ?? {};
      const form = {
        grant_type: "refresh_token",
        client_id: ClientId,
        refresh_token,
        ...(ClientSecret && { client_secret: ClientSecret }),
      };
      expect(await (await requestToken(pool, form, {})).json()).toEqual({ error: "invalid_grant" });
      const invalid = { name: "NotAuthorizedException", message: "Invalid Refresh Token." };
      const asked = { ClientId, RefreshToken: refresh_token, ...(ClientSecret && { ClientSecret }) };
      expect(await refusalOf(house.api.getTokensFromRefreshToken(asked))).toEqual(invalid);
    }
    expect((await requestToken(pool, { grant_type: "refresh_token", refresh_token })).status).toBe(200);
  });
});
