/** A sign-in that waits for an answer while something changes: what it has proved must still be worth something. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, newVisitor, signIn } from "../../test/support/browser-steps.ts";
import { openTestHouse, type TestHouse } from "../../test/support/house.ts";
import { attributeList } from "../../test/support/people.ts";
import { makePool, password } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { authenticatorCode, type Step } from "../../test/support/signing-in.ts";

let house: TestHouse;
const sms = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "x" };
const phone = "+15550100123";

/** A pool in which every second factor can be had, and a code by mail in place of a password. */
async function makeGround(MfaConfiguration: "ON" | "OPTIONAL") {
  const SourceArn = "arn:aws:ses:us-east-1:123456789012:identity/a@b.c";
  const pool = await makePool(house, {
    pool: {
      EmailConfiguration: { EmailSendingAccount: "DEVELOPER", SourceArn },
      LambdaConfig: { PostAuthentication: lastWord },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    },
    client: {
      GenerateSecret: false,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    },
  });
  await house.api.setUserPoolMfaConfig({
    UserPoolId: pool.UserPoolId,
    MfaConfiguration,
    SoftwareTokenMfaConfiguration: { Enabled: true },
    ...(MfaConfiguration === "OPTIONAL" && { SmsMfaConfiguration: { SmsConfiguration: sms } }),
  });
  return pool;
}

const grounds: Partial<Record<"ON" | "OPTIONAL", Awaited<ReturnType<typeof makeGround>>>> = {};

/** What happens while the pool's last function runs. */
let meanwhile: (() => Promise<unknown>) | undefined;
const lastWord = "arn:aws:lambda:us-east-1:123456789012:function:last-word";

beforeAll(async () => {
  const runMeanwhile = async (event: object) => {
    await meanwhile?.();
    return event;
  };
  house = await openTestHouse({}, { triggers: { [lastWord]: runMeanwhile } });
  for (const mode of ["ON", "OPTIONAL"] as const) grounds[mode] = await makeGround(mode);
});

afterAll(async () => {
  await house.close();
  expect(house.errors).toEqual([]);
});

let made = 0;

/** A user of one of the pools, and what is done with it. */
async function newcomer(mode: "ON" | "OPTIONAL", isTemporary = false) {
  const { UserPoolId = "", ClientId = "" } = grounds[mode] ?? {};
  const Username = `waiting-${++made}@example.com`;
  const user = { UserPoolId, Username };
  const { api, clock } = house;
  const UserAttributes = attributeList({ email_verified: "true", phone_number: phone });
  await api.adminCreateUser({ ...user, MessageAction: "SUPPRESS", TemporaryPassword: password, UserAttributes });
  const setPassword = (Password: string, Permanent = true) => {
    clock.advance(1);
    return api.adminSetUserPassword({ ...user, Password, Permanent });
  };
  if (!isTemporary) await setPassword(password);
  return {
    user,
    setPassword,
    begin: (PASSWORD = password): Promise<Step> =>
      api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME: Username, PASSWORD } }),
    beginByMail: (): Promise<Step> =>
      api.initiateAuth({
        ClientId,
        AuthFlow: "USER_AUTH",
        AuthParameters: { USERNAME: Username, PREFERRED_CHALLENGE: "EMAIL_OTP" },
      }),
    answer: ({ ChallengeName, Session }: Step, responses: Record<string, string>): Promise<Step> =>
      api.respondToAuthChallenge({
        ClientId,
        ChallengeName,
        Session,
        ChallengeResponses: { USERNAME: Username, ...responses },
      }),
  };
}

const switchSmsOn = (user: { readonly UserPoolId: string; readonly Username: string }) =>
  house.api.adminSetUserMFAPreference({ ...user, SMSMfaSettings: { Enabled: true } });

const badSession = { name: "NotAuthorizedException", message: "Invalid session for the user." };
const NEW_PASSWORD = "Brand-new-0ne!";

