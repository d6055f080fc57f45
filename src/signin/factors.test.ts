import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { authenticatorCode, type Step } from "../../test/support/signing-in.ts";
import { readInbox } from "../messages/inbox.ts";

const house = useHouse();
let pool: TestPool;
let ClientId: string;
let UserPoolId: string;

const sms = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "x" };
const mail = {
  EmailSendingAccount: "DEVELOPER",
  SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/a@b.c",
} as const;

/** A pool that can ask for every second factor. */
async function poolWithFactors(MfaConfiguration: "ON" | "OPTIONAL") {
  const made = await makePool(house, {
    pool: { EmailConfiguration: mail },
    client: { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
  });
  await house.api.setUserPoolMfaConfig({
    UserPoolId: made.UserPoolId,
    MfaConfiguration,
    SmsMfaConfiguration: { SmsConfiguration: sms },
    SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: {},
  });
  return made;
}

beforeAll(async () => {
  pool = await poolWithFactors("OPTIONAL");
  ({ ClientId, UserPoolId } = pool);
});

const begin = (USERNAME: string, client = ClientId): Promise<Step> =>
  house.api.initiateAuth({
    ClientId: client,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: password },
  });

const respond = (asked: Step, USERNAME: string, answer: Record<string, string>, client = ClientId): Promise<Step> =>
  house.api.respondToAuthChallenge({
    ClientId: client,
    ChallengeName: asked.ChallengeName,
    Session: asked.Session,
    ChallengeResponses: { USERNAME, ...answer },
  });

const tokenOf = async (email: string): Promise<string> => (await begin(email)).AuthenticationResult?.AccessToken ?? "";

