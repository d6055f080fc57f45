/**
 * Whom the ClientMetadata of each call reach, and whom they do not.
 * Source: Cognito API reference, ClientMetadata of each operation.
 */
import { describe, expect, it } from "vitest";
import { closeClean } from "../../test/support/house.ts";
import { password } from "../../test/support/pool.ts";
import { share } from "../../test/support/share.ts";
import {
  ClientMetadata,
  person,
  type Scene,
  sceneOf,
  signIn,
  signUp,
  tokensOf,
} from "../../test/support/trigger-events/row.ts";
import { type Event, openStage } from "../../test/support/trigger-events/stage.ts";
import type { TriggerSource } from "./sources.ts";

const stage = share(openStage, ({ house }) => closeClean(house));

type Place = "clientMetadata" | "validationData" | "nowhere";

interface Row {
  readonly call: string;
  /** Does what goes before, and gives the call. */
  readonly arrange: (scene: Scene) => Promise<() => Promise<unknown>> | (() => Promise<unknown>);
  /** Every function that the call runs, and where in its event the metadata stand. */
  readonly reaches: Readonly<Partial<Record<TriggerSource, Place>>>;
}

const temporary = "Temp0rary!";

const proving = (scene: Scene) => ({ ClientId: scene.ClientId, Username: scene.name, ClientMetadata });
const ofUser = (scene: Scene) => ({ UserPoolId: scene.UserPoolId, Username: scene.name, ClientMetadata });
const mailed = (reason: "SignUp" | "ResendCode" | "ForgotPassword" | "AdminCreateUser" | "UpdateUserAttribute") =>
  ({ [`CustomMessage_${reason}`]: "clientMetadata", [`CustomEmailSender_${reason}`]: "clientMetadata" }) as const;

const custom = ({ ClientId, name }: Scene) => ({
  ClientId,
  AuthFlow: "CUSTOM_AUTH" as const,
  AuthParameters: { USERNAME: name },
  ClientMetadata,
});

