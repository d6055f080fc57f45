/** Users' attributes: who may change what, and what has to be proved. */
import type { CreateUserPoolCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { attributeList, attributesOf, makePerson, signIn } from "../../test/support/people.ts";
import { makePlainPool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const house = useHouse();

type Values = Readonly<Record<string, string>>;

const update = (AccessToken: string, values: Values) =>
  house.api.updateUserAttributes({ AccessToken, UserAttributes: attributeList(values) });

const adminUpdate = ({ UserPoolId }: TestPool, Username: string, values: Values) =>
  house.api.adminUpdateUserAttributes({ UserPoolId, Username, UserAttributes: attributeList(values) });

const verify = (AccessToken: string, Code: string, AttributeName = "email") =>
  house.api.verifyUserAttribute({ AccessToken, AttributeName, Code });

const emailExists = { name: "AliasExistsException", message: "An account with the email already exists." };
const wrongCode = {
  name: "CodeMismatchException",
  message: "Invalid verification code provided, please try again.",
};
const noCode = { name: "ExpiredCodeException", message: "Invalid code provided, please request a code again." };

/** A code that is not this one. */
const otherThan = (code: string): string => (code === "000000" ? "000001" : "000000");

const schema: CreateUserPoolCommandInput["Schema"] = [
  { Name: "plan", AttributeDataType: "String", Mutable: true, StringAttributeConstraints: { MaxLength: "5" } },
  {
    Name: "level",
    AttributeDataType: "Number",
    Mutable: true,
    NumberAttributeConstraints: { MinValue: "1", MaxValue: "9" },
  },
  { Name: "isVip", AttributeDataType: "Boolean", Mutable: true },
  { Name: "since", AttributeDataType: "DateTime", Mutable: true },
  { Name: "tenant", AttributeDataType: "String", Mutable: false },
  { Name: "note", AttributeDataType: "String", Mutable: true, DeveloperOnlyAttribute: true },
  { Name: "given_name", AttributeDataType: "String", Mutable: true, Required: true },
];

describe("attributes", () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await makePlainPool(house, { Schema: schema });
    await makePerson(house, pool, "jane", { given_name: "Jane", "custom:tenant": "one" });
  });

  const frame = "Attributes did not conform to the schema: ";
  const refusals: readonly (readonly [Values, string, string])[] = [
    [
      { "custom:x": "1" },
      "InvalidParameterException",
      `${frame}Type for attribute {custom:x} could not be determined\n`,
    ],
    [
      { "custom:plan": "longer" },
      "InvalidParameterException",
      `${frame}custom:plan: String must be no longer than 5 characters\n`,
    ],
    [{ "custom:level": "many" }, "InvalidParameterException", `${frame}custom:level: Value must be a number\n`],
    [{ "custom:level": "0" }, "InvalidParameterException", `${frame}custom:level: Number must be at least 1\n`],
    [{ "custom:level": "10" }, "InvalidParameterException", `${frame}custom:level: Number must be at most 9\n`],
    [{ "custom:isVip": "yes" }, "InvalidParameterException", `${frame}custom:isVip: Value must be true or false\n`],
    [{ "custom:since": "soon" }, "InvalidParameterException", `${frame}custom:since: Value must be a date and time\n`],
    [{ "custom:tenant": "two" }, "InvalidParameterException", "user.custom:tenant: Attribute cannot be updated.\n"],
    [{ "custom:tenant": "" }, "InvalidParameterException", "user.custom:tenant: Attribute cannot be updated.\n"],
    [{ given_name: "" }, "InvalidParameterException", "user.given_name: Attribute cannot be deleted.\n"],
    [{ sub: "x" }, "InvalidParameterException", "Cannot modify the non-mutable attribute sub"],
    [{ email: "nobody" }, "InvalidParameterException", "Invalid email address format."],
    [{ phone_number: "0123" }, "InvalidParameterException", "Invalid phone number format."],
  ];

  it.each(refusals)("refuses %j from an administrator and from the user alike", async (values, name, message) => {
    const before = await attributesOf(house, pool, "jane");
    expect(await refusalOf(adminUpdate(pool, "jane", values))).toEqual({ name, message });
    const token = await signIn(house, pool, "jane");
    expect(await refusalOf(update(token, values))).toEqual({ name, message });
    expect(await attributesOf(house, pool, "jane")).toEqual(before);
  });

  it.each([
    { email_verified: "true" },
    { phone_number_verified: "true" },
    { "dev:custom:note": "mine" },
    { identities: "[]" },
  ])("lets only administrators write %j", async (values) => {
    const token = await signIn(house, pool, "jane");
    expect(await refusalOf(update(token, values))).toEqual({
      name: "NotAuthorizedException",
      message: "A client attempted to write unauthorized attribute",
    });
  });

  it("merges what is given, and an empty value takes an attribute away", async () => {
    await adminUpdate(pool, "jane", { "custom:plan": "gold", "custom:level": "3", "dev:custom:note": "kept" });
    const token = await signIn(house, pool, "jane");
    expect(await update(token, { "custom:plan": "", "custom:isVip": "true", "custom:tenant": "one" })).toMatchObject({
      CodeDeliveryDetailsList: [],
    });
    const after = await attributesOf(house, pool, "jane");
    expect(after).toMatchObject({
      "custom:level": "3",
      "custom:isVip": "true",
      "dev:custom:note": "kept",
      given_name: "Jane",
    });
    expect(after).not.toHaveProperty("custom:plan");
    await adminUpdate(pool, "jane", {});
    expect(await attributesOf(house, pool, "jane")).toEqual(after);
  });

  it("tells the moment of a change", async () => {
    const modified = async () =>
      (await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: "jane" })).UserLastModifiedDate?.getTime();
    const before = (await modified()) ?? 0;
    house.clock.advance(60_000);
    await adminUpdate(pool, "jane", { "custom:level": "4" });
    expect(await modified()).toBe(before + 60_000);
  });

  it("cannot vouch for a contact that is not there", async () => {
    await makePerson(house, pool, "bare", { given_name: "B" });
    expect(await refusalOf(adminUpdate(pool, "bare", { email_verified: "true" }))).toEqual({
      name: "InvalidParameterException",
      message: "Email is required to verify/un-verify an email",
    });
    expect(await refusalOf(adminUpdate(pool, "bare", { phone_number_verified: "true" }))).toEqual({
      name: "InvalidParameterException",
      message: "Phone Number is required to verify/un-verify a phone number",
    });
    await adminUpdate(pool, "bare", { email: "bare@example.com" });
    await adminUpdate(pool, "bare", { email_verified: "true" });
    expect(await attributesOf(house, pool, "bare")).toMatchObject({ email_verified: "true" });
  });

  it("are taken away with what was proved of them; unknown and required ones are not", async () => {
    const { UserPoolId } = pool;
    await makePerson(house, pool, "less", { given_name: "L", email: "less@example.com", email_verified: "true" });
    const remove = (...UserAttributeNames: string[]) =>
      house.api.adminDeleteUserAttributes({ UserPoolId, Username: "less", UserAttributeNames });
    expect(await refusalOf(remove("custom:x", "email"))).toEqual({
      name: "InvalidParameterException",
      message: "Invalid user attributes: user.custom:x: Attribute does not exist in the schema.\n",
    });
    expect((await refusalOf(remove("given_name"))).name).toBe("InvalidParameterException");
    expect((await refusalOf(remove("sub"))).name).toBe("InvalidParameterException");
    await remove("email");
    const after = await attributesOf(house, pool, "less");
    expect(after).not.toHaveProperty("email");
    expect(after).not.toHaveProperty("email_verified");
    const AccessToken = await signIn(house, pool, "less");
    await update(AccessToken, { "custom:plan": "iron" });
    await house.api.deleteUserAttributes({ AccessToken, UserAttributeNames: ["custom:plan"] });
    expect(await attributesOf(house, pool, "less")).not.toHaveProperty("custom:plan");
    const unwritable = house.api.deleteUserAttributes({ AccessToken, UserAttributeNames: ["dev:custom:note"] });
    expect((await refusalOf(unwritable)).name).toBe("NotAuthorizedException");
  });

  it("can be searched by their new value, and no more by the old one", async () => {
    await makePerson(house, pool, "found", { given_name: "Before" });
    await adminUpdate(pool, "found", { given_name: "After" });
    const search = async (Filter: string) =>
      (await house.api.listUsers({ UserPoolId: pool.UserPoolId, Filter })).Users?.map(({ Username }) => Username);
    expect(await search('given_name = "After"')).toEqual(["found"]);
    expect(await search('given_name = "Before"')).toEqual([]);
  });
});

