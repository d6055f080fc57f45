/** Users of another system: what a pool's function says of them, and what comes of it here. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { attributesOf } from "../../test/support/people.ts";
import { makePool, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { createSrpSession } from "../../test/support/signing-in.ts";

const arn = "arn:aws:lambda:us-east-1:123456789012:function:migrate";
const theirs = "theirs";

type Answer = Readonly<Record<string, unknown>>;

let answer: Answer;
let asked: number;
let pool: TestPool;

const house = useHouse(
  {},
  {
    triggers: {
      [arn]: (event: { response: object }) => {
        asked++;
        return { ...event, response: { ...event.response, ...answer } };
      },
    },
  },
);

beforeAll(async () => {
  const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "x" };
  pool = await makePool(house, {
    pool: {
      UsernameAttributes: undefined,
      AliasAttributes: ["email"],
      SmsConfiguration,
      LambdaConfig: { UserMigration: arn },
    },
    client: {
      GenerateSecret: false,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      PreventUserExistenceErrors: "LEGACY",
    },
  });
  await house.api.setUserPoolMfaConfig({
    UserPoolId: pool.UserPoolId,
    MfaConfiguration: "OPTIONAL",
    SmsMfaConfiguration: { SmsConfiguration },
  });
});

let made = 0;
let name: string;

beforeEach(() => {
  asked = 0;
  name = `migrated-${++made}`;
});

const signIn = (USERNAME = name, PASSWORD = theirs) =>
  house.api.initiateAuth({
    ClientId: pool.ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD },
  });
const find = (Username = name) => house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username });
const emailOf = (): string => `${name}@example.com`;
const proved = (more: Answer = {}): Answer => ({ email: emailOf(), email_verified: "true", ...more });
const unknown = { name: "UserNotFoundException", message: "User does not exist." };

describe("a user who signs in for the first time", () => {
  it("keeps its password, whatever the policy says of it, and is never asked about again", async () => {
    answer = { userAttributes: proved({ given_name: "Jane" }), finalUserStatus: "CONFIRMED" };
    expect((await signIn()).AuthenticationResult?.AccessToken).toBeTruthy();
    expect(await find()).toMatchObject({ UserStatus: "CONFIRMED", Enabled: true });
    expect(await attributesOf(house, pool, name)).toMatchObject({ ...proved(), given_name: "Jane" });
    answer = { userAttributes: null };
    expect((await signIn()).AuthenticationResult?.AccessToken).toBeTruthy();
    expect((await refusalOf(signIn(name, "another"))).message).toBe("Incorrect username or password.");
    expect(asked).toBe(1);
  });

  it("is sent no welcome, whatever the function says: it would bring the password", async () => {
    const desiredDeliveryMediums = ["EMAIL"];
    answer = {
      userAttributes: proved(),
      finalUserStatus: "CONFIRMED",
      messageAction: "RESEND",
      desiredDeliveryMediums,
    };
    await signIn();
    await expect(house.codeFor(emailOf())).rejects.toThrow("Nothing was sent");
  });

  it("has to set a new password where its status is not said", async () => {
    answer = { userAttributes: proved() };
    expect(await refusalOf(signIn())).toEqual({
      name: "PasswordResetRequiredException",
      message: "Password reset required for the user",
    });
    expect((await find()).UserStatus).toBe("RESET_REQUIRED");
  });

  it("is called by the name that the function says", async () => {
    answer = { userAttributes: proved({ username: `other-${name}` }), finalUserStatus: "CONFIRMED" };
    expect((await signIn(emailOf())).AuthenticationResult?.AccessToken).toBeTruthy();
    expect((await find(`other-${name}`)).UserStatus).toBe("CONFIRMED");
  });

  it("takes an alias that another has only where the function says so", async () => {
    await house.api.adminCreateUser({
      UserPoolId: pool.UserPoolId,
      Username: `holder-${name}`,
      MessageAction: "SUPPRESS",
      UserAttributes: Object.entries(proved()).map(([Name, Value]) => ({ Name, Value: String(Value) })),
    });
    answer = { userAttributes: proved(), finalUserStatus: "CONFIRMED" };
    const refused = {
      name: "NotAuthorizedException",
      message: `Exception migrating user in app client ${pool.ClientId}`,
    };
    expect(await refusalOf(signIn())).toEqual(refused);
    answer = { ...answer, userAttributes: { username: `holder-${name}` } };
    expect(await refusalOf(signIn())).toEqual(refused);
    answer = { ...answer, userAttributes: proved() };
    expect((await refusalOf(find())).name).toBe("UserNotFoundException");
    answer = { ...answer, forceAliasCreation: true };
    expect((await signIn()).AuthenticationResult?.AccessToken).toBeTruthy();
    expect((await find(emailOf())).Username).toBe(name);
    expect(await attributesOf(house, pool, `holder-${name}`)).toMatchObject({ email_verified: "false" });
  });

  it("is asked for a code by SMS from the first time on where the function says so", async () => {
    const userAttributes = proved({ phone_number: "+14325551234", phone_number_verified: "true" });
    answer = { userAttributes, finalUserStatus: "CONFIRMED", enableSMSMFA: true };
    expect((await signIn()).ChallengeName).toBe("SMS_MFA");
  });

  it("is not let in without a phone that the code could go to, and is not there", async () => {
    answer = { userAttributes: proved(), finalUserStatus: "CONFIRMED", enableSMSMFA: true };
    expect((await refusalOf(signIn())).name).toBe("InvalidParameterException");
    expect((await refusalOf(find())).name).toBe("UserNotFoundException");
  });

  it.each([
    ["of no user", { userAttributes: null }],
    ["of a user without attributes", { userAttributes: {}, finalUserStatus: "CONFIRMED" }],
  ])("is nobody where the function knows %s", async (_what, given) => {
    answer = given;
    expect(await refusalOf(signIn())).toEqual(unknown);
    expect((await refusalOf(find())).name).toBe("UserNotFoundException");
  });

  it.each([
    ["a status that nobody has", { finalUserStatus: "READY" }],
    ["a text for a flag", { forceAliasCreation: "true" }],
    ["a text for the second factor", { enableSMSMFA: "true" }],
    ["an action that nobody knows", { messageAction: "SHOUT" }],
    ["one medium outside a list", { desiredDeliveryMediums: "EMAIL" }],
  ])("is refused with %s", async (_what, given) => {
    answer = { userAttributes: proved(), ...given };
    expect(await refusalOf(signIn())).toEqual({
      name: "InvalidLambdaResponseException",
      message: "Unrecognizable lambda output",
    });
  });

  it("is not asked about by SRP, which brings no password", async () => {
    answer = { userAttributes: proved(), finalUserStatus: "CONFIRMED" };
    const SRP_A = createSrpSession(name, theirs, pool.UserPoolId, false).largeA;
    const AuthParameters = { USERNAME: name, SRP_A };
    const { ClientId } = pool;
    expect(await refusalOf(house.api.initiateAuth({ ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters }))).toEqual(
      unknown,
    );
    expect(asked).toBe(0);
  });

  it("is made once, however often at once", async () => {
    answer = { userAttributes: proved(), finalUserStatus: "CONFIRMED" };
    const outcomes = await Promise.all([1, 2, 3].map(() => signIn()));
    expect(outcomes.map(({ AuthenticationResult }) => AuthenticationResult?.TokenType)).toEqual(
      Array(3).fill("Bearer"),
    );
  });
});

describe("a user who forgot its password elsewhere", () => {
  const forgot = () => house.api.forgotPassword({ ClientId: pool.ClientId, Username: name });

  it("gets a code and sets one here", async () => {
    answer = { userAttributes: proved(), finalUserStatus: "CONFIRMED" };
    expect((await forgot()).CodeDeliveryDetails?.DeliveryMedium).toBe("EMAIL");
    expect((await find()).UserStatus).toBe("RESET_REQUIRED");
    const ConfirmationCode = await house.codeFor(emailOf());
    const Password = "Another1!";
    await house.api.confirmForgotPassword({ ClientId: pool.ClientId, Username: name, ConfirmationCode, Password });
    expect((await signIn(name, Password)).AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it("cannot, where the function does not vouch for its address", async () => {
    answer = { userAttributes: { email: emailOf() } };
    expect((await refusalOf(forgot())).name).toBe("InvalidParameterException");
  });
});
