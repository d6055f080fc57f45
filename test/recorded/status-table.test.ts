/**
 * Every status that a user can have, and everything that moves it from one to another. A row is a way to get somewhere,
 * step by step, and the status at its end; the steps are calls as applications make them.
 * Source: Cognito developer guide, user account statuses; the answers to steps that do not fit as observed.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addProvider, arriveFrom } from "../support/arriving.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { importUsers } from "../support/importing.ts";
import { attributeList, signIn } from "../support/people.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";

const arn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** Lets everybody in whom another system knows; who is called so has a password of it that is good here too. */
const migrate = (event: { userName: string; response: object }) => ({
  ...event,
  response: {
    userAttributes: { email: `${event.userName}@example.com`, email_verified: "true" },
    messageAction: "SUPPRESS",
    ...(event.userName.startsWith("known") && { finalUserStatus: "CONFIRMED" }),
  },
});

let house: TestHouse;
/** Users sign up, and prove their address. */
let pool: TestPool;
/** Whoever signs up is confirmed, and users of another system are let in. */
let welcoming: TestPool;
/** Users may do without a password. */
let passwordless: TestPool;

const client = { GenerateSecret: false };

beforeAll(async () => {
  const confirm = (event: object) => ({ ...event, response: { autoConfirmUser: true } });
  house = await openTestHouse({}, { triggers: { [arn("confirm")]: confirm, [arn("migrate")]: migrate } });
  pool = await makePool(house, { pool: { UsernameAttributes: undefined }, client });
  await addProvider(house, pool, { ProviderName: "Corp", AttributeMapping: { email: "email", username: "sub" } });
  welcoming = await makePool(house, {
    pool: {
      UsernameAttributes: undefined,
      LambdaConfig: { PreSignUp: arn("confirm"), UserMigration: arn("migrate") },
    },
    client,
  });
  passwordless = await makePool(house, {
    pool: {
      UsernameAttributes: undefined,
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    },
    client,
  });
});

afterAll(async () => {
  await house.close();
  expect(house.errors).toEqual([]);
});

const emailOf = (Username: string): string => `${Username}@example.com`;
const setPassword = (at: TestPool, Username: string, Permanent?: boolean) =>
  house.api.adminSetUserPassword({ UserPoolId: at.UserPoolId, Username, Password: "Another1!", Permanent });
const signUp = ({ ClientId }: TestPool, Username: string) =>
  house.api.signUp({
    ClientId,
    Username,
    Password: password,
    UserAttributes: attributeList({ email: emailOf(Username) }),
  });
const create = ({ UserPoolId }: TestPool, Username: string, TemporaryPassword?: string) =>
  house.api.adminCreateUser({
    UserPoolId,
    Username,
    TemporaryPassword,
    MessageAction: "SUPPRESS",
    UserAttributes: attributeList({ email: emailOf(Username), email_verified: "true" }),
  });
const migrated = ({ ClientId }: TestPool, USERNAME: string) =>
  house.api.initiateAuth({
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: password },
  });

/** What can happen to a user. */
const steps = {
  SignUp: (Username: string) => signUp(pool, Username),
  "SignUp that a trigger confirms": (Username: string) => signUp(welcoming, Username),
  "AdminCreateUser with a password": (Username: string) => create(pool, Username, password),
  "AdminCreateUser without a password": (Username: string) => create(pool, Username),
  "AdminCreateUser of a user who needs none": (Username: string) => create(passwordless, Username),
  "AdminCreateUser with a password where none is needed": (Username: string) =>
    create(passwordless, Username, password),
  import: (Username: string) => importUsers(house, pool, [{ username: Username, email: emailOf(Username) }]),
  "a first sign-in that a trigger lets in": (Username: string) => migrated(welcoming, `known-${Username}`),
  "a first sign-in that a trigger lets in for a reset": (Username: string) => refusalOf(migrated(welcoming, Username)),
  ConfirmSignUp: async (Username: string) =>
    house.api.confirmSignUp({
      ClientId: pool.ClientId,
      Username,
      ConfirmationCode: await house.codeFor(emailOf(Username)),
    }),
  "a first sign-in with a provider": (Username: string) =>
    arriveFrom(house, pool, "Corp", { sub: Username, email: emailOf(Username) }),
  AdminConfirmSignUp: (Username: string) => house.api.adminConfirmSignUp({ UserPoolId: pool.UserPoolId, Username }),
  AdminResetUserPassword: (Username: string) =>
    house.api.adminResetUserPassword({ UserPoolId: pool.UserPoolId, Username }),
  ConfirmForgotPassword: async (Username: string) =>
    house.api.confirmForgotPassword({
      ClientId: pool.ClientId,
      Username,
      Password: "Changed1!",
      ConfirmationCode: await house.codeFor(emailOf(Username)),
    }),
  "AdminSetUserPassword for good": (Username: string) => setPassword(pool, Username, true),
  "AdminSetUserPassword for once": (Username: string) => setPassword(pool, Username),
  AdminDisableUser: (Username: string) => house.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username }),
  AdminEnableUser: (Username: string) => house.api.adminEnableUser({ UserPoolId: pool.UserPoolId, Username }),
  "AdminDisableProviderForUser of the pool itself": (Username: string) =>
    house.api.adminDisableProviderForUser({
      UserPoolId: pool.UserPoolId,
      User: {
        ProviderName: "Cognito",
        ProviderAttributeName: "Cognito_Subject",
        ProviderAttributeValue: Username,
      },
    }),
  "an answer to NEW_PASSWORD_REQUIRED": async (Username: string) => {
    const { Session } = await migrated(pool, Username);
    return house.api.respondToAuthChallenge({
      ClientId: pool.ClientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session,
      ChallengeResponses: { USERNAME: Username, NEW_PASSWORD: "Another1!" },
    });
  },
} as const;

