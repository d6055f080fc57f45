import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newVisitor } from "../../test/support/browser-steps.ts";
import { authorizeAddress, callbackAddress, locationOf, signInWith } from "../../test/support/federated-browser.ts";
import { openTestHouse, type TestHouse } from "../../test/support/house.ts";
import { makeOpenIdPool, toCorp } from "../../test/support/openid-pool.ts";
import { postmanCallback, type TestPool } from "../../test/support/pool.ts";
import {
  type Behaviour,
  clientSecret,
  hs256,
  openStandIn,
  rs256,
  type StandInProvider,
} from "../../test/support/stand-in-provider.ts";

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

describe("a browser that brings what is not its own", () => {
  const broughtBack = async (browser = newVisitor()) => {
    idp.behaviour.profile = { sub: "Jane-1" };
    return idp.agree(locationOf(await browser.visit(authorizeAddress(pool, toCorp))));
  };
  const isRefused = async (response: Response) => {
    expect(response.status).toBe(302);
    expect(locationOf(response)).toBe(`${pool.base}/error?error=Invalid+state`);
    expect(response.headers.getSetCookie()).toEqual([]);
  };

  it.each<[string, string, () => Promise<Response>]>([
    ["FED-02", "of another browser", async () => newVisitor().visit(callbackAddress(pool, await broughtBack()))],
    [
      "FED-02",
      "of another browser that is on its way as well",
      async () => {
        const other = newVisitor();
        await broughtBack(other);
        return other.visit(callbackAddress(pool, await broughtBack()));
      },
    ],
    [
      "FED-02",
      "a second time",
      async () => {
        const browser = newVisitor();
        const brought = await broughtBack(browser);
        await browser.visit(callbackAddress(pool, brought));
        return browser.visit(callbackAddress(pool, brought));
      },
    ],
    [
      "FED-02",
      "without a state",
      async () => {
        const browser = newVisitor();
        return browser.visit(callbackAddress(pool, { code: (await broughtBack(browser)).code }));
      },
    ],
    [
      "FED-02",
      "with two states",
      async () => {
        const browser = newVisitor();
        const brought = await broughtBack(browser);
        return browser.visit(`${callbackAddress(pool, brought)}&state=${brought.state}`);
      },
    ],
  ])("%s: %s is told so", async (_id, _title, act) => {
    await isRefused(await act());
    expect(idp.seen.filter(({ path }) => path === "/token").length).toBeLessThanOrEqual(1);
  });

  it("FED-02: another pool does not take it", async () => {
    const browser = newVisitor();
    const [brought, other] = [await broughtBack(browser), await poolWith()];
    const location = locationOf(await browser.visit(callbackAddress(other, brought)));
    expect(location).toBe(`${other.base}/error?error=Invalid+state`);
  });

  it("FED-02: two tabs of one browser both come home", async () => {
    const browser = newVisitor();
    const [one, other] = [await broughtBack(browser), await broughtBack(browser)];
    for (const brought of [one, other]) {
      const location = locationOf(await browser.visit(callbackAddress(pool, brought)));
      expect(location.startsWith(`${postmanCallback}?code=`)).toBe(true);
    }
  });

  it("FED-02: who took more than five minutes begins again, and is told that something went wrong", async () => {
    const browser = newVisitor();
    const brought = await broughtBack(browser);
    house.clock.advance(5 * 60_000);
    const location = locationOf(await browser.visit(callbackAddress(pool, brought)));
    expect(location.startsWith(`${pool.base}/login?`)).toBe(true);
    expect(new URL(location).searchParams.get("state")).toBe("client-state");
    expect(await (await browser.visit(location)).text()).toContain("Something went wrong");
  });
});