/** A user with a registered authenticator, and its secret. */
async function withAuthenticator(email: string): Promise<string> {
  await pool.createUser(email);
  const AccessToken = await tokenOf(email);
  const { SecretCode = "" } = await house.api.associateSoftwareToken({ AccessToken });
  const UserCode = authenticatorCode(house, SecretCode, -1);
  await house.api.verifySoftwareToken({ AccessToken, UserCode, FriendlyDeviceName: "Phone" });
  await house.api.setUserMFAPreference({
    AccessToken,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  return SecretCode;
}

const wrongToken = { name: "CodeMismatchException", message: "Invalid code received for user" };
const wrongCode = { name: "CodeMismatchException", message: "Invalid code or auth state for the user." };

describe("an authenticator", () => {
  it("has a secret of 52 characters, is proved by its code and then asked for", async () => {
    const secret = await withAuthenticator("totp@example.com");
    expect(secret).toMatch(/^[A-Z2-7]{52}$/);
    const asked = await begin("totp@example.com");
    expect(asked).toMatchObject({
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      ChallengeParameters: { FRIENDLY_DEVICE_NAME: "Phone", USER_ID_FOR_SRP: expect.any(String) },
    });
    expect(await refusalOf(respond(asked, "totp@example.com", { SOFTWARE_TOKEN_MFA_CODE: "000000" }))).toEqual(
      wrongToken,
    );
    const SOFTWARE_TOKEN_MFA_CODE = authenticatorCode(house, secret);
    const { AuthenticationResult } = await respond(asked, "totp@example.com", { SOFTWARE_TOKEN_MFA_CODE });
    expect(AuthenticationResult?.AccessToken).toBeTruthy();
    expect(await house.api.adminGetUser({ UserPoolId, Username: "totp@example.com" })).toMatchObject({
      PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
      UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
    });
  });

  it("MFA-09: shows each code for one use, also in parallel and in another sign-in", async () => {
    const secret = await withAuthenticator("once@example.com");
    const sittings = await Promise.all([1, 2, 3, 4].map(() => begin("once@example.com")));
    const SOFTWARE_TOKEN_MFA_CODE = authenticatorCode(house, secret);
    const outcomes = await Promise.allSettled(
      sittings.map((asked) => respond(asked, "once@example.com", { SOFTWARE_TOKEN_MFA_CODE })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const late = await begin("once@example.com");
    expect(await refusalOf(respond(late, "once@example.com", { SOFTWARE_TOKEN_MFA_CODE }))).toEqual({
      name: "ExpiredCodeException",
      message: "Your software token has already been used once.",
    });
  });

  it("MFA-07: of two secrets that were handed out, the newer counts", async () => {
    await pool.createUser("twice@example.com");
    const AccessToken = await tokenOf("twice@example.com");
    const first = await house.api.associateSoftwareToken({ AccessToken });
    const second = await house.api.associateSoftwareToken({ AccessToken });
    const verify = (secret = "") =>
      house.api.verifySoftwareToken({ AccessToken, UserCode: authenticatorCode(house, secret) });
    expect(await refusalOf(verify(first.SecretCode))).toEqual({
      name: "EnableSoftwareTokenMFAException",
      message: "Code mismatch",
    });
    expect((await verify(second.SecretCode)).Status).toBe("SUCCESS");
    expect((await refusalOf(verify(second.SecretCode))).name).toBe("EnableSoftwareTokenMFAException");
  });

  it("MFA-08: lets guess five times in a sign-in and ten times an hour in all, apart from the password's lock", async () => {
    const secret = await withAuthenticator("guess@example.com");
    const tried: string[] = [];
    for (let sitting = 0; sitting < 3; sitting++) {
      const asked = await begin("guess@example.com");
      for (let guess = 0; guess < 6; guess++) {
        const call = respond(asked, "guess@example.com", { SOFTWARE_TOKEN_MFA_CODE: `00000${guess}` });
        tried.push((await refusalOf(call)).name);
      }
    }
    expect(tried.slice(0, 6)).toEqual([...Array(5).fill("CodeMismatchException"), "NotAuthorizedException"]);
    expect(tried.filter((name) => name === "CodeMismatchException")).toHaveLength(10);
    expect(tried.slice(12)).toEqual([...Array(5).fill("LimitExceededException"), "NotAuthorizedException"]);
    house.clock.advance(60 * 60 * 1000);
    const asked = await begin("guess@example.com");
    const SOFTWARE_TOKEN_MFA_CODE = authenticatorCode(house, secret);
    expect((await respond(asked, "guess@example.com", { SOFTWARE_TOKEN_MFA_CODE })).AuthenticationResult).toBeTruthy();
  });

  it("is removed by an administrator, and another can be registered", async () => {
    await withAuthenticator("lost@example.com");
    await house.api.adminDeleteSoftwareToken({ UserPoolId, Username: "lost@example.com" });
    expect((await begin("lost@example.com")).AuthenticationResult).toBeTruthy();
    expect(await house.api.adminGetUser({ UserPoolId, Username: "lost@example.com" })).not.toHaveProperty(
      "UserMFASettingList",
    );
  });

  it("is refused by a pool without it", async () => {
    const plain = await makePool(house, {
      client: { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] },
    });
    await plain.createUser("plain@example.com");
    const { AuthenticationResult } = await begin("plain@example.com", plain.ClientId);
    expect(
      await refusalOf(house.api.associateSoftwareToken({ AccessToken: AuthenticationResult?.AccessToken })),
    ).toEqual({
      name: "SoftwareTokenMFANotFoundException",
      message: "Software Token MFA has not been enabled by the userPool",
    });
  });
});

describe("a code that is sent", () => {
  const withPhone = async (email: string, phone: string) => {
    await pool.createUser(email);
    await house.api.adminUpdateUserAttributes({
      UserPoolId,
      Username: email,
      UserAttributes: [{ Name: "phone_number", Value: phone }],
    });
  };

  it("by SMS opens the door once, verifies the phone, and a wrong one leaves the session good", async () => {
    await withPhone("sms@example.com", "+14325551234");
    await house.api.adminSetUserMFAPreference({
      UserPoolId,
      Username: "sms@example.com",
      SMSMfaSettings: { Enabled: true },
    });
    const asked = await begin("sms@example.com");
    expect(asked).toMatchObject({
      ChallengeName: "SMS_MFA",
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: "SMS", CODE_DELIVERY_DESTINATION: "+*******1234" },
    });
    expect(await refusalOf(respond(asked, "sms@example.com", { SMS_MFA_CODE: "1" }))).toEqual(wrongCode);
    const SMS_MFA_CODE = await house.codeFor("+14325551234");
    expect(SMS_MFA_CODE).toMatch(/^\d{6}$/);
    const signedIn = await respond(asked, "sms@example.com", { SMS_MFA_CODE });
    expect(signedIn.AuthenticationResult).toBeTruthy();
    expect(await refusalOf(respond(asked, "sms@example.com", { SMS_MFA_CODE }))).toEqual({
      name: "NotAuthorizedException",
      message: "Invalid session for the user, session can only be used once.",
    });
    const { UserAttributes } = await house.api.adminGetUser({ UserPoolId, Username: "sms@example.com" });
    expect(UserAttributes).toContainEqual({ Name: "phone_number_verified", Value: "true" });
  });

  it("by mail is named EMAIL_OTP", async () => {
    await pool.createUser("mail@example.com");
    const AccessToken = await tokenOf("mail@example.com");
    await house.api.setUserMFAPreference({ AccessToken, EmailMfaSettings: { Enabled: true } });
    const asked = await begin("mail@example.com");
    expect(asked).toMatchObject({
      ChallengeName: "EMAIL_OTP",
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL", CODE_DELIVERY_DESTINATION: "m***@e***" },
    });
    const EMAIL_OTP_CODE = await house.codeFor("mail@example.com");
    expect((await respond(asked, "mail@example.com", { EMAIL_OTP_CODE })).AuthenticationResult).toBeTruthy();
  });

  it("MFA-13: of one user is none of another's", async () => {
    for (const email of ["one@example.com", "other@example.com"]) {
      await pool.createUser(email);
      await house.api.adminSetUserMFAPreference({ UserPoolId, Username: email, EmailMfaSettings: { Enabled: true } });
    }
    const mine = await begin("one@example.com");
    await begin("other@example.com");
    const EMAIL_OTP_CODE = await house.codeFor("other@example.com");
    expect(await refusalOf(respond(mine, "one@example.com", { EMAIL_OTP_CODE }))).toEqual(wrongCode);
  });

  it.each([
    ["mail", "EMAIL_OTP", { EmailMfaSettings: { Enabled: true } }],
    ["SMS", "SMS_MFA", { SMSMfaSettings: { Enabled: true } }],
  ] as const)("MFA-18: by %s is sent five times an hour until one comes back", async (by, name, settings) => {
    const Username = `bombed-by-${by.toLowerCase()}@example.com`;
    const recipient = by === "SMS" ? "+14325550199" : Username;
    if (by === "SMS") await withPhone(Username, recipient);
    else await pool.createUser(Username);
    await house.api.adminSetUserMFAPreference({ UserPoolId, Username, ...settings });
    const outcomes = async () => {
      const begun = Array.from({ length: 20 }, () =>
        begin(Username).then(
          ({ ChallengeName }) => ChallengeName ?? "",
          (error: Error) => error.name,
        ),
      );
      return (await Promise.all(begun)).toSorted();
    };
    const five = [...Array(5).fill(name), ...Array(15).fill("LimitExceededException")].toSorted();
    expect(await outcomes()).toEqual(five);
    expect(await readInbox(house.app, recipient)).toHaveLength(5);
    house.clock.advance(60 * 60 * 1000 + 1);
    expect(await outcomes()).toEqual(five);
    expect(await readInbox(house.app, recipient)).toHaveLength(10);
  });
});

describe("of several second factors", () => {
  it("the user chooses one, of those that it has", async () => {
    const secret = await withAuthenticator("several@example.com");
    await house.api.adminSetUserMFAPreference({
      UserPoolId,
      Username: "several@example.com",
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: false },
      EmailMfaSettings: { Enabled: true },
    });
    const asked = await begin("several@example.com");
    expect(asked.ChallengeName).toBe("SELECT_MFA_TYPE");
    expect(JSON.parse(asked.ChallengeParameters?.["MFAS_CAN_CHOOSE"] ?? "")).toEqual([
      "SOFTWARE_TOKEN_MFA",
      "EMAIL_OTP",
    ]);
    const chosen = await respond(asked, "several@example.com", { ANSWER: "SOFTWARE_TOKEN_MFA" });
    expect(chosen.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const SOFTWARE_TOKEN_MFA_CODE = authenticatorCode(house, secret);
    expect(
      (await respond(chosen, "several@example.com", { SOFTWARE_TOKEN_MFA_CODE })).AuthenticationResult,
    ).toBeTruthy();
  });

  it("MFA-16: one that was not offered is refused, and after three tries the session with it", async () => {
    await withAuthenticator("offered@example.com");
    await house.api.adminSetUserMFAPreference({
      UserPoolId,
      Username: "offered@example.com",
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: false },
      EmailMfaSettings: { Enabled: true },
    });
    const asked = await begin("offered@example.com");
    for (let time = 0; time < 3; time++) {
      expect((await refusalOf(respond(asked, "offered@example.com", { ANSWER: "SMS_MFA" }))).name).toBe(
        "InvalidParameterException",
      );
    }
    expect(await refusalOf(respond(asked, "offered@example.com", { ANSWER: "EMAIL_OTP" }))).toEqual({
      name: "NotAuthorizedException",
      message: "Invalid session for the user.",
    });
  });
});

describe("the order of challenges", () => {
  it("MFA-01: is the machine's: a session answers what was asked and nothing else", async () => {
    await withAuthenticator("order@example.com");
    const asked = await begin("order@example.com");
    const invalid = { name: "NotAuthorizedException", message: "Invalid session for the user." };
    for (const ChallengeName of [
      "NEW_PASSWORD_REQUIRED",
      "SMS_MFA",
      "PASSWORD",
      "MFA_SETUP",
      "CUSTOM_CHALLENGE",
    ] as const) {
      const answer = { NEW_PASSWORD: "Brand-new1", SMS_MFA_CODE: "1", PASSWORD: password, ANSWER: "x" };
      expect(await refusalOf(respond({ ...asked, ChallengeName }, "order@example.com", answer))).toEqual(invalid);
    }
  });

  it("MFA-02: has sessions of one client, of three minutes", async () => {
    const secret = await withAuthenticator("sessions@example.com");
    const asked = await begin("sessions@example.com");
    const SOFTWARE_TOKEN_MFA_CODE = authenticatorCode(house, secret);
    const { UserPoolClient } = await house.api.createUserPoolClient({ UserPoolId, ClientName: "other" });
    expect(
      await refusalOf(respond(asked, "sessions@example.com", { SOFTWARE_TOKEN_MFA_CODE }, UserPoolClient?.ClientId)),
    ).toEqual({
      name: "NotAuthorizedException",
      message: "Invalid session for the user.",
    });
    house.clock.advance(3 * 60 * 1000);
    expect(await refusalOf(respond(asked, "sessions@example.com", { SOFTWARE_TOKEN_MFA_CODE }))).toEqual({
      name: "NotAuthorizedException",
      message: "Invalid session for the user, session is expired.",
    });
  });
});

describe("a pool that requires a second factor", () => {
  // Codes by SMS too, although somebody else has to set the number. Source: Cognito API reference, RespondToAuthChallenge.
  it.each([
    { listed: ["SMS_MFA"], wanted: {} },
    { listed: ["SMS_MFA", "SOFTWARE_TOKEN_MFA"], wanted: { SoftwareTokenMfaConfiguration: { Enabled: true } } },
  ])("names $listed, all that it asks for, to who has none of them", async ({ listed, wanted }) => {
    const made = await makePool(house, { client: { GenerateSecret: false } });
    await house.api.setUserPoolMfaConfig({
      UserPoolId: made.UserPoolId,
      MfaConfiguration: "ON",
      SmsMfaConfiguration: { SmsConfiguration: sms },
      ...wanted,
    });
    await made.createUser("bare@example.com");
    const { ChallengeName, ChallengeParameters } = await begin("bare@example.com", made.ClientId);
    expect([ChallengeName, ChallengeParameters?.["MFAS_CAN_SETUP"]]).toEqual(["MFA_SETUP", JSON.stringify(listed)]);
  });

  it("has an authenticator set up during the sign-in, and asks for it from then on", async () => {
    const strict = await poolWithFactors("ON");
    await house.api.setUserPoolMfaConfig({
      UserPoolId: strict.UserPoolId,
      MfaConfiguration: "ON",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    await strict.createUser("setup@example.com");
    const asked = await begin("setup@example.com", strict.ClientId);
    expect(asked).toMatchObject({
      ChallengeName: "MFA_SETUP",
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
    });
    expect((await refusalOf(respond(asked, "setup@example.com", {}, strict.ClientId))).name).toBe(
      "InvalidParameterException",
    );
    const { SecretCode = "", Session } = await house.api.associateSoftwareToken({ Session: asked.Session });
    expect((await refusalOf(house.api.associateSoftwareToken({ Session: asked.Session }))).message).toBe(
      "Invalid session for the user, session can only be used once.",
    );
    const verified = await house.api.verifySoftwareToken({
      Session,
      UserCode: authenticatorCode(house, SecretCode, -1),
    });
    expect(verified.Status).toBe("SUCCESS");
    const done = await respond({ ...asked, Session: verified.Session }, "setup@example.com", {}, strict.ClientId);
    expect(done.AuthenticationResult?.AccessToken).toBeTruthy();
    const again = await begin("setup@example.com", strict.ClientId);
    expect(again.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const AccessToken = done.AuthenticationResult?.AccessToken;
    const off = house.api.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings: { Enabled: false } });
    expect((await refusalOf(off)).name).toBe("InvalidParameterException");
  });

  it("MFA-15: sets up nothing in a sign-in that still waits when the user has set one up in another", async () => {
    const strict = await poolWithFactors("ON");
    const { UserPoolId: id, ClientId: client } = strict;
    const SoftwareTokenMfaConfiguration = { Enabled: true };
    await house.api.setUserPoolMfaConfig({ UserPoolId: id, MfaConfiguration: "ON", SoftwareTokenMfaConfiguration });
    await strict.createUser("twice@example.com");
    const [thief, alsoThief, own] = [
      await begin("twice@example.com", client),
      await begin("twice@example.com", client),
      await begin("twice@example.com", client),
    ];
    const early = await house.api.associateSoftwareToken({ Session: alsoThief.Session });
    const { SecretCode = "", Session } = await house.api.associateSoftwareToken({ Session: own.Session });
    const UserCode = authenticatorCode(house, SecretCode);
    const verified = await house.api.verifySoftwareToken({ Session, UserCode });
    const invalid = { name: "NotAuthorizedException", message: "Invalid session for the user." };
    expect(await refusalOf(respond(thief, "twice@example.com", {}, client))).toEqual(invalid);
    expect(await refusalOf(respond(thief, "twice@example.com", { EMAIL: "t@example.com" }, client))).toEqual(invalid);
    expect(await refusalOf(house.api.associateSoftwareToken({ Session: thief.Session }))).toEqual(invalid);
    const earlyCode = authenticatorCode(house, early.SecretCode ?? "");
    const late = house.api.verifySoftwareToken({ Session: early.Session, UserCode: earlyCode });
    expect(await refusalOf(late)).toEqual(invalid);
    const done = await respond({ ...own, Session: verified.Session }, "twice@example.com", {}, client);
    expect(done.AuthenticationResult).toBeTruthy();
  });

  it("sends a code to who has a phone, and lets nobody in without it", async () => {
    const strict = await poolWithFactors("ON");
    await strict.createUser("strict@example.com");
    const asked = await begin("strict@example.com", strict.ClientId);
    expect(asked.ChallengeName).toBe("EMAIL_OTP");
    expect(asked.AuthenticationResult).toBeUndefined();
    const EMAIL_OTP_CODE = await house.codeFor("strict@example.com");
    const done = await respond(asked, "strict@example.com", { EMAIL_OTP_CODE }, strict.ClientId);
    expect(done.AuthenticationResult).toBeTruthy();
  });
});

describe("what a user wants to be asked for", () => {
  it.each([
    [
      "an authenticator that is not registered",
      { SoftwareTokenMfaSettings: { Enabled: true } },
      "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA",
    ],
    [
      "an SMS without a phone",
      { SMSMfaSettings: { Enabled: true } },
      "User does not have delivery config set to turn on SMS_MFA",
    ],
    [
      "two at once in the first place",
      {
        SMSMfaSettings: { Enabled: true, PreferredMfa: true },
        EmailMfaSettings: { Enabled: true, PreferredMfa: true },
      },
      "Only one MFA method can be preferred",
    ],
  ])("cannot be %s", async (what, settings, message) => {
    const email = `${what.replaceAll(" ", "-")}@example.com`;
    await pool.createUser(email);
    const AccessToken = await tokenOf(email);
    expect(await refusalOf(house.api.setUserMFAPreference({ AccessToken, ...settings }))).toEqual({
      name: "InvalidParameterException",
      message,
    });
  });

  it.each([
    ["SMSMfaSettings", "SMS_MFA"],
    ["SoftwareTokenMfaSettings", "SOFTWARE_TOKEN_MFA"],
    ["EmailMfaSettings", "EMAIL_OTP"],
  ])("cannot be by %s what the pool is not set up for", async (member, factor) => {
    const { UserPoolId: without, createUser } = await makePool(house, { client: { GenerateSecret: false } });
    const Username = await createUser("bare@example.com");
    const UserAttributes = [{ Name: "phone_number", Value: "+14325550000" }];
    await house.api.adminUpdateUserAttributes({ UserPoolId: without, Username, UserAttributes });
    const wanted = { UserPoolId: without, Username, [member]: { Enabled: true } };
    const { name, message } = await refusalOf(house.api.adminSetUserMFAPreference(wanted));
    expect(name).toBe("InvalidParameterException");
    expect(message).toContain(factor);
    expect(await house.api.adminGetUser({ UserPoolId: without, Username })).not.toHaveProperty("UserMFASettingList");
  });

  it("is set in the form of an earlier day too", async () => {
    await pool.createUser("legacy@example.com");
    const Username = "legacy@example.com";
    await house.api.adminUpdateUserAttributes({
      UserPoolId,
      Username,
      UserAttributes: [{ Name: "phone_number", Value: "+14325550000" }],
    });
    const MFAOptions = [{ DeliveryMedium: "SMS", AttributeName: "phone_number" }] as const;
    await house.api.adminSetUserSettings({ UserPoolId, Username, MFAOptions: [...MFAOptions] });
    expect(await house.api.adminGetUser({ UserPoolId, Username })).toMatchObject({ MFAOptions });
    expect((await begin(Username)).ChallengeName).toBe("SMS_MFA");
    await house.api.adminSetUserSettings({ UserPoolId, Username, MFAOptions: [] });
    expect((await begin(Username)).AuthenticationResult).toBeTruthy();
  });

  it("is shown with what it can begin with", async () => {
    const sub = await pool.createUser("shown@example.com");
    const shown = { Username: sub, ConfiguredUserAuthFactors: ["PASSWORD"] };
    expect(await house.api.adminGetUserAuthFactors({ UserPoolId, Username: "shown@example.com" })).toMatchObject(shown);
    expect(await house.api.getUserAuthFactors({ AccessToken: await tokenOf("shown@example.com") })).toMatchObject(
      shown,
    );
  });
});
