import { describe, expect, it } from "vitest";
import { jsonOf } from "../../test/support/browser-steps.ts";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const arn = "arn:aws:lambda:us-east-1:123456789012:function:tokens";

interface Event {
  readonly version: string;
  readonly triggerSource: string;
  readonly userName: string;
  readonly callerContext: { readonly clientId: string };
  readonly request: Record<string, unknown>;
  readonly response: object;
}

let answer: (event: Event) => unknown;
let last: Event | undefined;

const house = useHouse(
  {},
  {
    triggers: {
      [arn]: (event: Event) => {
        last = event;
        return { ...event, response: answer(event) };
      },
    },
  },
);

const poolWith = (LambdaVersion: "V1_0" | "V2_0" | "V3_0", client = {}): Promise<TestPool> =>
  makePool(house, {
    pool: { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion, LambdaArn: arn } } },
    client: {
      GenerateSecret: false,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      ...client,
    },
  });

const claimsOf = (token = ""): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

async function signIn(pool: TestPool, email: string) {
  await pool.createUser(email);
  const { AuthenticationResult } = await house.api.initiateAuth({
    ClientId: pool.ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });
  return {
    refreshToken: AuthenticationResult?.RefreshToken ?? "",
    id: claimsOf(AuthenticationResult?.IdToken),
    access: claimsOf(AuthenticationResult?.AccessToken),
  };
}

describe("the first version of the token trigger", () => {
  it("changes texts of the ID token and the groups of both", async () => {
    const pool = await poolWith("V1_0");
    answer = () => ({
      claimsOverrideDetails: {
        claimsToAddOrOverride: { tenant: "acme", email: "other@example.com", gone: "x" },
        claimsToSuppress: ["gone", "email_verified"],
        groupOverrideDetails: { groupsToOverride: ["a", "b"], iamRolesToOverride: ["r"], preferredRole: "r" },
      },
    });
    const { id, access } = await signIn(pool, "one@example.com");
    expect(id).toMatchObject({
      tenant: "acme",
      email: "other@example.com",
      "cognito:groups": ["a", "b"],
      "cognito:roles": ["r"],
      "cognito:preferred_role": "r",
    });
    expect(id).not.toHaveProperty("gone");
    expect(id).not.toHaveProperty("email_verified");
    expect(access["cognito:groups"]).toEqual(["a", "b"]);
    expect(access).not.toHaveProperty("tenant");
    expect(last).toMatchObject({
      version: "1",
      triggerSource: "TokenGeneration_Authentication",
      callerContext: { clientId: pool.ClientId },
      request: {
        userAttributes: { email: "one@example.com", "cognito:user_status": "CONFIRMED" },
        groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
      },
      response: { claimsOverrideDetails: null },
    });
  });

  it.each([
    ["left out", {}, ["staff"]],
    ["an object of nothing", { groupOverrideDetails: {} }, undefined],
    ["null", { groupOverrideDetails: null }, undefined],
    ["an empty list", { groupOverrideDetails: { groupsToOverride: [] } }, undefined],
    ["lists of null", { groupOverrideDetails: { groupsToOverride: null, iamRolesToOverride: null } }, undefined],
    ["those it was told of", { groupOverrideDetails: { groupsToOverride: ["staff"] } }, ["staff"]],
  ])("leaves the groups or takes them away: %s", async (what, given, groups) => {
    const pool = await poolWith("V1_0");
    const { UserPoolId } = pool;
    const Username = `groups-${what.replace(/\W/g, "-")}@example.com`;
    await pool.createUser(Username);
    await house.api.createGroup({ UserPoolId, GroupName: "staff" });
    await house.api.adminAddUserToGroup({ UserPoolId, Username, GroupName: "staff" });
    answer = () => ({ claimsOverrideDetails: given });
    const { AuthenticationResult } = await house.api.initiateAuth({
      ClientId: pool.ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: Username, PASSWORD: password },
    });
    for (const token of [AuthenticationResult?.IdToken, AuthenticationResult?.AccessToken]) {
      expect(claimsOf(token)["cognito:groups"]).toEqual(groups);
    }
  });

  it("takes texts and nothing else", async () => {
    const pool = await poolWith("V1_0");
    answer = () => ({ claimsOverrideDetails: { claimsToAddOrOverride: { list: ["x"] } } });
    expect(await refusalOf(signIn(pool, "texts@example.com"))).toEqual({
      name: "InvalidLambdaResponseException",
      message: "Unrecognizable lambda output",
    });
  });
});

