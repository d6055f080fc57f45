/** The authorization endpoint under attack. Cases are named by the id of the project's list of attacks. */
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import {
  authorizeUrl,
  claimsOf,
  codeFor,
  csrfOf,
  jsonOf,
  messageOf,
  newVisitor,
  requestToken,
  signIn,
} from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password, postmanCallback, type TestPool } from "../support/pool.ts";

const house = useHouse();
let pool: TestPool;
const username = "jane@example.com";
const registered = "https://app.example.com/cb";

beforeAll(async () => {
  pool = await makePool(house, { client: { CallbackURLs: [postmanCallback, registered] } });
  await pool.createUser(username);
});

const locationOf = async (url: string): Promise<string> =>
  (await fetch(url, { redirect: "manual" })).headers.get("location") ?? "";

describe("a redirect URI", () => {
  it.each([
    `${registered}/`,
    `${registered}?`,
    `${registered}?x=1`,
    `${registered}#`,
    `${registered}#x`,
    `${registered} `,
    ` ${registered}`,
    "https://app.example.com/CB",
    "https://APP.example.com/cb",
    "HTTPS://app.example.com/cb",
    "https://app.example.com:443/cb",
    "https://app.example.com:8443/cb",
    "http://app.example.com/cb",
    "https://app.example.com//cb",
    "https://app.example.com/./cb",
    "https://app.example.com/x/../cb",
    "https://app.example.com/..;/cb",
    "https://app.example.com/%63b",
    "https://app.example.com/cb%2f",
    "https://app.example.com/cb%00",
    "https://app.example.com/cb\t",
    "https://app.example.com/cb\n",
    "https://app.example.com/cb\r\nx: y",
    "https://app.example.com@evil.example/cb",
    "https://user@app.example.com/cb",
    "https://user:pass@app.example.com/cb",
    "https://app.example.com\\@evil.example/cb",
    "https:\\\\app.example.com\\cb",
    "//app.example.com/cb",
    "//evil.example/cb",
    "https://evil.example/cb",
    "https://app.example.com.evil.example/cb",
    "https://evilapp.example.com/cb",
    "https://sub.app.example.com/cb",
    "https://app\u3002example.com/cb",
    "https://\u24d0pp.example.com/cb",
    "https://app.example.com./cb",
    "https://app.example.com%2eevil.example/cb",
    "javascript:alert(1)",
    "data:text/html,x",
    "app.example.com/cb",
    "/cb",
    "https:/app.example.com/cb",
    "https:app.example.com/cb",
    "https://app.example.com/cb/../../evil",
    "https://app.example.com/cb;x",
    "https://app.example.com/cb,https://evil.example",
  ])("AUT-01, AUT-06: that is not the registered text leads to our own error page: %j", async (redirect_uri) => {
    expect(await locationOf(authorizeUrl(pool, { redirect_uri }))).toBe(
      `${pool.base}/error?error=redirect_mismatch&client_id=${pool.ClientId}`,
    );
  });

  it.each([
    ["http://localhost:3000/cb", "http://localhost:3001/cb"],
    ["http://localhost:3000/cb", "http://localhost/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:8080/cb"],
    ["http://[::1]:3000/cb", "http://[::1]:3001/cb"],
    ["http://localhost:3000/cb", "http://127.0.0.1:3000/cb"],
  ])("AUT-03: to another port of this machine is not the registered one: %s, %s", async (known, redirect_uri) => {
    const own = await makePool(house, { client: { CallbackURLs: [known] } });
    const query = `error=redirect_mismatch&client_id=${own.ClientId}`;
    expect(await locationOf(authorizeUrl(own, { redirect_uri }))).toBe(`${own.base}/error?${query}`);
    expect(await locationOf(authorizeUrl(own, { redirect_uri: known }))).toContain(`${own.base}/login?`);
  });

  it.each([
    ["no client", { client_id: undefined }, "error=Required+parameters+missing"],
    ["an unknown client", { client_id: "nobody" }, "error=Client+does+not+exist&client_id=nobody"],
    [
      "no redirect URI where there are two",
      { redirect_uri: undefined },
      "error=Required+parameters+missing&client_id=",
    ],
  ])("AUT-06: with %s leads to our own error page", async (_title, changes, query) => {
    const location = await locationOf(authorizeUrl(pool, { ...changes, response_type: "nonsense" }));
    expect(location).toContain(`${pool.base}/error?${query}`);
    const page = await fetch(location);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain("An error was encountered with the requested page.");
  });

  it.each(["login", "signup", "confirm", "mfa", "changePassword", "forgotPassword", "passkeys/add"])(
    "AUT-06: without a client leads from /%s to our own error page, which says that there is none",
    async (page) => {
      for (const query of ["", "?client_id=", `?redirect_uri=${encodeURIComponent(registered)}`]) {
        expect(await locationOf(`${pool.base}/${page}${query}`)).toBe(`${pool.base}/error?error=Client+does+not+exist`);
      }
    },
  );

  it("AUT-06: that is sent twice is no redirect URI", async () => {
    const url = `${authorizeUrl(pool, { redirect_uri: registered })}&redirect_uri=${encodeURIComponent("https://evil.example")}`;
    expect(await locationOf(url)).toContain("/error?error=Required+parameters+missing");
  });
});