describe("a client", () => {
  it("writes and reads what it may, and nothing else", async () => {
    const pool = await makePlainPool(
      house,
      {},
      { WriteAttributes: ["nickname"], ReadAttributes: ["nickname", "email"] },
    );
    await makePerson(house, pool, "jane", { email: "jane@example.com", family_name: "Doe" });
    const AccessToken = await signIn(house, pool, "jane");
    await update(AccessToken, { nickname: "J" });
    expect(await refusalOf(update(AccessToken, { nickname: "K", family_name: "Roe" }))).toEqual({
      name: "NotAuthorizedException",
      message: "A client attempted to write unauthorized attribute",
    });
    const { UserAttributes = [] } = await house.api.getUser({ AccessToken });
    expect(UserAttributes.map(({ Name }) => Name).toSorted()).toEqual(["email", "nickname", "sub"]);
    expect(UserAttributes).toContainEqual({ Name: "nickname", Value: "J" });
  });
});

describe("a contact that changes", () => {
  it("is unverified until its code comes back, wherever codes are sent by themselves", async () => {
    const pool = await makePlainPool(house);
    await makePerson(house, pool, "jane", { email: "jane@example.com", email_verified: "true" });
    const token = await signIn(house, pool, "jane");
    const { CodeDeliveryDetailsList } = await update(token, { email: "new@example.org", phone_number: "+4912345678" });
    expect(CodeDeliveryDetailsList).toEqual([
      { Destination: "n***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
    ]);
    expect(await attributesOf(house, pool, "jane")).toMatchObject({
      email: "new@example.org",
      email_verified: "false",
      phone_number_verified: "false",
    });
    const code = await house.codeFor("new@example.org");
    expect(await refusalOf(verify(token, otherThan(code)))).toEqual(wrongCode);
    await verify(token, code);
    expect(await attributesOf(house, pool, "jane")).toMatchObject({ email_verified: "true" });
    expect(await refusalOf(verify(token, code))).toEqual(noCode);
  });

  it("stays as it was until its code comes back, where the pool wants the proof first", async () => {
    const pool = await makePlainPool(house, {
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    });
    const old = { email: "old@example.com", email_verified: "true" };
    await makePerson(house, pool, "jane", old);
    const token = await signIn(house, pool, "jane");
    await update(token, { email: "new@example.com", nickname: "J" });
    expect(await attributesOf(house, pool, "jane")).toMatchObject({ ...old, nickname: "J" });
    const first = await house.codeFor("new@example.com");
    house.clock.advance(1);
    const again = await house.api.getUserAttributeVerificationCode({ AccessToken: token, AttributeName: "email" });
    expect(again.CodeDeliveryDetails?.Destination).toBe("n***@e***");
    const second = await house.codeFor("new@example.com");
    if (first !== second) expect(await refusalOf(verify(token, first))).toEqual(wrongCode);
    await verify(token, second);
    expect(await attributesOf(house, pool, "jane")).toMatchObject({ email: "new@example.com", email_verified: "true" });
  });

  it("is taken at once where an administrator vouches for it, and a code on its way is worth nothing", async () => {
    const pool = await makePlainPool(house, {
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    });
    await makePerson(house, pool, "jane", { email: "old@example.com", email_verified: "true" });
    const token = await signIn(house, pool, "jane");
    await update(token, { email: "waiting@example.com" });
    const code = await house.codeFor("waiting@example.com");
    const vouched = { email: "vouched@example.com", email_verified: "true" };
    await adminUpdate(pool, "jane", vouched);
    expect(await attributesOf(house, pool, "jane")).toMatchObject(vouched);
    expect(await refusalOf(verify(token, code))).toEqual(noCode);
    await expect(house.codeFor("vouched@example.com")).rejects.toThrow("Nothing was sent");
    await adminUpdate(pool, "jane", { email: "proved@example.com" });
    expect(await attributesOf(house, pool, "jane")).toMatchObject(vouched);
    await verify(token, await house.codeFor("proved@example.com"));
    expect(await attributesOf(house, pool, "jane")).toMatchObject({ email: "proved@example.com" });
  });

  it.each([
    ["taken away", { email: "" }],
    ["set back to the present one", { email: "old@example.com" }],
  ])("and is then %s leaves no code behind", async (_what, values) => {
    const pool = await makePlainPool(house, {
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    });
    await makePerson(house, pool, "jane", { email: "old@example.com", email_verified: "true" });
    const token = await signIn(house, pool, "jane");
    const recipient = `gone-${values.email.length}@example.com`;
    await update(token, { email: recipient });
    const code = await house.codeFor(recipient);
    await update(token, values);
    expect(await refusalOf(verify(token, code))).toEqual(noCode);
  });

  it("gets no code where the pool sends none", async () => {
    const pool = await makePlainPool(house, { AutoVerifiedAttributes: undefined });
    await makePerson(house, pool, "jane", { email: "silent@example.com", email_verified: "true" });
    const AccessToken = await signIn(house, pool, "jane");
    expect((await update(AccessToken, { email: "quiet@example.com" })).CodeDeliveryDetailsList).toEqual([]);
    expect(await attributesOf(house, pool, "jane")).toMatchObject({ email_verified: "false" });
    const asked = await house.api.getUserAttributeVerificationCode({ AccessToken, AttributeName: "email" });
    expect(asked.CodeDeliveryDetails).toEqual({
      Destination: "q***@e***",
      DeliveryMedium: "EMAIL",
      AttributeName: "email",
    });
    await verify(AccessToken, await house.codeFor("quiet@example.com"));
    expect(await attributesOf(house, pool, "jane")).toMatchObject({ email_verified: "true" });
  });
});

describe("a code that verifies a contact", () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await makePlainPool(house);
  });

  it("is for contacts that are there", async () => {
    await makePerson(house, pool, "none");
    const AccessToken = await signIn(house, pool, "none");
    for (const AttributeName of ["nickname", "email", "sub"]) {
      const asked = house.api.getUserAttributeVerificationCode({ AccessToken, AttributeName });
      expect((await refusalOf(asked)).name).toBe("InvalidParameterException");
    }
    expect((await refusalOf(verify(AccessToken, "123456", "nickname"))).name).toBe("InvalidParameterException");
    expect(await refusalOf(verify(AccessToken, "123456"))).toEqual(noCode);
  });

  it("lapses after a day, may be asked for five times an hour and guessed fifteen times", async () => {
    const limit = { name: "LimitExceededException", message: "Attempt limit exceeded, please try after some time." };
    await makePerson(house, pool, "many", { phone_number: "+4915112345678" });
    const tokenNow = () => signIn(house, pool, "many");
    let AccessToken = await tokenNow();
    const ask = () => house.api.getUserAttributeVerificationCode({ AccessToken, AttributeName: "phone_number" });
    for (let asked = 0; asked < 5; asked++) await ask();
    expect(await refusalOf(ask())).toEqual(limit);
    house.clock.advance(24 * 60 * 60 * 1000);
    AccessToken = await tokenNow();
    expect(await refusalOf(verify(AccessToken, await house.codeFor("+4915112345678"), "phone_number"))).toEqual(noCode);
    await ask();
    const code = await house.codeFor("+4915112345678");
    for (let tries = 1; tries < 15; tries++) {
      expect(await refusalOf(verify(AccessToken, otherThan(code), "phone_number"))).toEqual(wrongCode);
    }
    expect(await refusalOf(verify(AccessToken, code, "phone_number"))).toEqual(limit);
  });
});

