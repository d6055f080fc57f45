/**
 * What the settings of a pool must agree in: an ordered list of small checks, each with Cognito's own sentence.
 * Source: Cognito API reference, CreateUserPool, and messages as measured against the service. Unconfirmed: the
 * sentences on threat protection, registration, levels of assurance, keys, invitations and tags, and those on features
 * that keep a pool from a lower tier.
 */
import { ApiError, type ErrorName } from "../contract/errors.ts";
import type { CreateUserPoolRequest, LogConfigurationType } from "../contract/types.gen.ts";
import { hasNameOutsideUrls, hasSharedName, hasUnknownLevel } from "./assurance.ts";
import type { MfaSettings } from "./mfa.ts";
import type { PoolSessionSettings } from "./session-settings.ts";
import { tagFault } from "./tags.ts";

/** What is looked at: the request, with what only the making of a pool may say. */
export interface PoolRequest extends Omit<CreateUserPoolRequest, "PoolName"> {
  /** What an update leaves as it is. */
  readonly mfa?: MfaSettings | undefined;
  readonly sessions?: PoolSessionSettings | undefined;
  readonly logs?: readonly LogConfigurationType[] | undefined;
}

interface Rule {
  readonly breaks: (request: PoolRequest, region: string) => boolean;
  readonly message: string | ((request: PoolRequest, region: string) => string);
  readonly name?: ErrorName;
}

const tierName = "FeatureUnavailableInTierException";
const tierSentence = (feature: string, tier = "LITE"): string =>
  `The following features need to be disabled for the ${tier} pricing tier configured: ${feature}`;

const hasSms = (request: PoolRequest): boolean => request.SmsConfiguration?.SnsCallerArn !== undefined;
const hasOtherFactor = ({ mfa }: PoolRequest): boolean =>
  mfa?.softwareToken?.Enabled === true || mfa?.email !== undefined;
const recovery = (request: PoolRequest) => request.AccountRecoverySetting?.RecoveryMechanisms ?? [];
const firstFactors = (request: PoolRequest) => request.Policies?.SignInPolicy?.AllowedFirstAuthFactors;
const autoVerified = (request: PoolRequest) => request.AutoVerifiedAttributes ?? [];
const tokenTrigger = (request: PoolRequest) => request.LambdaConfig?.PreTokenGenerationConfig;

/** Every ARN of a trigger. */
function triggerArns({ LambdaConfig = {} }: PoolRequest): string[] {
  const { KMSKeyID: _key, ...triggers } = LambdaConfig;
  return Object.values(triggers)
    .map((trigger) => (typeof trigger === "string" ? trigger : trigger?.LambdaArn))
    .filter((arn) => arn !== undefined);
}

/** Regions whose mail every region may send, beside its own. Source: Cognito developer guide, email settings. */
const oldestSenderRegions = ["us-east-1", "us-west-2", "eu-west-1"];

const senderRegions = (region: string): string[] => [...new Set([...oldestSenderRegions, region])];

const isSenderNear = (arn: string | undefined, region: string): boolean =>
  arn === undefined || senderRegions(region).includes(arn.split(":")[3] ?? "");

const repeats = (values: readonly unknown[]): boolean => new Set(values).size < values.length;