const rows: readonly Row[] = [
  {
    call: "SignUp",
    arrange: (scene) => () => signUp(scene),
    reaches: { PreSignUp_SignUp: "clientMetadata", ...mailed("SignUp") },
  },
  {
    call: "AdminCreateUser",
    arrange: (scene) => () =>
      scene.house.api.adminCreateUser({
        ...ofUser(scene),
        DesiredDeliveryMediums: ["EMAIL"],
        UserAttributes: [{ Name: "email", Value: scene.contact.value }],
      }),
    reaches: { PreSignUp_AdminCreateUser: "clientMetadata", ...mailed("AdminCreateUser") },
  },
  {
    call: "ConfirmSignUp",
    arrange: async (scene) => {
      await signUp(scene);
      const ConfirmationCode = await scene.house.codeFor(scene.contact.value);
      return () => scene.house.api.confirmSignUp({ ...proving(scene), ConfirmationCode });
    },
    reaches: { PostConfirmation_ConfirmSignUp: "clientMetadata" },
  },
  {
    call: "AdminConfirmSignUp",
    arrange: async (scene) => {
      await signUp(scene);
      return () => scene.house.api.adminConfirmSignUp(ofUser(scene));
    },
    reaches: { PostConfirmation_ConfirmSignUp: "clientMetadata" },
  },
  {
    call: "ResendConfirmationCode",
    arrange: async (scene) => {
      await signUp(scene);
      return () => scene.house.api.resendConfirmationCode(proving(scene));
    },
    reaches: mailed("ResendCode"),
  },
  {
    call: "ForgotPassword",
    arrange: async (scene) => {
      await person(scene);
      return () => scene.house.api.forgotPassword(proving(scene));
    },
    reaches: mailed("ForgotPassword"),
  },
  {
    call: "ForgotPassword, of nobody",
    arrange: (scene) => () => scene.house.api.forgotPassword(proving(scene)),
    reaches: { UserMigration_ForgotPassword: "clientMetadata" },
  },
  {
    call: "ConfirmForgotPassword",
    arrange: async (scene) => {
      await person(scene);
      await scene.house.api.forgotPassword(proving(scene));
      const ConfirmationCode = await scene.house.codeFor(scene.contact.value);
      const given = { ...proving(scene), ConfirmationCode, Password: "Another1!" };
      return () => scene.house.api.confirmForgotPassword(given);
    },
    reaches: { PostConfirmation_ConfirmForgotPassword: "clientMetadata" },
  },
  {
    call: "AdminResetUserPassword",
    arrange: async (scene) => {
      await person(scene);
      return () => scene.house.api.adminResetUserPassword(ofUser(scene));
    },
    reaches: mailed("ForgotPassword"),
  },
  {
    call: "UpdateUserAttributes",
    arrange: async (scene) => {
      const { AccessToken } = await tokensOf(scene);
      const UserAttributes = [{ Name: "email", Value: scene.contact.other }];
      return () => scene.house.api.updateUserAttributes({ AccessToken, UserAttributes, ClientMetadata });
    },
    reaches: mailed("UpdateUserAttribute"),
  },
  {
    call: "AdminUpdateUserAttributes",
    arrange: async (scene) => {
      await person(scene);
      const UserAttributes = [{ Name: "email", Value: scene.contact.other }];
      return () => scene.house.api.adminUpdateUserAttributes({ ...ofUser(scene), UserAttributes });
    },
    reaches: mailed("UpdateUserAttribute"),
  },
  {
    call: "GetUserAttributeVerificationCode",
    arrange: async (scene) => {
      const { AccessToken } = await tokensOf(scene);
      const given = { AccessToken, AttributeName: "email", ClientMetadata };
      return () => scene.house.api.getUserAttributeVerificationCode(given);
    },
    reaches: {
      CustomMessage_VerifyUserAttribute: "clientMetadata",
      CustomEmailSender_VerifyUserAttribute: "clientMetadata",
    },
  },
  {
    call: "InitiateAuth",
    arrange: async (scene) => {
      await person(scene);
      return () => signIn(scene);
    },
    reaches: {
      PreAuthentication_Authentication: "validationData",
      PostAuthentication_Authentication: "nowhere",
      TokenGeneration_Authentication: "nowhere",
    },
  },
  {
    call: "InitiateAuth, of nobody",
    arrange: (scene) => () => signIn(scene).catch(() => undefined),
    reaches: { UserMigration_Authentication: "validationData", PreAuthentication_Authentication: "validationData" },
  },
  {
    call: "InitiateAuth, for a second factor",
    arrange: async (scene) => {
      const { UserPoolId, name: Username } = scene;
      await person(scene);
      const EmailMfaSettings = { Enabled: true };
      await scene.house.api.adminSetUserMFAPreference({ UserPoolId, Username, EmailMfaSettings });
      return () => signIn(scene);
    },
    reaches: {
      PreAuthentication_Authentication: "validationData",
      CustomMessage_Authentication: "nowhere",
      CustomEmailSender_Authentication: "nowhere",
    },
  },
  {
    call: "AdminInitiateAuth",
    arrange: async (scene) => {
      await person(scene);
      return () =>
        scene.house.api.adminInitiateAuth({
          UserPoolId: scene.UserPoolId,
          ClientId: scene.ClientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: scene.name, PASSWORD: password },
          ClientMetadata,
        });
    },
    reaches: {
      PreAuthentication_Authentication: "validationData",
      PostAuthentication_Authentication: "nowhere",
      TokenGeneration_Authentication: "nowhere",
    },
  },
  {
    call: "InitiateAuth, of a custom flow",
    arrange: async (scene) => {
      await person(scene);
      return () => scene.house.api.initiateAuth(custom(scene));
    },
    reaches: {
      PreAuthentication_Authentication: "validationData",
      DefineAuthChallenge_Authentication: "nowhere",
      CreateAuthChallenge_Authentication: "nowhere",
    },
  },
  {
    call: "RespondToAuthChallenge, of a custom flow",
    arrange: async (scene) => {
      await person(scene);
      const { Session } = await scene.house.api.initiateAuth(custom(scene));
      const ChallengeResponses = { USERNAME: scene.name, ANSWER: "4" };
      const given = {
        ClientId: scene.ClientId,
        ChallengeName: "CUSTOM_CHALLENGE",
        Session,
        ChallengeResponses,
      } as const;
      return () => scene.house.api.respondToAuthChallenge({ ...given, ClientMetadata });
    },
    reaches: {
      VerifyAuthChallengeResponse_Authentication: "clientMetadata",
      DefineAuthChallenge_Authentication: "clientMetadata",
      PostAuthentication_Authentication: "clientMetadata",
      TokenGeneration_Authentication: "clientMetadata",
    },
  },
  {
    call: "AdminRespondToAuthChallenge",
    arrange: async (scene) => {
      const { house, UserPoolId, ClientId, name } = scene;
      await person(scene);
      await house.api.adminSetUserPassword({ UserPoolId, Username: name, Password: temporary, Permanent: false });
      const { Session } = await signIn(scene, temporary);
      const ChallengeResponses = { USERNAME: name, NEW_PASSWORD: password };
      const given = {
        UserPoolId,
        ClientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses,
      } as const;
      return () => house.api.adminRespondToAuthChallenge({ ...given, ClientMetadata });
    },
    reaches: {
      PostAuthentication_Authentication: "clientMetadata",
      TokenGeneration_NewPasswordChallenge: "clientMetadata",
    },
  },
  {
    call: "GetTokensFromRefreshToken",
    arrange: async (scene) => {
      const { RefreshToken, NewDeviceMetadata } = await tokensOf(scene);
      const given = { ClientId: scene.ClientId, RefreshToken, DeviceKey: NewDeviceMetadata?.DeviceKey };
      return () => scene.house.api.getTokensFromRefreshToken({ ...given, ClientMetadata });
    },
    reaches: { TokenGeneration_RefreshTokens: "clientMetadata" },
  },
];

const placeOf = ({ request }: Event): Place => {
  const given: Readonly<Record<string, unknown>> = { ...request };
  const is = (name: string): boolean => JSON.stringify(given[name]) === JSON.stringify(ClientMetadata);
  if (is("clientMetadata")) return "clientMetadata";
  return is("validationData") ? "validationData" : "nowhere";
};

describe("the metadata of a call", () => {
  it.each(rows.map((row, index) => [row.call, row, index] as const))("%s", async (_call, row, index) => {
    const { house, events } = stage;
    const scene = sceneOf(stage, {}, index);
    const call = await row.arrange(scene);
    await house.app.outbox.deliver();
    house.clock.advance(1);
    events.length = 0;
    await call();
    await house.app.outbox.deliver();
    const ours = events.filter(({ userName }) => userName === scene.name);
    expect(Object.fromEntries(ours.map((event) => [event.triggerSource, placeOf(event)]))).toEqual(row.reaches);
  });
});
