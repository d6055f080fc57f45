import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addProvider } from "../../test/support/arriving.ts";
import { newVisitor, requestToken } from "../../test/support/browser-steps.ts";
import {
  authorizeAddress,
  callbackAddress,
  locationOf,
  redeem,
  signInWith,
} from "../../test/support/federated-browser.ts";
import { openTestHouse, type TestHouse } from "../../test/support/house.ts";
import { makeOpenIdPool, openIdDetails, openIdMapping, toCorp } from "../../test/support/openid-pool.ts";
import { makePool, postmanCallback, type TestPool } from "../../test/support/pool.ts";
import { openStandIn, type StandInProvider } from "../../test/support/stand-in-provider.ts";
import { eventsOf, makeWatchedPool } from "../../test/support/watched.ts";

let house: TestHouse;
let idp: StandInProvider;
let pool: TestPool;

beforeAll(async () => {
  idp = await openStandIn();
  house = await openTestHouse();
  idp.clock = house.clock;
  pool = await poolWith();
});

beforeEach(() => idp.reset());

afterAll(async () => {
  await house.close();
  await idp.close();
  expect(house.errors).toEqual([]);
});

const poolWith = (more: Record<string, string> = {}) => makeOpenIdPool(house, idp, more);

describe("a browser that asks for a provider", () => {
  it("goes straight there, with a state, a nonce and a challenge of ours", async () => {
    const browser = newVisitor();
    const left = await browser.visit(authorizeAddress(pool, { ...toCorp, nonce: "client-nonce" }));
    expect(left.status).toBe(302);
    const location = new URL(locationOf(left));
    expect(location.origin + location.pathname).toBe(`${idp.url}/authorize`);
    const sent = Object.fromEntries(location.searchParams);
    expect(sent).toEqual({
      client_id: "poolhouse",
      response_type: "code",
      redirect_uri: `${pool.base}/oauth2/idpresponse`,
      scope: "openid email profile",
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
    const path = new URL(pool.base).pathname;
    expect(left.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(`^csrf-state=[\\w-]{43}; Max-Age=300; Path=${path}; HttpOnly; Secure; SameSite=None$`),
      ),
      expect.stringMatching(new RegExp(`^csrf-state-legacy=[\\w-]{43}; Max-Age=300; Path=${path}; HttpOnly$`)),
    ]);
  });

  it.each([
    ["an identifier of it", { idp_identifier: "corp.example" }, `/authorize`],
    ["its name, where both are sent", { identity_provider: "Corp", idp_identifier: "none" }, `/authorize`],
  ])("finds it by %s", async (_title, parameters, path) => {
    const left = await newVisitor().visit(authorizeAddress(pool, parameters));
    expect(new URL(locationOf(left)).pathname).toBe(path);
  });

  it.each([
    ["the pool itself", { identity_provider: "COGNITO" }, 200],
    ["nobody", { identity_provider: "Nobody" }, 401],
    ["an identifier of nobody", { idp_identifier: "nobody.example" }, 401],
    ["it twice", { identity_provider: "Corp", also: "Corp" }, 401],
  ])(
    "goes to the sign-in page when it asks for %s",
    async (_title, { also, ...parameters }: Record<string, string>, status) => {
      const address = authorizeAddress(pool, parameters) + (also ? `&identity_provider=${also}` : "");
      const browser = newVisitor();
      const location = locationOf(await browser.visit(address));
      expect(location.startsWith(`${pool.base}/login?`)).toBe(true);
      const page = await browser.visit(location);
      expect(page.status).toBe(status);
      expect((await page.text()).includes("Login option is not available. Please try another one")).toBe(
        status === 401,
      );
    },
  );

  it("tells the provider who the client expects and what it asks of the provider, but not silence", async () => {
    const left = await newVisitor().visit(
      authorizeAddress(pool, { ...toCorp, login_hint: "jane", prompt: "login consent" }),
    );
    const { searchParams } = new URL(locationOf(left));
    expect([searchParams.get("login_hint"), searchParams.get("prompt")]).toEqual(["jane", "login consent"]);
    const silent = await newVisitor().visit(authorizeAddress(pool, { ...toCorp, prompt: "none" }));
    expect(locationOf(silent)).toBe(`${postmanCallback}?state=client-state&error=login_required`);
  });
});