describe("a request that the client is told of", () => {
  it.each([
    [
      "a scope that is not allowed",
      { scope: "openid other/read" },
      "error_description=invalid_scope&state=xyz&error=invalid_request",
    ],
    [
      "offline_access",
      { scope: "openid offline_access" },
      "error_description=invalid_scope&state=xyz&error=invalid_request",
    ],
    ["email without openid", { scope: "email" }, "error_description=invalid_scope&state=xyz&error=invalid_request"],
    [
      "AUT-22: ten thousand scopes",
      { scope: Array.from({ length: 2000 }, (_, index) => `s${index}`).join(" ") },
      "error_description=invalid_scope&state=xyz&error=invalid_request",
    ],
    ["no response type", { response_type: undefined }, "state=xyz&error=invalid_request"],
    ["AUT-07: a hybrid response type", { response_type: "code token" }, "state=xyz&error=invalid_request"],
    ["AUT-07: response type none", { response_type: "none" }, "state=xyz&error=invalid_request"],
    ["AUT-07: response type id_token", { response_type: "id_token" }, "state=xyz&error=invalid_request"],
    ["AUT-08: response mode form_post", { response_mode: "form_post" }, "state=xyz&error=invalid_request"],
    ["WEB-14: response mode web_message", { response_mode: "web_message" }, "state=xyz&error=invalid_request"],
    ["AUT-09: a challenge without its method", { code_challenge: "a".repeat(43) }, "state=xyz&error=invalid_request"],
    ["AUT-09: a method without a challenge", { code_challenge_method: "S256" }, "state=xyz&error=invalid_request"],
    [
      "AUT-09: the plain method",
      { code_challenge: "a".repeat(43), code_challenge_method: "plain" },
      "state=xyz&error=invalid_request",
    ],
    [
      "AUT-09: a challenge that is no hash",
      { code_challenge: "a".repeat(42), code_challenge_method: "S256" },
      "state=xyz&error=invalid_request",
    ],
    ["AUT-17: a request object", { request: "eyJhbGciOiJub25lIn0.e30." }, "state=xyz&error=request_not_supported"],
    [
      "AUT-17: a request address",
      { request_uri: "https://evil.example/r" },
      "state=xyz&error=request_uri_not_supported",
    ],
    ["an impossible age", { max_age: "-1" }, "state=xyz&error=invalid_request"],
    ["prompt none with another", { prompt: "none login" }, "state=xyz&error=invalid_request"],
    ["prompt none without a session", { prompt: "none" }, "state=xyz&error=login_required"],
    ["a resource that is no address", { resource: "orders" }, "state=xyz&error=invalid_request"],
    ["a resource in the clear", { resource: "http://orders.example" }, "state=xyz&error=invalid_request"],
    ["a resource that is a script", { resource: "javascript:alert(1)" }, "state=xyz&error=invalid_request"],
  ])("%s", async (_title, changes, query) => {
    expect(await locationOf(authorizeUrl(pool, { redirect_uri: registered, ...changes }))).toBe(
      `${registered}?${query}`,
    );
  });

  it.each([
    "response_type",
    "response_mode",
    "scope",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "resource",
    "max_age",
    "acr_values",
  ])("%s twice, whichever value would be meant", async (name) => {
    const url = authorizeUrl(pool, { redirect_uri: registered, response_mode: "query" });
    const value = new URL(url).searchParams.get(name) ?? "x";
    const twice = `${url}&${new URLSearchParams([
      [name, value],
      [name, value],
    ])}`;
    expect(await locationOf(twice)).toBe(`${registered}?state=xyz&error=invalid_request`);
  });

  it("AUT-07: a flow that the client may not use, in the part of the address where its answer would be", async () => {
    expect(await locationOf(authorizeUrl(pool, { redirect_uri: registered, response_type: "token" }))).toBe(
      `${registered}#state=xyz&error=unauthorized_client`,
    );
  });
});