describe("a provider or a client that changed while the browser was away", () => {
  it.each<[string, string, (own: TestPool) => Promise<unknown>, string]>([
    [
      "FED-04",
      "the provider was deleted",
      ({ UserPoolId }) => house.api.deleteIdentityProvider({ UserPoolId, ProviderName: "Corp" }),
      "{base}/error?error=invalid_request&client_id={client}",
    ],
    [
      "FED-04",
      "the client has it no longer",
      ({ UserPoolId, ClientId }) =>
        house.api.updateUserPoolClient({
          UserPoolId,
          ClientId,
          SupportedIdentityProviders: ["COGNITO"],
          CallbackURLs: [postmanCallback],
          AllowedOAuthFlows: ["code"],
          AllowedOAuthScopes: ["openid", "email", "profile"],
          AllowedOAuthFlowsUserPoolClient: true,
        }),
      "{base}/error?error=invalid_request&client_id={client}",
    ],
    [
      "FED-04",
      "the client was deleted",
      ({ UserPoolId, ClientId }) => house.api.deleteUserPoolClient({ UserPoolId, ClientId }),
      "{base}/error?error=Client+does+not+exist&client_id={client}",
    ],
  ])("%s: %s", async (_id, _title, change, expected) => {
    const own = await poolWith();
    const browser = newVisitor();
    const brought = idp.agree(locationOf(await browser.visit(authorizeAddress(own, toCorp))));
    await change(own);
    const location = locationOf(await browser.visit(callbackAddress(own, brought)));
    expect(location).toBe(expected.replace("{base}", own.base).replace("{client}", own.ClientId));
    expect(idp.seen.some(({ path }) => path === "/token")).toBe(false);
    const again = locationOf(await browser.visit(authorizeAddress(own, toCorp)));
    expect(again.startsWith(own.base)).toBe(true);
  });
});