describe("a browser that is back from a provider", () => {
  it("comes in though another of its tabs has gone to the sign-in page meanwhile", async () => {
    idp.behaviour.profile = { sub: "Jane-1" };
    const pool = await poolWith();
    const browser = newVisitor();
    const brought = idp.agree(locationOf(await browser.visit(authorizeAddress(pool, toCorp))));
    const other = await browser.visit(authorizeAddress(pool));
    expect(locationOf(other).startsWith(`${pool.base}/login?`)).toBe(true);
    expect(other.headers.getSetCookie().filter((cookie) => cookie.startsWith("csrf-state"))).toEqual([]);
    const back = await browser.visit(callbackAddress(pool, brought));
    expect(locationOf(back)).toContain(`${postmanCallback}?code=`);
  });

  it("goes on to the client, and the user and its tokens say where it comes from", async () => {
    idp.behaviour.claims = { email: "jane@example.com", email_verified: true };
    idp.behaviour.profile = { sub: "Jane-1", name: "Jane Doe" };
    const browser = newVisitor();
    const location = await signInWith(browser, pool, idp, toCorp);
    expect(location.origin + location.pathname).toBe(postmanCallback);
    expect(location.searchParams.get("state")).toBe("client-state");
    const { claims } = await redeem(pool, location);
    expect(claims).toMatchObject({
      "cognito:username": "Corp_Jane-1",
      "cognito:groups": [`${pool.UserPoolId}_Corp`],
      email: "jane@example.com",
      email_verified: true,
      name: "Jane Doe",
      nonce: expect.stringMatching(/^[\w-]{171}$/),
      identities: [
        {
          userId: "Jane-1",
          providerName: "Corp",
          providerType: "OIDC",
          issuer: null,
          primary: "true",
          dateCreated: String(house.clock.now()),
        },
      ],
    });
    // The browser is signed in with the pages: another request needs no provider.
    const again = await browser.visit(authorizeAddress(pool, toCorp));
    expect(locationOf(again).startsWith(`${postmanCallback}?code=`)).toBe(true);
  });

  it("is a user like others: shown with its identities, refreshed, and signed out everywhere", async () => {
    const AllowedOAuthScopes = ["openid", "email", "profile", "aws.cognito.signin.user.admin"];
    const own = await makePool(house, { client: { AllowedOAuthScopes } });
    await addProvider(house, own, {
      ProviderName: "Corp",
      AttributeMapping: openIdMapping,
      ProviderDetails: openIdDetails(idp),
    });
    idp.behaviour.profile = { sub: "Jane-1" };
    const parameters = { ...toCorp, scope: "openid aws.cognito.signin.user.admin" };
    const { tokens } = await redeem(own, await signInWith(newVisitor(), own, idp, parameters));
    const { UserAttributes = [] } = await house.api.getUser({ AccessToken: tokens.access_token });
    const identities = UserAttributes.find(({ Name }) => Name === "identities")?.Value ?? "";
    expect(JSON.parse(identities)).toMatchObject([{ userId: "Jane-1", providerName: "Corp", primary: true }]);
    const refresh = () => requestToken(own, { grant_type: "refresh_token", refresh_token: tokens.refresh_token });
    expect((await refresh()).status).toBe(200);
    await house.api.adminUserGlobalSignOut({ UserPoolId: own.UserPoolId, Username: "Corp_Jane-1" });
    expect([(await refresh()).status, await (await refresh()).json()]).toEqual([400, { error: "invalid_grant" }]);
    await expect(house.api.getUser({ AccessToken: tokens.access_token })).rejects.toThrow();
  });

  it("is signed out of the pages by their logout, and then has to go to the provider again", async () => {
    idp.behaviour.profile = { sub: "Jane-1" };
    const browser = newVisitor();
    await signInWith(browser, pool, idp, toCorp);
    const bye = new URLSearchParams({ client_id: pool.ClientId, logout_uri: "https://example.com/bye" });
    expect(locationOf(await browser.visit(`${pool.base}/logout?${bye}`))).toBe("https://example.com/bye");
    const again = locationOf(await browser.visit(authorizeAddress(pool, toCorp)));
    expect(again.startsWith(`${idp.url}/authorize`)).toBe(true);
  });

  it("keeps the nonce of a client that sent one", async () => {
    idp.behaviour.profile = { sub: "Jane-1" };
    const location = await signInWith(newVisitor(), pool, idp, { ...toCorp, nonce: "client-nonce" });
    expect((await redeem(pool, location)).claims.nonce).toBe("client-nonce");
  });

  it.each([
    ["GET", {}, "GET", "/userinfo"],
    ["POST", { attributes_request_method: "POST" }, "POST", "/userinfo"],
    ["GET at an address of the owner's", { attributes_url: "{idp}/profile" }, "GET", "/profile"],
  ])("is asked for its profile by %s", async (_title, more: Record<string, string>, method, path) => {
    const given = Object.fromEntries(
      Object.entries(more).map(([name, value]) => [name, value.replace("{idp}", idp.url)]),
    );
    const own = await poolWith(given);
    idp.behaviour.profile = { sub: "Jane-1", name: "From the profile" };
    const { claims } = await redeem(own, await signInWith(newVisitor(), own, idp, toCorp));
    expect(claims.name).toBe("From the profile");
    expect(idp.seen.at(-1)).toMatchObject({ method, path, authorization: "Bearer at-1" });
  });

  it("is read by endpoints that its owner gives, without asking the provider what it has", async () => {
    const own = await poolWith({
      authorize_url: `${idp.url}/authorize?tenant=7`,
      token_url: `${idp.url}/token`,
      jwks_uri: `${idp.url}/keys`,
    });
    await redeem(own, await signInWith(newVisitor(), own, idp, toCorp));
    expect(idp.seen.map(({ path }) => path)).toEqual(["/token", "/keys"]);
  });

  it("costs the provider two requests when it comes again", async () => {
    const own = await poolWith();
    idp.behaviour.profile = { sub: "Jane-1" };
    for (let times = 0; times < 2; times++) await signInWith(newVisitor(), own, idp, toCorp);
    expect(idp.seen.map(({ path }) => path)).toEqual([
      "/.well-known/openid-configuration",
      "/token",
      "/keys",
      "/userinfo",
      "/token",
      "/userinfo",
    ]);
  });

  it("is seen by threat protection, and kept out from networks that the pool blocks", async () => {
    const own = await makeWatchedPool(house, "ENFORCED", { client: { GenerateSecret: true } });
    const { UserPoolId } = own;
    await addProvider(house, own, { ProviderName: "Corp", ProviderDetails: openIdDetails(idp) });
    idp.behaviour.profile = { sub: "Jane-1" };
    await signInWith(newVisitor(), own, idp, toCorp);
    const seen = await eventsOf(house, own, "Corp_Jane-1");
    expect(seen.map(({ EventType, EventResponse }) => [EventType, EventResponse]).toSorted()).toEqual([
      ["SignIn", "Pass"],
      ["SignUp", "Pass"],
    ]);
    expect(seen[0]?.EventContextData?.IpAddress).toContain("127.0.0.1");
    const BlockedIPRangeList = ["127.0.0.0/8", "::ffff:127.0.0.0/104"];
    await house.api.setRiskConfiguration({ UserPoolId, RiskExceptionConfiguration: { BlockedIPRangeList } });
    const location = await signInWith(newVisitor(), own, idp, toCorp);
    expect(location.searchParams.get("error_description")).toBe("Request not allowed due to security reasons. ");
    expect(await eventsOf(house, own, "Corp_Jane-1")).toHaveLength(2);
  });

  it("is asked for its configuration again after ten minutes", async () => {
    const own = await poolWith();
    idp.behaviour.profile = { sub: "Jane-1" };
    const readings = () => idp.seen.filter(({ path }) => path.endsWith("openid-configuration")).length;
    await signInWith(newVisitor(), own, idp, toCorp);
    house.clock.advance(10 * 60_000 - 1);
    await signInWith(newVisitor(), own, idp, toCorp);
    expect(readings()).toBe(1);
    house.clock.advance(1);
    await signInWith(newVisitor(), own, idp, toCorp);
    expect(readings()).toBe(2);
  });

  it("is asked again, with other words, when its owner changes it", async () => {
    const own = await poolWith();
    idp.behaviour.profile = { sub: "Jane-1" };
    await signInWith(newVisitor(), own, idp, toCorp);
    await house.api.updateIdentityProvider({
      UserPoolId: own.UserPoolId,
      ProviderName: "Corp",
      ProviderDetails: openIdDetails(idp, { authorize_scopes: "openid" }),
    });
    const left = await newVisitor().visit(authorizeAddress(own, toCorp));
    expect(new URL(locationOf(left)).searchParams.get("scope")).toBe("openid");
    expect(idp.seen.filter(({ path }) => path.endsWith("openid-configuration"))).toHaveLength(2);
  });

  it("is proved by a header where the provider takes nothing else", async () => {
    const own = await poolWith();
    idp.behaviour.configuration = { token_endpoint_auth_methods_supported: ["client_secret_basic"] };
    await signInWith(newVisitor(), own, idp, toCorp);
    const asked = idp.seen.find(({ path }) => path === "/token");
    expect(asked?.authorization).toMatch(/^Basic /);
    expect(asked?.form).not.toHaveProperty("client_secret");
  });

  it("writes tokens of the provider where they are mapped", async () => {
    const made = await makePool(house, {
      pool: { Schema: [{ Name: "at", AttributeDataType: "String", Mutable: true }] },
    });
    const AttributeMapping = { "custom:at": "access_token" };
    await addProvider(house, made, { ProviderName: "Corp", AttributeMapping, ProviderDetails: openIdDetails(idp) });
    idp.behaviour.profile = { sub: "Jane-1" };
    const { claims } = await redeem(made, await signInWith(newVisitor(), made, idp, toCorp));
    expect(claims["custom:at"]).toBe("at-1");
  });
});

