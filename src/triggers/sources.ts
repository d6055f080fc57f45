/**
 * Every occasion on which a pool's function is called, by the function: the `triggerSource` of its events.
 * Source: Cognito developer guide, the tables of trigger sources.
 */
import type { LambdaConfigType } from "../contract/types.gen.ts";

/** The triggers by the names that messages use. */
export type TriggerName = Exclude<keyof LambdaConfigType, "KMSKeyID" | "PreTokenGenerationConfig">;

/** What each trigger may be called for. Nothing else can be named as the source of an event. */
export const triggerSources = {
  PreSignUp: ["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"],
  PostConfirmation: ["PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword"],
  PreAuthentication: ["PreAuthentication_Authentication"],
  PostAuthentication: ["PostAuthentication_Authentication"],
  DefineAuthChallenge: ["DefineAuthChallenge_Authentication"],
  CreateAuthChallenge: ["CreateAuthChallenge_Authentication"],
  VerifyAuthChallengeResponse: ["VerifyAuthChallengeResponse_Authentication"],
  PreTokenGeneration: [
    "TokenGeneration_HostedAuth",
    "TokenGeneration_Authentication",
    "TokenGeneration_NewPasswordChallenge",
    "TokenGeneration_AuthenticateDevice",
    "TokenGeneration_RefreshTokens",
    "TokenGeneration_ClientCredentials",
  ],
  UserMigration: ["UserMigration_Authentication", "UserMigration_ForgotPassword"],
  CustomMessage: [
    "CustomMessage_SignUp",
    "CustomMessage_ResendCode",
    "CustomMessage_ForgotPassword",
    "CustomMessage_AdminCreateUser",
    "CustomMessage_UpdateUserAttribute",
    "CustomMessage_VerifyUserAttribute",
    "CustomMessage_Authentication",
  ],
  CustomSMSSender: [
    "CustomSMSSender_SignUp",
    "CustomSMSSender_ResendCode",
    "CustomSMSSender_ForgotPassword",
    "CustomSMSSender_AdminCreateUser",
    "CustomSMSSender_UpdateUserAttribute",
    "CustomSMSSender_VerifyUserAttribute",
    "CustomSMSSender_Authentication",
  ],
  CustomEmailSender: [
    "CustomEmailSender_SignUp",
    "CustomEmailSender_ResendCode",
    "CustomEmailSender_ForgotPassword",
    "CustomEmailSender_AdminCreateUser",
    "CustomEmailSender_UpdateUserAttribute",
    "CustomEmailSender_VerifyUserAttribute",
    "CustomEmailSender_Authentication",
    "CustomEmailSender_AccountTakeOverNotification",
  ],
  InboundFederation: ["InboundFederation_ExternalProvider"],
} as const satisfies Readonly<Record<TriggerName, readonly string[]>>;

/** A trigger and an occasion, such as `PreSignUp_SignUp`. */
export type TriggerSource = (typeof triggerSources)[TriggerName][number];