describe("the second version", () => {
  it("TOK-23: changes anything but what says who signed in, when and for whom", async () => {
    const pool = await poolWith("V2_0");
    const everything = Object.fromEntries(
      [
        "iss",
        "sub",
        "aud",
        "exp",
        "iat",
        "token_use",
        "client_id",
        "cognito:username",
        "username",
        "jti",
        "auth_time",
        "origin_jti",
        "event_id",
        "identities",
        "version",
        "nbf",
      ].map((name) => [name, "evil"]),
    );
    answer = () => ({
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: {
          claimsToAddOrOverride: { ...everything, deep: { a: [1, true] } },
          claimsToSuppress: ["sub", "exp"],
        },
        accessTokenGeneration: {
          claimsToAddOrOverride: { ...everything, tier: 3 },
          claimsToSuppress: ["token_use"],
          scopesToAdd: ["orders/write"],
          scopesToSuppress: ["aws.cognito.signin.user.admin"],
        },
      },
    });
    const { id, access } = await signIn(pool, "two@example.com");
    for (const claims of [id, access]) {
      const changed = Object.entries(claims).filter(([, value]) => value === "evil");
      expect(changed).toEqual([]);
      expect(claims).toMatchObject({ sub: expect.any(String), exp: expect.any(Number), token_use: expect.any(String) });
    }
    expect(id["deep"]).toEqual({ a: [1, true] });
    expect(access).toMatchObject({ tier: 3, scope: "orders/write" });
    expect(last).toMatchObject({ version: "2", request: { scopes: ["aws.cognito.signin.user.admin"] } });
  });

  it("is asked at every refresh, with what the refresh says", async () => {
    const pool = await poolWith("V2_0");
    answer = () => ({ claimsAndScopeOverrideDetails: null });
    const { refreshToken } = await signIn(pool, "refresh@example.com");
    await house.api.getTokensFromRefreshToken({
      ClientId: pool.ClientId,
      RefreshToken: refreshToken,
      ClientMetadata: { from: "refresh" },
    });
    expect(last).toMatchObject({
      triggerSource: "TokenGeneration_RefreshTokens",
      request: { clientMetadata: { from: "refresh" } },
    });
  });

  it("may give an access token its own client for an audience and nobody else", async () => {
    const pool = await poolWith("V2_0");
    let aud = pool.ClientId;
    answer = () => ({
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { aud } } },
    });
    expect((await signIn(pool, "own@example.com")).access["aud"]).toBe(pool.ClientId);
    aud = "another";
    expect((await signIn(pool, "else@example.com")).access).not.toHaveProperty("aud");
  });
});

describe("the third version", () => {
  const machine = {
    GenerateSecret: true,
    AllowedOAuthFlows: ["client_credentials"] as "client_credentials"[],
    AllowedOAuthScopes: ["order/write"],
    CallbackURLs: undefined,
  };
  const tokenOf = async (pool: TestPool) => {
    const response = await fetch(`${pool.base}/oauth2/token`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${pool.ClientId}:${pool.secret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    const { access_token } = await jsonOf(response);
    return claimsOf(String(access_token));
  };

  it("is asked about clients that act for themselves", async () => {
    const pool = await poolWith("V3_0", machine);
    answer = () => ({
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { tenant: "acme" } } },
    });
    expect(await tokenOf(pool)).toMatchObject({ tenant: "acme", scope: "order/write" });
    expect(last).toMatchObject({
      version: "3",
      userName: "ClientCredentials",
      triggerSource: "TokenGeneration_ClientCredentials",
      request: { userAttributes: {}, groupConfiguration: null, scopes: ["order/write"] },
    });
  });

  it("is the only one that is", async () => {
    const pool = await poolWith("V2_0", machine);
    last = undefined;
    await tokenOf(pool);
    expect(last).toBeUndefined();
  });
});