describe("a provider that names levels of assurance", () => {
  const AcrMapping = { Level1: "bronze", Level3: "silver", Level4: "silver" };

  async function poolWithLevels() {
    const own = await makePool(house, { pool: { AcrConfiguration: { Level1: { AcrValue: "urn:pool:low" } } } });
    await addProvider(house, own, { ProviderName: "Corp", AcrMapping, ProviderDetails: openIdDetails(idp) });
    idp.behaviour.profile = { sub: "Jane-1" };
    return own;
  }

  it("is asked for them by its own names", async () => {
    const own = await poolWithLevels();
    const askedFor = async (acr_values: string) => {
      const left = await newVisitor().visit(authorizeAddress(own, { ...toCorp, acr_values }));
      return new URL(locationOf(left)).searchParams.get("acr_values");
    };
    expect(await askedFor("urn:cognito:loa:4 urn:cognito:loa:2 urn:pool:low")).toBe("silver bronze");
    expect(await askedFor("urn:cognito:loa:2")).toBeNull();
  });

  it.each([
    ["silver", "urn:cognito:loa:4"],
    ["bronze", "urn:pool:low"],
    ["gold", "urn:pool:low"],
    [undefined, undefined],
    [7, undefined],
  ])("says %j, and tokens say %j", async (acr, expected) => {
    const own = await poolWithLevels();
    idp.behaviour.claims = { acr };
    const { claims } = await redeem(own, await signInWith(newVisitor(), own, idp, toCorp));
    expect([claims["acr"], claims["amr"]]).toEqual([expected, ["fed"]]);
  });

  it("is believed for as long as the browser's session lasts", async () => {
    const own = await poolWithLevels();
    idp.behaviour.claims = { acr: "silver" };
    const browser = newVisitor();
    await signInWith(browser, own, idp, toCorp);
    const again = await browser.visit(authorizeAddress(own, { acr_values: "urn:cognito:loa:4" }));
    const { claims } = await redeem(own, new URL(locationOf(again)));
    expect([claims["acr"], claims["amr"]]).toEqual(["urn:cognito:loa:4", ["fed"]]);
  });
});