describe("a name that is a contact", () => {
  it("as an alias follows what is proved, and has one holder", async () => {
    const pool = await makePlainPool(house, { AliasAttributes: ["email", "preferred_username"] });
    const { UserPoolId } = pool;
    const holder = async (Username: string) => (await house.api.adminGetUser({ UserPoolId, Username })).Username;
    await makePerson(house, pool, "first", { email: "first@example.com", email_verified: "true" });
    await makePerson(house, pool, "second");
    expect(await holder("first@example.com")).toBe("first");
    const token = await signIn(house, pool, "second");
    await update(token, { email: "first@example.com" });
    expect(await holder("first@example.com")).toBe("first");
    expect(await refusalOf(verify(token, await house.codeFor("first@example.com")))).toEqual(emailExists);
    expect(await attributesOf(house, pool, "second")).toMatchObject({ email_verified: "false" });
    expect(await refusalOf(adminUpdate(pool, "second", { email_verified: "true" }))).toEqual(emailExists);
    await adminUpdate(pool, "first", { email: "" });
    await verify(token, await house.codeFor("first@example.com"));
    expect(await holder("first@example.com")).toBe("second");
    expect(await signIn(house, pool, "first@example.com")).not.toBe("");
  });

  it("may be preferred as soon as it is set, by one user at a time, even the user's own", async () => {
    const pool = await makePlainPool(house, { AliasAttributes: ["preferred_username"] });
    const { UserPoolId } = pool;
    for (const name of ["anna", "bert"]) await makePerson(house, pool, name);
    const [anna, bert] = [await signIn(house, pool, "anna"), await signIn(house, pool, "bert")];
    await update(anna, { preferred_username: "boss" });
    expect((await house.api.adminGetUser({ UserPoolId, Username: "boss" })).Username).toBe("anna");
    expect((await refusalOf(update(bert, { preferred_username: "boss" }))).name).toBe("AliasExistsException");
    expect((await refusalOf(update(bert, { preferred_username: "anna" }))).name).toBe("AliasExistsException");
    await update(anna, { preferred_username: "anna" });
    await update(bert, { preferred_username: "boss" });
    expect((await house.api.adminGetUser({ UserPoolId, Username: "boss" })).Username).toBe("bert");
    await update(anna, { preferred_username: "" });
    expect((await house.api.adminGetUser({ UserPoolId, Username: "anna" })).Username).toBe("anna");
  });

  it("as the username moves when the contact does, cannot be somebody else's and cannot be taken away", async () => {
    const pool = await makePlainPool(house, { UsernameAttributes: ["email"] });
    const { UserPoolId } = pool;
    const sub = await makePerson(house, pool, "old@example.com");
    await makePerson(house, pool, "taken@example.com");
    const token = await signIn(house, pool, "old@example.com");
    expect(await refusalOf(update(token, { email: "taken@example.com" }))).toEqual({
      name: "AliasExistsException",
      message: "An account with the given email already exists.",
    });
    expect((await refusalOf(update(token, { email: "" }))).name).toBe("InvalidParameterException");
    await update(token, { email: "new@example.com" });
    expect((await house.api.adminGetUser({ UserPoolId, Username: "new@example.com" })).Username).toBe(sub);
    expect((await refusalOf(house.api.adminGetUser({ UserPoolId, Username: "old@example.com" }))).name).toBe(
      "UserNotFoundException",
    );
  });

  it("and comes with the first own password is found by, and cannot be somebody else's", async () => {
    const pool = await makePlainPool(house, { UsernameAttributes: ["email", "phone_number"] });
    const { ClientId, UserPoolId } = pool;
    await makePerson(house, pool, "+4915100000001");
    const bringing = async (Username: string, phone: string) => {
      await house.api.adminCreateUser({
        UserPoolId,
        Username,
        TemporaryPassword: "Temp0rary!",
        MessageAction: "SUPPRESS",
      });
      const AuthParameters = { USERNAME: Username, PASSWORD: "Temp0rary!" };
      const { Session } = await house.api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
      return house.api.respondToAuthChallenge({
        ClientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: {
          USERNAME: Username,
          NEW_PASSWORD: "Changed1!",
          "userAttributes.phone_number": phone,
        },
      });
    };
    expect(await refusalOf(bringing("late@example.com", "+4915100000001"))).toEqual({
      name: "AliasExistsException",
      message: "An account with the given phone_number already exists.",
    });
    await bringing("early@example.com", "+4915100000002");
    expect(await signIn(house, pool, "+4915100000002", "Changed1!")).not.toBe("");
  });

  it("and is proved on the way in is nobody else's alias by that, and the sign-in goes on", async () => {
    const pool = await makePlainPool(house, {
      AliasAttributes: ["phone_number"],
      MfaConfiguration: "OPTIONAL",
      SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" },
    });
    const { ClientId, UserPoolId } = pool;
    const phone_number = "+4915100000003";
    await makePerson(house, pool, "second", { phone_number });
    await house.api.adminSetUserMFAPreference({ UserPoolId, Username: "second", SMSMfaSettings: { Enabled: true } });
    const signInBySms = async () => {
      house.clock.advance(1);
      const AuthParameters = { USERNAME: "second", PASSWORD: password };
      const { Session } = await house.api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
      return house.api.respondToAuthChallenge({
        ClientId,
        ChallengeName: "SMS_MFA",
        Session,
        ChallengeResponses: { USERNAME: "second", SMS_MFA_CODE: await house.codeFor(phone_number) },
      });
    };
    await makePerson(house, pool, "first", { phone_number, phone_number_verified: "true" });
    expect((await signInBySms()).AuthenticationResult).toBeDefined();
    expect((await attributesOf(house, pool, "second"))["phone_number_verified"]).not.toBe("true");
    await adminUpdate(pool, "first", { phone_number: "" });
    await signInBySms();
    expect((await attributesOf(house, pool, "second"))["phone_number_verified"]).toBe("true");
    expect((await house.api.adminGetUser({ UserPoolId, Username: phone_number })).Username).toBe("second");
  });

  it("as the username stays until the new one is proved, where the pool wants the proof first", async () => {
    const pool = await makePlainPool(house, {
      UsernameAttributes: ["email"],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    });
    await makePerson(house, pool, "stays@example.com", { email_verified: "true" });
    const token = await signIn(house, pool, "stays@example.com");
    await update(token, { email: "moves@example.com" });
    expect((await refusalOf(signIn(house, pool, "moves@example.com"))).name).toBe("UserNotFoundException");
    await verify(token, await house.codeFor("moves@example.com"));
    expect(await signIn(house, pool, "moves@example.com")).not.toBe("");
    expect((await refusalOf(signIn(house, pool, "stays@example.com"))).name).toBe("UserNotFoundException");
  });

  it("is found in any case where the pool does not tell cases apart", async () => {
    const pool = await makePlainPool(house, {
      AliasAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
    });
    await makePerson(house, pool, "one", { email: "One@Example.com", email_verified: "true" });
    await makePerson(house, pool, "two");
    expect(await signIn(house, pool, "oNE@example.COM")).not.toBe("");
    expect(await refusalOf(adminUpdate(pool, "two", { email: "ONE@EXAMPLE.COM", email_verified: "true" }))).toEqual(
      emailExists,
    );
  });
});