describe("an answer that proves nothing", () => {
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const now = () => Math.floor(house.clock.now() / 1000);
  const invalid = "Corp Error - invalid response";

  it.each<[string, string, () => Partial<Behaviour>, string]>([
    ["FED-01", "for another client", () => ({ claims: { aud: "somebody-else" } }), invalid],
    ["FED-01", "of another issuer", () => ({ claims: { iss: "https://evil.example" } }), invalid],
    [
      "FED-01",
      "authorized for another party",
      () => ({ claims: { aud: ["poolhouse", "other"], azp: "other" } }),
      invalid,
    ],
    ["FED-01", "for several without saying whom", () => ({ claims: { aud: ["poolhouse", "other"] } }), invalid],
    ["FED-01", "with another nonce", () => ({ claims: { nonce: "another" } }), invalid],
    ["FED-01", "without a nonce", () => ({ claims: { nonce: undefined } }), invalid],
    ["FED-01", "expired", () => ({ claims: { exp: now() - 60 } }), invalid],
    ["FED-01", "without an end", () => ({ claims: { exp: undefined } }), invalid],
    ["FED-01", "not yet valid", () => ({ claims: { nbf: now() + 600 } }), invalid],
    ["FED-01", "without a subject", () => ({ claims: { sub: undefined } }), invalid],
    ["FED-01", "with a subject that is no text", () => ({ claims: { sub: 7 } }), invalid],
    ["FED-01", "unsigned", () => ({ header: { alg: "none", kid: undefined }, signature: () => "" }), invalid],
    [
      "FED-01",
      "unsigned, though the provider says that it may be",
      () => ({
        header: { alg: "none", kid: undefined },
        signature: () => "",
        configuration: { id_token_signing_alg_values_supported: ["none", "RS256"] },
      }),
      invalid,
    ],
    ["FED-01", "signed with our secret", () => ({ header: { alg: "HS256" }, signature: hs256(clientSecret) }), invalid],
    [
      "FED-01",
      "signed with our secret, though the provider says that it may be",
      () => ({
        header: { alg: "HS256" },
        signature: hs256(clientSecret),
        configuration: { id_token_signing_alg_values_supported: ["HS256", "RS256"] },
      }),
      invalid,
    ],
    ["FED-01", "without a signature", () => ({ signature: () => "" }), invalid],
    ["FED-01", "signed by a stranger", () => ({ signature: rs256(stranger.privateKey) }), invalid],
    ["FED-01", "signed by a key that nobody knows", () => ({ header: { kid: "key-2" } }), invalid],
    ["FED-01", "without an ID token", () => ({ tokens: { id_token: undefined } }), invalid],
    ["FED-01", "with an ID token that is none", () => ({ tokens: { id_token: "a.b.c" } }), invalid],
    ["FED-01", "with a profile of somebody else", () => ({ profile: { sub: "John-2" } }), invalid],
    ["FED-01", "with a profile of nobody", () => ({ profile: {} }), invalid],
    [
      "FED-01",
      "with a profile that is refused",
      () => ({ instead: (path) => (path === "/userinfo" ? { status: 403, body: {} } : undefined) }),
      "Corp Error - 403 error getting user info",
    ],
    [
      "FED-01",
      "that is a refusal",
      () => ({
        instead: (path) => (path === "/token" ? { status: 400, body: { error: "invalid_grant" } } : undefined),
      }),
      "Corp Error - 400 error getting token",
    ],
    [
      "OUT-04",
      "that is a failure with a page",
      () => ({
        instead: (path) =>
          path === "/token"
            ? { status: 502, body: "<html>internal 10.0.0.7</html>", headers: { "content-type": "text/html" } }
            : undefined,
      }),
      "Corp Error - 502 error getting token",
    ],
    [
      "OUT-03",
      "that leads elsewhere",
      () => ({
        instead: (path) =>
          path === "/token" ? { status: 302, body: "", headers: { location: "/elsewhere" } } : undefined,
      }),
      "Corp Error - no usable answer",
    ],
    [
      "OUT-04",
      "that has nothing to say",
      () => ({ instead: (path) => (path === "/token" ? { status: 204, body: "" } : undefined) }),
      "Corp Error - 204 error getting token",
    ],
    [
      "OUT-04",
      "with a status that is none",
      () => ({ instead: (path) => (path === "/token" ? { status: 999, body: {} } : undefined) }),
      invalid,
    ],
    [
      "OUT-04",
      "whose keys are no JSON",
      () => ({ instead: (path) => (path === "/keys" ? { body: "keys" } : undefined) }),
      invalid,
    ],
    [
      "OUT-04",
      "whose keys are missing",
      () => ({ instead: (path) => (path === "/keys" ? { status: 404, body: {} } : undefined) }),
      "Corp Error - 404 error getting keys",
    ],
    ["FED-01", "of a kind that nobody knows", () => ({ tokens: { token_type: "magic" } }), invalid],
    ["FED-01", "with an access token that is none", () => ({ tokens: { access_token: 7 } }), invalid],
    [
      "OUT-04",
      "that does not end",
      () => ({ instead: (path) => (path === "/token" ? { body: Buffer.alloc(2 * 1024 * 1024, 32) } : undefined) }),
      "Corp Error - no usable answer",
    ],
    [
      "OUT-04",
      "whose line breaks off",
      () => ({ instead: (path) => (path === "/token" ? "reset" : undefined) }),
      "Connection reset",
    ],
    [
      "OUT-03",
      "whose keys are elsewhere",
      () => ({
        instead: (path) => (path === "/keys" ? { status: 302, body: "", headers: { location: "/token" } } : undefined),
      }),
      "Corp Error - no usable answer",
    ],
  ])("%s: %s signs nobody in, where one like it would", async (_id, _title, behave, description) => {
    const own = await poolWith();
    idp.behaviour.profile = { sub: "Jane-1" };
    const control = await poolWith();
    expect((await signInWith(newVisitor(), control, idp, toCorp)).searchParams.has("code")).toBe(true);
    Object.assign(idp.behaviour, behave());
    const browser = newVisitor();
    const location = await signInWith(browser, own, idp, toCorp);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      error_description: description,
      state: "client-state",
      error: "invalid_request",
    });
    expect(browser.cookies.has("cognito")).toBe(false);
    expect((await house.api.listUsers({ UserPoolId: own.UserPoolId })).Users).toEqual([]);
    expect(idp.seen.some(({ path }) => path === "/elsewhere")).toBe(false);
  });

  it("is told within seconds when it does not come (OUT-04)", { timeout: 15_000 }, async () => {
    const own = await poolWith();
    idp.behaviour.instead = (path) => (path === "/token" ? "hang" : undefined);
    const location = await signInWith(newVisitor(), own, idp, toCorp);
    expect(location.searchParams.get("error_description")).toBe("Timeout occurred in calling IdP token endpoint");
  });

  it("FED-03: the answer of another provider is not taken, nor its code spent", async () => {
    const own = await poolWith();
    idp.behaviour.configuration = { authorization_response_iss_parameter_supported: true };
    for (const more of [{ iss: "https://evil.example" }, {}]) {
      const browser = newVisitor();
      const brought = idp.agree(locationOf(await browser.visit(authorizeAddress(own, toCorp))));
      const location = new URL(locationOf(await browser.visit(callbackAddress(own, { ...brought, ...more }))));
      expect(location.searchParams.get("error_description")).toBe(invalid);
    }
    expect(idp.seen.some(({ path }) => path === "/token")).toBe(false);
  });

  it("FED-03: a code of one provider is not good at the other, who holds us to the challenge", async () => {
    const own = await poolWith();
    const browser = newVisitor();
    const [first, second] = [
      idp.agree(locationOf(await browser.visit(authorizeAddress(own, toCorp)))),
      idp.agree(locationOf(await browser.visit(authorizeAddress(own, toCorp)))),
    ];
    const mixed = callbackAddress(own, { code: second.code, state: first.state });
    const location = new URL(locationOf(await browser.visit(mixed)));
    expect(location.searchParams.get("error_description")).toBe("Corp Error - 400 error getting token");
  });

  it.each([
    [
      "a refusal of its user",
      { error: "access_denied", error_description: "No, thanks." },
      "access_denied",
      "No, thanks.",
    ],
    [
      "one with words that could be markup",
      { error: "access_denied", error_description: "a\nb" },
      "access_denied",
      null,
    ],
    ["one that is no error code", { error: "<b>" }, "invalid_request", null],
  ])("hands on to the client %s", async (_title, brought, error, description) => {
    const browser = newVisitor();
    const { state } = idp.agree(locationOf(await browser.visit(authorizeAddress(pool, toCorp))));
    const location = new URL(locationOf(await browser.visit(callbackAddress(pool, { ...brought, state }))));
    expect(location.searchParams.get("error")).toBe(error);
    expect(location.searchParams.get("error_description")).toBe(description);
    expect(location.searchParams.get("state")).toBe("client-state");
  });

  it.each<[string, () => Partial<Behaviour>, string]>([
    ["names another issuer", () => ({ configuration: { issuer: "https://evil.example" } }), invalid],
    [
      "sends browsers to a script (FED-15)",
      () => ({ configuration: { authorization_endpoint: "javascript:alert(1)//" } }),
      invalid,
    ],
    ["is none", () => ({ instead: () => ({ body: "no JSON" }) }), invalid],
    [
      "is missing",
      () => ({ instead: () => ({ status: 404, body: {} }) }),
      "Corp Error - 404 error getting configuration",
    ],
  ])("is not asked for when the provider's configuration %s", async (_title, behave, description) => {
    const own = await poolWith();
    Object.assign(idp.behaviour, behave());
    const location = new URL(locationOf(await newVisitor().visit(authorizeAddress(own, toCorp))));
    expect(location.searchParams.get("error_description")).toBe(description);
  });
});
