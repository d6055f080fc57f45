import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addProvider } from "../../test/support/arriving.ts";
import { newVisitor } from "../../test/support/browser-steps.ts";
import { authorizeAddress, locationOf, redeem, signInWith } from "../../test/support/federated-browser.ts";
import { openTestHouse, type TestHouse } from "../../test/support/house.ts";
import { makePool, postmanCallback, type TestPool } from "../../test/support/pool.ts";
import { applePair, clientSecret, openStandIn, type StandInProvider } from "../../test/support/stand-in-provider.ts";

let house: TestHouse;
let idp: StandInProvider;

const origins = [
  "https://accounts.google.com",
  "https://www.googleapis.com",
  "https://people.googleapis.com",
  "https://www.facebook.com",
  "https://graph.facebook.com",
  "https://www.amazon.com",
  "https://api.amazon.com",
  "https://appleid.apple.com",
];

beforeAll(async () => {
  idp = await openStandIn();
  house = await openTestHouse({ standIns: origins.map((origin) => `${origin}=${idp.url}`).join(",") });
});

beforeEach(() => idp.reset());

afterAll(async () => {
  await house.close();
  await idp.close();
  expect(house.errors).toEqual([]);
});

type Social = "Google" | "Facebook" | "LoginWithAmazon" | "SignInWithApple";

const issuers: Readonly<Partial<Record<Social, string>>> = {
  Google: "https://accounts.google.com",
  SignInWithApple: "https://appleid.apple.com",
};

const appleKey = applePair.privateKey.export({ format: "pem", type: "pkcs8" }).toString();

async function poolWith(name: Social, AttributeMapping: Record<string, string>, more: Record<string, string> = {}) {
  const pool = await makePool(house);
  const usual = { client_id: "poolhouse", client_secret: clientSecret, authorize_scopes: "profile email" };
  const { client_secret: _none, ...others } = usual;
  const isApple = name === "SignInWithApple";
  const keys = { team_id: "TEAM1", key_id: "KEY1", private_key: appleKey };
  await addProvider(house, pool, {
    ProviderName: name,
    ProviderType: name,
    AttributeMapping,
    ProviderDetails: { ...(isApple ? { ...others, ...keys } : usual), ...more },
  });
  idp.issuer = issuers[name] ?? idp.url;
  return pool;
}

const whereTo = async (pool: TestPool, name: Social, parameters: Record<string, string> = {}) => {
  const address = authorizeAddress(pool, { identity_provider: name, ...parameters });
  return new URL(locationOf(await newVisitor().visit(address)));
};

const signIn = (pool: TestPool, name: Social) => signInWith(newVisitor(), pool, idp, { identity_provider: name });

describe("Google", () => {
  const mapping = { email: "email", email_verified: "email_verified", name: "name" };

  it("is asked as an OpenID provider, and told whom the client expects", async () => {
    const pool = await poolWith("Google", mapping);
    const location = await whereTo(pool, "Google", { login_hint: "jane@gmail.example", prompt: "select_account" });
    expect(location.pathname).toBe("/o/oauth2/v2/auth");
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      client_id: "poolhouse",
      redirect_uri: `${pool.base}/oauth2/idpresponse`,
      response_type: "code",
      scope: "profile email",
      login_hint: "jane@gmail.example",
      prompt: "select_account",
      code_challenge_method: "S256",
    });
  });

  it("signs in who its ID token names, and is asked for nothing else when nothing else is mapped", async () => {
    const pool = await poolWith("Google", mapping);
    idp.behaviour.claims = { sub: "1117", email: "jane@gmail.example", email_verified: true, name: "Jane" };
    const { claims } = await redeem(pool, await signIn(pool, "Google"));
    expect(claims).toMatchObject({ "cognito:username": "Google_1117", email: "jane@gmail.example", name: "Jane" });
    expect(claims.identities).toMatchObject([{ providerType: "Google", providerName: "Google", userId: "1117" }]);
    expect(idp.seen.map(({ path }) => path)).toEqual(["/oauth2/v4/token", "/oauth2/v3/certs"]);
  });

  it("is asked for what is mapped of the People API, of the same person", async () => {
    const pool = await poolWith("Google", { ...mapping, birthdate: "birthdays", phone_number: "phone" });
    idp.behaviour.claims = { sub: "1117", name: "Jane" };
    idp.behaviour.profile = { resourceName: "people/1117", etag: "x", birthdays: ["1990-01-02"], names: ["No"] };
    await signIn(pool, "Google");
    expect(idp.seen.at(-1)).toMatchObject({ path: "/v1/people/me", query: { personFields: "birthdays" } });
    const { UserAttributes } = await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: "Google_1117" });
    expect(UserAttributes).toContainEqual({ Name: "birthdate", Value: "1990-01-02" });
    idp.behaviour.profile = { resourceName: "people/2228", birthdays: ["1999-09-09"] };
    const location = await signIn(pool, "Google");
    expect(location.searchParams.get("error_description")).toBe("Google Error - invalid response");
  });

  it("says why it refuses", async () => {
    const pool = await poolWith("Google", mapping);
    idp.behaviour.instead = (path) =>
      path === "/oauth2/v4/token" ? { status: 400, body: { error: "invalid_grant" } } : undefined;
    const location = await signIn(pool, "Google");
    expect(location.searchParams.get("error_description")).toBe("Google Error - 400 invalid_grant");
    expect(location.searchParams.get("error")).toBe("invalid_request");
  });

  it("FED-01: is believed for its own issuer alone", async () => {
    const pool = await poolWith("Google", mapping);
    idp.issuer = idp.url;
    const location = await signIn(pool, "Google");
    expect(location.searchParams.get("error_description")).toBe("Google Error - invalid response");
  });
});