type Step = keyof typeof steps;

/** Where the user of a step is, and what it is called there. */
function placeOf(Username: string, first: Step): { readonly UserPoolId: string; readonly Username: string } {
  if (first === "a first sign-in that a trigger lets in") {
    return { UserPoolId: welcoming.UserPoolId, Username: `known-${Username}` };
  }
  if (first.includes("trigger")) return { UserPoolId: welcoming.UserPoolId, Username };
  if (first === "a first sign-in with a provider") {
    return { UserPoolId: pool.UserPoolId, Username: `Corp_${Username}` };
  }
  const { UserPoolId } = first.includes("need") ? passwordless : pool;
  return { UserPoolId, Username };
}

const statusAfter = async (Username: string, first: Step) =>
  (await house.api.adminGetUser(placeOf(Username, first))).UserStatus;

const paths: readonly (readonly [readonly [Step, ...Step[]], string])[] = [
  [["SignUp"], "UNCONFIRMED"],
  [["SignUp that a trigger confirms"], "CONFIRMED"],
  [["AdminCreateUser with a password"], "FORCE_CHANGE_PASSWORD"],
  [["AdminCreateUser without a password"], "FORCE_CHANGE_PASSWORD"],
  [["AdminCreateUser of a user who needs none"], "CONFIRMED"],
  [["AdminCreateUser with a password where none is needed"], "FORCE_CHANGE_PASSWORD"],
  [["import"], "RESET_REQUIRED"],
  [["a first sign-in that a trigger lets in"], "CONFIRMED"],
  [["a first sign-in that a trigger lets in for a reset"], "RESET_REQUIRED"],
  [["a first sign-in with a provider"], "EXTERNAL_PROVIDER"],
  [["SignUp", "ConfirmSignUp"], "CONFIRMED"],
  [["SignUp", "AdminConfirmSignUp"], "CONFIRMED"],
  [["SignUp", "AdminSetUserPassword for good"], "CONFIRMED"],
  [["SignUp", "AdminSetUserPassword for once"], "FORCE_CHANGE_PASSWORD"],
  [["AdminCreateUser with a password", "an answer to NEW_PASSWORD_REQUIRED"], "CONFIRMED"],
  [["AdminCreateUser with a password", "AdminSetUserPassword for good"], "CONFIRMED"],
  [["AdminCreateUser with a password", "AdminSetUserPassword for once"], "FORCE_CHANGE_PASSWORD"],
  [["SignUp", "ConfirmSignUp", "AdminResetUserPassword"], "RESET_REQUIRED"],
  [["SignUp", "ConfirmSignUp", "AdminSetUserPassword for once"], "FORCE_CHANGE_PASSWORD"],
  [["SignUp", "ConfirmSignUp", "AdminSetUserPassword for good"], "CONFIRMED"],
  [["SignUp", "ConfirmSignUp", "AdminResetUserPassword", "ConfirmForgotPassword"], "CONFIRMED"],
  [["SignUp", "ConfirmSignUp", "AdminResetUserPassword", "AdminSetUserPassword for good"], "CONFIRMED"],
  [["SignUp", "ConfirmSignUp", "AdminResetUserPassword", "AdminSetUserPassword for once"], "FORCE_CHANGE_PASSWORD"],
  [["SignUp", "ConfirmSignUp", "AdminResetUserPassword", "AdminResetUserPassword"], "RESET_REQUIRED"],
  [["SignUp", "ConfirmSignUp", "AdminDisableProviderForUser of the pool itself"], "EXTERNAL_PROVIDER"],
  [
    ["SignUp", "ConfirmSignUp", "AdminDisableProviderForUser of the pool itself", "AdminSetUserPassword for good"],
    "CONFIRMED",
  ],
  [
    ["SignUp", "ConfirmSignUp", "AdminDisableProviderForUser of the pool itself", "AdminSetUserPassword for once"],
    "CONFIRMED",
  ],
  [["SignUp", "AdminDisableUser"], "UNCONFIRMED"],
  [["AdminCreateUser with a password", "AdminDisableUser"], "FORCE_CHANGE_PASSWORD"],
  [["SignUp", "ConfirmSignUp", "AdminDisableUser"], "CONFIRMED"],
  [["SignUp", "ConfirmSignUp", "AdminDisableUser", "AdminEnableUser"], "CONFIRMED"],
];

