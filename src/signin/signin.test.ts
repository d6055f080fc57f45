import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { claimsOf } from "../../test/support/browser-steps.ts";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, usePool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { sweep } from "../database/sweep.ts";

const house = useHouse();

const flows = {
  ExplicitAuthFlows: [
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
  ] as const,
};
const openClient = { GenerateSecret: false, ...flows, ExplicitAuthFlows: [...flows.ExplicitAuthFlows] };

const pool = usePool(house, { client: openClient });

const signIn = (USERNAME: string, PASSWORD = password, ClientId = pool.ClientId) =>
  house.api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME, PASSWORD } });

const wrong = { name: "NotAuthorizedException", message: "Incorrect username or password." };

async function invite(email: string, Pool = pool) {
  await house.api.adminCreateUser({
    UserPoolId: Pool.UserPoolId,
    Username: email,
    TemporaryPassword: "Temp0rary!",
    MessageAction: "SUPPRESS",
  });
  return signIn(email, "Temp0rary!", Pool.ClientId);
}

describe("signing in by password", () => {
  it("gives an access token with the claims of an API sign-in", async () => {
    const sub = await pool.createUser("claims@example.com");
    const { AuthenticationResult, ChallengeParameters } = await signIn("claims@example.com");
    const { AccessToken = "", IdToken = "", ExpiresIn, TokenType } = AuthenticationResult ?? {};
    expect({ ExpiresIn, TokenType, ChallengeParameters }).toEqual({
      ExpiresIn: 3600,
      TokenType: "Bearer",
      ChallengeParameters: {},
    });
    const access = claimsOf(AccessToken);
    expect(Object.keys(access)).toEqual([
      "sub",
      "iss",
      "client_id",
      "origin_jti",
      "event_id",
      "token_use",
      "scope",
      "auth_time",
      "exp",
      "iat",
      "jti",
      "username",
    ]);
    expect(access).toMatchObject({ sub, scope: "aws.cognito.signin.user.admin", token_use: "access" });
    const id = claimsOf(IdToken);
    expect(Object.keys(id)).toEqual([
      "sub",
      "email_verified",
      "iss",
      "cognito:username",
      "origin_jti",
      "aud",
      "event_id",
      "token_use",
      "auth_time",
      "exp",
      "iat",
      "jti",
      "email",
    ]);
    expect(id["event_id"]).toBe(access["event_id"]);
  });

  it("tells the groups of the user in both tokens", async () => {
    await pool.createUser("member@example.com");
    const { UserPoolId } = pool;
    await house.api.createGroup({
      UserPoolId,
      GroupName: "admins",
      Precedence: 1,
      RoleArn: "arn:aws:iam::123456789012:role/admin",
    });
    await house.api.adminAddUserToGroup({ UserPoolId, GroupName: "admins", Username: "member@example.com" });
    const { AuthenticationResult } = await signIn("member@example.com");
    expect(claimsOf(AuthenticationResult?.AccessToken ?? "")["cognito:groups"]).toEqual(["admins"]);
    expect(claimsOf(AuthenticationResult?.IdToken ?? "")).toMatchObject({
      "cognito:groups": ["admins"],
      "cognito:roles": ["arn:aws:iam::123456789012:role/admin"],
      "cognito:preferred_role": "arn:aws:iam::123456789012:role/admin",
    });
  });

  it("PWD-01: tells nothing of who exists, where the client hides it", async () => {
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientName: "hiding",
      PreventUserExistenceErrors: "ENABLED",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    await pool.createUser("exists@example.com");
    const hiding = UserPoolClient?.ClientId;
    expect(await refusalOf(signIn("exists@example.com", "Wr0ng-one!", hiding))).toEqual(wrong);
    expect(await refusalOf(signIn("nobody@example.com", "Wr0ng-one!", hiding))).toEqual(wrong);
    expect(await refusalOf(signIn("nobody@example.com"))).toEqual({
      name: "UserNotFoundException",
      message: "User does not exist.",
    });
  });

  it("PWD-17: tells of the user's state only to who knows the password", async () => {
    const { ClientId, UserPoolId } = pool;
    await house.api.signUp({ ClientId, Username: "new@example.com", Password: password });
    expect(await refusalOf(signIn("new@example.com", "Wr0ng-one!"))).toEqual(wrong);
    expect(await refusalOf(signIn("new@example.com"))).toEqual({
      name: "UserNotConfirmedException",
      message: "User is not confirmed.",
    });
    await house.api.adminConfirmSignUp({ UserPoolId, Username: "new@example.com" });
    expect((await signIn("new@example.com")).AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it("PWD-21: of an administrator is not open to everybody", async () => {
    const AuthParameters = { USERNAME: "claims@example.com", PASSWORD: password };
    for (const AuthFlow of ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] as const) {
      expect(await refusalOf(house.api.initiateAuth({ ClientId: pool.ClientId, AuthFlow, AuthParameters }))).toEqual({
        name: "InvalidParameterException",
        message: "Initiate Auth method not supported.",
      });
      const call = { UserPoolId: pool.UserPoolId, ClientId: pool.ClientId, AuthFlow, AuthParameters };
      expect((await house.api.adminInitiateAuth(call)).AuthenticationResult?.IdToken).toBeTruthy();
    }
  });

  it.each([
    ["USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH flow not enabled for this client"],
    ["USER_AUTH", "USER_AUTH flow not enabled for this client"],
    ["CUSTOM_AUTH", "Custom auth lambda trigger is not configured for the user pool."],
  ] as const)("by %s is refused by a client with the default flows", async (AuthFlow, message) => {
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientName: "default",
    });
    const call = house.api.initiateAuth({
      ClientId: UserPoolClient?.ClientId,
      AuthFlow,
      AuthParameters: { USERNAME: "u" },
    });
    expect(await refusalOf(call)).toEqual({ name: "InvalidParameterException", message });
  });

  it.each([
    ["USERNAME", {}],
    ["PASSWORD", { USERNAME: "claims@example.com" }],
  ])("needs %s", async (name, AuthParameters) => {
    const call = house.api.initiateAuth({ ClientId: pool.ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    expect(await refusalOf(call)).toEqual({
      name: "InvalidParameterException",
      message: `Missing required parameter ${name}`,
    });
  });
});

describe("a pool whose tokens a trigger shapes", () => {
  it("gives none while the trigger cannot run, and says so", async () => {
    const shaped = await makePool(house, {
      client: openClient,
      pool: { LambdaConfig: { PreTokenGeneration: "arn:aws:lambda:us-east-1:123456789012:function:f" } },
    });
    await shaped.createUser("shaped@example.com");
    expect(await refusalOf(signIn("shaped@example.com", password, shaped.ClientId))).toEqual({
      name: "UnexpectedLambdaException",
      message: "PreTokenGeneration invocation failed due to error ResourceNotFoundException.",
    });
  });
});

describe("the new-password challenge", () => {
  const respond = (
    Session: string | undefined,
    NEW_PASSWORD: string,
    more: Readonly<Record<string, string>> = {},
    USERNAME = "",
  ) =>
    house.api.respondToAuthChallenge({
      ClientId: pool.ClientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session,
      ChallengeResponses: { USERNAME, NEW_PASSWORD, ...more },
    });

  it("is asked with what the user has and lacks, and its session survives a refused answer", async () => {
    const strict = await makePool(house, {
      client: openClient,
      pool: { Schema: [{ Name: "given_name", AttributeDataType: "String", Required: true, Mutable: true }] },
    });
    const asked = await invite("asked@example.com", strict);
    expect(asked.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    expect(asked.ChallengeParameters).toMatchObject({
      requiredAttributes: '["userAttributes.given_name"]',
      userAttributes: '{"email":"asked@example.com"}',
    });
    const answer = (NEW_PASSWORD: string, more: Readonly<Record<string, string>>) =>
      house.api.respondToAuthChallenge({
        ClientId: strict.ClientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: asked.Session,
        ChallengeResponses: { USERNAME: "asked@example.com", NEW_PASSWORD, ...more },
      });
    const invalid = (message: string) => ({ name: "InvalidParameterException", message });
    expect(await refusalOf(answer("Brand-new1", {}))).toEqual(
      invalid("Invalid attributes given, given_name is missing"),
    );
    expect(
      await refusalOf(
        answer("Brand-new1", { "userAttributes.given_name": "A", "userAttributes.email": "b@example.com" }),
      ),
    ).toEqual(invalid("Cannot modify an already provided email"));
    expect(
      await refusalOf(
        answer("Brand-new1", { "userAttributes.given_name": "A", "userAttributes.email_verified": "true" }),
      ),
    ).toEqual(invalid("Cannot modify the non-mutable attribute email_verified"));
    expect((await refusalOf(answer("short", { "userAttributes.given_name": "A" }))).name).toBe(
      "InvalidPasswordException",
    );
    expect(
      (await answer("Brand-new1", { "userAttributes.given_name": "A" })).AuthenticationResult?.IdToken,
    ).toBeTruthy();
  });

  it("is answered once, also by many at once", async () => {
    const { Session } = await invite("once@example.com");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => respond(Session, `Brand-new${index}`, {}, "once@example.com")),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await refusalOf(respond(Session, "Brand-new9", {}, "once@example.com"))).toEqual({
      name: "NotAuthorizedException",
      message: "Invalid session for the user, session can only be used once.",
    });
  });

  it("has a session that lapses after three minutes and belongs to one client and user", async () => {
    const { Session } = await invite("lapse@example.com");
    await pool.createUser("stranger@example.com");
    const invalid = { name: "NotAuthorizedException", message: "Invalid session for the user." };
    expect(await refusalOf(respond(`${Session}x`, "Brand-new1", {}, "lapse@example.com"))).toEqual(invalid);
    const other = await makePool(house, { client: openClient });
    const elsewhere = house.api.respondToAuthChallenge({
      ClientId: other.ClientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session,
      ChallengeResponses: { USERNAME: "lapse@example.com", NEW_PASSWORD: "Brand-new1" },
    });
    expect(await refusalOf(elsewhere)).toEqual(invalid);
    house.clock.advance(3 * 60 * 1000);
    expect(await refusalOf(respond(Session, "Brand-new1", {}, "lapse@example.com"))).toEqual({
      name: "NotAuthorizedException",
      message: "Invalid session for the user, session is expired.",
    });
  });

  it("SRP-05: is spent when it is answered in another user's name", async () => {
    const { Session } = await invite("mine@example.com");
    await pool.createUser("thief@example.com");
    expect(await refusalOf(respond(Session, "Brand-new1", {}, "thief@example.com"))).toEqual({
      name: "NotAuthorizedException",
      message: "Invalid session for the user.",
    });
    expect(await refusalOf(respond(Session, "Brand-new1", {}, "mine@example.com"))).toEqual({
      name: "NotAuthorizedException",
      message: "Invalid session for the user, session can only be used once.",
    });
  });

  it("is not asked with a temporary password that has lapsed", async () => {
    await house.api.adminCreateUser({
      UserPoolId: pool.UserPoolId,
      Username: "week@example.com",
      TemporaryPassword: "Temp0rary!",
      MessageAction: "SUPPRESS",
    });
    house.clock.advance(7 * 24 * 60 * 60 * 1000);
    expect(await refusalOf(signIn("week@example.com", "Temp0rary!"))).toEqual({
      name: "NotAuthorizedException",
      message: "Temporary password has expired and must be reset by an administrator.",
    });
  });
});

describe("refreshing and revoking", () => {
  const refresh = (REFRESH_TOKEN: string | undefined, ClientId = pool.ClientId) =>
    house.api.initiateAuth({
      ClientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: REFRESH_TOKEN ?? "" },
    });

  const tokensOf = async (email: string, ClientId = pool.ClientId) => {
    const { AuthenticationResult } = await signIn(email, password, ClientId);
    return {
      AccessToken: AuthenticationResult?.AccessToken ?? "",
      RefreshToken: AuthenticationResult?.RefreshToken ?? "",
    };
  };

  const revoked = { name: "NotAuthorizedException", message: "Refresh Token has been revoked" };
  const accessRevoked = { name: "NotAuthorizedException", message: "Access Token has been revoked" };

  it("keeps the time and the family of the sign-in, and gives no new refresh token", async () => {
    await pool.createUser("refresh@example.com");
    const { AccessToken, RefreshToken } = await tokensOf("refresh@example.com");
    house.clock.advance(60_000);
    const { AuthenticationResult } = await refresh(RefreshToken);
    expect(AuthenticationResult?.RefreshToken).toBeUndefined();
    const [before, after] = [claimsOf(AccessToken), claimsOf(AuthenticationResult?.AccessToken ?? "")];
    expect(after).toMatchObject({
      origin_jti: before["origin_jti"],
      auth_time: before["auth_time"],
      event_id: before["event_id"],
    });
    expect(after["iat"]).toBe(Number(before["iat"]) + 60);
    expect(after["jti"]).not.toBe(before["jti"]);
  });

  it("proves a client with a secret over the user's own name", async () => {
    const guarded = await makePool(house);
    const sub = await guarded.createUser("secret@example.com");
    const hash = (name: string) =>
      createHmac("sha256", guarded.secret)
        .update(name + guarded.ClientId)
        .digest("base64");
    const AuthParameters = {
      USERNAME: "secret@example.com",
      PASSWORD: password,
      SECRET_HASH: hash("secret@example.com"),
    };
    const { AuthenticationResult } = await house.api.initiateAuth({
      ClientId: guarded.ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters,
    });
    const REFRESH_TOKEN = AuthenticationResult?.RefreshToken ?? "";
    const again = (more: Readonly<Record<string, string>>) =>
      house.api.initiateAuth({
        ClientId: guarded.ClientId,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN, ...more },
      });
    expect((await again({ SECRET_HASH: hash(sub) })).AuthenticationResult?.AccessToken).toBeTruthy();
    expect((await refusalOf(again({}))).message).toBe(
      `Client ${guarded.ClientId} is configured with secret but SECRET_HASH was not received`,
    );
    expect((await refusalOf(again({ SECRET_HASH: hash("secret@example.com") }))).message).toBe(
      `Unable to verify secret hash for client ${guarded.ClientId}`,
    );
  });

  it("TOK-10, TOK-11: ends with every kind of sign-out, and a later sign-in lives", async () => {
    const { UserPoolId, ClientId } = pool;
    await pool.createUser("out@example.com");
    const getUser = (AccessToken: string) => house.api.getUser({ AccessToken });
    const ends: readonly ((tokens: { AccessToken: string; RefreshToken: string }) => Promise<unknown>)[] = [
      ({ AccessToken }) => house.api.globalSignOut({ AccessToken }),
      () => house.api.adminUserGlobalSignOut({ UserPoolId, Username: "out@example.com" }),
      ({ RefreshToken }) => house.api.revokeToken({ ClientId, Token: RefreshToken }),
    ];
    for (const end of ends) {
      const tokens = await tokensOf("out@example.com");
      await getUser(tokens.AccessToken);
      await end(tokens);
      expect(await refusalOf(getUser(tokens.AccessToken))).toEqual(accessRevoked);
      expect(await refusalOf(refresh(tokens.RefreshToken))).toEqual(revoked);
    }
    const disabled = await tokensOf("out@example.com");
    await house.api.adminDisableUser({ UserPoolId, Username: "out@example.com" });
    expect(await refusalOf(getUser(disabled.AccessToken))).toEqual(accessRevoked);
    expect(await refusalOf(refresh(disabled.RefreshToken))).toEqual({ ...revoked, message: "User is disabled." });
    await house.api.adminEnableUser({ UserPoolId, Username: "out@example.com" });
    expect(await refusalOf(refresh(disabled.RefreshToken))).toEqual(revoked);
    await pool.createUser("gone@example.com");
    const gone = await tokensOf("gone@example.com");
    await house.api.deleteUser({ AccessToken: gone.AccessToken });
    expect((await refusalOf(getUser(gone.AccessToken))).name).toBe("UserNotFoundException");
    expect(await refusalOf(refresh(gone.RefreshToken))).toEqual(revoked);
    const last = await tokensOf("out@example.com");
    await house.api.adminDeleteUser({ UserPoolId, Username: "out@example.com" });
    expect(await refusalOf(getUser(last.AccessToken))).toEqual({
      name: "UserNotFoundException",
      message: "User does not exist.",
    });
    expect(await refusalOf(refresh(last.RefreshToken))).toEqual(revoked);
  });

  it("revokes one sign-in and leaves the others", async () => {
    await pool.createUser("one@example.com");
    const [one, other] = [await tokensOf("one@example.com"), await tokensOf("one@example.com")];
    await house.api.revokeToken({ ClientId: pool.ClientId, Token: one.RefreshToken });
    await house.api.revokeToken({ ClientId: pool.ClientId, Token: one.RefreshToken });
    expect(await refusalOf(house.api.getUser({ AccessToken: one.AccessToken }))).toEqual(accessRevoked);
    await house.api.getUser({ AccessToken: other.AccessToken });
    expect((await refusalOf(house.api.revokeToken({ ClientId: pool.ClientId, Token: other.AccessToken }))).name).toBe(
      "UnsupportedTokenTypeException",
    );
  });

  it("TOK-16: a refresh token works for its client and pool only", async () => {
    await pool.createUser("bound@example.com");
    const { RefreshToken } = await tokensOf("bound@example.com");
    const invalid = { name: "NotAuthorizedException", message: "Invalid Refresh Token." };
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientName: "other",
      ExplicitAuthFlows: openClient.ExplicitAuthFlows,
    });
    expect(await refusalOf(refresh(RefreshToken, UserPoolClient?.ClientId))).toEqual(invalid);
    const elsewhere = await makePool(house, { client: openClient });
    expect(await refusalOf(refresh(RefreshToken, elsewhere.ClientId))).toEqual(invalid);
  });

  it("TOK-18: a refresh token that was altered anywhere is none", async () => {
    await pool.createUser("altered@example.com");
    const { RefreshToken } = await tokensOf("altered@example.com");
    const invalid = { name: "NotAuthorizedException", message: "Invalid Refresh Token." };
    for (let index = 0; index < RefreshToken.length; index += 7) {
      const swapped = RefreshToken[index] === "A" ? "B" : "A";
      const altered = RefreshToken.slice(0, index) + swapped + RefreshToken.slice(index + 1);
      if (altered !== RefreshToken) expect(await refusalOf(refresh(altered)), String(index)).toEqual(invalid);
    }
    const [head, key, iv, text, tag] = RefreshToken.split(".");
    for (const parts of [
      [head, key, iv, text],
      [head, key, text, iv, tag],
      [head, key, iv, text, tag, tag],
      [head, iv, key, text, tag],
      ...[
        { alg: "dir", enc: "A256GCM" },
        { alg: "none", enc: "none" },
        { alg: "RSA-OAEP", enc: "A256GCM", zip: "DEF" },
        { alg: "RSA-OAEP", enc: "A128CBC-HS256" },
        { alg: "PBES2-HS256+A128KW", enc: "A256GCM", p2c: 2 ** 31, p2s: "AA" },
      ].map((header) => [Buffer.from(JSON.stringify(header)).toString("base64url"), key, iv, text, tag]),
      [head, key, iv, "A".repeat(100_000), tag],
      Array(100_000).fill(""),
    ]) {
      expect(await refusalOf(refresh(parts.join(".")))).toEqual(invalid);
    }
  });

  it("TOK-19: a refresh token longer than texts may be is told so without itself, in a head that clients take", async () => {
    const refused = await refusalOf(refresh(`eyJ${"A".repeat(200_000)}`));
    expect(refused.name).toBe("InvalidParameterException");
    expect(refused.message).not.toContain("AAAA");
    // What is no secret is told as it is, however long.
    const long = await refusalOf(house.api.describeUserPool({ UserPoolId: `us-east-1_${"A".repeat(60_000)}` }));
    expect(long.name).toBe("InvalidParameterException");
  });

  it("expires when its life is over, and is not prolonged by use", async () => {
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientName: "short",
      ...openClient,
      RefreshTokenValidity: 60,
      TokenValidityUnits: { RefreshToken: "minutes" },
    });
    await pool.createUser("short@example.com");
    const ClientId = UserPoolClient?.ClientId ?? "";
    const { RefreshToken, AccessToken } = await tokensOf("short@example.com", ClientId);
    house.clock.advance(59 * 60 * 1000);
    await refresh(RefreshToken, ClientId);
    const expired = { name: "NotAuthorizedException", message: "Refresh Token has expired" };
    house.clock.advance(60 * 1000);
    expect(await refusalOf(refresh(RefreshToken, ClientId))).toEqual(expired);
    expect(await refusalOf(house.api.getUser({ AccessToken }))).toEqual({
      name: "NotAuthorizedException",
      message: "Access Token has expired",
    });
    // However long somebody was away: what was kept of the sign-in is deleted by then.
    house.clock.advance(2 * 60 * 60 * 1000);
    await sweep(house.app.db, house.clock.now());
    expect(await refusalOf(refresh(RefreshToken, ClientId))).toEqual(expired);
  });

  it("tells who left and came back with a secret that the token is no more, not that the secret is wrong", async () => {
    const guarded = await makePool(house);
    const { ClientId } = guarded;
    const signInAs = async (email: string) => {
      const sub = await guarded.createUser(email);
      const AuthParameters = { USERNAME: email, PASSWORD: password, SECRET_HASH: guarded.hashOf(email) };
      const answer = await house.api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
      const REFRESH_TOKEN = answer.AuthenticationResult?.RefreshToken ?? "";
      const again = { REFRESH_TOKEN, SECRET_HASH: guarded.hashOf(sub) };
      return () => house.api.initiateAuth({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: again });
    };
    const refreshGone = await signInAs("deleted@example.com");
    await house.api.adminDeleteUser({ UserPoolId: guarded.UserPoolId, Username: "deleted@example.com" });
    expect(await refusalOf(refreshGone())).toEqual(revoked);
  });
});
