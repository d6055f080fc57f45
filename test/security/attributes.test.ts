/** Attacks on attributes and on the names that they make. */
import type { CreateUserPoolCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, claimsOf, codeFor, jsonOf, requestToken } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { attributeList, attributesOf, makePerson, signIn } from "../support/people.ts";
import { makePlainPool, makePool, password, postmanCallback, type TestPool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";

const house = useHouse();

type Values = Readonly<Record<string, string>>;

const update = (AccessToken: string, values: Values) =>
  house.api.updateUserAttributes({ AccessToken, UserAttributes: attributeList(values) });

const unauthorized = {
  name: "NotAuthorizedException",
  message: "A client attempted to write unauthorized attribute",
};

describe("ATT-02: an attribute that a client may not write", () => {
  const Schema: CreateUserPoolCommandInput["Schema"] = [{ Name: "role", AttributeDataType: "String", Mutable: true }];
  let pool: TestPool;
  beforeAll(async () => {
    pool = await makePlainPool(house, { Schema }, { WriteAttributes: ["email", "nickname"] });
    await makePerson(house, pool, "jane", { "custom:role": "guest" });
  });

  const doors = {
    SignUp: () =>
      house.api.signUp({
        ClientId: pool.ClientId,
        Username: "self-made",
        Password: password,
        UserAttributes: attributeList({ "custom:role": "admin" }),
      }),
    UpdateUserAttributes: async () => update(await signIn(house, pool, "jane"), { "custom:role": "admin" }),
    "UpdateUserAttributes with an empty value": async () =>
      update(await signIn(house, pool, "jane"), { "custom:role": "" }),
    DeleteUserAttributes: async () =>
      house.api.deleteUserAttributes({
        AccessToken: await signIn(house, pool, "jane"),
        UserAttributeNames: ["custom:role"],
      }),
    NEW_PASSWORD_REQUIRED: async () => {
      const { ClientId, UserPoolId } = pool;
      await house.api.adminCreateUser({
        UserPoolId,
        Username: "invited",
        TemporaryPassword: password,
        MessageAction: "SUPPRESS",
      });
      const { Session } = await house.api.initiateAuth({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "invited", PASSWORD: password },
      });
      return house.api.respondToAuthChallenge({
        ClientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: {
          USERNAME: "invited",
          NEW_PASSWORD: "Changed1!",
          "userAttributes.custom:role": "admin",
        },
      });
    },
  } as const;

  it.each([
    "SignUp",
    "UpdateUserAttributes",
    "UpdateUserAttributes with an empty value",
    "DeleteUserAttributes",
    "NEW_PASSWORD_REQUIRED",
  ] as const)("is refused by %s", async (door) => {
    expect(await refusalOf(doors[door]())).toEqual(unauthorized);
    expect((await attributesOf(house, pool, "jane"))["custom:role"]).toBe("guest");
  });
});

