/** What each trigger is sent, to the letter, and on what occasion; and to whom ClientMetadata is passed on. */
import { beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, newVisitor, requestToken, signIn as signInOnPage } from "../../test/support/browser-steps.ts";
import { useHouse } from "../../test/support/house.ts";
import { makePerson } from "../../test/support/people.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const names = [
  "PreSignUp",
  "CustomMessage",
  "PostConfirmation",
  "PreAuthentication",
  "PostAuthentication",
  "DefineAuthChallenge",
  "CreateAuthChallenge",
  "VerifyAuthChallengeResponse",
  "PreTokenGeneration",
  "UserMigration",
] as const;

interface Event {
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: {
    readonly session?: readonly { readonly challengeResult: boolean }[];
    readonly challengeAnswer?: string;
  };
  readonly response: object;
}

let pool: TestPool;
let ClientId: string;
let UserPoolId: string;
const events: Event[] = [];

/** What the functions of the custom flow answer; all others give back what they get. */
const responseTo = ({ triggerSource, request, response }: Event): object => {
  const last = request.session?.at(-1);
  if (triggerSource.startsWith("Define")) {
    return last?.challengeResult ? { issueTokens: true } : { challengeName: "CUSTOM_CHALLENGE" };
  }
  if (triggerSource.startsWith("Create")) {
    return {
      publicChallengeParameters: { hint: "sum" },
      privateChallengeParameters: { answer: "4" },
      challengeMetadata: "SUM",
    };
  }
  return triggerSource.startsWith("Verify") ? { answerCorrect: request.challengeAnswer === "4" } : response;
};

const record = (event: Event) => {
  events.push(event);
  return { ...event, response: responseTo(event) };
};

const house = useHouse({}, { triggers: Object.fromEntries([...names, "sender"].map((name) => [arnOf(name), record])) });

beforeAll(async () => {
  pool = await makePool(house, {
    pool: {
      UsernameAttributes: undefined,
      AliasAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: false, DeviceOnlyRememberedOnUserPrompt: true },
      EmailConfiguration: {
        EmailSendingAccount: "DEVELOPER",
        SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/a@b.c",
      },
      LambdaConfig: {
        ...Object.fromEntries(names.map((name) => [name, arnOf(name)])),
        CustomEmailSender: { LambdaVersion: "V1_0", LambdaArn: arnOf("sender") },
        KMSKeyID: "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000",
      },
    },
    client: {
      GenerateSecret: false,
      ExplicitAuthFlows: [
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      ],
      PreventUserExistenceErrors: "ENABLED",
    },
  });
  ({ ClientId, UserPoolId } = pool);
  await house.api.setUserPoolMfaConfig({
    UserPoolId,
    MfaConfiguration: "OPTIONAL",
    EmailMfaConfiguration: {},
  });
});

const ClientMetadata = { from: "caller" };
const clientMetadata = ClientMetadata;

/** A confirmed user whose mail address is an alias, and its attributes as events show them. */
const attributesOf = (name: string, status = "CONFIRMED") => ({
  sub: "SUB",
  "cognito:email_alias": `${name}@example.com`,
  "cognito:user_status": status,
  email: `${name}@example.com`,
  email_verified: "true",
});
const person = (name: string) =>
  makePerson(house, pool, name, { email: `${name}@example.com`, email_verified: "true" });

const signIn = (USERNAME: string, PASSWORD = password) =>
  house.api.initiateAuth({
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD },
    ClientMetadata,
  });

const tokensOf = async (name: string) => {
  await person(name);
  return (await signIn(name)).AuthenticationResult ?? {};
};

const signUp = (Username: string) =>
  house.api.signUp({
    ClientId,
    Username,
    Password: password,
    UserAttributes: [{ Name: "email", Value: `${Username}@example.com` }],
    ValidationData: [{ Name: "captcha", Value: "ok" }],
    ClientMetadata,
  });

