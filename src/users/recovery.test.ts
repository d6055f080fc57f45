/** Passwords that are changed, forgotten and reset, and how a user's status follows. */
import type { CreateUserPoolCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { attributeList, attributesOf, makePerson, signIn } from "../../test/support/people.ts";
import { makePlainPool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const house = useHouse();

const forgot = ({ ClientId }: TestPool, Username: string) => house.api.forgotPassword({ ClientId, Username });

const confirm = ({ ClientId }: TestPool, Username: string, ConfirmationCode: string, Password = "Changed1!") =>
  house.api.confirmForgotPassword({ ClientId, Username, ConfirmationCode, Password });

const statusOf = async ({ UserPoolId }: TestPool, Username: string) =>
  (await house.api.adminGetUser({ UserPoolId, Username })).UserStatus;

const withEmail = (name: string) => ({ email: `${name}@example.com`, email_verified: "true" });

const wrongCode = {
  name: "CodeMismatchException",
  message: "Invalid verification code provided, please try again.",
};
const noCode = { name: "ExpiredCodeException", message: "Invalid code provided, please request a code again." };
const limit = { name: "LimitExceededException", message: "Attempt limit exceeded, please try after some time." };
const noContact = {
  name: "InvalidParameterException",
  message: "Cannot reset password for the user as there is no registered/verified email or phone_number",
};
const notFound = { name: "UserNotFoundException", message: "Username/client id combination not found." };
const disabled = { name: "NotAuthorizedException", message: "User is disabled." };
const wrongPassword = { name: "NotAuthorizedException", message: "Incorrect username or password." };
const usedBefore = { name: "PasswordHistoryPolicyViolationException", message: "Password has previously been used" };

const otherThan = (code: string): string => (code === "000000" ? "000001" : "000000");

describe("a forgotten password", () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await makePlainPool(house);
  });

  it("is replaced by a code, once, and what was signed in before is out", async () => {
    await makePerson(house, pool, "jane", withEmail("jane"));
    const AccessToken = await signIn(house, pool, "jane");
    expect((await forgot(pool, "jane")).CodeDeliveryDetails).toEqual({
      Destination: "j***@e***",
      DeliveryMedium: "EMAIL",
      AttributeName: "email",
    });
    await signIn(house, pool, "jane");
    const code = await house.codeFor("jane@example.com");
    expect(await refusalOf(confirm(pool, "jane", otherThan(code)))).toEqual(wrongCode);
    expect(await refusalOf(confirm(pool, "jane", code, "short"))).toEqual({
      name: "InvalidPasswordException",
      message: "Password did not conform with policy: Password not long enough",
    });
    house.clock.advance(1000);
    await confirm(pool, "jane", code);
    expect(await refusalOf(confirm(pool, "jane", code))).toEqual(noCode);
    expect(await refusalOf(signIn(house, pool, "jane"))).toEqual(wrongPassword);
    expect((await refusalOf(house.api.getUser({ AccessToken }))).message).toBe("Access Token has been revoked");
    house.clock.advance(1000);
    await house.api.getUser({ AccessToken: await signIn(house, pool, "jane", "Changed1!") });
  });

  it("needs a code that is not older than an hour, and the newest", async () => {
    await makePerson(house, pool, "late", withEmail("late"));
    await forgot(pool, "late");
    const first = await house.codeFor("late@example.com");
    house.clock.advance(60 * 60 * 1000);
    expect(await refusalOf(confirm(pool, "late", first))).toEqual(noCode);
    await forgot(pool, "late");
    const second = await house.codeFor("late@example.com");
    if (first !== second) expect(await refusalOf(confirm(pool, "late", first))).toEqual(wrongCode);
    await confirm(pool, "late", second);
  });

  it("may be guessed ten times an hour and asked for ten times", async () => {
    await makePerson(house, pool, "guessed", withEmail("guessed"));
    for (let asked = 0; asked < 10; asked++) {
      await forgot(pool, "guessed");
      house.clock.advance(1);
    }
    expect(await refusalOf(forgot(pool, "guessed"))).toEqual(limit);
    const code = await house.codeFor("guessed@example.com");
    for (let tries = 0; tries < 10; tries++) {
      expect(await refusalOf(confirm(pool, "guessed", otherThan(code)))).toEqual(wrongCode);
    }
    expect(await refusalOf(confirm(pool, "guessed", code))).toEqual(limit);
    house.clock.advance(60 * 60 * 1000);
    await forgot(pool, "guessed");
    await confirm(pool, "guessed", await house.codeFor("guessed@example.com"));
  });

  it("that is replaced ends the lock that wrong ones brought", async () => {
    await makePerson(house, pool, "locked", withEmail("locked"));
    for (let tries = 0; tries < 5; tries++) await refusalOf(signIn(house, pool, "locked", "Wrong-1!"));
    expect((await refusalOf(signIn(house, pool, "locked"))).message).toBe("Password attempts exceeded");
    await forgot(pool, "locked");
    await confirm(pool, "locked", await house.codeFor("locked@example.com"));
    await signIn(house, pool, "locked", "Changed1!");
  });

  it("is not replaced by a code to a contact that was changed since", async () => {
    await makePerson(house, pool, "moved", withEmail("moved"));
    await forgot(pool, "moved");
    const code = await house.codeFor("moved@example.com");
    await house.api.adminUpdateUserAttributes({
      UserPoolId: pool.UserPoolId,
      Username: "moved",
      UserAttributes: attributeList(withEmail("elsewhere")),
    });
    expect(await refusalOf(confirm(pool, "moved", code))).toEqual(noCode);
  });

  it("keeps an alias with its user", async () => {
    const aliased = await makePlainPool(house, { AliasAttributes: ["email"] });
    await makePerson(house, aliased, "alias", withEmail("alias"));
    await forgot(aliased, "alias@example.com");
    await confirm(aliased, "alias@example.com", await house.codeFor("alias@example.com"));
    expect(await signIn(house, aliased, "alias@example.com", "Changed1!")).not.toBe("");
  });

  it("of a client with a secret is not replaced without its hash", async () => {
    const secretive = await makePlainPool(house, {}, { GenerateSecret: true });
    await makePerson(house, secretive, "jane", withEmail("secretive"));
    const refused = await refusalOf(forgot(secretive, "jane"));
    expect(refused.name).toBe("NotAuthorizedException");
    expect(refused.message).toContain("SECRET_HASH was not received");
    const { ClientId } = secretive;
    await house.api.forgotPassword({ ClientId, Username: "jane", SecretHash: secretive.hashOf("jane") });
    const ConfirmationCode = await house.codeFor("secretive@example.com");
    const known = { ClientId, Username: "jane", ConfirmationCode, Password: "Changed1!" };
    expect((await refusalOf(house.api.confirmForgotPassword(known))).name).toBe("NotAuthorizedException");
    await house.api.confirmForgotPassword({ ...known, SecretHash: secretive.hashOf("jane") });
  });
});