describe("a user", () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await makePlainPool(house);
    await makePerson(house, pool, "jane");
  });

  it.each([
    "sub",
    "identities",
    "cognito:groups",
    "cognito:username",
    "cognito:user_status",
    "cognito:mfa_enabled",
    "username",
    "email_verified",
    "phone_number_verified",
    "dev:custom:x",
    "__proto__",
    "constructor",
  ])("ATT-04: cannot write %s", async (name) => {
    const before = await attributesOf(house, pool, "jane");
    const token = await signIn(house, pool, "jane");
    const UserAttributes = [{ Name: name, Value: "true" }];
    const refused = await refusalOf(house.api.updateUserAttributes({ AccessToken: token, UserAttributes }));
    expect(["InvalidParameterException", "NotAuthorizedException"]).toContain(refused.name);
    expect(await attributesOf(house, pool, "jane")).toEqual(before);
  });

  it.each([
    "<script>alert(1)</script>",
    "$" + "{7*7} {{7*7}}",
    "'; drop table users; --",
    "Zoë 👩‍👩‍👧 \u202e",
    "x".repeat(2048),
  ])("ATT-17: has the value %j kept as it is", async (value) => {
    await update(await signIn(house, pool, "jane"), { nickname: value });
    expect((await attributesOf(house, pool, "jane"))["nickname"]).toBe(value);
  });

  it("ATT-17: has a longer value refused", async () => {
    const refused = await refusalOf(update(await signIn(house, pool, "jane"), { nickname: "x".repeat(2049) }));
    expect(refused.name).toBe("InvalidParameterException");
  });

  it.each([
    "victim\uff20example.com",
    "victim\ufe6bexample.com",
    "a@b@example.com",
    '"a b"@example.com',
    "a(c)@example.com",
    "a@[127.0.0.1]",
    "a@example.com.",
    "a@example..com",
    "a@example.com ",
  ])("ATT-12: cannot have the address %j", async (email) => {
    const refused = await refusalOf(update(await signIn(house, pool, "jane"), { email }));
    expect(refused).toEqual({ name: "InvalidParameterException", message: "Invalid email address format." });
  });

  it("ATT-16: who deleted itself leaves nothing to the next of that name", async () => {
    const attributes = { email: "heir@example.com", email_verified: "true" };
    const first = await makePerson(house, pool, "heir", attributes);
    const AccessToken = await signIn(house, pool, "heir");
    await house.api.forgotPassword({ ClientId: pool.ClientId, Username: "heir" });
    const ConfirmationCode = await house.codeFor("heir@example.com");
    await house.api.deleteUser({ AccessToken });
    expect(await makePerson(house, pool, "heir", attributes)).not.toBe(first);
    expect((await refusalOf(house.api.getUser({ AccessToken }))).name).toBe("UserNotFoundException");
    const inherited = { ClientId: pool.ClientId, Username: "heir", ConfirmationCode, Password: "Changed1!" };
    expect((await refusalOf(house.api.confirmForgotPassword(inherited))).name).toBe("ExpiredCodeException");
  });
});

describe("a contact of somebody else", () => {
  const victim = { email: "victim@example.com", email_verified: "true" };
  const noContact = "Cannot reset password for the user as there is no registered/verified email or phone_number";

  it("ATT-05: is neither an alias nor a way back in before it is proved", async () => {
    const pool = await makePlainPool(house, { AliasAttributes: ["email"] });
    const { ClientId } = pool;
    await makePerson(house, pool, "mallory", { email: "mallory@example.com", email_verified: "true" });
    await update(await signIn(house, pool, "mallory"), { email: victim.email });
    expect((await refusalOf(signIn(house, pool, victim.email))).name).toBe("UserNotFoundException");
    const forgot = house.api.forgotPassword({ ClientId, Username: "mallory" });
    expect((await refusalOf(forgot)).message).toBe(noContact);
    const claims = await house.api.initiateAuth({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "mallory", PASSWORD: password },
    });
    expect(claimsOf(claims.AuthenticationResult?.IdToken ?? "")).toMatchObject({
      email: victim.email,
      email_verified: false,
    });
    await makePerson(house, pool, "victim", victim);
    expect(claimsOf(await signIn(house, pool, victim.email))).toMatchObject({ username: "victim" });
  });

  it("ATT-05: is not even shown before it is proved, where the pool wants the proof first", async () => {
    const pool = await makePlainPool(house, {
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    });
    const own = { email: "own@example.com", email_verified: "true" };
    await makePerson(house, pool, "mallory", own);
    await update(await signIn(house, pool, "mallory"), { email: victim.email });
    expect(await attributesOf(house, pool, "mallory")).toMatchObject(own);
    house.clock.advance(1);
    await house.api.forgotPassword({ ClientId: pool.ClientId, Username: "mallory" });
    await expect(house.codeFor(own.email)).resolves.toMatch(/^\d{6}$/);
  });

  it.each(["VICTIM@EXAMPLE.COM", "victim@example.com", "ＶＩＣＴＩＭ@example.com", "vıctım@example.com"])(
    "ATT-11: %s is the holder's or nobody's",
    async (spelling) => {
      const pool = await makePlainPool(house, {
        AliasAttributes: ["email"],
        UsernameConfiguration: { CaseSensitive: false },
      });
      const { UserPoolId } = pool;
      await makePerson(house, pool, "victim", victim);
      await makePerson(house, pool, "mallory");
      const UserAttributes = attributeList({ email: spelling, email_verified: "true" });
      const outcome = await house.api
        .adminUpdateUserAttributes({ UserPoolId, Username: "mallory", UserAttributes })
        .then(() => "written")
        .catch(({ name }: Error) => name);
      expect(["written", "AliasExistsException"]).toContain(outcome);
      expect((await house.api.adminGetUser({ UserPoolId, Username: victim.email })).Username).toBe("victim");
      if (outcome === "AliasExistsException") return;
      expect((await house.api.adminGetUser({ UserPoolId, Username: spelling })).Username).toBe("mallory");
    },
  );

  it("ATT-20: cannot be taken as a preferred name, nor preferred before anything is proved", async () => {
    const pool = await makePlainPool(house, { AliasAttributes: ["preferred_username"] });
    await makePerson(house, pool, "victim", { preferred_username: "boss" });
    await makePerson(house, pool, "mallory");
    const token = await signIn(house, pool, "mallory");
    expect((await refusalOf(update(token, { preferred_username: "boss" }))).name).toBe("AliasExistsException");
    expect((await refusalOf(update(token, { preferred_username: "victim" }))).name).toBe("AliasExistsException");
    const early = house.api.signUp({
      ClientId: pool.ClientId,
      Username: "early",
      Password: password,
      UserAttributes: attributeList({ preferred_username: "chief" }),
    });
    expect((await refusalOf(early)).name).toBe("InvalidParameterException");
  });
});

