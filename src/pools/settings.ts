/** The settings of a pool: what is filled in when it is made, and what an update resets, keeps or replaces. */
import type {
  CreateUserPoolRequest,
  DcrConfigurationType,
  LambdaConfigType,
  PasswordPolicyType,
  UpdateUserPoolRequest,
  UserPoolPolicyType,
} from "../contract/types.gen.ts";
import { levelsOf } from "./assurance.ts";
import type { PoolSettings } from "./pool.ts";
import { newSchema } from "./schema.ts";

/** What both making and updating a pool may say. */
type Mutable = Omit<UpdateUserPoolRequest, "UserPoolId" | "PoolName">;

const defaultPasswordPolicy: PasswordPolicyType = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
};

const defaultValidityDays = 7;

/** How long a temporary password lives, whichever of its two members says so; 0 stands for the default. */
const validityDays = ({ AdminCreateUserConfig, Policies }: Mutable): number =>
  Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ||
  AdminCreateUserConfig?.UnusedAccountValidityDays ||
  defaultValidityDays;

/** The settings of a new pool. */
export const newSettings = (request: CreateUserPoolRequest): PoolSettings => ({
  ...mutableSettings(request),
  SchemaAttributes: newSchema(request.Schema ?? []),
  AliasAttributes: request.AliasAttributes,
  UsernameAttributes: request.UsernameAttributes,
  UsernameConfiguration: request.UsernameConfiguration,
  ...initialMfa(request),
});

/** A pool that is given MFA and an SMS configuration in one call sends its codes by SMS. */
const initialMfa = ({ MfaConfiguration = "OFF", SmsConfiguration }: Mutable): Pick<PoolSettings, "mfa"> =>
  MfaConfiguration !== "OFF" && SmsConfiguration ? { mfa: { sms: true } } : {};

/** The members that an update leaves as they are when it does not name them. Unconfirmed but for registration. */
export const keptSettings = (settings: PoolSettings, request: UpdateUserPoolRequest) => ({
  UserPoolTier: request.UserPoolTier ?? settings.UserPoolTier,
  DcrConfiguration: request.DcrConfiguration ?? settings.DcrConfiguration,
  KeyConfiguration: request.KeyConfiguration ?? settings.KeyConfiguration,
  IssuerConfiguration: request.IssuerConfiguration ?? settings.IssuerConfiguration,
  AcrConfiguration: request.AcrConfiguration ?? settings.AcrConfiguration,
});

/**
 * The settings after an update: members that the request leaves out go back to their defaults, but for those that only
 * the making of a pool can set and the few that the service keeps. Source: Cognito API reference, UpdateUserPool.
 */
export function updatedSettings(settings: PoolSettings, request: UpdateUserPoolRequest): PoolSettings {
  const { SchemaAttributes, AliasAttributes, UsernameAttributes, UsernameConfiguration } = settings;
  return {
    ...mutableSettings({
      ...request,
      ...keptSettings(settings, request),
    }),
    SchemaAttributes,
    AliasAttributes,
    UsernameAttributes,
    UsernameConfiguration,
    ...(settings.mfa ? { mfa: settings.mfa } : initialMfa(request)),
    ...(settings.sessions && { sessions: settings.sessions }),
    ...(settings.logs && { logs: settings.logs }),
    ...(settings.pages && { pages: settings.pages }),
  };
}

type Immutable =
  | "SchemaAttributes"
  | "AliasAttributes"
  | "UsernameAttributes"
  | "UsernameConfiguration"
  | "mfa"
  | "sessions"
  | "logs"
  | "pages";