describe("the contact that a code goes to", () => {
  const email = { email: "both@example.com", email_verified: "true" };
  const phone = { phone_number: "+4915112345678", phone_number_verified: "true" };
  const mechanisms = (...names: ("verified_email" | "verified_phone_number" | "admin_only")[]) => ({
    AccountRecoverySetting: { RecoveryMechanisms: names.map((Name, index) => ({ Name, Priority: index + 1 })) },
  });

  const cases: readonly (readonly [string, Partial<CreateUserPoolCommandInput>, object, "EMAIL" | "SMS"])[] = [
    [
      "the one that is preferred",
      mechanisms("verified_email", "verified_phone_number"),
      { ...email, ...phone },
      "EMAIL",
    ],
    ["the one that is preferred", mechanisms("verified_phone_number", "verified_email"), { ...email, ...phone }, "SMS"],
    ["the other where the first is not there", mechanisms("verified_email", "verified_phone_number"), phone, "SMS"],
    [
      "the other where the first is not verified",
      mechanisms("verified_phone_number", "verified_email"),
      { ...phone, phone_number_verified: "false", ...email },
      "EMAIL",
    ],
  ];
  it.each(cases)("is %s: %j", async (_why, settings, attributes, medium) => {
    const pool = await makePlainPool(house, settings);
    await makePerson(house, pool, "jane", { ...attributes });
    expect((await forgot(pool, "jane")).CodeDeliveryDetails?.DeliveryMedium).toBe(medium);
  });

  it("is none where no mechanism of the pool fits", async () => {
    const pool = await makePlainPool(house, mechanisms("verified_email"));
    await makePerson(house, pool, "jane", phone);
    expect(await refusalOf(forgot(pool, "jane"))).toEqual(noContact);
  });

  it("is not the one of the second factor", async () => {
    const pool = await makePlainPool(house, {
      ...mechanisms("verified_phone_number", "verified_email"),
      SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" },
      MfaConfiguration: "OPTIONAL",
    });
    const { UserPoolId } = pool;
    await makePerson(house, pool, "jane", { ...email, ...phone });
    expect((await forgot(pool, "jane")).CodeDeliveryDetails?.DeliveryMedium).toBe("SMS");
    await house.api.adminSetUserMFAPreference({
      UserPoolId,
      Username: "jane",
      SMSMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    expect((await forgot(pool, "jane")).CodeDeliveryDetails?.DeliveryMedium).toBe("EMAIL");
  });

  it("is the administrator's business where the pool says so", async () => {
    const pool = await makePlainPool(house, mechanisms("admin_only"));
    const { UserPoolId } = pool;
    await makePerson(house, pool, "jane", { ...email, ...phone });
    expect(await refusalOf(forgot(pool, "jane"))).toEqual({
      name: "NotAuthorizedException",
      message: "Contact administrator to reset password.",
    });
    house.clock.advance(1);
    await house.api.adminResetUserPassword({ UserPoolId, Username: "jane" });
    await confirm(pool, "jane", await house.codeFor(phone.phone_number));
    expect(await statusOf(pool, "jane")).toBe("CONFIRMED");
  });
});

describe("changing a password", () => {
  const change = (AccessToken: string, PreviousPassword: string | undefined, ProposedPassword: string) =>
    house.api.changePassword({ AccessToken, PreviousPassword, ProposedPassword });

  it("takes the old one and a new one that the policy allows", async () => {
    const pool = await makePlainPool(house);
    await makePerson(house, pool, "jane");
    const token = await signIn(house, pool, "jane");
    expect(await refusalOf(change(token, "Wrong-1!", "Changed1!"))).toEqual(wrongPassword);
    expect((await refusalOf(change(token, password, "short"))).name).toBe("InvalidPasswordException");
    expect((await refusalOf(change(token, undefined, "Changed1!"))).name).toBe("InvalidParameterException");
    await change(token, password, "Changed1!");
    expect(await refusalOf(signIn(house, pool, "jane"))).toEqual(wrongPassword);
    await signIn(house, pool, "jane", "Changed1!");
    // As with Cognito, it ends no sign-in: applications that want that sign out everywhere.
    await house.api.getUser({ AccessToken: token });
  });

  it("is tried five times an hour", async () => {
    const pool = await makePlainPool(house);
    await makePerson(house, pool, "jane");
    const token = await signIn(house, pool, "jane");
    for (let tries = 0; tries < 5; tries++) {
      expect((await refusalOf(change(token, "Wrong-1!", "Changed1!"))).name).toBe("NotAuthorizedException");
    }
    expect(await refusalOf(change(token, password, "Changed1!"))).toEqual(limit);
    house.clock.advance(60 * 60 * 1000);
    await change(await signIn(house, pool, "jane"), password, "Changed1!");
  });

  it("goes without an old one where there is none", async () => {
    const pool = await makePlainPool(house, {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    });
    const { ClientId, UserPoolId } = pool;
    const UserAttributes = attributeList({ email: "otp@example.com" });
    await house.api.signUp({ ClientId, Username: "otp", UserAttributes });
    await house.api.adminConfirmSignUp({ UserPoolId, Username: "otp" });
    await house.api.updateUserPoolClient({ UserPoolId, ClientId, ExplicitAuthFlows: ["ALLOW_USER_AUTH"] });
    house.clock.advance(1);
    const { Session } = await house.api.initiateAuth({
      ClientId,
      AuthFlow: "USER_AUTH",
      AuthParameters: { USERNAME: "otp", PREFERRED_CHALLENGE: "EMAIL_OTP" },
    });
    const { AuthenticationResult } = await house.api.respondToAuthChallenge({
      ClientId,
      ChallengeName: "EMAIL_OTP",
      Session,
      ChallengeResponses: { USERNAME: "otp", EMAIL_OTP_CODE: await house.codeFor("otp@example.com") },
    });
    const token = AuthenticationResult?.AccessToken ?? "";
    await change(token, undefined, "Changed1!");
    expect((await refusalOf(change(token, undefined, "Changed2!"))).name).toBe("InvalidParameterException");
  });
});

describe("PWD-15: a password that the history remembers", () => {
  const old = "Remember-1!";
  const present = "Present-1!";
  let pool: TestPool;
  beforeAll(async () => {
    pool = await makePlainPool(house, { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 5 } } });
  });

  const doors = {
    ChangePassword: async (Username: string) => {
      const AccessToken = await signIn(house, pool, Username, present);
      return house.api.changePassword({ AccessToken, PreviousPassword: present, ProposedPassword: old });
    },
    ConfirmForgotPassword: async (Username: string) => {
      await forgot(pool, Username);
      return confirm(pool, Username, await house.codeFor(`${Username}@example.com`), old);
    },
    AdminSetUserPassword: (Username: string) =>
      house.api.adminSetUserPassword({ UserPoolId: pool.UserPoolId, Username, Password: old, Permanent: true }),
    NEW_PASSWORD_REQUIRED: async (Username: string) => {
      const { ClientId, UserPoolId } = pool;
      await house.api.adminSetUserPassword({ UserPoolId, Username, Password: "Temp0rary!" });
      const { Session } = await house.api.initiateAuth({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: Username, PASSWORD: "Temp0rary!" },
      });
      return house.api.respondToAuthChallenge({
        ClientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME: Username, NEW_PASSWORD: old },
      });
    },
  } as const;

  it.each(["ChangePassword", "ConfirmForgotPassword", "AdminSetUserPassword", "NEW_PASSWORD_REQUIRED"] as const)(
    "is refused by %s",
    async (door) => {
      const Username = `rem-${door.toLowerCase()}`;
      await makePerson(house, pool, Username, withEmail(Username));
      for (const Password of [old, present]) {
        house.clock.advance(1);
        await house.api.adminSetUserPassword({ UserPoolId: pool.UserPoolId, Username, Password, Permanent: true });
      }
      house.clock.advance(1);
      expect(await refusalOf(doors[door](Username))).toEqual(usedBefore);
    },
  );
});