const custom = async (name: string) => {
  await person(name);
  const asked = await house.api.initiateAuth({
    ClientId,
    AuthFlow: "CUSTOM_AUTH",
    AuthParameters: { USERNAME: name },
    ClientMetadata,
  });
  return house.api.respondToAuthChallenge({
    ClientId,
    ChallengeName: "CUSTOM_CHALLENGE",
    Session: asked.Session,
    ChallengeResponses: { USERNAME: name, ANSWER: "4" },
    ClientMetadata,
  });
};

const inviteAndAnswer = async (name: string) => {
  const attributes = { email: `${name}@example.com`, email_verified: "true" };
  await house.api.adminCreateUser({
    UserPoolId,
    Username: name,
    TemporaryPassword: "Temp0rary!",
    MessageAction: "SUPPRESS",
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  });
  const { Session } = await signIn(name, "Temp0rary!");
  await house.api.respondToAuthChallenge({
    ClientId,
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session,
    ChallengeResponses: { USERNAME: name, NEW_PASSWORD: password },
    ClientMetadata,
  });
};

const withMailFactor = async (name: string) => {
  await person(name);
  await house.api.adminSetUserMFAPreference({ UserPoolId, Username: name, EmailMfaSettings: { Enabled: true } });
  await signIn(name);
};

const groupConfiguration = { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null };
const noMessage = { smsMessage: null, emailMessage: null, emailSubject: null };
const message = (usernameParameter: string | null = null) => ({
  codeParameter: "{####}",
  linkParameter: "{##Click Here##}",
  usernameParameter,
});
const migration = {
  userAttributes: null,
  forceAliasCreation: null,
  enableSMSMFA: null,
  finalUserStatus: null,
  messageAction: null,
  desiredDeliveryMediums: null,
};
const undecided = { challengeName: null, issueTokens: null, failAuthentication: null };
const sum = [{ challengeName: "CUSTOM_CHALLENGE", challengeResult: true, challengeMetadata: "SUM" }];
const unconfirmed = (name: string) => ({
  sub: "SUB",
  "cognito:user_status": "UNCONFIRMED",
  email: `${name}@example.com`,
});

interface Row {
  readonly source: string;
  readonly act: (name: string) => Promise<unknown>;
  /** The event's request for a user of this name. */
  readonly request: (name: string) => object;
  readonly response: object;
  /** Where no client calls. */
  readonly isAdmin?: boolean;
  /** The first or the last event of this source is looked at. */
  readonly at?: "last";
}