let made = 0;

describe("a user's status", () => {
  it.each(paths)("after %j is %s", async (path, status) => {
    const name = `walker-${++made}`;
    for (const step of path) {
      await steps[step](name);
      house.clock.advance(1);
    }
    expect(await statusAfter(name, path[0])).toBe(status);
  });

  const badState = "User password cannot be reset in the current state.";
  const noContact = "Cannot reset password for the user as there is no registered/verified email or phone_number";

  it.each<{ first: readonly [Step, ...Step[]]; second: Step; name?: string; message: string }>([
    {
      first: ["AdminCreateUser with a password"],
      second: "AdminConfirmSignUp",
      message: "User cannot be confirmed. Current status is FORCE_CHANGE_PASSWORD",
    },
    {
      first: ["SignUp", "ConfirmSignUp"],
      second: "AdminConfirmSignUp",
      message: "User cannot be confirmed. Current status is CONFIRMED",
    },
    {
      first: ["import"],
      second: "AdminConfirmSignUp",
      message: "User cannot be confirmed. Current status is RESET_REQUIRED",
    },
    { first: ["AdminCreateUser with a password"], second: "AdminResetUserPassword", message: badState },
    {
      first: ["SignUp", "ConfirmSignUp", "AdminDisableProviderForUser of the pool itself"],
      second: "AdminResetUserPassword",
      message: badState,
    },
    {
      first: ["SignUp"],
      second: "AdminResetUserPassword",
      name: "InvalidParameterException",
      message: noContact,
    },
  ])("after $first does not follow $second", async ({ first, second, name = "NotAuthorizedException", message }) => {
    const Username = `stuck-${++made}`;
    for (const step of first) await steps[step](Username);
    const before = await statusAfter(Username, first[0]);
    expect(await refusalOf(steps[second](Username))).toEqual({ name, message });
    expect(await statusAfter(Username, first[0])).toBe(before);
  });

  it("that asks for a reset lets nobody in by the old password", async () => {
    await signUp(pool, "reset");
    await steps.ConfirmSignUp("reset");
    house.clock.advance(1);
    await steps.AdminResetUserPassword("reset");
    expect(await refusalOf(signIn(house, pool, "reset"))).toEqual({
      name: "PasswordResetRequiredException",
      message: "Password reset required for the user",
    });
    await steps.ConfirmForgotPassword("reset");
    expect(await signIn(house, pool, "reset", "Changed1!")).toBeTruthy();
  });

  it("that asks for a new password lets nobody in when the temporary one is too old, and stays", async () => {
    await create(pool, "late", password);
    house.clock.advance(7 * 24 * 60 * 60 * 1000 + 1);
    expect(await refusalOf(signIn(house, pool, "late"))).toEqual({
      name: "NotAuthorizedException",
      message: "Temporary password has expired and must be reset by an administrator.",
    });
    expect(await statusAfter("late", "SignUp")).toBe("FORCE_CHANGE_PASSWORD");
  });

  it("of one who came without a password is what a code by mail needs", async () => {
    const { ClientId, UserPoolId } = passwordless;
    await create(passwordless, "coded");
    await house.api.updateUserPoolClient({ UserPoolId, ClientId, ExplicitAuthFlows: ["ALLOW_USER_AUTH"] });
    const { Session } = await house.api.initiateAuth({
      ClientId,
      AuthFlow: "USER_AUTH",
      AuthParameters: { USERNAME: "coded", PREFERRED_CHALLENGE: "EMAIL_OTP" },
    });
    const { AuthenticationResult } = await house.api.respondToAuthChallenge({
      ClientId,
      ChallengeName: "EMAIL_OTP",
      Session,
      ChallengeResponses: { USERNAME: "coded", EMAIL_OTP_CODE: await house.codeFor("coded@example.com") },
    });
    expect(AuthenticationResult?.AccessToken).toBeTruthy();
    const resend = house.api.adminCreateUser({ UserPoolId, Username: "coded", MessageAction: "RESEND" });
    expect((await refusalOf(resend)).name).toBe("UnsupportedUserStateException");
  });
});