describe("nobody", () => {
  let open: TestPool;
  let hiding: TestPool;
  beforeAll(async () => {
    open = await makePlainPool(house);
    hiding = await makePlainPool(house, {}, { PreventUserExistenceErrors: "ENABLED" });
    for (const pool of [open, hiding]) {
      await makePerson(house, pool, "off", withEmail("off"));
      await house.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username: "off" });
      await makePerson(house, pool, "bare");
    }
  });

  it.each([
    ["nobody", notFound],
    ["off", disabled],
    ["bare", noContact],
  ])("that is %s is told where the client says so", async (name, refusal) => {
    expect(await refusalOf(forgot(open, name))).toEqual(refusal);
  });

  it.each([
    ["nobody", notFound],
    ["off", disabled],
  ])("that is %s confirms anything where the client says so", async (name, refusal) => {
    expect(await refusalOf(confirm(open, name, "123456"))).toEqual(refusal);
  });

  it.each([
    ["nobody@example.com", { Destination: "n***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" }],
    ["+4915199999999", { Destination: "+*********9999", DeliveryMedium: "SMS", AttributeName: "phone_number" }],
  ])("called %s looks like somebody where the client hides users", async (name, details) => {
    expect((await forgot(hiding, name)).CodeDeliveryDetails).toEqual(details);
    await expect(house.codeFor(name)).rejects.toThrow("Nothing was sent");
  });

  it.each(["nobody", "off", "bare"])("that is %s is always told the same in a pool that hides users", async (name) => {
    const first = (await forgot(hiding, name)).CodeDeliveryDetails;
    expect(first).toMatchObject({ Destination: expect.stringMatching(/^[a-z]\*\*\*@[a-z]\*\*\*$/) });
    expect((await forgot(hiding, name)).CodeDeliveryDetails).toEqual(first);
  });

  it("has a code that is wrong, and before none that could be, and is limited as everybody", async () => {
    expect(await refusalOf(confirm(hiding, "ghost", "123456"))).toEqual(noCode);
    await forgot(hiding, "ghost");
    for (let tries = 1; tries < 10; tries++) {
      expect(await refusalOf(confirm(hiding, "ghost", "123456"))).toEqual(wrongCode);
    }
    expect(await refusalOf(confirm(hiding, "ghost", "123456"))).toEqual(limit);
    for (let asked = 1; asked < 10; asked++) await forgot(hiding, "ghost");
    expect(await refusalOf(forgot(hiding, "ghost"))).toEqual(limit);
  });
});

describe("a reset", () => {
  it("verifies the contact that the code went to", async () => {
    const pool = await makePlainPool(house, { AutoVerifiedAttributes: undefined });
    const { UserPoolId } = pool;
    await makePerson(house, pool, "jane", withEmail("proof"));
    await forgot(pool, "jane");
    const code = await house.codeFor("proof@example.com");
    const UserAttributes = attributeList({ email_verified: "false" });
    await house.api.adminUpdateUserAttributes({ UserPoolId, Username: "jane", UserAttributes });
    await confirm(pool, "jane", code);
    expect(await attributesOf(house, pool, "jane")).toMatchObject({ email_verified: "true" });
  });

  it("finds users in their own pool alone", async () => {
    const [one, other] = [await makePlainPool(house), await makePlainPool(house)];
    await makePerson(house, one, "jane", withEmail("own"));
    await forgot(one, "jane");
    const code = await house.codeFor("own@example.com");
    expect(await refusalOf(confirm(other, "jane", code))).toEqual(notFound);
    await makePerson(house, other, "jane", withEmail("own"));
    expect(await refusalOf(confirm(other, "jane", code))).toEqual(noCode);
    await confirm(one, "jane", code);
  });
});