describe("Facebook", () => {
  it("is asked for the fields that are mapped, by a token that our secret has got", async () => {
    const pool = await poolWith(
      "Facebook",
      { email: "email", name: "name", picture: "picture" },
      { api_version: "v21.0" },
    );
    const location = await whereTo(pool, "Facebook", { login_hint: "jane", prompt: "login" });
    expect(location.pathname).toBe("/v21.0/dialog/oauth");
    expect(Object.fromEntries(location.searchParams)).toEqual({
      client_id: "poolhouse",
      redirect_uri: `${pool.base}/oauth2/idpresponse`,
      response_type: "code",
      scope: "profile email",
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
    const picture = { data: { url: "https://cdn.example/1" } };
    idp.behaviour.profile = { id: "99", email: "jane@fb.example", name: "Jane", picture };
    const { claims } = await redeem(pool, await signIn(pool, "Facebook"));
    expect(claims).toMatchObject({
      "cognito:username": "Facebook_99",
      email: "jane@fb.example",
      email_verified: false,
      picture: JSON.stringify(picture),
    });
    const [tokens, profile] = idp.seen;
    expect(tokens).toMatchObject({ method: "POST", path: "/v21.0/oauth/access_token", query: {} });
    expect(profile).toMatchObject({
      path: "/v21.0/me",
      query: { fields: "id,email,name,picture" },
      authorization: "Bearer at-1",
    });
  });

  it("signs nobody in without an account, or for a code that it refuses", async () => {
    const pool = await poolWith("Facebook", { name: "name" });
    idp.behaviour.profile = { name: "Nobody" };
    const location = await signIn(pool, "Facebook");
    expect(location.searchParams.get("error_description")).toBe("username attribute mapping required");
    idp.behaviour.instead = () => ({
      status: 400,
      body: { error: { message: "x", type: "OAuthException", code: 100 } },
    });
    const refused = await signIn(pool, "Facebook");
    expect(refused.searchParams.get("error_description")).toBe("Facebook Error - 400 error getting token");
  });
});

describe("Login with Amazon", () => {
  it("gives a profile for a token, and a token for a code and our verifier", async () => {
    const pool = await poolWith("LoginWithAmazon", { email: "email", name: "name" });
    const location = await whereTo(pool, "LoginWithAmazon");
    expect(location.pathname).toBe("/ap/oa");
    expect(location.searchParams.get("code_challenge_method")).toBe("S256");
    idp.behaviour.profile = { user_id: "amzn1.account.X", email: "jane@amazon.example", name: "Jane" };
    const { claims } = await redeem(pool, await signIn(pool, "LoginWithAmazon"));
    expect(claims).toMatchObject({ "cognito:username": "LoginWithAmazon_amzn1.account.X", name: "Jane" });
    expect(idp.seen.map(({ path }) => path)).toEqual(["/auth/o2/token", "/user/profile"]);
    expect(idp.seen[1]?.authorization).toBe("Bearer at-1");
  });

  it.each([
    ["is no JSON", { body: "<html>" }, "LoginWithAmazon Error - invalid response"],
    ["has no token", { body: {} }, "LoginWithAmazon Error - invalid response"],
    ["is a failure", { status: 500, body: {} }, "LoginWithAmazon Error - 500 error getting token"],
  ])("signs nobody in when its answer %s", async (_title, answer, description) => {
    const pool = await poolWith("LoginWithAmazon", { name: "name" });
    idp.behaviour.instead = () => answer;
    expect((await signIn(pool, "LoginWithAmazon")).searchParams.get("error_description")).toBe(description);
  });
});

describe("Sign in with Apple", () => {
  const mapping = { email: "email", name: "name", given_name: "firstName" };
  const user = JSON.stringify({ name: { firstName: "Jane", lastName: "Doe" }, email: "other@evil.example" });

  /** Apple's page posts a form to us: with it comes the one cookie that is for other sites too. */
  async function comeByForm(pool: TestPool, fields: Record<string, string> = {}) {
    const browser = newVisitor();
    const left = await browser.visit(authorizeAddress(pool, { identity_provider: "SignInWithApple" }));
    const brought = idp.agree(locationOf(left));
    browser.cookies.delete("csrf-state-legacy");
    return browser.visit(`${pool.base}/oauth2/idpresponse`, { ...brought, ...fields });
  }

  it("sends the browser back by a form, and the person's name with the first", async () => {
    const pool = await poolWith("SignInWithApple", mapping);
    const location = await whereTo(pool, "SignInWithApple", { login_hint: "jane", prompt: "login" });
    expect(location.pathname).toBe("/auth/authorize");
    const sent = Object.fromEntries(location.searchParams);
    expect(sent).toMatchObject({ response_mode: "form_post", response_type: "code", scope: "profile email" });
    expect(sent).toHaveProperty("nonce");
    expect(sent).not.toHaveProperty("code_challenge");
    expect(sent).not.toHaveProperty("login_hint");
    expect(sent).not.toHaveProperty("prompt");
    idp.behaviour.claims = { sub: "0001.a", email: "jane@private.example", email_verified: "true" };
    const first = await comeByForm(pool, { user });
    const { claims } = await redeem(pool, new URL(locationOf(first)));
    const names = { name: "Jane Doe", given_name: "Jane" };
    expect(claims).toMatchObject({
      "cognito:username": "SignInWithApple_0001.a",
      email: "jane@private.example",
      ...names,
    });
    const again = await redeem(pool, new URL(locationOf(await comeByForm(pool))));
    expect(again.claims).toMatchObject(names);
    expect(again.claims.sub).toBe(claims.sub);
  });

  it.each([
    ["in PEM", appleKey],
    ["without the lines around it", appleKey.replace(/-----[^-]+-----/g, "").trim()],
    ["with its line breaks written out", appleKey.replaceAll("\n", "\\n")],
  ])("is proved to by a token of ours, signed with the owner's key %s", async (_title, private_key) => {
    const pool = await poolWith("SignInWithApple", mapping, { private_key });
    expect(locationOf(await comeByForm(pool)).startsWith(`${postmanCallback}?code=`)).toBe(true);
    const token = idp.seen.find(({ path }) => path === "/auth/token");
    expect(token?.form["client_secret"]?.split(".")).toHaveLength(3);
  });

  it("is not asked with a key that is none", async () => {
    const pool = await poolWith("SignInWithApple", mapping, { private_key: "bm8ga2V5" });
    const location = await whereTo(pool, "SignInWithApple");
    expect(location.searchParams.get("error_description")).toBe(
      "SignInWithApple Error - the private key cannot be used",
    );
  });

  it.each([
    ["is no JSON", "Jane"],
    ["is a list", "[]"],
    ["has no name", "{}"],
    ["has a name that is none", '{"name":"Jane"}'],
    ["has names that are none", '{"name":{"firstName":7,"lastName":null}}'],
  ])("signs in without a name when what the person says %s", async (_title, said) => {
    const pool = await poolWith("SignInWithApple", mapping);
    idp.behaviour.claims = { email: "jane@private.example" };
    const { claims } = await redeem(pool, new URL(locationOf(await comeByForm(pool, { user: said }))));
    expect(claims).not.toHaveProperty("name");
  });

  it("FED-02: takes no form of another browser", async () => {
    const pool = await poolWith("SignInWithApple", mapping);
    const browser = newVisitor();
    const brought = idp.agree(
      locationOf(await browser.visit(authorizeAddress(pool, { identity_provider: "SignInWithApple" }))),
    );
    const other = await newVisitor().visit(`${pool.base}/oauth2/idpresponse`, brought);
    expect(locationOf(other)).toBe(`${pool.base}/error?error=Invalid+state`);
  });
});
