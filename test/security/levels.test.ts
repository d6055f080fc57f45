/** Browser sessions and levels of assurance: when a sign-in is used again, and what tokens say of it. */
import { describe, expect, it } from "vitest";
import {
  authorizeUrl,
  claimsOf,
  csrfOf,
  jsonOf,
  newVisitor,
  requestToken,
  signIn,
  type Visitor,
} from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password, postmanCallback, type TestPool } from "../support/pool.ts";
import { authenticatorCode } from "../support/signing-in.ts";

const house = useHouse();
let made = 0;

/** Where an answer leads: `client` with its parameters, or the name of a page. */
function led(response: Response): string {
  const location = response.headers.get("location") ?? "";
  if (!location.startsWith(postmanCallback)) return new URL(location).pathname.split("/").at(-1) ?? "";
  const { searchParams } = new URL(location);
  return searchParams.has("code") ? "code" : (searchParams.get("error") ?? "");
}

const minutes = (count: number): number => count * 60_000;

/** A pool with one user, and a browser that the user is signed in with. */
async function signedIn(wanted: Parameters<typeof makePool>[1] = {}) {
  const pool = await makePool(house, wanted);
  const username = `session-${++made}@example.com`;
  await pool.createUser(username);
  const visitor = newVisitor();
  expect(led(await signIn(visitor, authorizeUrl(pool), { username, password }))).toBe("code");
  return { pool, username, visitor };
}

describe("a browser's session", () => {
  it.each([
    ["at once", 0, {}, "code"],
    ["a minute before it ends", 59, {}, "code"],
    ["when its hour is over", 60, {}, "login"],
    ["silently", 10, { prompt: "none" }, "code"],
    ["silently when its hour is over", 60, { prompt: "none" }, "login_required"],
    [
      "although an account is to be selected, which concerns other providers alone",
      1,
      { prompt: "select_account" },
      "code",
    ],
    ["although consent is to be asked for, which concerns other providers alone", 1, { prompt: "consent" }, "code"],
    ["but not when a sign-in is asked for", 1, { prompt: "login" }, "login"],
    ["within the age that the client accepts", 10, { max_age: "601" }, "code"],
    ["but not beyond it", 10, { max_age: "599" }, "login"],
    ["but never with an age of nought", 1, { max_age: "0" }, "login"],
    ["silently but not beyond the age", 10, { max_age: "599", prompt: "none" }, "login_required"],
  ] as const)("is used again %s", async (_title, later, changes, expected) => {
    const { pool, visitor } = await signedIn();
    house.clock.advance(minutes(later));
    expect(led(await visitor.visit(authorizeUrl(pool, changes)))).toBe(expected);
  });

  it("is used for every client of the pool", async () => {
    const { pool, visitor } = await signedIn();
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientName: "second",
      CallbackURLs: [postmanCallback],
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      AllowedOAuthFlowsUserPoolClient: true,
    });
    const url = authorizeUrl(pool, { client_id: UserPoolClient?.ClientId, scope: "openid" });
    expect(led(await visitor.visit(url))).toBe("code");
  });

  it.each([
    [
      "the user is signed out everywhere",
      (UserPoolId: string, Username: string) => house.api.adminUserGlobalSignOut({ UserPoolId, Username }),
    ],
    [
      "the user is disabled",
      (UserPoolId: string, Username: string) => house.api.adminDisableUser({ UserPoolId, Username }),
    ],
    [
      "the user is deleted",
      (UserPoolId: string, Username: string) => house.api.adminDeleteUser({ UserPoolId, Username }),
    ],
  ] as const)("ends when %s, at once and even within the same moment", async (_title, end) => {
    const { pool, username, visitor } = await signedIn();
    await end(pool.UserPoolId, username);
    expect(led(await visitor.visit(authorizeUrl(pool)))).toBe("login");
  });

  it("can begin again in the moment in which the user was signed out everywhere", async () => {
    const { pool, username } = await signedIn();
    await house.api.adminUserGlobalSignOut({ UserPoolId: pool.UserPoolId, Username: username });
    const visitor = newVisitor();
    await signIn(visitor, authorizeUrl(pool), { username, password });
    expect(led(await visitor.visit(authorizeUrl(pool)))).toBe("code");
  });

  it.each([
    ["a sign-in is asked for", { prompt: "login" }, 0],
    ["the client wants a later one", { max_age: "60" }, 2],
  ] as const)("is not gone on with by a form of one's own when %s", async (_title, changes, later) => {
    const { pool, visitor } = await signedIn();
    house.clock.advance(minutes(later));
    const login = (await visitor.visit(authorizeUrl(pool, changes))).headers.get("location") ?? "";
    const page = await visitor.visit(login);
    const answer = await visitor.visit(login, { _csrf: csrfOf(await page.text()), resume: "yes" });
    expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
  });

  it.each([
    [
      "for as long as its client says",
      10,
      [
        ["code", 9],
        ["login", 2],
      ],
    ],
    [
      "beyond its hour where its client says so",
      600,
      [
        ["code", 599],
        ["login", 2],
      ],
    ],
    ["never where its client says nought", 0, [["login", 1]]],
  ] as const)("lasts %s", async (_title, MaxValidityMinutes, steps) => {
    const { pool, visitor, username } = await signedIn();
    const { UserPoolId, ClientId } = pool;
    await house.api.setUserPoolSessionConfiguration({
      UserPoolId,
      UserSessionTracking: "ENABLED",
      TokenSession: { MaxPerUser: 20 },
    });
    await house.api.setUserPoolClientSessionConfiguration({ UserPoolId, ClientId, SSOSession: { MaxValidityMinutes } });
    await visitor.visit(authorizeUrl(pool, { prompt: "login" }));
    await signIn(visitor, authorizeUrl(pool, { prompt: "login" }), { username, password });
    for (const [expected, later] of steps) {
      house.clock.advance(minutes(later));
      expect(led(await visitor.visit(authorizeUrl(pool)))).toBe(expected);
    }
  });
});