describe("a sign-in that waits", () => {
  it("ends when the password that it was begun with is replaced", async () => {
    const { user, begin, answer, setPassword } = await newcomer("OPTIONAL");
    await switchSmsOn(user);
    const asked = await begin();
    const SMS_MFA_CODE = await house.codeFor(phone);
    await setPassword("Another-0ne!");
    expect(await refusalOf(answer(asked, { SMS_MFA_CODE }))).toEqual(badSession);
  });

  it("sets one new password for a temporary one, however many sign-ins it was given in", async () => {
    const { begin, answer } = await newcomer("OPTIONAL", true);
    const [first, second] = [await begin(), await begin()];
    house.clock.advance(1);
    expect((await answer(first, { NEW_PASSWORD })).AuthenticationResult).toBeDefined();
    expect(await refusalOf(answer(second, { NEW_PASSWORD: "Somebody-else-1!" }))).toEqual(badSession);
    expect((await begin(NEW_PASSWORD)).AuthenticationResult).toBeDefined();
  });

  it.each([
    ["for good", true],
    ["for the time being", false],
  ])("sets no new password after an administrator has set one %s", async (_how, isPermanent) => {
    const { begin, answer, setPassword } = await newcomer("OPTIONAL", true);
    const asked = await begin();
    await setPassword("Another-0ne!", isPermanent);
    expect(await refusalOf(answer(asked, { NEW_PASSWORD }))).toEqual(badSession);
  });

  it("goes on with the password that it has set itself, until that is replaced", async () => {
    const { user, begin, answer, setPassword } = await newcomer("OPTIONAL", true);
    await switchSmsOn(user);
    const asked = await answer(await begin(), { NEW_PASSWORD });
    expect(asked.ChallengeName).toBe("SMS_MFA");
    const SMS_MFA_CODE = await house.codeFor(phone);
    await setPassword("Another-0ne!");
    expect(await refusalOf(answer(asked, { SMS_MFA_CODE }))).toEqual(badSession);
    house.clock.advance(1);
    const again = await begin("Another-0ne!");
    const fresh = { SMS_MFA_CODE: await house.codeFor(phone) };
    expect((await answer(again, fresh)).AuthenticationResult).toBeDefined();
  });

  it("takes no code of a second factor in whose place there is another now", async () => {
    const { user, begin, answer } = await newcomer("OPTIONAL");
    const { api } = house;
    const AccessToken = (await begin()).AuthenticationResult?.AccessToken;
    const { SecretCode = "" } = await api.associateSoftwareToken({ AccessToken });
    await api.verifySoftwareToken({ AccessToken, UserCode: authenticatorCode(house, SecretCode) });
    await switchSmsOn(user);
    const asked = await begin();
    const SMS_MFA_CODE = await house.codeFor(phone);
    const [SMSMfaSettings, SoftwareTokenMfaSettings] = [{ Enabled: false }, { Enabled: true }];
    await api.adminSetUserMFAPreference({ ...user, SMSMfaSettings, SoftwareTokenMfaSettings });
    expect(await refusalOf(answer(asked, { SMS_MFA_CODE }))).toEqual(badSession);
  });

  it("takes no code that went to an address which is no longer the user's", async () => {
    const { user, beginByMail, answer } = await newcomer("OPTIONAL");
    const asked = await beginByMail();
    const EMAIL_OTP_CODE = await house.codeFor(user.Username);
    const UserAttributes = attributeList({ email: `new-${user.Username}`, email_verified: "true" });
    await house.api.adminUpdateUserAttributes({ ...user, UserAttributes });
    expect(await refusalOf(answer(asked, { EMAIL_OTP_CODE }))).toEqual({
      name: "CodeMismatchException",
      message: "Invalid code or auth state for the user.",
    });
  });

  const interferences: readonly (readonly [
    what: string,
    change: (of: Awaited<ReturnType<typeof newcomer>>) => Promise<unknown>,
    refusal: { readonly name: string; readonly message: string },
  ])[] = [
    ["the password is replaced", ({ setPassword }) => setPassword("Another-0ne!"), badSession],
    [
      "the user is disabled",
      ({ user }) => house.api.adminDisableUser(user),
      { name: "NotAuthorizedException", message: "User is disabled." },
    ],
  ];

  it.each(interferences)("sets up no authenticator when %s", async (_what, change, refusal) => {
    const person = await newcomer("ON");
    const { Session } = await person.begin();
    const associated = await house.api.associateSoftwareToken({ Session });
    await change(person);
    expect(await refusalOf(house.api.associateSoftwareToken({ Session: associated.Session }))).toEqual(refusal);
    const UserCode = authenticatorCode(house, associated.SecretCode ?? "");
    expect(await refusalOf(house.api.verifySoftwareToken({ Session: associated.Session, UserCode }))).toEqual(refusal);
  });

  it("sets up no authenticator through another door than it was begun at", async () => {
    const { user } = await newcomer("ON");
    const visitor = newVisitor();
    if (!grounds.ON) throw new Error("There is no such pool.");
    await signIn(visitor, authorizeUrl(grounds.ON), { username: user.Username, password });
    const Session = visitor.cookies.get("cognito-attempt");
    expect(Session).toBeTruthy();
    expect(await refusalOf(house.api.associateSoftwareToken({ Session }))).toEqual(badSession);
  });

  it("is not let in by an authenticator that it has set up and that was removed since", async () => {
    const { user, begin, answer } = await newcomer("ON");
    const asked = await begin();
    const associated = await house.api.associateSoftwareToken({ Session: asked.Session });
    const UserCode = authenticatorCode(house, associated.SecretCode ?? "");
    const { Session } = await house.api.verifySoftwareToken({ Session: associated.Session, UserCode });
    await house.api.adminDeleteSoftwareToken(user);
    expect(await refusalOf(answer({ ...asked, Session }, {}))).toEqual(badSession);
  });

  const lastMoments: typeof interferences = [
    ...interferences,
    [
      "the user is deleted",
      ({ user }) => house.api.adminDeleteUser(user),
      { name: "UserNotFoundException", message: "User does not exist." },
    ],
    [
      "the password has to be reset",
      ({ user }) => house.api.adminResetUserPassword(user),
      { name: "PasswordResetRequiredException", message: "Password reset required for the user" },
    ],
  ];

  it.each(lastMoments)("gets no tokens when, at the last moment, %s", async (_what, change, refusal) => {
    const person = await newcomer("OPTIONAL");
    meanwhile = () => change(person);
    const refused = await refusalOf(person.begin());
    meanwhile = undefined;
    expect(refused).toEqual(refusal);
  });
});
