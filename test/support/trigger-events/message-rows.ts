/** The events of functions that write messages, and of those that send them: for each reason, by mail and by SMS. */
import { refusalOf } from "../refusal.ts";
import { signInFrom } from "../watched.ts";
import {
  answerNewPassword,
  attributesOf,
  ClientMetadata,
  clientMetadata,
  noClient,
  person,
  type Row,
  type Scene,
  signIn,
  signUp,
  tokensOf,
  unprovedOf,
} from "./row.ts";

/** A reason to write to somebody. */
interface Reason {
  readonly reason:
    | "SignUp"
    | "ResendCode"
    | "ForgotPassword"
    | "AdminCreateUser"
    | "UpdateUserAttribute"
    | "VerifyUserAttribute"
    | "Authentication";
  readonly when?: string;
  readonly act: (scene: Scene) => Promise<unknown>;
  readonly userAttributes: (scene: Scene) => object;
  readonly isAdmin?: true;
  /** Whether the call's metadata reach the functions. */
  readonly passesMetadata: boolean;
  readonly at?: "last";
}

const invite = (scene: Scene, MessageAction?: "RESEND") => {
  const { house, UserPoolId, name, contact } = scene;
  return house.api.adminCreateUser({
    UserPoolId,
    Username: name,
    DesiredDeliveryMediums: [contact.attribute === "email" ? "EMAIL" : "SMS"],
    MessageAction,
    UserAttributes: [{ Name: contact.attribute, Value: contact.value }],
    ClientMetadata,
  });
};

/** When the first message was sent: two at once would arrive in any order. */
const laterOn = async ({ house }: Scene): Promise<void> => {
  await house.app.outbox.deliver();
  house.clock.advance(1);
};

const withSecondFactor = async (scene: Scene): Promise<void> => {
  const { house, UserPoolId, name, contact } = scene;
  await person(scene);
  await house.api.adminSetUserMFAPreference({
    UserPoolId,
    Username: name,
    ...(contact.attribute === "email"
      ? { EmailMfaSettings: { Enabled: true } }
      : { SMSMfaSettings: { Enabled: true } }),
  });
};

const reasons: readonly Reason[] = [
  { reason: "SignUp", act: signUp, userAttributes: (scene) => unprovedOf(scene, "UNCONFIRMED"), passesMetadata: true },
  {
    reason: "ResendCode",
    act: async (scene) => {
      await signUp(scene);
      await laterOn(scene);
      await scene.house.api.resendConfirmationCode({ ClientId: scene.ClientId, Username: scene.name, ClientMetadata });
    },
    userAttributes: (scene) => unprovedOf(scene, "UNCONFIRMED"),
    passesMetadata: true,
  },
  {
    reason: "ForgotPassword",
    act: async (scene) => {
      await person(scene);
      await scene.house.api.forgotPassword({ ClientId: scene.ClientId, Username: scene.name, ClientMetadata });
    },
    userAttributes: (scene) => attributesOf(scene),
    passesMetadata: true,
  },
  {
    reason: "ForgotPassword",
    when: "an administrator resets the password",
    act: async (scene) => {
      const { house, UserPoolId, name } = scene;
      await person(scene);
      await house.api.adminResetUserPassword({ UserPoolId, Username: name, ClientMetadata });
    },
    userAttributes: (scene) => attributesOf(scene),
    isAdmin: true,
    passesMetadata: true,
  },
  {
    reason: "AdminCreateUser",
    act: (scene) => invite(scene),
    userAttributes: (scene) => unprovedOf(scene, "FORCE_CHANGE_PASSWORD"),
    isAdmin: true,
    passesMetadata: true,
  },
  {
    reason: "AdminCreateUser",
    when: "invited again",
    at: "last",
    act: async (scene) => {
      await invite(scene);
      await laterOn(scene);
      await invite(scene, "RESEND");
    },
    userAttributes: (scene) => unprovedOf(scene, "FORCE_CHANGE_PASSWORD"),
    isAdmin: true,
    passesMetadata: true,
  },
  ...(["the user", "an administrator"] as const).map(
    (who): Reason => ({
      reason: "UpdateUserAttribute",
      when: `by ${who}`,
      act: async (scene) => {
        const { house, UserPoolId, name, contact } = scene;
        const { AccessToken } = await tokensOf(scene);
        const UserAttributes = [{ Name: contact.attribute, Value: contact.other }];
        if (who === "the user") await house.api.updateUserAttributes({ AccessToken, UserAttributes, ClientMetadata });
        else await house.api.adminUpdateUserAttributes({ UserPoolId, Username: name, UserAttributes, ClientMetadata });
      },
      userAttributes: ({ contact: { attribute, other } }) => ({
        sub: "SUB",
        "cognito:user_status": "CONFIRMED",
        [attribute]: other,
        [`${attribute}_verified`]: "false",
      }),
      ...(who === "an administrator" && { isAdmin: true }),
      passesMetadata: true,
    }),
  ),
  {
    reason: "VerifyUserAttribute",
    act: async (scene) => {
      const { AccessToken } = await tokensOf(scene);
      const AttributeName = scene.contact.attribute;
      await scene.house.api.getUserAttributeVerificationCode({ AccessToken, AttributeName, ClientMetadata });
    },
    userAttributes: (scene) => attributesOf(scene),
    passesMetadata: true,
  },
  {
    reason: "Authentication",
    when: "asked at once",
    act: async (scene) => {
      await withSecondFactor(scene);
      await signIn(scene);
    },
    userAttributes: (scene) => attributesOf(scene),
    passesMetadata: false,
  },
  {
    reason: "Authentication",
    when: "asked after an answer",
    act: async (scene) => {
      await withSecondFactor(scene);
      await answerNewPassword(scene);
    },
    userAttributes: (scene) => attributesOf(scene),
    passesMetadata: true,
  },
];