const rules: readonly Rule[] = [
  {
    breaks: ({ AliasAttributes, UsernameAttributes }) => !!AliasAttributes?.length && !!UsernameAttributes?.length,
    message: "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.",
  },
  {
    breaks: ({ AdminCreateUserConfig, Policies }) =>
      AdminCreateUserConfig?.UnusedAccountValidityDays !== undefined &&
      Policies?.PasswordPolicy?.TemporaryPasswordValidityDays !== undefined &&
      AdminCreateUserConfig.UnusedAccountValidityDays !== Policies.PasswordPolicy.TemporaryPasswordValidityDays,
    message: "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
  },
  {
    breaks: (request) => autoVerified(request).includes("phone_number") && !hasSms(request),
    message: "SMS configuration is required when phone_number is selected for auto verification",
  },
  {
    breaks: (request) => (request.MfaConfiguration ?? "OFF") !== "OFF" && !hasSms(request) && !hasOtherFactor(request),
    message: "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
  },
  {
    breaks: (request) =>
      (request.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? []).some(
        (name) => !autoVerified(request).includes(name),
      ),
    message: "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes",
  },
  {
    breaks: (request) => recovery(request).length > 1 && recovery(request).some(({ Name }) => Name === "admin_only"),
    message: "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.",
  },
  {
    breaks: (request) =>
      repeats(recovery(request).map(({ Name }) => Name)) || repeats(recovery(request).map(({ Priority }) => Priority)),
    message: "Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.",
  },
  {
    breaks: (request) => firstFactors(request)?.includes("PASSWORD") === false,
    message: "Password should be configured as one of the allowed first auth factors.",
  },
  {
    // The contract lists it, and no flow begins with it. Text unconfirmed.
    breaks: (request) => firstFactors(request)?.includes("SOFTWARE_TOKEN") === true,
    message: "SOFTWARE_TOKEN cannot be one of the allowed first auth factors.",
  },
  {
    breaks: (request) => request.UserPoolTier === "LITE" && (firstFactors(request)?.length ?? 0) > 1,
    message: tierSentence("Passwordless Sign-In"),
    name: tierName,
  },
  {
    breaks: (request) => request.UserPoolTier === "LITE" && (tokenTrigger(request)?.LambdaVersion ?? "V1_0") !== "V1_0",
    message: (request) =>
      tierSentence(`Token Customization with Pre-Token Generation Lambda ${tokenTrigger(request)?.LambdaVersion}`),
    name: tierName,
  },
  {
    breaks: ({ UserPoolTier = "ESSENTIALS", UserPoolAddOns }) =>
      UserPoolTier !== "PLUS" && (UserPoolAddOns?.AdvancedSecurityMode ?? "OFF") !== "OFF",
    message: ({ UserPoolTier = "ESSENTIALS" }) => tierSentence("Threat Protection", UserPoolTier),
    name: tierName,
  },
  {
    breaks: (request) =>
      request.UserPoolTier === "LITE" && (request.Policies?.PasswordPolicy?.PasswordHistorySize ?? 0) > 0,
    message: tierSentence("Password History"),
    name: tierName,
  },
  {
    breaks: ({ UserPoolTier, mfa }) => UserPoolTier === "LITE" && mfa?.email !== undefined,
    message: tierSentence("Email MFA"),
    name: tierName,
  },
  {
    breaks: ({ UserPoolTier, sessions }) => UserPoolTier === "LITE" && sessions?.isTracking === true,
    message: tierSentence("Session Management"),
    name: tierName,
  },
  {
    breaks: ({ UserPoolTier = "ESSENTIALS", logs = [] }) =>
      UserPoolTier !== "PLUS" && logs.some(({ EventSource }) => EventSource === "userAuthEvents"),
    message: ({ UserPoolTier = "ESSENTIALS" }) => tierSentence("Log Streaming", UserPoolTier),
    name: tierName,
  },
  {
    breaks: ({ UserPoolTier, DcrConfiguration }) =>
      UserPoolTier === "LITE" &&
      DcrConfiguration !== undefined &&
      (DcrConfiguration.EnableStatus ?? "Enabled") === "Enabled",
    message: tierSentence("Dynamic Client Registration"),
    name: tierName,
  },
  {
    breaks: ({ UserPoolTier, AcrConfiguration }) => UserPoolTier === "LITE" && AcrConfiguration !== undefined,
    message: tierSentence("ACR Configuration"),
    name: tierName,
  },
  {
    breaks: ({ AcrConfiguration = {} }) => hasUnknownLevel(AcrConfiguration),
    message: "AcrConfiguration levels must be Level1, Level2, Level3 or Level4.",
  },
  {
    breaks: ({ AcrConfiguration = {} }) => hasNameOutsideUrls(AcrConfiguration),
    message: "An AcrValue can hold only characters that are valid in a URL or a URN.",
  },
  {
    breaks: ({ AcrConfiguration = {} }) => hasSharedName(AcrConfiguration),
    message: "Each AcrValue must be unique across all levels.",
  },
  {
    breaks: ({ KeyConfiguration: key = {} }) => key.KeyType === "CUSTOMER_MANAGED_KEY" && key.KmsKeyArn === undefined,
    message: "KmsKeyArn is required when KeyType is CUSTOMER_MANAGED_KEY.",
  },
  {
    breaks: ({ KeyConfiguration: key = {} }) => key.KeyType !== "CUSTOMER_MANAGED_KEY" && key.KmsKeyArn !== undefined,
    message: "KmsKeyArn can be given only when KeyType is CUSTOMER_MANAGED_KEY.",
  },
  {
    breaks: ({ KeyConfiguration: key = {} }, region) =>
      key.KmsKeyArn !== undefined && !key.KmsKeyArn.startsWith(`arn:aws:kms:${region}:`),
    message: "KmsKeyArn must be the ARN of a KMS key in the region of the user pool.",
  },
  {
    breaks: ({ LambdaConfig = {} }) =>
      (LambdaConfig.CustomEmailSender ?? LambdaConfig.CustomSMSSender) !== undefined &&
      LambdaConfig.KMSKeyID === undefined,
    message: "KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.",
  },
  {
    breaks: ({ LambdaConfig = {} }) =>
      LambdaConfig.PreTokenGeneration !== undefined &&
      LambdaConfig.PreTokenGenerationConfig !== undefined &&
      LambdaConfig.PreTokenGeneration !== LambdaConfig.PreTokenGenerationConfig.LambdaArn,
    message: "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
  },
  {
    breaks: (request, region) => triggerArns(request).some((arn) => arn.split(":")[3] !== region),
    message: "Cross-region lambda functions are not supported",
  },
  {
    breaks: ({ EmailConfiguration }) =>
      EmailConfiguration?.EmailSendingAccount === "DEVELOPER" && EmailConfiguration.SourceArn === undefined,
    message: "Source ARN is required to use DEVELOPER email sending owner",
  },
  {
    breaks: ({ EmailConfiguration }) =>
      EmailConfiguration?.From !== undefined && !/^[^@]*<?[^@\s<>]+@[^@\s<>]+>?$/.test(EmailConfiguration.From),
    message: "Provided From email address is invalid",
  },
  {
    breaks: ({ EmailConfiguration }, region) => !isSenderNear(EmailConfiguration?.SourceArn, region),
    message: (_request, region) =>
      `Provided SourceArn must be in one of the following SES regions: ${senderRegions(region).join(", ")}.`,
  },
  {
    breaks: ({ AdminCreateUserConfig }) =>
      [
        AdminCreateUserConfig?.InviteMessageTemplate?.EmailMessage,
        AdminCreateUserConfig?.InviteMessageTemplate?.SMSMessage,
      ].some((text) => text !== undefined && !(text.includes("{username}") && text.includes("{####}"))),
    message: "The invitation message must contain the placeholders {username} and {####}.",
  },
  {
    breaks: ({ SmsConfiguration }, region) => (SmsConfiguration?.SnsRegion ?? region) !== region,
    message: (_request, region) => `Invalid snsRegion. Allowed SNS region for ${region} is ${region}`,
  },
  {
    breaks: ({ UserPoolTags = {} }) => tagFault(UserPoolTags) !== undefined,
    message: ({ UserPoolTags = {} }) => tagFault(UserPoolTags) ?? "",
    name: "UserPoolTaggingException",
  },
];

/** Checks what the members of a request must agree in. @throws the first rule that is broken. */
export function checkPoolRules(request: PoolRequest, region: string): void {
  for (const { breaks, message, name = "InvalidParameterException" } of rules) {
    if (breaks(request, region)) {
      throw new ApiError(name, typeof message === "string" ? message : message(request, region));
    }
  }
}