describe("the way back", () => {
  it.each([
    "http://[::1]:3000/cb",
    "http://localhost:3000/cb?x=[1]&y=%20a%5B",
    "myapp://cb",
    "myapp:/cb|x",
    "https://app.example.com/{cb}/^`",
  ])("goes to the registered text, letter by letter: %s", async (redirect_uri) => {
    const own = await makePool(house, { client: { CallbackURLs: [redirect_uri] } });
    await own.createUser(username);
    const answer = await signIn(newVisitor(), authorizeUrl(own, { redirect_uri }), { username, password });
    const joint = redirect_uri.includes("?") ? "&" : "?";
    expect(answer.headers.get("location")).toMatch(/code=[\da-f-]{36}&state=xyz$/);
    expect(answer.headers.get("location")?.startsWith(`${redirect_uri}${joint}code=`)).toBe(true);
  });

  it("writes what no header holds as it stands in addresses", async () => {
    const redirect_uri = "https://app.example.com/c\u00e9/\u{1F511}";
    const own = await makePool(house, { client: { CallbackURLs: [redirect_uri] } });
    const location = await locationOf(authorizeUrl(own, { redirect_uri, prompt: "none" }));
    expect(location).toBe("https://app.example.com/c%C3%A9/%F0%9F%94%91?state=xyz&error=login_required");
  });

  it("to the sign-in page brings the token that its form will hold", async () => {
    const visitor = newVisitor();
    const answer = await visitor.visit(authorizeUrl(pool));
    const token = visitor.cookies.get("XSRF-TOKEN");
    expect(token).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    const page = await visitor.visit(answer.headers.get("location") ?? "");
    expect(csrfOf(await page.text())).toBe(token);
  });
});

describe("state and nonce", () => {
  it.each([
    "",
    '"><script>alert(1)</script>',
    "a&code=evil",
    "a\r\nSet-Cookie: x=y",
    "\u{1F511} \u00e9",
    "100%25",
    "s".repeat(4000),
  ])("AUT-14: the state comes back as it was: %j", async (state) => {
    const response = await signIn(newVisitor(), authorizeUrl(pool, { state }), { username, password });
    const parameters = new URL(response.headers.get("location") ?? "").searchParams;
    expect(parameters.get("state")).toBe(state === "" ? null : state);
    expect(parameters.getAll("code")).toHaveLength(1);
  });

  it.each([
    "state",
    "nonce",
    "login_hint",
    "lang",
    "ui_locales",
    "scope",
    "prompt",
    "resource",
    "client_id",
    "redirect_uri",
  ])("HTP-14: a line break in %s makes no header of its own, and no fault", async (name) => {
    const forged = "x\r\nset-cookie: forged=1\r\nx-forged: 1";
    const visitor = newVisitor();
    let response = await visitor.visit(authorizeUrl(pool, { [name]: forged }));
    for (let hops = 0; hops < 3 && response.status === 302; hops++) {
      const location = response.headers.get("location") ?? "";
      expect(location).not.toMatch(/[\r\n]/);
      if (!location.startsWith(pool.base)) break;
      response = await visitor.visit(location);
    }
    expect(response.status).toBeLessThan(500);
    expect(response.headers.get("x-forged")).toBeNull();
    expect(visitor.cookies.has("forged")).toBe(false);
  });

  it("AUT-14: no state stays none", async () => {
    const response = await signIn(newVisitor(), authorizeUrl(pool, { state: undefined }), { username, password });
    expect(response.headers.get("location")).not.toContain("state");
  });

  it("AUT-15: the nonce is in the ID token of its code and nowhere else", async () => {
    const nonce = "n-\u00e9\u{1F511}";
    const code = await codeFor(authorizeUrl(pool, { nonce }), username, password);
    const tokens = await jsonOf(
      await requestToken(pool, { grant_type: "authorization_code", code, redirect_uri: postmanCallback }),
    );
    expect(claimsOf(tokens.id_token)["nonce"]).toBe(nonce);
    expect(claimsOf(tokens.access_token)["nonce"]).toBeUndefined();
    const refreshed = await jsonOf(
      await requestToken(pool, { grant_type: "refresh_token", refresh_token: tokens.refresh_token }),
    );
    expect(claimsOf(refreshed.id_token)["nonce"]).toBeUndefined();
  });
});