/** A pool whose user may be asked for the code of an app, and what the app knows. */
async function withApp(AcrConfiguration?: Record<string, { AcrValue: string }>) {
  const pool = await makePool(house, { pool: { ...(AcrConfiguration && { AcrConfiguration }) } });
  const { UserPoolId, ClientId } = pool;
  const username = `levels-${++made}@example.com`;
  await pool.createUser(username);
  await house.api.setUserPoolMfaConfig({
    UserPoolId,
    MfaConfiguration: "OPTIONAL",
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const { AuthenticationResult } = await house.api.adminInitiateAuth({
    UserPoolId,
    ClientId,
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: username, PASSWORD: password, SECRET_HASH: pool.hashOf(username) },
  });
  const AccessToken = AuthenticationResult?.AccessToken ?? "";
  const { SecretCode = "" } = await house.api.associateSoftwareToken({ AccessToken });
  await house.api.verifySoftwareToken({ AccessToken, UserCode: authenticatorCode(house, SecretCode, -1) });
  return { pool, username, secret: SecretCode };
}

/** Answers the page of an app's code. */
async function enterCode(visitor: Visitor, asked: Response, secret: string): Promise<Response> {
  const location = asked.headers.get("location") ?? "";
  expect(led(asked)).toBe("mfa");
  const page = await visitor.visit(location);
  return visitor.visit(location, { _csrf: csrfOf(await page.text()), code: authenticatorCode(house, secret) });
}

/** What the tokens of a code say, and those of a refresh. */
async function claimsFor(pool: TestPool, response: Response) {
  const code = new URL(response.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const tokens = await jsonOf(
    await requestToken(pool, { grant_type: "authorization_code", code, redirect_uri: postmanCallback }),
  );
  const refreshed = await jsonOf(
    await requestToken(pool, { grant_type: "refresh_token", refresh_token: tokens.refresh_token }),
  );
  return [tokens.access_token, tokens.id_token, refreshed.access_token, refreshed.id_token].map((token) => {
    const { acr, amr } = claimsOf(token);
    return { acr, amr };
  });
}

const four = <Value>(value: Value): Value[] => [value, value, value, value];

describe("levels of assurance", () => {
  it("are not told of in tokens where nobody asks and the pool names none", async () => {
    const { pool, username } = await withApp();
    const answer = await signIn(newVisitor(), authorizeUrl(pool), { username, password });
    expect(await claimsFor(pool, answer)).toEqual(four({ acr: undefined, amr: undefined }));
  });

  it("are told of in every token of a pool that names them, by its names", async () => {
    const { pool, username } = await withApp({ Level1: { AcrValue: "https://example.com/weak" } });
    const answer = await signIn(newVisitor(), authorizeUrl(pool), { username, password });
    expect(await claimsFor(pool, answer)).toEqual(four({ acr: "https://example.com/weak", amr: ["pwd"] }));
  });

  it.each([
    ["what is there already", "urn:cognito:loa:1", undefined],
    ["a level that nobody knows", "urn:example:none", undefined],
    ["a level that an app reaches", "urn:cognito:loa:4", "urn:cognito:loa:4"],
    [
      "one that nobody knows and then one that an app reaches",
      "urn:example:none urn:cognito:loa:4",
      "urn:cognito:loa:4",
    ],
    ["the level of a code by mail, which an app passes", "urn:cognito:loa:3", "urn:cognito:loa:4"],
  ])("are reached by a second factor where the client asks for %s", async (_title, acr_values, reached) => {
    const { pool, username, secret } = await withApp();
    const visitor = newVisitor();
    const first = await signIn(visitor, authorizeUrl(pool, { acr_values }), { username, password });
    if (reached === undefined) {
      expect(led(first)).toBe("code");
      return;
    }
    const answer = await enterCode(visitor, first, secret);
    expect(await claimsFor(pool, answer)).toEqual(four({ acr: reached, amr: ["pwd", "otp", "mfa"] }));
    // The session is good enough from now on.
    expect(led(await visitor.visit(authorizeUrl(pool, { acr_values })))).toBe("code");
  });

  it("that a session has not reached need a better sign-in, and silently there is none", async () => {
    const { pool, username } = await withApp();
    const visitor = newVisitor();
    await signIn(visitor, authorizeUrl(pool), { username, password });
    const acr_values = "urn:cognito:loa:4";
    expect(led(await visitor.visit(authorizeUrl(pool, { acr_values })))).toBe("login");
    expect(led(await visitor.visit(authorizeUrl(pool, { acr_values, prompt: "none" })))).toBe("login_required");
    expect(led(await visitor.visit(authorizeUrl(pool)))).toBe("code");
  });

  it("that the user has no factor for are not asked for", async () => {
    const pool = await makePool(house);
    await pool.createUser("plain@example.com");
    const visitor = newVisitor();
    const url = authorizeUrl(pool, { acr_values: "urn:cognito:loa:4" });
    const answer = await signIn(visitor, url, { username: "plain@example.com", password });
    expect(await claimsFor(pool, answer)).toEqual(four({ acr: "urn:cognito:loa:1", amr: ["pwd"] }));
    expect(led(await visitor.visit(url))).toBe("code");
  });

  it("are passed over on the lowest tier", async () => {
    const { pool, username } = await withApp();
    await house.api.updateUserPool({
      UserPoolId: pool.UserPoolId,
      UserPoolTier: "LITE",
      MfaConfiguration: "OPTIONAL",
      AutoVerifiedAttributes: ["email"],
    });
    const url = authorizeUrl(pool, { acr_values: "urn:cognito:loa:4" });
    const answer = await signIn(newVisitor(), url, { username, password });
    expect(led(answer)).toBe("code");
  });

  it("stand in tokens of the JSON API as well where the pool names them", async () => {
    const { pool, username } = await withApp({ Level1: { AcrValue: "https://example.com/weak" } });
    const { AuthenticationResult } = await house.api.adminInitiateAuth({
      UserPoolId: pool.UserPoolId,
      ClientId: pool.ClientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: username, PASSWORD: password, SECRET_HASH: pool.hashOf(username) },
    });
    const { acr, amr } = claimsOf(AuthenticationResult?.AccessToken ?? "");
    expect({ acr, amr }).toEqual({ acr: "https://example.com/weak", amr: ["pwd"] });
  });
});

describe("a sign-in on the pages", () => {
  /** Signs in up to the page of a code by SMS, and gives that page's address. */
  async function upToCode() {
    const pool = await makePool(house, { client: { AuthSessionValidity: 15 } });
    const { UserPoolId } = pool;
    const Username = `slow-${++made}@example.com`;
    await pool.createUser(Username);
    const sms = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "x" };
    await house.api.setUserPoolMfaConfig({
      UserPoolId,
      MfaConfiguration: "ON",
      SmsMfaConfiguration: { SmsConfiguration: sms },
    });
    const UserAttributes = [{ Name: "phone_number", Value: "+14325550199" }];
    await house.api.adminUpdateUserAttributes({ UserPoolId, Username, UserAttributes });
    const visitor = newVisitor();
    const asked = await signIn(visitor, authorizeUrl(pool), { username: Username, password });
    expect(led(asked)).toBe("mfa");
    return { visitor, location: asked.headers.get("location") ?? "" };
  }

  /** Sends the page's form with a code that is right, or asks for a new one. */
  async function send(visitor: Visitor, location: string, form: Record<string, string> = {}): Promise<Response> {
    const page = await visitor.visit(location);
    house.clock.advance(1);
    const code = await house.codeFor("+14325550199");
    return visitor.visit(location, { _csrf: csrfOf(await page.text()), code, ...form });
  }

  it.each([
    ["waits just under three minutes for an answer", [170], "code"],
    ["waits no more than three minutes, whatever the client says of its sessions", [181], "Something went wrong"],
    ["waits again for a code that was sent again", [170, 100], "code"],
    ["takes no more than five minutes in all", [170, 150], "Something went wrong"],
  ] as const)("%s", async (_title, pauses, expected) => {
    const { visitor, location } = await upToCode();
    for (const pause of pauses.slice(0, -1)) {
      house.clock.advance(pause * 1000);
      expect(led(await send(visitor, location, { resend: "yes", code: "" }))).toBe("mfa");
    }
    const page = await visitor.visit(location);
    house.clock.advance((pauses.at(-1) ?? 0) * 1000);
    const code = await house.codeFor("+14325550199");
    const answer = await visitor.visit(location, { _csrf: csrfOf(await page.text()), code });
    if (expected === "code") expect(led(answer)).toBe("code");
    else expect(await answer.text()).toContain(expected);
  });
});