const optional = (when: string | undefined) => (when === undefined ? {} : { when });

const written = (pool: "mail" | "phone", given: Reason): Row => ({
  source: `CustomMessage_${given.reason}`,
  ...optional([pool, given.when].filter((word) => word !== undefined).join(", ")),
  pool,
  act: given.act,
  request: (scene) => ({
    userAttributes: given.userAttributes(scene),
    codeParameter: "{####}",
    linkParameter: "{##Click Here##}",
    usernameParameter: given.reason === "AdminCreateUser" ? "{username}" : null,
    ...(given.passesMetadata && { clientMetadata }),
  }),
  response: { smsMessage: null, emailMessage: null, emailSubject: null },
  ...(given.isAdmin && { clientId: noClient }),
  ...(given.at && { at: given.at }),
});

const sent = (pool: "mail" | "phone", given: Reason): Row => ({
  source: `${pool === "mail" ? "CustomEmailSender" : "CustomSMSSender"}_${given.reason}`,
  ...optional(given.when),
  pool,
  act: async (scene) => {
    await given.act(scene);
    await scene.house.app.outbox.deliver();
  },
  request: (scene) => ({
    type: pool === "mail" ? "customEmailSenderRequestV1" : "customSMSSenderRequestV1",
    code: "CODE",
    clientMetadata: given.passesMetadata ? clientMetadata : null,
    userAttributes: given.userAttributes(scene),
  }),
  ...(given.isAdmin && { clientId: noClient }),
  ...(given.at && { at: given.at }),
});

const takeOver: Row = {
  source: "CustomEmailSender_AccountTakeOverNotification",
  pool: "watched",
  act: async (scene) => {
    const { house, pool, contact } = scene;
    await pool.createUser(contact.value);
    await signInFrom(house, pool, contact.value);
    house.clock.advance(60 * 60 * 1000);
    await refusalOf(signInFrom(house, pool, contact.value, { address: "203.0.113.9", device: "another" }));
    await house.app.outbox.deliver();
  },
  userName: () => "SUB",
  request: () => ({
    type: "customEmailSenderRequestV1",
    code: null,
    clientMetadata: null,
    userAttributes: {
      EVENT_ID: "EVENT",
      USER_NAME: "SUB",
      LOGIN_TIME: "TIME",
      IP_ADDRESS: "203.0.113.9",
      CITY: null,
      COUNTRY: null,
      DEVICE_NAME: "another",
      FEEDBACK_TOKEN: "TOKEN",
      ONE_CLICK_LINK_VALID: "LINK",
      ONE_CLICK_LINK_INVALID: "LINK",
      ACCOUNT_TAKE_OVER_ACTION: "BLOCK",
    },
  }),
};

/** Every message of the house. */
export const messageRows: readonly Row[] = [
  ...reasons.flatMap((reason) => [
    written("mail", reason),
    written("phone", reason),
    sent("mail", reason),
    sent("phone", reason),
  ]),
  takeOver,
];
