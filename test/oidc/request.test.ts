/** Modules of the OpenID Foundation's Basic OP plan about parameters of the request and the browser's session. */
import type * as openid from "openid-client";
import { beforeAll, describe, expect, it } from "vitest";
import { newVisitor, signIn } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password, postmanCallback, type TestPool } from "../support/pool.ts";
import { callback, discover, landing, person, requestAddress, tokens } from "../support/relying-party.ts";

const house = useHouse();
let pool: TestPool;
let config: openid.Configuration;
const otherPerson = "joe@example.com";

beforeAll(async () => {
  pool = await makePool(house);
  await pool.createUser(person);
  await pool.createUser(otherPerson);
  config = await discover(house, pool);
});

/** A browser in which somebody is signed in, and the ID token that the client got. */
async function signedIn(username = person) {
  const visitor = newVisitor();
  const { id_token = "", claims } = await tokens(config, { visitor, username });
  return { visitor, idToken: id_token, authTime: claims["auth_time"] };
}

describe("Basic OP: parameters of the request", () => {
  it.each([
    ["oidcc-display-page", { display: "page" }],
    ["oidcc-display-popup", { display: "popup" }],
    ["oidcc-ui-locales", { ui_locales: "se fr de en" }],
    ["oidcc-ensure-request-with-unknown-parameter-succeeds", { extra: "foobar" }],
    ["oidcc-ensure-request-with-acr-values-succeeds", { acr_values: "1 2" }],
  ])("%s: ends with tokens", async (_module, parameters) => {
    const { claims } = await tokens(config, { parameters });
    expect(claims).toMatchObject({ aud: pool.ClientId, token_use: "id" });
  });

  it("oidcc-login-hint: fills in the name on the page", async () => {
    const visitor = newVisitor();
    const page = await landing(config, { visitor, parameters: { login_hint: "bob@example.com" } });
    expect(await (await visitor.visit(page.href)).text()).toMatch(/name="username"[^>]*value="bob@example.com"/);
  });

  it("oidcc-ensure-post-request-succeeds: takes the request as a form", async () => {
    const visitor = newVisitor();
    const url = new URL(requestAddress(config, { state: "posted", nonce: "n" }));
    const form = Object.fromEntries(url.searchParams);
    const toLogin = await visitor.visit(`${url.origin}${url.pathname}`, form);
    expect(toLogin.status).toBe(302);
    const location = toLogin.headers.get("location") ?? "";
    expect(new URL(location).pathname).toBe(`/${pool.domain}/login`);
    await signIn(visitor, requestAddress(config), { username: person, password });
    const back = await visitor.visit(`${url.origin}${url.pathname}`, form);
    const { searchParams } = new URL(back.headers.get("location") ?? "none:");
    expect([searchParams.get("state"), searchParams.has("code")]).toEqual(["posted", true]);
    const empty = await visitor.visit(`${url.origin}${url.pathname}`, {});
    expect(empty.headers.get("location")).toContain("/error?error=Required+parameters+missing");
  });

  const unsigned = (claims: object): string =>
    `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;

  it.each([
    [
      "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported",
      { request_uri: "https://client.example/request.jwt" },
      "request_uri_not_supported",
    ],
    [
      "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported",
      { request: unsigned({ state: "inside" }) },
      "request_not_supported",
    ],
    [
      "oidcc-ensure-request-object-with-redirect-uri",
      { request: unsigned({ redirect_uri: "https://evil.example/cb" }) },
      "request_not_supported",
    ],
  ])("%s: is refused at the registered address", async (_module, parameters, error) => {
    const { origin, searchParams } = await landing(config, { parameters: { ...parameters, state: "outside" } });
    expect([origin, searchParams.get("error"), searchParams.get("state")]).toEqual([
      new URL(postmanCallback).origin,
      error,
      "outside",
    ]);
    expect(config.serverMetadata()).toMatchObject({ request_uri_parameter_supported: false });
    expect(config.serverMetadata().request_parameter_supported ?? false).toBe(false);
  });
});

describe("Basic OP: the browser's session", () => {
  it("oidcc-prompt-login: asks for the password again, and the ID token says when", async () => {
    const { visitor, authTime } = await signedIn();
    house.clock.advance(1000);
    const parameters = { prompt: "login" };
    expect((await landing(config, { visitor, parameters })).pathname).toBe(`/${pool.domain}/login`);
    const { claims } = await tokens(config, { visitor, parameters });
    expect(claims["auth_time"]).toBe(Number(authTime) + 1);
  });

  it("oidcc-prompt-none-not-logged-in: tells the client that somebody must sign in", async () => {
    const { searchParams } = await landing(config, { parameters: { prompt: "none", state: "s" } });
    expect([searchParams.get("error"), searchParams.get("state"), searchParams.has("code")]).toEqual([
      "login_required",
      "s",
      false,
    ]);
  });

  it("oidcc-prompt-none-logged-in: answers without a page, with the time of the first sign-in", async () => {
    const { visitor, authTime } = await signedIn();
    house.clock.advance(1000);
    const { claims } = await tokens(config, { visitor, parameters: { prompt: "none" } });
    expect(claims["auth_time"]).toBe(authTime);
  });

  it("oidcc-max-age-1: asks again after more than a second, and the ID token says when", async () => {
    const { visitor, authTime } = await signedIn();
    house.clock.advance(2000);
    const parameters = { max_age: "1" };
    expect((await landing(config, { visitor, parameters })).pathname).toBe(`/${pool.domain}/login`);
    const { claims } = await tokens(config, { visitor, parameters }, { maxAge: 1 });
    expect(claims["auth_time"]).toBe(Number(authTime) + 2);
  });

  it("oidcc-max-age-10000: does not ask again, and the ID token says when it was asked", async () => {
    const { visitor, authTime } = await signedIn();
    house.clock.advance(2000);
    const { claims } = await tokens(config, { visitor, parameters: { max_age: "10000" } }, { maxAge: 10_000 });
    expect(claims["auth_time"]).toBe(authTime);
  });

  it("oidcc-id-token-hint: goes through for the one it names, and not as somebody else", async () => {
    const jane = await signedIn();
    const joe = await signedIn(otherPerson);
    const silent = { prompt: "none", id_token_hint: jane.idToken };
    expect((await callback(config, { visitor: jane.visitor, parameters: silent })).searchParams.has("code")).toBe(true);
    const foreign = await landing(config, { visitor: joe.visitor, parameters: silent });
    expect(foreign.searchParams.get("error")).toBe("login_required");
    const aloud = await landing(config, { visitor: joe.visitor, parameters: { id_token_hint: jane.idToken } });
    expect([aloud.pathname, aloud.searchParams.get("prompt")]).toEqual([`/${pool.domain}/login`, "login"]);
    house.clock.advance(59 * 60 * 1000);
    const late = await callback(config, { visitor: jane.visitor, parameters: silent });
    expect(late.searchParams.has("code")).toBe(true);
  });
});