describe("a user", () => {
  it("deletes itself, and its names are free", async () => {
    const pool = await makePlainPool(house);
    await makePerson(house, pool, "leaver");
    const AccessToken = await signIn(house, pool, "leaver");
    await house.api.deleteUser({ AccessToken });
    expect(await refusalOf(house.api.getUser({ AccessToken }))).toEqual({
      name: "UserNotFoundException",
      message: "User does not exist.",
    });
    await makePerson(house, pool, "leaver");
  });

  it("who is disabled is out at once and comes back only when enabled, with a new sign-in", async () => {
    const pool = await makePlainPool(house);
    const { UserPoolId } = pool;
    await makePerson(house, pool, "off");
    const AccessToken = await signIn(house, pool, "off");
    await house.api.adminDisableUser({ UserPoolId, Username: "off" });
    await house.api.adminDisableUser({ UserPoolId, Username: "off" });
    expect((await house.api.adminGetUser({ UserPoolId, Username: "off" })).Enabled).toBe(false);
    expect(await refusalOf(house.api.getUser({ AccessToken }))).toEqual({
      name: "NotAuthorizedException",
      message: "Access Token has been revoked",
    });
    expect(await refusalOf(signIn(house, pool, "off"))).toEqual({
      name: "NotAuthorizedException",
      message: "User is disabled.",
    });
    await house.api.adminEnableUser({ UserPoolId, Username: "off" });
    house.clock.advance(1000);
    expect((await refusalOf(house.api.getUser({ AccessToken }))).name).toBe("NotAuthorizedException");
    await house.api.getUser({ AccessToken: await signIn(house, pool, "off") });
  });

  it("is found in its own pool alone", async () => {
    const [one, other] = [await makePlainPool(house), await makePlainPool(house)];
    await makePerson(house, one, "jane");
    const there = { UserPoolId: other.UserPoolId, Username: "jane" };
    const calls = [
      () => adminUpdate(other, "jane", { nickname: "J" }),
      () => house.api.adminDisableUser(there),
      () => house.api.adminEnableUser(there),
      () => house.api.adminResetUserPassword(there),
      () => house.api.adminDeleteUserAttributes({ ...there, UserAttributeNames: ["nickname"] }),
    ];
    for (const call of calls) {
      expect(await refusalOf(call())).toEqual({ name: "UserNotFoundException", message: "User does not exist." });
    }
  });
});