describe("ATT-18: taking away", () => {
  it.each([
    [["given_name"], "InvalidParameterException"],
    [["custom:fixed"], "InvalidParameterException"],
    [["family_name"], "NotAuthorizedException"],
    [["sub"], "InvalidParameterException"],
    [["nickname", "family_name"], "NotAuthorizedException"],
  ])("%j is refused with %s", async (UserAttributeNames, name) => {
    const pool = await makePlainPool(
      house,
      {
        Schema: [
          { Name: "given_name", AttributeDataType: "String", Required: true, Mutable: true },
          { Name: "fixed", AttributeDataType: "String", Mutable: false },
        ],
      },
      { WriteAttributes: ["given_name", "nickname", "custom:fixed"] },
    );
    await makePerson(house, pool, "jane", {
      given_name: "Jane",
      family_name: "Doe",
      nickname: "J",
      "custom:fixed": "one",
    });
    const before = await attributesOf(house, pool, "jane");
    const AccessToken = await signIn(house, pool, "jane");
    expect((await refusalOf(house.api.deleteUserAttributes({ AccessToken, UserAttributeNames }))).name).toBe(name);
    expect(await attributesOf(house, pool, "jane")).toEqual(before);
  });
});

describe("ATT-19: an attribute that a client may not read", () => {
  it("is absent from GetUser, the ID token and userInfo", async () => {
    const pool = await makePool(house, {
      pool: { UsernameAttributes: undefined },
      client: {
        ReadAttributes: ["email", "email_verified"],
        AllowedOAuthScopes: ["openid", "email", "aws.cognito.signin.user.admin"],
      },
    });
    await makePerson(house, pool, "jane", { email: "jane@example.com", family_name: "Secret" });
    const scope = "openid email aws.cognito.signin.user.admin";
    const code = await codeFor(authorizeUrl(pool, { scope }), "jane", password);
    const form = { grant_type: "authorization_code", code, redirect_uri: postmanCallback };
    const tokens = await jsonOf(await requestToken(pool, form));
    expect(claimsOf(tokens.id_token)).toMatchObject({ email: "jane@example.com" });
    const authorization = `Bearer ${tokens.access_token}`;
    const info = await fetch(`${pool.base}/oauth2/userInfo`, { headers: { authorization } });
    const user = await house.api.getUser({ AccessToken: tokens.access_token });
    for (const shown of [
      JSON.stringify(claimsOf(tokens.id_token)),
      await info.text(),
      JSON.stringify(user.UserAttributes),
    ]) {
      expect(shown).toContain("jane@example.com");
      expect(shown).not.toContain("Secret");
    }
  });
});