function mutableSettings(request: Mutable): Omit<PoolSettings, Immutable> {
  return {
    Policies: policies(request),
    DeletionProtection: request.DeletionProtection ?? "INACTIVE",
    LambdaConfig: lambdaConfig(request.LambdaConfig ?? {}),
    AutoVerifiedAttributes: nonEmpty(request.AutoVerifiedAttributes),
    ...messageTemplates(request),
    SmsAuthenticationMessage: request.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: {
      AttributesRequireVerificationBeforeUpdate:
        request.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [],
    },
    MfaConfiguration: request.MfaConfiguration ?? "OFF",
    DeviceConfiguration: request.DeviceConfiguration,
    EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT", ...request.EmailConfiguration },
    SmsConfiguration: request.SmsConfiguration,
    UserPoolTags: request.UserPoolTags ?? {},
    AdminCreateUserConfig: {
      ...request.AdminCreateUserConfig,
      AllowAdminCreateUserOnly: request.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
      // The deprecated mirror of the days that a temporary password lives.
      UnusedAccountValidityDays: validityDays(request),
    },
    UserPoolAddOns: request.UserPoolAddOns,
    AccountRecoverySetting: request.AccountRecoverySetting ?? {
      RecoveryMechanisms: [
        { Priority: 1, Name: "verified_email" },
        { Priority: 2, Name: "verified_phone_number" },
      ],
    },
    UserPoolTier: request.UserPoolTier ?? "ESSENTIALS",
    DcrConfiguration: registration(request.DcrConfiguration),
    KeyConfiguration: request.KeyConfiguration,
    IssuerConfiguration: request.IssuerConfiguration,
    AcrConfiguration: request.AcrConfiguration && levelsOf(request.AcrConfiguration),
  };
}

/** Clients that register themselves: a configuration in part is switched on. Source: Cognito API reference, DcrConfigurationType. */
const registration = (requested: DcrConfigurationType | undefined): DcrConfigurationType | undefined =>
  requested && {
    ...requested,
    EnableStatus: requested.EnableStatus ?? "Enabled",
    OpenDcrEnabled: requested.OpenDcrEnabled ?? false,
    AuthenticatedGrantTypes: requested.AuthenticatedGrantTypes ?? ["code", "client_credentials"],
    OpenDcrGrantTypes: requested.OpenDcrGrantTypes ?? ["code"],
  };

const nonEmpty = <Item>(items: Item[] | undefined): Item[] | undefined => (items?.length ? items : undefined);

/** A policy that is given in part has the rest switched off, not at its default. Source: as measured by providers. */
function policies(request: Mutable): UserPoolPolicyType {
  const policy = request.Policies?.PasswordPolicy;
  const TemporaryPasswordValidityDays = validityDays(request);
  return {
    PasswordPolicy: policy
      ? {
          MinimumLength: policy.MinimumLength ?? 8,
          RequireUppercase: policy.RequireUppercase ?? false,
          RequireLowercase: policy.RequireLowercase ?? false,
          RequireNumbers: policy.RequireNumbers ?? false,
          RequireSymbols: policy.RequireSymbols ?? false,
          PasswordHistorySize: policy.PasswordHistorySize || undefined,
          TemporaryPasswordValidityDays,
        }
      : { ...defaultPasswordPolicy, TemporaryPasswordValidityDays },
    SignInPolicy: { AllowedFirstAuthFactors: request.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"] },
  };
}

/** The token trigger has an old and a new member; setting either shows both. */
function lambdaConfig(requested: LambdaConfigType): LambdaConfigType {
  const arn = requested.PreTokenGenerationConfig?.LambdaArn ?? requested.PreTokenGeneration;
  if (arn === undefined) return requested;
  return {
    ...requested,
    PreTokenGeneration: arn,
    PreTokenGenerationConfig: requested.PreTokenGenerationConfig ?? { LambdaVersion: "V1_0", LambdaArn: arn },
  };
}

type Templates = Pick<
  PoolSettings,
  "SmsVerificationMessage" | "EmailVerificationMessage" | "EmailVerificationSubject" | "VerificationMessageTemplate"
>;

/** Verification texts stand in three old members and in a template; each shows what the other was given. */
function messageTemplates(request: Mutable): Templates {
  const template = request.VerificationMessageTemplate ?? {};
  const SmsMessage = template.SmsMessage ?? request.SmsVerificationMessage;
  const EmailMessage = template.EmailMessage ?? request.EmailVerificationMessage;
  const EmailSubject = template.EmailSubject ?? request.EmailVerificationSubject;
  return {
    SmsVerificationMessage: SmsMessage,
    EmailVerificationMessage: EmailMessage,
    EmailVerificationSubject: EmailSubject,
    VerificationMessageTemplate: {
      ...template,
      SmsMessage,
      EmailMessage,
      EmailSubject,
      DefaultEmailOption: template.DefaultEmailOption ?? "CONFIRM_WITH_CODE",
    },
  };
}