describe("a code", () => {
  const redeem = (code: string, more: Readonly<Record<string, string>> = {}) =>
    requestToken(pool, { grant_type: "authorization_code", code, redirect_uri: postmanCallback, ...more });
  const verifier = "v".repeat(64);
  const withChallenge = {
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  };

  it("AUT-10: is redeemed once, and its replay takes back what it gave", async () => {
    const code = await codeFor(authorizeUrl(pool), username, password);
    const tokens = await jsonOf(await redeem(code));
    const replay = await redeem(code);
    expect([replay.status, await replay.json()]).toEqual([400, { error: "invalid_grant" }]);
    const userInfo = await fetch(`${pool.base}/oauth2/userInfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(userInfo.status).toBe(401);
    const refresh = await requestToken(pool, { grant_type: "refresh_token", refresh_token: tokens.refresh_token });
    expect(await refresh.json()).toEqual({ error: "invalid_grant" });
  });

  it("AUT-10: is redeemed once by thirty-two at once", async () => {
    const code = await codeFor(authorizeUrl(pool), username, password);
    const answers = await Promise.all(Array.from({ length: 32 }, () => redeem(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it("lives for five minutes", async () => {
    const code = await codeFor(authorizeUrl(pool), username, password);
    house.clock.advance(5 * 60 * 1000);
    expect(await (await redeem(code)).json()).toEqual({ error: "invalid_grant" });
  });

  it("stays good when its redirect URI is wrong, and is good for its own client only", async () => {
    const code = await codeFor(authorizeUrl(pool), username, password);
    expect(await (await redeem(code, { redirect_uri: registered })).json()).toEqual({
      error: "unauthorized_client",
      error_description: "invalid_redirect",
    });
    const other = await makePool(house);
    const stolen = await requestToken(other, { grant_type: "authorization_code", code, redirect_uri: postmanCallback });
    expect(await stolen.json()).toEqual({ error: "invalid_grant" });
    expect((await redeem(code)).status).toBe(200);
  });

  it.each([
    ["a wrong verifier", withChallenge, { code_verifier: "w".repeat(64) }],
    ["no verifier", withChallenge, {}],
    ["an empty verifier", withChallenge, { code_verifier: "" }],
    ["a verifier that is too short", withChallenge, { code_verifier: "v".repeat(42) }],
    ["a verifier that is too long", withChallenge, { code_verifier: "v".repeat(129) }],
    ["a verifier without a challenge", {}, { code_verifier: verifier }],
  ])("AUT-09: is spent by %s", async (_title, request, redemption) => {
    const code = await codeFor(authorizeUrl(pool, request), username, password);
    expect(await (await redeem(code, redemption)).json()).toEqual({ error: "invalid_grant" });
    expect(await (await redeem(code, request === withChallenge ? { code_verifier: verifier } : {})).json()).toEqual({
      error: "invalid_grant",
    });
  });

  it("AUT-09: is redeemed with its verifier", async () => {
    const code = await codeFor(authorizeUrl(pool, withChallenge), username, password);
    expect((await redeem(code, { code_verifier: verifier })).status).toBe(200);
  });

  it("gives nothing for a user who was deleted meanwhile", async () => {
    await pool.createUser("gone@example.com");
    const code = await codeFor(authorizeUrl(pool), "gone@example.com", password);
    await house.api.adminDeleteUser({ UserPoolId: pool.UserPoolId, Username: "gone@example.com" });
    expect(await (await redeem(code)).json()).toEqual({ error: "invalid_grant" });
  });

  it("binds the access token to the resource that was asked for", async () => {
    const code = await codeFor(authorizeUrl(pool, { resource: "https://orders.example.com" }), username, password);
    const tokens = await jsonOf(await redeem(code));
    expect(claimsOf(tokens.access_token)["aud"]).toBe("https://orders.example.com");
    const refreshed = await jsonOf(
      await requestToken(pool, {
        grant_type: "refresh_token",
        refresh_token: tokens.refresh_token,
        scope: "openid phone",
      }),
    );
    expect(claimsOf(refreshed.access_token)).toMatchObject({
      aud: "https://orders.example.com",
      scope: "openid email order/write",
    });
  });
});

describe("the implicit flow", () => {
  it("puts tokens into the fragment, and never a refresh token", async () => {
    const own = await makePool(house, { client: { GenerateSecret: false, AllowedOAuthFlows: ["implicit"] } });
    const sub = await own.createUser(username);
    const response = await signIn(newVisitor(), authorizeUrl(own, { response_type: "token", nonce: "n" }), {
      username,
      password,
    });
    const location = response.headers.get("location") ?? "";
    expect(location.startsWith(`${postmanCallback}#id_token=`)).toBe(true);
    const parameters = new URLSearchParams(new URL(location).hash.slice(1));
    expect([...parameters.keys()]).toEqual(["id_token", "access_token", "expires_in", "token_type", "state"]);
    expect(claimsOf(parameters.get("id_token") ?? "")).toMatchObject({ sub, nonce: "n", aud: own.ClientId });
    expect(await locationOf(authorizeUrl(own))).toBe(`${postmanCallback}?state=xyz&error=unauthorized_client`);
  });
});

describe("the sign-in page", () => {
  const open = async (changes: Readonly<Record<string, string>> = {}) => {
    const visitor = newVisitor();
    const url = authorizeUrl(pool, changes).replace("/oauth2/authorize", "/login");
    const page = await visitor.visit(url);
    return { visitor, url, page, html: await page.text() };
  };

  it.each([
    ["no token", {}],
    ["a foreign token", { _csrf: "00000000-0000-4000-8000-000000000000" }],
  ])("WEB-01: refuses a form with %s", async (_title, form) => {
    const { visitor, url } = await open();
    const response = await visitor.visit(url, { username, password, ...form });
    expect(response.status).toBe(403);
    expect(visitor.cookies.has("cognito")).toBe(false);
  });

  it("WEB-01: refuses a form that another site sent, whatever it holds", async () => {
    const { visitor, url, html } = await open();
    const form = { username, password, _csrf: csrfOf(html) };
    expect((await visitor.visit(url, form, { origin: "https://evil.example" })).status).toBe(403);
    expect((await visitor.visit(url, form, { origin: "null" })).status).toBe(403);
  });

  it("WEB-02: ends the session that a browser had before, whoever signs in anew", async () => {
    const visitor = newVisitor();
    await signIn(visitor, authorizeUrl(pool), { username, password });
    const former = newVisitor();
    former.cookies.set("cognito", visitor.cookies.get("cognito") ?? "");
    expect((await former.visit(authorizeUrl(pool))).headers.get("location")).toContain("?code=");
    await signIn(visitor, authorizeUrl(pool, { prompt: "login" }), { username, password });
    expect((await former.visit(authorizeUrl(pool))).headers.get("location")).toContain("/login?");
    expect((await visitor.visit(authorizeUrl(pool))).headers.get("location")).toContain("?code=");
  });

  it("WEB-02: gives a new session with each sign-in", async () => {
    const secrets = new Set<string | undefined>();
    for (let times = 0; times < 3; times++) {
      const visitor = newVisitor();
      visitor.cookies.set("cognito", "planted");
      await signIn(visitor, authorizeUrl(pool, { prompt: "login" }), { username, password });
      secrets.add(visitor.cookies.get("cognito"));
    }
    expect(secrets.size).toBe(3);
    expect(secrets.has("planted")).toBe(false);
  });

  it.each(["<script>alert(1)</script>", '" autofocus onfocus="alert(1)', "'><img src=x onerror=alert(1)>"])(
    "WEB-07: shows what it was given as text: %s",
    async (probe) => {
      const { visitor, url, html } = await open({ login_hint: probe, state: probe });
      const again = await (await visitor.visit(url, { username: probe, password: "x", _csrf: csrfOf(html) })).text();
      for (const text of [html, again]) {
        expect(text).not.toContain(probe);
        expect(text).not.toMatch(/<script(?! src="\/_poolhouse\/)|<img|" autofocus onfocus/);
      }
      const error = await (await fetch(`${pool.base}/error?error=${encodeURIComponent(probe)}`)).text();
      expect(error).not.toContain(probe);
    },
  );

  it("WEB-10, WEB-12, WEB-13: says in its headers that it may not be framed, kept or scripted", async () => {
    const { page } = await open();
    expect(Object.fromEntries(page.headers)).toMatchObject({
      "content-security-policy": expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cache-control": expect.stringContaining("no-store"),
      "cross-origin-opener-policy": "same-origin",
    });
    expect(page.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("WEB-11: sets cookies that scripts and other sites do not get, for its own path only", async () => {
    const response = await signIn(newVisitor(), authorizeUrl(pool), { username, password });
    const [session = ""] = response.headers.getSetCookie();
    expect(session).toMatch(
      new RegExp(`^cognito=[\\w-]{43}; Max-Age=3600; Path=/${pool.domain}; HttpOnly; SameSite=Lax$`),
    );
  });

  it("tells a locked-out person so, in the machine's words", async () => {
    await pool.createUser("locked@example.com");
    let html = "";
    for (let tries = 0; tries < 6; tries++) {
      const response = await signIn(newVisitor(), authorizeUrl(pool), {
        username: "locked@example.com",
        password: "Wr0ng-one!",
      });
      html = await response.text();
    }
    expect(messageOf(html)).toBe("Password attempts exceeded");
  });

  it("ends a session after an hour, and one that is older than the client accepts asks again", async () => {
    const visitor = newVisitor();
    await signIn(visitor, authorizeUrl(pool), { username, password });
    house.clock.advance(10 * 60 * 1000);
    expect((await visitor.visit(authorizeUrl(pool, { max_age: "60" }))).headers.get("location")).toContain("/login?");
    expect((await visitor.visit(authorizeUrl(pool, { prompt: "login" }))).headers.get("location")).toContain("/login?");
    expect((await visitor.visit(authorizeUrl(pool))).headers.get("location")).toContain("?code=");
    house.clock.advance(50 * 60 * 1000);
    expect((await visitor.visit(authorizeUrl(pool))).headers.get("location")).toContain("/login?");
  });
});

describe("the error page", () => {
  const shown = async (error: string) =>
    (await (await fetch(`${pool.base}/error?${new URLSearchParams({ error })}`)).text()).replaceAll("&#39;", "'");

  it.each([
    "Invalid state",
    "Client does not exist",
    "Client is not enabled for OAuth2.0 flows.",
    "Login option is not available. Please try another one",
    "Invalid samlResponse or relayState from identity provider",
    "Required String parameter 'RelayState' is not present",
  ])("says why, in Cognito's words: %s", async (reason) => {
    expect(await shown(reason)).toContain(reason);
  });

  it.each(["redirect_mismatch", "Required parameters missing", "Call this number at once"])(
    "says no more than that there was an error: %s",
    async (reason) => {
      expect(await shown(reason)).not.toContain(reason);
    },
  );
});

describe("signing out", () => {
  it.each([
    ["an unregistered address", { logout_uri: "https://evil.example" }, "/error?error=Required+parameters+missing"],
    ["no address", {}, "/error?error=Required+parameters+missing"],
    ["an unregistered callback", { redirect_uri: "https://evil.example" }, "/error?error=redirect_mismatch"],
    ["a callback", { redirect_uri: postmanCallback, response_type: "code", state: "s" }, "/login?client_id="],
  ])("with %s stays with us", async (_title, parameters, path) => {
    const location = await locationOf(
      `${pool.base}/logout?${new URLSearchParams({ client_id: pool.ClientId, ...parameters })}`,
    );
    expect(location.startsWith(`${pool.base}${path}`)).toBe(true);
  });

  it("WEB-05: is by GET only", async () => {
    expect((await fetch(`${pool.base}/logout?client_id=${pool.ClientId}`, { method: "POST" })).status).toBe(405);
  });
});