const rows: readonly Row[] = [
  {
    source: "PreSignUp_SignUp",
    act: signUp,
    request: (name) => ({
      userAttributes: { email: `${name}@example.com` },
      validationData: { captcha: "ok" },
      clientMetadata,
    }),
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  },
  {
    source: "CustomMessage_SignUp",
    act: signUp,
    request: (name) => ({ userAttributes: unconfirmed(name), ...message(), clientMetadata }),
    response: noMessage,
  },
  {
    source: "CustomEmailSender_SignUp",
    act: async (name) => {
      await signUp(name);
      await house.app.outbox.deliver();
    },
    request: (name) => ({
      type: "customEmailSenderRequestV1",
      code: "CODE",
      userAttributes: unconfirmed(name),
      clientMetadata,
    }),
    response: {},
  },
  {
    source: "CustomMessage_ResendCode",
    act: async (name) => {
      await signUp(name);
      await house.api.resendConfirmationCode({ ClientId, Username: name, ClientMetadata });
    },
    request: (name) => ({ userAttributes: unconfirmed(name), ...message(), clientMetadata }),
    response: noMessage,
  },
  {
    source: "PostConfirmation_ConfirmSignUp",
    act: async (name) => {
      await signUp(name);
      const ConfirmationCode = await house.codeFor(`${name}@example.com`);
      await house.api.confirmSignUp({ ClientId, Username: name, ConfirmationCode, ClientMetadata });
    },
    request: (name) => ({ userAttributes: attributesOf(name), clientMetadata }),
    response: {},
  },
  {
    source: "PreSignUp_AdminCreateUser",
    act: (Username) => house.api.adminCreateUser({ UserPoolId, Username, MessageAction: "SUPPRESS", ClientMetadata }),
    request: () => ({ userAttributes: {}, validationData: null, clientMetadata }),
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    isAdmin: true,
  },
  {
    source: "CustomMessage_AdminCreateUser",
    act: (Username) =>
      house.api.adminCreateUser({
        UserPoolId,
        Username,
        DesiredDeliveryMediums: ["EMAIL"],
        UserAttributes: [{ Name: "email", Value: `${Username}@example.com` }],
        ClientMetadata,
      }),
    request: (name) => ({
      userAttributes: {
        sub: "SUB",
        "cognito:user_status": "FORCE_CHANGE_PASSWORD",
        email: `${name}@example.com`,
      },
      ...message("{username}"),
      clientMetadata,
    }),
    response: noMessage,
    isAdmin: true,
  },
  {
    source: "CustomMessage_ForgotPassword",
    act: async (name) => {
      await person(name);
      await house.api.forgotPassword({ ClientId, Username: name, ClientMetadata });
    },
    request: (name) => ({ userAttributes: attributesOf(name), ...message(), clientMetadata }),
    response: noMessage,
  },
  {
    source: "PostConfirmation_ConfirmForgotPassword",
    act: async (name) => {
      await person(name);
      await house.api.forgotPassword({ ClientId, Username: name });
      const ConfirmationCode = await house.codeFor(`${name}@example.com`);
      const Password = "Another1!";
      await house.api.confirmForgotPassword({ ClientId, Username: name, ConfirmationCode, Password, ClientMetadata });
    },
    request: (name) => ({ userAttributes: attributesOf(name), clientMetadata }),
    response: {},
  },
  {
    source: "UserMigration_ForgotPassword",
    act: (Username) => house.api.forgotPassword({ ClientId, Username, ClientMetadata }),
    request: () => ({ userAttributes: null, validationData: null, clientMetadata }),
    response: migration,
  },
  {
    source: "UserMigration_Authentication",
    act: (name) => signIn(name).catch(() => undefined),
    request: () => ({ userAttributes: null, password, validationData: ClientMetadata }),
    response: migration,
  },
  {
    source: "PreAuthentication_Authentication",
    act: tokensOf,
    request: (name) => ({ userAttributes: attributesOf(name), validationData: ClientMetadata, userNotFound: false }),
    response: {},
  },
  {
    source: "PostAuthentication_Authentication",
    act: tokensOf,
    request: (name) => ({ userAttributes: attributesOf(name), newDeviceUsed: true }),
    response: {},
  },
  {
    source: "TokenGeneration_Authentication",
    act: tokensOf,
    request: (name) => ({ userAttributes: attributesOf(name), groupConfiguration }),
    response: { claimsOverrideDetails: null },
  },
  {
    source: "TokenGeneration_NewPasswordChallenge",
    act: inviteAndAnswer,
    request: (name) => ({ userAttributes: attributesOf(name), groupConfiguration, clientMetadata }),
    response: { claimsOverrideDetails: null },
  },
  {
    source: "TokenGeneration_RefreshTokens",
    act: async (name) => {
      const { RefreshToken, NewDeviceMetadata } = await tokensOf(name);
      const { DeviceKey } = NewDeviceMetadata ?? {};
      await house.api.getTokensFromRefreshToken({ ClientId, RefreshToken, DeviceKey, ClientMetadata });
    },
    request: (name) => ({ userAttributes: attributesOf(name), groupConfiguration, clientMetadata }),
    response: { claimsOverrideDetails: null },
  },
  {
    source: "TokenGeneration_HostedAuth",
    act: async (name) => {
      await person(name);
      const url = authorizeUrl(pool);
      const answer = await signInOnPage(newVisitor(), url, { username: name, password });
      const code = new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
      const redirect_uri = new URL(url).searchParams.get("redirect_uri") ?? "";
      await requestToken(pool, { grant_type: "authorization_code", client_id: ClientId, code, redirect_uri }, {});
    },
    request: (name) => ({ userAttributes: attributesOf(name), groupConfiguration }),
    response: { claimsOverrideDetails: null },
  },
  {
    source: "CustomMessage_Authentication",
    act: withMailFactor,
    request: (name) => ({ userAttributes: attributesOf(name), ...message() }),
    response: noMessage,
  },
  {
    source: "CustomMessage_UpdateUserAttribute",
    act: async (name) => {
      const { AccessToken } = await tokensOf(name);
      const UserAttributes = [{ Name: "email", Value: `new-${name}@example.com` }];
      await house.api.updateUserAttributes({ AccessToken, UserAttributes, ClientMetadata });
    },
    request: (name) => ({
      userAttributes: {
        sub: "SUB",
        "cognito:user_status": "CONFIRMED",
        email: `new-${name}@example.com`,
        email_verified: "false",
      },
      ...message(),
      clientMetadata,
    }),
    response: noMessage,
  },
  {
    source: "CustomMessage_VerifyUserAttribute",
    act: async (name) => {
      const { AccessToken } = await tokensOf(name);
      await house.api.getUserAttributeVerificationCode({ AccessToken, AttributeName: "email", ClientMetadata });
    },
    request: (name) => ({ userAttributes: attributesOf(name), ...message(), clientMetadata }),
    response: noMessage,
  },
  {
    source: "DefineAuthChallenge_Authentication",
    act: custom,
    request: (name) => ({ userAttributes: attributesOf(name), session: [], userNotFound: false }),
    response: undecided,
  },
  {
    source: "DefineAuthChallenge_Authentication",
    act: custom,
    at: "last",
    request: (name) => ({ userAttributes: attributesOf(name), session: sum, userNotFound: false, clientMetadata }),
    response: undecided,
  },
  {
    source: "CreateAuthChallenge_Authentication",
    act: custom,
    request: (name) => ({
      userAttributes: attributesOf(name),
      challengeName: "CUSTOM_CHALLENGE",
      session: [],
      userNotFound: false,
    }),
    response: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  },
  {
    source: "VerifyAuthChallengeResponse_Authentication",
    act: custom,
    request: (name) => ({
      userAttributes: attributesOf(name),
      privateChallengeParameters: { answer: "4" },
      challengeAnswer: "4",
      userNotFound: false,
      clientMetadata,
    }),
    response: { answerCorrect: null },
  },
];

/** The event with what is different each time put under a name. */
const masked = (event: object): string =>
  JSON.stringify(event)
    .replace(/"sub":"[0-9a-f-]{36}"/g, '"sub":"SUB"')
    .replace(/"code":"[\w+/=]+"/, '"code":"CODE"');

describe("the event", () => {
  it.each(rows.map((row, index) => [row.source, index, row] as const))(
    "%s (%i) is this",
    async (source, index, row) => {
      const userName = `event-${index}`;
      house.clock.advance(1);
      events.length = 0;
      await row.act(userName);
      const seen = events.filter((event) => event.triggerSource === source && event.userName === userName);
      expect(masked(seen.at(row.at === "last" ? -1 : 0) ?? {})).toBe(
        JSON.stringify({
          version: "1",
          region: "us-east-1",
          userPoolId: UserPoolId,
          userName,
          callerContext: {
            awsSdkVersion: "aws-sdk-unknown-unknown",
            clientId: row.isAdmin ? "CLIENT_ID_NOT_APPLICABLE" : ClientId,
          },
          triggerSource: source,
          request: row.request(userName),
          response: row.response,
        }),
      );
    },
  );
});
