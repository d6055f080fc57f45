import { beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, csrfOf, newVisitor } from "../../test/support/browser-steps.ts";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const house = useHouse();
let pool: TestPool;
let UserPoolId: string;

beforeAll(async () => {
  pool = await makePool(house, {
    client: { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
  });
  ({ UserPoolId } = pool);
  await house.api.setUserPoolSessionConfiguration({
    UserPoolId,
    UserSessionTracking: "ENABLED",
    TokenSession: { MaxPerUser: 3 },
  });
});

async function signIn(USERNAME: string) {
  house.clock.advance(1_000);
  const { AuthenticationResult } = await house.api.initiateAuth({
    ClientId: pool.ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: password },
  });
  return AuthenticationResult?.AccessToken ?? "";
}

const works = (AccessToken: string) =>
  house.api.getUser({ AccessToken }).then(
    () => true,
    () => false,
  );

describe("the sessions of a user", () => {
  it("are listed, and ended one by one, but not the one that asks", async () => {
    await pool.createUser("list@example.com");
    const [first, second] = [await signIn("list@example.com"), await signIn("list@example.com")];
    const { Sessions = [] } = await house.api.listUserSessions({ AccessToken: first });
    expect(Sessions).toHaveLength(2);
    for (const session of Sessions) {
      expect(session).toMatchObject({
        SessionId: expect.stringMatching(/^tkn[0-9a-z]{25}$/),
        SessionType: "TOKEN",
        ClientId: pool.ClientId,
      });
    }
    const mine = Sessions.find(({ IsCurrentSession }) => IsCurrentSession)?.SessionId;
    const other = Sessions.find(({ IsCurrentSession }) => !IsCurrentSession)?.SessionId;
    expect((await refusalOf(house.api.revokeUserSession({ AccessToken: first, SessionId: mine }))).name).toBe(
      "InvalidParameterException",
    );
    await house.api.revokeUserSession({ AccessToken: first, SessionId: other });
    expect([await works(first), await works(second)]).toEqual([true, false]);
    expect((await refusalOf(house.api.revokeUserSession({ AccessToken: first, SessionId: other }))).name).toBe(
      "ResourceNotFoundException",
    );
    await house.api.adminRevokeUserSession({ UserPoolId, Username: "list@example.com", SessionId: mine });
    expect(await works(first)).toBe(false);
    expect((await house.api.adminListUserSessions({ UserPoolId, Username: "list@example.com" })).Sessions).toEqual([]);
  });

  it("are as many as the pool allows: the one that was used longest ago ends", async () => {
    await pool.createUser("many@example.com");
    const tokens: string[] = [];
    for (let index = 0; index < 5; index++) tokens.push(await signIn("many@example.com"));
    expect(await Promise.all(tokens.map(works))).toEqual([false, false, true, true, true]);
  });

  it("of a browser take along the tokens that came of them, when that is asked", async () => {
    await pool.createUser("web@example.com");
    const visitor = newVisitor();
    const login = (await visitor.visit(authorizeUrl(pool))).headers.get("location") ?? "";
    const html = await (await visitor.visit(login)).text();
    const back = await visitor.visit(login, { _csrf: csrfOf(html), username: "web@example.com", password });
    const code = new URL(back.headers.get("location") ?? "").searchParams.get("code") ?? "";
    await fetch(`${pool.base}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: pool.ClientId,
        code,
        redirect_uri: "https://oauth.pstmn.io/v1/callback",
      }),
    });
    const list = async () =>
      (await house.api.adminListUserSessions({ UserPoolId, Username: "web@example.com" })).Sessions ?? [];
    const sessions = await list();
    const browser = sessions.find(({ SessionType }) => SessionType === "SSO");
    expect(sessions.find(({ SessionType }) => SessionType === "TOKEN")?.OriginSessionId).toBe(browser?.SessionId);
    await house.api.adminRevokeUserSession({
      UserPoolId,
      Username: "web@example.com",
      SessionId: browser?.SessionId,
      RevokeAssociatedSessions: "LINKED",
    });
    expect(await list()).toEqual([]);
    const again = await visitor.visit(authorizeUrl(pool, { prompt: "none" }));
    expect(again.headers.get("location")).toContain("error=login_required");
  });

  it("are not listed by a pool that does not track them", async () => {
    const plain = await makePool(house);
    await plain.createUser("plain@example.com");
    const call = house.api.adminListUserSessions({ UserPoolId: plain.UserPoolId, Username: "plain@example.com" });
    expect((await refusalOf(call)).name).toBe("OperationNotEnabledException");
  });
});

describe("a client for itself", () => {
  it("gets a token over the API by its secret, for its own scopes", async () => {
    const machine = await makePool(house, {
      client: {
        AllowedOAuthFlows: ["client_credentials"],
        AllowedOAuthScopes: ["order/write"],
        CallbackURLs: undefined,
      },
    });
    const { ClientId, secret: Secret } = machine;
    const { ClientAuthenticationResult } = await house.api.getClientToken({ ClientId, Secret });
    const claims = JSON.parse(
      Buffer.from(ClientAuthenticationResult?.AccessToken?.split(".")[1] ?? "", "base64url").toString(),
    );
    expect(claims).toMatchObject({ sub: ClientId, client_id: ClientId, scope: "order/write", token_use: "access" });
    expect((await refusalOf(house.api.getClientToken({ ClientId, Secret: `${Secret.slice(1)}x` }))).name).toBe(
      "NotAuthorizedException",
    );
    expect((await refusalOf(house.api.getClientToken({ ClientId, Secret, Scopes: ["order/read"] }))).name).toBe(
      "InvalidParameterException",
    );
    expect((await refusalOf(house.api.getClientToken({ ClientId: pool.ClientId, Secret }))).name).toBe(
      "NotAuthorizedException",
    );
  });
});
