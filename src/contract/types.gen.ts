// Made by tools/contract.ts from service.json and patches.json. Do not edit.

export interface AccountRecoverySettingType {
  RecoveryMechanisms?: RecoveryOptionType[] | undefined;
}

export interface AccountTakeoverActionType {
  Notify: boolean;
  EventAction: AccountTakeoverEventActionType;
}

export interface AccountTakeoverActionsType {
  LowAction?: AccountTakeoverActionType | undefined;
  MediumAction?: AccountTakeoverActionType | undefined;
  HighAction?: AccountTakeoverActionType | undefined;
}

export type AccountTakeoverEventActionType = "BLOCK" | "MFA_IF_CONFIGURED" | "MFA_REQUIRED" | "NO_ACTION";

export interface AccountTakeoverRiskConfigurationType {
  NotifyConfiguration?: NotifyConfigurationType | undefined;
  Actions: AccountTakeoverActionsType;
}

export interface AcrLevelConfigType {
  AcrValue: string;
}

export interface AddCustomAttributesRequest {
  UserPoolId: string;
  CustomAttributes: SchemaAttributeType[];
}

export type AddCustomAttributesResponse = Record<string, never>;

export interface AddUserPoolClientSecretRequest {
  UserPoolId: string;
  ClientId: string;
  ClientSecret?: string | undefined;
}

export interface AddUserPoolClientSecretResponse {
  ClientSecretDescriptor?: ClientSecretDescriptorType | undefined;
}

export interface AdminAddUserToGroupRequest {
  UserPoolId: string;
  Username: string;
  GroupName: string;
}

export interface AdminConfirmSignUpRequest {
  UserPoolId: string;
  Username: string;
  ClientMetadata?: Record<string, string> | undefined;
}

export type AdminConfirmSignUpResponse = Record<string, never>;

export interface AdminCreateUserConfigType {
  AllowAdminCreateUserOnly?: boolean | undefined;
  UnusedAccountValidityDays?: number | undefined;
  InviteMessageTemplate?: MessageTemplateType | undefined;
}

export interface AdminCreateUserRequest {
  UserPoolId: string;
  Username: string;
  UserAttributes?: AttributeType[] | undefined;
  ValidationData?: AttributeType[] | undefined;
  TemporaryPassword?: string | undefined;
  ForceAliasCreation?: boolean | undefined;
  MessageAction?: MessageActionType | undefined;
  DesiredDeliveryMediums?: DeliveryMediumType[] | undefined;
  ClientMetadata?: Record<string, string> | undefined;
}

export interface AdminCreateUserResponse {
  User?: UserType | undefined;
}

export interface AdminDeleteSoftwareTokenRequest {
  UserPoolId: string;
  Username: string;
}

export type AdminDeleteSoftwareTokenResponse = Record<string, never>;

export interface AdminDeleteUserAttributesRequest {
  UserPoolId: string;
  Username: string;
  UserAttributeNames: string[];
}

export type AdminDeleteUserAttributesResponse = Record<string, never>;

export interface AdminDeleteUserRequest {
  UserPoolId: string;
  Username: string;
}

export interface AdminDisableProviderForUserRequest {
  UserPoolId: string;
  User: ProviderUserIdentifierType;
}

export type AdminDisableProviderForUserResponse = Record<string, never>;

export interface AdminDisableUserRequest {
  UserPoolId: string;
  Username: string;
}

export type AdminDisableUserResponse = Record<string, never>;

export interface AdminEnableUserRequest {
  UserPoolId: string;
  Username: string;
}

export type AdminEnableUserResponse = Record<string, never>;

export interface AdminForgetDeviceRequest {
  UserPoolId: string;
  Username: string;
  DeviceKey: string;
}

export interface AdminGetDeviceRequest {
  DeviceKey: string;
  UserPoolId: string;
  Username: string;
}

export interface AdminGetDeviceResponse {
  Device: DeviceType;
}

export interface AdminGetUserAuthFactorsRequest {
  UserPoolId: string;
  Username: string;
}

export interface AdminGetUserAuthFactorsResponse {
  Username?: string | undefined;
  PreferredMfaSetting?: string | undefined;
  UserMFASettingList?: string[] | undefined;
  ConfiguredUserAuthFactors?: AuthFactorType[] | undefined;
}

export interface AdminGetUserRequest {
  UserPoolId: string;
  Username: string;
}

export interface AdminGetUserResponse {
  Username: string;
  UserAttributes?: AttributeType[] | undefined;
  UserCreateDate?: Date | undefined;
  UserLastModifiedDate?: Date | undefined;
  Enabled?: boolean | undefined;
  UserStatus?: UserStatusType | undefined;
  MFAOptions?: MFAOptionType[] | undefined;
  PreferredMfaSetting?: string | undefined;
  UserMFASettingList?: string[] | undefined;
}

export interface AdminInitiateAuthRequest {
  UserPoolId: string;
  ClientId: string;
  AuthFlow: AuthFlowType;
  AuthParameters?: Record<string, string> | undefined;
  ClientMetadata?: Record<string, string> | undefined;
  AnalyticsMetadata?: AnalyticsMetadataType | undefined;
  ContextData?: ContextDataType | undefined;
  Session?: string | undefined;
}

export interface AdminInitiateAuthResponse {
  ChallengeName?: ChallengeNameType | undefined;
  Session?: string | undefined;
  ChallengeParameters?: Record<string, string> | undefined;
  AuthenticationResult?: AuthenticationResultType | undefined;
  AvailableChallenges?: ChallengeNameType[] | undefined;
}

export interface AdminLinkProviderForUserRequest {
  UserPoolId: string;
  DestinationUser: ProviderUserIdentifierType;
  SourceUser: ProviderUserIdentifierType;
}

export type AdminLinkProviderForUserResponse = Record<string, never>;

export interface AdminListDevicesRequest {
  UserPoolId: string;
  Username: string;
  Limit?: number | undefined;
  PaginationToken?: string | undefined;
}

export interface AdminListDevicesResponse {
  Devices?: DeviceType[] | undefined;
  PaginationToken?: string | undefined;
}

export interface AdminListGroupsForUserRequest {
  Username: string;
  UserPoolId: string;
  Limit?: number | undefined;
  NextToken?: string | undefined;
}

export interface AdminListGroupsForUserResponse {
  Groups?: GroupType[] | undefined;
  NextToken?: string | undefined;
}

export interface AdminListUserAuthEventsRequest {
  UserPoolId: string;
  Username: string;
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

export interface AdminListUserAuthEventsResponse {
  AuthEvents?: AuthEventType[] | undefined;
  NextToken?: string | undefined;
}

export interface AdminListUserSessionsRequest {
  UserPoolId: string;
  Username: string;
  NextToken?: string | undefined;
}

export interface AdminListUserSessionsResponse {
  Sessions?: SessionDescriptionType[] | undefined;
  NextToken?: string | undefined;
}

export interface AdminRemoveUserFromGroupRequest {
  UserPoolId: string;
  Username: string;
  GroupName: string;
}

export interface AdminResetUserPasswordRequest {
  UserPoolId: string;
  Username: string;
  ClientMetadata?: Record<string, string> | undefined;
}

export type AdminResetUserPasswordResponse = Record<string, never>;

export interface AdminRespondToAuthChallengeRequest {
  UserPoolId: string;
  ClientId: string;
  ChallengeName: ChallengeNameType;
  ChallengeResponses?: Record<string, string> | undefined;
  Session?: string | undefined;
  AnalyticsMetadata?: AnalyticsMetadataType | undefined;
  ContextData?: ContextDataType | undefined;
  ClientMetadata?: Record<string, string> | undefined;
}

export interface AdminRespondToAuthChallengeResponse {
  ChallengeName?: ChallengeNameType | undefined;
  Session?: string | undefined;
  ChallengeParameters?: Record<string, string> | undefined;
  AuthenticationResult?: AuthenticationResultType | undefined;
  AvailableChallenges?: ChallengeNameType[] | undefined;
}

export interface AdminRevokeUserSessionRequest {
  UserPoolId: string;
  Username: string;
  SessionId: string;
  RevokeAssociatedSessions?: RevokeAssociatedSessionsType | undefined;
}

export type AdminRevokeUserSessionResponse = Record<string, never>;

export interface AdminSetUserMFAPreferenceRequest {
  SMSMfaSettings?: SMSMfaSettingsType | undefined;
  SoftwareTokenMfaSettings?: SoftwareTokenMfaSettingsType | undefined;
  EmailMfaSettings?: EmailMfaSettingsType | undefined;
  WebAuthnMfaSettings?: WebAuthnMfaSettingsType | undefined;
  Username: string;
  UserPoolId: string;
}

export type AdminSetUserMFAPreferenceResponse = Record<string, never>;

export interface AdminSetUserPasswordRequest {
  UserPoolId: string;
  Username: string;
  Password: string;
  Permanent?: boolean | undefined;
}

export type AdminSetUserPasswordResponse = Record<string, never>;

export interface AdminSetUserSettingsRequest {
  UserPoolId: string;
  Username: string;
  MFAOptions: MFAOptionType[];
}

export type AdminSetUserSettingsResponse = Record<string, never>;

export interface AdminUpdateAuthEventFeedbackRequest {
  UserPoolId: string;
  Username: string;
  EventId: string;
  FeedbackValue: FeedbackValueType;
}

export type AdminUpdateAuthEventFeedbackResponse = Record<string, never>;

export interface AdminUpdateDeviceStatusRequest {
  UserPoolId: string;
  Username: string;
  DeviceKey: string;
  DeviceRememberedStatus?: DeviceRememberedStatusType | undefined;
}

export type AdminUpdateDeviceStatusResponse = Record<string, never>;

export interface AdminUpdateUserAttributesRequest {
  UserPoolId: string;
  Username: string;
  UserAttributes: AttributeType[];
  ClientMetadata?: Record<string, string> | undefined;
}

export type AdminUpdateUserAttributesResponse = Record<string, never>;

export interface AdminUserGlobalSignOutRequest {
  UserPoolId: string;
  Username: string;
}

export type AdminUserGlobalSignOutResponse = Record<string, never>;

export interface AdvancedSecurityAdditionalFlowsType {
  CustomAuthMode?: AdvancedSecurityEnabledModeType | undefined;
}

export type AdvancedSecurityEnabledModeType = "AUDIT" | "ENFORCED";

export type AdvancedSecurityModeType = "OFF" | "AUDIT" | "ENFORCED";

export type AliasAttributeType = "phone_number" | "email" | "preferred_username";

export interface AnalyticsConfigurationType {
  ApplicationId?: string | undefined;
  ApplicationArn?: string | undefined;
  RoleArn?: string | undefined;
  ExternalId?: string | undefined;
  UserDataShared?: boolean | undefined;
}

export interface AnalyticsMetadataType {
  AnalyticsEndpointId?: string | undefined;
}

export type AssetCategoryType = "FAVICON_ICO" | "FAVICON_SVG" | "EMAIL_GRAPHIC" | "SMS_GRAPHIC" | "AUTH_APP_GRAPHIC" | "PASSWORD_GRAPHIC" | "PASSKEY_GRAPHIC" | "PAGE_HEADER_LOGO" | "PAGE_HEADER_BACKGROUND" | "PAGE_FOOTER_LOGO" | "PAGE_FOOTER_BACKGROUND" | "PAGE_BACKGROUND" | "FORM_BACKGROUND" | "FORM_LOGO" | "IDP_BUTTON_ICON";

export type AssetExtensionType = "ICO" | "JPEG" | "PNG" | "SVG" | "WEBP";

export interface AssetType {
  Category: AssetCategoryType;
  ColorMode: ColorSchemeModeType;
  Extension: AssetExtensionType;
  Bytes?: Uint8Array | undefined;
  ResourceId?: string | undefined;
}

export interface AssociateSoftwareTokenRequest {
  AccessToken?: string | undefined;
  Session?: string | undefined;
}

export interface AssociateSoftwareTokenResponse {
  SecretCode?: string | undefined;
  Session?: string | undefined;
}

export type AttributeDataType = "String" | "Number" | "DateTime" | "Boolean";

export interface AttributeType {
  Name: string;
  Value?: string | undefined;
}

export interface AuthEventType {
  EventId?: string | undefined;
  EventType?: EventType | undefined;
  CreationDate?: Date | undefined;
  EventResponse?: EventResponseType | undefined;
  EventRisk?: EventRiskType | undefined;
  ChallengeResponses?: ChallengeResponseType[] | undefined;
  EventContextData?: EventContextDataType | undefined;
  EventFeedback?: EventFeedbackType | undefined;
}

export type AuthFactorType = "PASSWORD" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN" | "SOFTWARE_TOKEN";

export type AuthFlowType = "USER_SRP_AUTH" | "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN" | "CUSTOM_AUTH" | "ADMIN_NO_SRP_AUTH" | "USER_PASSWORD_AUTH" | "ADMIN_USER_PASSWORD_AUTH" | "USER_AUTH";

export interface AuthenticationResultType {
  AccessToken?: string | undefined;
  ExpiresIn?: number | undefined;
  TokenType?: string | undefined;
  RefreshToken?: string | undefined;
  IdToken?: string | undefined;
  NewDeviceMetadata?: NewDeviceMetadataType | undefined;
}

export type ChallengeName = "Password" | "Mfa";

export type ChallengeNameType = "SMS_MFA" | "EMAIL_OTP" | "SOFTWARE_TOKEN_MFA" | "SELECT_MFA_TYPE" | "MFA_SETUP" | "PASSWORD_VERIFIER" | "CUSTOM_CHALLENGE" | "SELECT_CHALLENGE" | "DEVICE_SRP_AUTH" | "DEVICE_PASSWORD_VERIFIER" | "ADMIN_NO_SRP_AUTH" | "NEW_PASSWORD_REQUIRED" | "SMS_OTP" | "PASSWORD" | "WEB_AUTHN" | "PASSWORD_SRP";

export type ChallengeResponse = "Success" | "Failure";

export interface ChallengeResponseType {
  ChallengeName?: ChallengeName | undefined;
  ChallengeResponse?: ChallengeResponse | undefined;
}

export interface ChangePasswordRequest {
  PreviousPassword?: string | undefined;
  ProposedPassword: string;
  AccessToken: string;
}

export type ChangePasswordResponse = Record<string, never>;

export interface ClientAuthenticationResultType {
  AccessToken?: string | undefined;
  ExpiresIn?: number | undefined;
  TokenType?: string | undefined;
}

export interface ClientSSOSessionConfigType {
  MaxValidityMinutes: number;
}

export interface ClientSecretDescriptorType {
  ClientSecretId?: string | undefined;
  ClientSecretValue?: string | undefined;
  ClientSecretCreateDate?: Date | undefined;
}

export type ClientTypeType = "DCR" | "REGULAR";

export interface CloudWatchLogsConfigurationType {
  LogGroupArn?: string | undefined;
}

export interface CodeDeliveryDetailsType {
  Destination?: string | undefined;
  DeliveryMedium?: DeliveryMediumType | undefined;
  AttributeName?: string | undefined;
}

export type ColorSchemeModeType = "LIGHT" | "DARK" | "DYNAMIC";

export interface CompleteWebAuthnRegistrationRequest {
  AccessToken: string;
  Credential: unknown;
}

export type CompleteWebAuthnRegistrationResponse = Record<string, never>;

export interface CompromisedCredentialsActionsType {
  EventAction: CompromisedCredentialsEventActionType;
}

export type CompromisedCredentialsEventActionType = "BLOCK" | "NO_ACTION";

export interface CompromisedCredentialsRiskConfigurationType {
  EventFilter?: EventFilterType[] | undefined;
  Actions: CompromisedCredentialsActionsType;
}

export interface ConfirmDeviceRequest {
  AccessToken: string;
  DeviceKey: string;
  DeviceSecretVerifierConfig?: DeviceSecretVerifierConfigType | undefined;
  DeviceName?: string | undefined;
}

export interface ConfirmDeviceResponse {
  UserConfirmationNecessary?: boolean | undefined;
}

export interface ConfirmForgotPasswordRequest {
  ClientId: string;
  SecretHash?: string | undefined;
  Username: string;
  ConfirmationCode: string;
  Password: string;
  AnalyticsMetadata?: AnalyticsMetadataType | undefined;
  UserContextData?: UserContextDataType | undefined;
  ClientMetadata?: Record<string, string> | undefined;
}

export type ConfirmForgotPasswordResponse = Record<string, never>;

export interface ConfirmSignUpRequest {
  ClientId: string;
  SecretHash?: string | undefined;
  Username: string;
  ConfirmationCode: string;
  ForceAliasCreation?: boolean | undefined;
  AnalyticsMetadata?: AnalyticsMetadataType | undefined;
  UserContextData?: UserContextDataType | undefined;
  ClientMetadata?: Record<string, string> | undefined;
  Session?: string | undefined;
}

export interface ConfirmSignUpResponse {
  Session?: string | undefined;
}

export interface ContextDataType {
  IpAddress: string;
  ServerName: string;
  ServerPath: string;
  HttpHeaders: HttpHeader[];
  EncodedData?: string | undefined;
}

export interface CreateGroupRequest {
  GroupName: string;
  UserPoolId: string;
  Description?: string | undefined;
  RoleArn?: string | undefined;
  Precedence?: number | undefined;
}

export interface CreateGroupResponse {
  Group?: GroupType | undefined;
}

export interface CreateIdentityProviderRequest {
  UserPoolId: string;
  ProviderName: string;
  ProviderType: IdentityProviderTypeType;
  ProviderDetails: Record<string, string>;
  AttributeMapping?: Record<string, string> | undefined;
  IdpIdentifiers?: string[] | undefined;
  AcrMapping?: Record<string, string> | undefined;
}

export interface CreateIdentityProviderResponse {
  IdentityProvider: IdentityProviderType;
}

export interface CreateManagedLoginBrandingRequest {
  UserPoolId: string;
  ClientId: string;
  UseCognitoProvidedValues?: boolean | undefined;
  Settings?: unknown | undefined;
  Assets?: AssetType[] | undefined;
}

export interface CreateManagedLoginBrandingResponse {
  ManagedLoginBranding?: ManagedLoginBrandingType | undefined;
}

export interface CreateResourceServerRequest {
  UserPoolId: string;
  Identifier: string;
  Name: string;
  Scopes?: ResourceServerScopeType[] | undefined;
}

export interface CreateResourceServerResponse {
  ResourceServer: ResourceServerType;
}

export interface CreateTermsRequest {
  UserPoolId: string;
  ClientId: string;
  TermsName: string;
  TermsSource: TermsSourceType;
  Enforcement: TermsEnforcementType;
  Links?: Record<string, string> | undefined;
}

export interface CreateTermsResponse {
  Terms?: TermsType | undefined;
}

export interface CreateUserImportJobRequest {
  JobName: string;
  UserPoolId: string;
  CloudWatchLogsRoleArn: string;
  PasswordHashingAlgorithm?: PasswordHashingAlgorithmType | undefined;
}

export interface CreateUserImportJobResponse {
  UserImportJob?: UserImportJobType | undefined;
}

export interface CreateUserPoolClientRequest {
  UserPoolId: string;
  ClientName: string;
  GenerateSecret?: boolean | undefined;
  ClientSecret?: string | undefined;
  RefreshTokenValidity?: number | undefined;
  AccessTokenValidity?: number | undefined;
  IdTokenValidity?: number | undefined;
  TokenValidityUnits?: TokenValidityUnitsType | undefined;
  ReadAttributes?: string[] | undefined;
  WriteAttributes?: string[] | undefined;
  ExplicitAuthFlows?: ExplicitAuthFlowsType[] | undefined;
  SupportedIdentityProviders?: string[] | undefined;
  CallbackURLs?: string[] | undefined;
  LogoutURLs?: string[] | undefined;
  DefaultRedirectURI?: string | undefined;
  AllowedOAuthFlows?: OAuthFlowType[] | undefined;
  AllowedOAuthScopes?: string[] | undefined;
  AllowedOAuthFlowsUserPoolClient?: boolean | undefined;
  AnalyticsConfiguration?: AnalyticsConfigurationType | undefined;
  PreventUserExistenceErrors?: PreventUserExistenceErrorTypes | undefined;
  EnableTokenRevocation?: boolean | undefined;
  EnablePropagateAdditionalUserContextData?: boolean | undefined;
  AuthSessionValidity?: number | undefined;
  RefreshTokenRotation?: RefreshTokenRotationType | undefined;
}

export interface CreateUserPoolClientResponse {
  UserPoolClient?: UserPoolClientType | undefined;
}

export interface CreateUserPoolDomainRequest {
  Domain: string;
  UserPoolId: string;
  ManagedLoginVersion?: number | undefined;
  CustomDomainConfig?: CustomDomainConfigType | undefined;
  Routing?: RoutingType | undefined;
}

export interface CreateUserPoolDomainResponse {
  ManagedLoginVersion?: number | undefined;
  CloudFrontDomain?: string | undefined;
  Routing?: RoutingType | undefined;
}

export interface CreateUserPoolReplicaRequest {
  UserPoolId: string;
  RegionName: string;
  UserPoolTags?: Record<string, string> | undefined;
}

export interface CreateUserPoolReplicaResponse {
  UserPoolReplica?: UserPoolReplicaType | undefined;
}

export interface CreateUserPoolRequest {
  PoolName: string;
  Policies?: UserPoolPolicyType | undefined;
  DeletionProtection?: DeletionProtectionType | undefined;
  LambdaConfig?: LambdaConfigType | undefined;
  AutoVerifiedAttributes?: VerifiedAttributeType[] | undefined;
  AliasAttributes?: AliasAttributeType[] | undefined;
  UsernameAttributes?: UsernameAttributeType[] | undefined;
  SmsVerificationMessage?: string | undefined;
  EmailVerificationMessage?: string | undefined;
  EmailVerificationSubject?: string | undefined;
  VerificationMessageTemplate?: VerificationMessageTemplateType | undefined;
  SmsAuthenticationMessage?: string | undefined;
  MfaConfiguration?: UserPoolMfaType | undefined;
  UserAttributeUpdateSettings?: UserAttributeUpdateSettingsType | undefined;
  DeviceConfiguration?: DeviceConfigurationType | undefined;
  EmailConfiguration?: EmailConfigurationType | undefined;
  SmsConfiguration?: SmsConfigurationType | undefined;
  UserPoolTags?: Record<string, string> | undefined;
  AdminCreateUserConfig?: AdminCreateUserConfigType | undefined;
  Schema?: SchemaAttributeType[] | undefined;
  UserPoolAddOns?: UserPoolAddOnsType | undefined;
  UsernameConfiguration?: UsernameConfigurationType | undefined;
  AccountRecoverySetting?: AccountRecoverySettingType | undefined;
  UserPoolTier?: UserPoolTierType | undefined;
  DcrConfiguration?: DcrConfigurationType | undefined;
  KeyConfiguration?: KeyConfigurationType | undefined;
  IssuerConfiguration?: IssuerConfigurationType | undefined;
  AcrConfiguration?: Record<string, AcrLevelConfigType> | undefined;
}

export interface CreateUserPoolResponse {
  UserPool?: UserPoolType | undefined;
}

export interface CustomDomainConfigType {
  CertificateArn: string;
  SecurityPolicy?: SecurityPolicyType | undefined;
}

export interface CustomEmailLambdaVersionConfigType {
  LambdaVersion: CustomEmailSenderLambdaVersionType;
  LambdaArn: string;
}

export type CustomEmailSenderLambdaVersionType = "V1_0";

export interface CustomSMSLambdaVersionConfigType {
  LambdaVersion: CustomSMSSenderLambdaVersionType;
  LambdaArn: string;
}

export type CustomSMSSenderLambdaVersionType = "V1_0";

export interface DcrConfigurationType {
  EnableStatus?: StatusType | undefined;
  OpenDcrEnabled?: boolean | undefined;
  AuthenticatedGrantTypes?: OAuthFlowType[] | undefined;
  OpenDcrGrantTypes?: OAuthFlowType[] | undefined;
  AllowedScopes?: string[] | undefined;
}

export type DefaultEmailOptionType = "CONFIRM_WITH_LINK" | "CONFIRM_WITH_CODE";

export interface DeleteGroupRequest {
  GroupName: string;
  UserPoolId: string;
}

export interface DeleteIdentityProviderRequest {
  UserPoolId: string;
  ProviderName: string;
}

export interface DeleteManagedLoginBrandingRequest {
  ManagedLoginBrandingId: string;
  UserPoolId: string;
}

export interface DeleteResourceServerRequest {
  UserPoolId: string;
  Identifier: string;
}

export interface DeleteTermsRequest {
  TermsId: string;
  UserPoolId: string;
}

export interface DeleteUserAttributesRequest {
  UserAttributeNames: string[];
  AccessToken: string;
}

export type DeleteUserAttributesResponse = Record<string, never>;

export interface DeleteUserPoolClientRequest {
  UserPoolId: string;
  ClientId: string;
}

export interface DeleteUserPoolClientSecretRequest {
  UserPoolId: string;
  ClientId: string;
  ClientSecretId: string;
}

export type DeleteUserPoolClientSecretResponse = Record<string, never>;

export interface DeleteUserPoolDomainRequest {
  Domain: string;
  UserPoolId: string;
}

export type DeleteUserPoolDomainResponse = Record<string, never>;

export interface DeleteUserPoolReplicaRequest {
  UserPoolId: string;
  RegionName: string;
}

export interface DeleteUserPoolReplicaResponse {
  UserPoolReplica?: UserPoolReplicaType | undefined;
}

export interface DeleteUserPoolRequest {
  UserPoolId: string;
}

export interface DeleteUserRequest {
  AccessToken: string;
}

export interface DeleteWebAuthnCredentialRequest {
  AccessToken: string;
  CredentialId: string;
}

export type DeleteWebAuthnCredentialResponse = Record<string, never>;

export type DeletionProtectionType = "ACTIVE" | "INACTIVE";

export type DeliveryMediumType = "SMS" | "EMAIL";

export interface DescribeIdentityProviderRequest {
  UserPoolId: string;
  ProviderName: string;
}

export interface DescribeIdentityProviderResponse {
  IdentityProvider: IdentityProviderType;
}

export interface DescribeManagedLoginBrandingByClientRequest {
  UserPoolId: string;
  ClientId: string;
  ReturnMergedResources?: boolean | undefined;
}

export interface DescribeManagedLoginBrandingByClientResponse {
  ManagedLoginBranding?: ManagedLoginBrandingType | undefined;
}

export interface DescribeManagedLoginBrandingRequest {
  UserPoolId: string;
  ManagedLoginBrandingId: string;
  ReturnMergedResources?: boolean | undefined;
}

export interface DescribeManagedLoginBrandingResponse {
  ManagedLoginBranding?: ManagedLoginBrandingType | undefined;
}

export interface DescribeResourceServerRequest {
  UserPoolId: string;
  Identifier: string;
}

export interface DescribeResourceServerResponse {
  ResourceServer: ResourceServerType;
}

export interface DescribeRiskConfigurationRequest {
  UserPoolId: string;
  ClientId?: string | undefined;
}

export interface DescribeRiskConfigurationResponse {
  RiskConfiguration: RiskConfigurationType;
}

export interface DescribeTermsByClientRequest {
  ClientId: string;
  UserPoolId: string;
  TermsName: string;
}

export interface DescribeTermsByClientResponse {
  Terms?: TermsType | undefined;
}

export interface DescribeTermsRequest {
  TermsId: string;
  UserPoolId: string;
}

export interface DescribeTermsResponse {
  Terms?: TermsType | undefined;
}

export interface DescribeUserImportJobRequest {
  UserPoolId: string;
  JobId: string;
}

export interface DescribeUserImportJobResponse {
  UserImportJob?: UserImportJobType | undefined;
}

export interface DescribeUserPoolClientRequest {
  UserPoolId: string;
  ClientId: string;
}

export interface DescribeUserPoolClientResponse {
  UserPoolClient?: UserPoolClientType | undefined;
}

export interface DescribeUserPoolDomainRequest {
  Domain: string;
}

export interface DescribeUserPoolDomainResponse {
  DomainDescription?: DomainDescriptionType | undefined;
}

export interface DescribeUserPoolRequest {
  UserPoolId: string;
}

export interface DescribeUserPoolResponse {
  UserPool?: UserPoolType | undefined;
}

export interface DescribedCustomDomainConfigType {
  CertificateArn?: string | undefined;
  SecurityPolicy?: SecurityPolicyType | undefined;
}

export interface DeviceConfigurationType {
  ChallengeRequiredOnNewDevice?: boolean | undefined;
  DeviceOnlyRememberedOnUserPrompt?: boolean | undefined;
}

export type DeviceRememberedStatusType = "remembered" | "not_remembered";

export interface DeviceSecretVerifierConfigType {
  PasswordVerifier?: string | undefined;
  Salt?: string | undefined;
}

export interface DeviceType {
  DeviceKey?: string | undefined;
  DeviceAttributes?: AttributeType[] | undefined;
  DeviceCreateDate?: Date | undefined;
  DeviceLastModifiedDate?: Date | undefined;
  DeviceLastAuthenticatedDate?: Date | undefined;
}

export interface DomainDescriptionType {
  UserPoolId?: string | undefined;
  AWSAccountId?: string | undefined;
  Domain?: string | undefined;
  S3Bucket?: string | undefined;
  CloudFrontDistribution?: string | undefined;
  Version?: string | undefined;
  Status?: DomainStatusType | undefined;
  CustomDomainConfig?: DescribedCustomDomainConfigType | undefined;
  ManagedLoginVersion?: number | undefined;
  Routing?: RoutingType | undefined;
}

export type DomainStatusType = "CREATING" | "DELETING" | "UPDATING" | "ACTIVE" | "FAILED";

export interface EmailConfigurationType {
  SourceArn?: string | undefined;
  ReplyToEmailAddress?: string | undefined;
  EmailSendingAccount?: EmailSendingAccountType | undefined;
  From?: string | undefined;
  ConfigurationSet?: string | undefined;
}

export interface EmailMfaConfigType {
  Message?: string | undefined;
  Subject?: string | undefined;
}

export interface EmailMfaSettingsType {
  Enabled?: boolean | undefined;
  PreferredMfa?: boolean | undefined;
}

export type EmailSendingAccountType = "COGNITO_DEFAULT" | "DEVELOPER";

export type EncryptionKeyType = "AWS_OWNED_KEY" | "CUSTOMER_MANAGED_KEY";

export interface EumsSmsConfigurationType {
  CallerArn: string;
  ExternalId?: string | undefined;
  OriginationIdentity?: string | undefined;
  ConfigurationSetName?: string | undefined;
  InEntityId?: string | undefined;
  InTemplateId?: string | undefined;
  Region?: string | undefined;
}

export interface EventContextDataType {
  IpAddress?: string | undefined;
  DeviceName?: string | undefined;
  Timezone?: string | undefined;
  City?: string | undefined;
  Country?: string | undefined;
}

export interface EventFeedbackType {
  FeedbackValue: FeedbackValueType;
  Provider: string;
  FeedbackDate?: Date | undefined;
}

export type EventFilterType = "SIGN_IN" | "PASSWORD_CHANGE" | "SIGN_UP";

export type EventResponseType = "Pass" | "Fail" | "InProgress";

export interface EventRiskType {
  RiskDecision?: RiskDecisionType | undefined;
  RiskLevel?: RiskLevelType | undefined;
  CompromisedCredentialsDetected?: boolean | undefined;
}

export type EventSourceName = "userNotification" | "userAuthEvents";

export type EventType = "SignIn" | "SignUp" | "ForgotPassword" | "PasswordChange" | "ResendCode";

export type ExplicitAuthFlowsType = "ADMIN_NO_SRP_AUTH" | "CUSTOM_AUTH_FLOW_ONLY" | "USER_PASSWORD_AUTH" | "ALLOW_ADMIN_USER_PASSWORD_AUTH" | "ALLOW_CUSTOM_AUTH" | "ALLOW_USER_PASSWORD_AUTH" | "ALLOW_USER_SRP_AUTH" | "ALLOW_REFRESH_TOKEN_AUTH" | "ALLOW_USER_AUTH" | "ALLOW_CLIENT_TOKEN_AUTH";

export interface FailoverType {
  SecondaryRegion: string;
  PrimaryRoute53HealthCheckId: string;
}

export type FeatureType = "ENABLED" | "DISABLED";

export type FeedbackValueType = "Valid" | "Invalid";

export interface FirehoseConfigurationType {
  StreamArn?: string | undefined;
}

export interface ForgetDeviceRequest {
  AccessToken?: string | undefined;
  DeviceKey: string;
}

export interface ForgotPasswordRequest {
  ClientId: string;
  SecretHash?: string | undefined;
  UserContextData?: UserContextDataType | undefined;
  Username: string;
  AnalyticsMetadata?: AnalyticsMetadataType | undefined;
  ClientMetadata?: Record<string, string> | undefined;
}

export interface ForgotPasswordResponse {
  CodeDeliveryDetails?: CodeDeliveryDetailsType | undefined;
}

export interface GetCSVHeaderRequest {
  UserPoolId: string;
}

export interface GetCSVHeaderResponse {
  UserPoolId?: string | undefined;
  CSVHeader?: string[] | undefined;
}

export interface GetClientTokenRequest {
  ClientId: string;
  Secret: string;
  Scopes?: string[] | undefined;
  ClientMetadata?: Record<string, string> | undefined;
}

export interface GetClientTokenResponse {
  ClientAuthenticationResult?: ClientAuthenticationResultType | undefined;
}

export interface GetDeviceRequest {
  DeviceKey: string;
  AccessToken?: string | undefined;
}

export interface GetDeviceResponse {
  Device: DeviceType;
}

export interface GetGroupRequest {
  GroupName: string;
  UserPoolId: string;
}

export interface GetGroupResponse {
  Group?: GroupType | undefined;
}

export interface GetIdentityProviderByIdentifierRequest {
  UserPoolId: string;
  IdpIdentifier: string;
}

export interface GetIdentityProviderByIdentifierResponse {
  IdentityProvider: IdentityProviderType;
}

export interface GetLogDeliveryConfigurationRequest {
  UserPoolId: string;
}

export interface GetLogDeliveryConfigurationResponse {
  LogDeliveryConfiguration?: LogDeliveryConfigurationType | undefined;
}

export interface GetProvisionedLimitRequest {
  LimitDefinition: LimitDefinitionType;
}

export interface GetProvisionedLimitResponse {
  Limit?: LimitType | undefined;
}

export interface GetSigningCertificateRequest {
  UserPoolId: string;
}

export interface GetSigningCertificateResponse {
  Certificate?: string | undefined;
}

export interface GetTokensFromRefreshTokenRequest {
  RefreshToken: string;
  ClientId: string;
  ClientSecret?: string | undefined;
  DeviceKey?: string | undefined;
  ClientMetadata?: Record<string, string> | undefined;
}

export interface GetTokensFromRefreshTokenResponse {
  AuthenticationResult?: AuthenticationResultType | undefined;
}

export interface GetUICustomizationRequest {
  UserPoolId: string;
  ClientId?: string | undefined;
}

export interface GetUICustomizationResponse {
  UICustomization: UICustomizationType;
}

export interface GetUserAttributeVerificationCodeRequest {
  AccessToken: string;
  AttributeName: string;
  ClientMetadata?: Record<string, string> | undefined;
}

export interface GetUserAttributeVerificationCodeResponse {
  CodeDeliveryDetails?: CodeDeliveryDetailsType | undefined;
}

export interface GetUserAuthFactorsRequest {
  AccessToken: string;
}

export interface GetUserAuthFactorsResponse {
  Username: string;
  PreferredMfaSetting?: string | undefined;
  UserMFASettingList?: string[] | undefined;
  ConfiguredUserAuthFactors?: AuthFactorType[] | undefined;
}

export interface GetUserPoolClientSessionConfigurationRequest {
  UserPoolId: string;
  ClientId: string;
}

export interface GetUserPoolClientSessionConfigurationResponse {
  UserPoolId?: string | undefined;
  ClientId?: string | undefined;
  SSOSession?: ClientSSOSessionConfigType | undefined;
}

export interface GetUserPoolMfaConfigRequest {
  UserPoolId: string;
}

export interface GetUserPoolMfaConfigResponse {
  SmsMfaConfiguration?: SmsMfaConfigType | undefined;
  SoftwareTokenMfaConfiguration?: SoftwareTokenMfaConfigType | undefined;
  EmailMfaConfiguration?: EmailMfaConfigType | undefined;
  MfaConfiguration?: UserPoolMfaType | undefined;
  WebAuthnConfiguration?: WebAuthnConfigurationType | undefined;
}

export interface GetUserPoolSessionConfigurationRequest {
  UserPoolId: string;
}

export interface GetUserPoolSessionConfigurationResponse {
  UserPoolId?: string | undefined;
  UserSessionTracking?: UserSessionTrackingType | undefined;
  TokenSession?: UserPoolTokenSessionConfigType | undefined;
}

export interface GetUserRequest {
  AccessToken: string;
}

export interface GetUserResponse {
  Username: string;
  UserAttributes: AttributeType[];
  MFAOptions?: MFAOptionType[] | undefined;
  PreferredMfaSetting?: string | undefined;
  UserMFASettingList?: string[] | undefined;
}

export interface GlobalSignOutRequest {
  AccessToken: string;
}

export type GlobalSignOutResponse = Record<string, never>;

export interface GroupType {
  GroupName?: string | undefined;
  UserPoolId?: string | undefined;
  Description?: string | undefined;
  RoleArn?: string | undefined;
  Precedence?: number | undefined;
  LastModifiedDate?: Date | undefined;
  CreationDate?: Date | undefined;
}

export interface HttpHeader {
  headerName?: string | undefined;
  headerValue?: string | undefined;
}

export interface IdentityProviderType {
  UserPoolId?: string | undefined;
  ProviderName?: string | undefined;
  ProviderType?: IdentityProviderTypeType | undefined;
  ProviderDetails?: Record<string, string> | undefined;
  AttributeMapping?: Record<string, string> | undefined;
  IdpIdentifiers?: string[] | undefined;
  LastModifiedDate?: Date | undefined;
  CreationDate?: Date | undefined;
  AcrMapping?: Record<string, string> | undefined;
}

export type IdentityProviderTypeType = "SAML" | "Facebook" | "Google" | "LoginWithAmazon" | "SignInWithApple" | "OIDC";

export interface InboundFederationLambdaType {
  LambdaVersion: InboundFederationLambdaVersionType;
  LambdaArn: string;
}

export type InboundFederationLambdaVersionType = "V1_0";

export interface InitiateAuthRequest {
  AuthFlow: AuthFlowType;
  AuthParameters?: Record<string, string> | undefined;
  ClientMetadata?: Record<string, string> | undefined;
  ClientId: string;
  AnalyticsMetadata?: AnalyticsMetadataType | undefined;
  UserContextData?: UserContextDataType | undefined;
  Session?: string | undefined;
}

export interface InitiateAuthResponse {
  ChallengeName?: ChallengeNameType | undefined;
  Session?: string | undefined;
  ChallengeParameters?: Record<string, string> | undefined;
  AuthenticationResult?: AuthenticationResultType | undefined;
  AvailableChallenges?: ChallengeNameType[] | undefined;
}

export interface IssuerConfigurationType {
  Type?: IssuerType | undefined;
}

export type IssuerType = "ORIGINAL" | "UPDATED";

export interface KeyConfigurationType {
  KeyType?: EncryptionKeyType | undefined;
  KmsKeyArn?: string | undefined;
}

export interface LambdaConfigType {
  PreSignUp?: string | undefined;
  CustomMessage?: string | undefined;
  PostConfirmation?: string | undefined;
  PreAuthentication?: string | undefined;
  PostAuthentication?: string | undefined;
  DefineAuthChallenge?: string | undefined;
  CreateAuthChallenge?: string | undefined;
  VerifyAuthChallengeResponse?: string | undefined;
  PreTokenGeneration?: string | undefined;
  UserMigration?: string | undefined;
  PreTokenGenerationConfig?: PreTokenGenerationVersionConfigType | undefined;
  CustomSMSSender?: CustomSMSLambdaVersionConfigType | undefined;
  CustomEmailSender?: CustomEmailLambdaVersionConfigType | undefined;
  KMSKeyID?: string | undefined;
  InboundFederation?: InboundFederationLambdaType | undefined;
}

export type LimitClass = "API_CATEGORY";

export interface LimitDefinitionType {
  LimitClass: LimitClass;
  Attributes: Record<string, string>;
}

export interface LimitType {
  LimitDefinition: LimitDefinitionType;
  ProvisionedLimitValue: number;
  FreeLimitValue: number;
}

export interface ListDevicesRequest {
  AccessToken: string;
  Limit?: number | undefined;
  PaginationToken?: string | undefined;
}

export interface ListDevicesResponse {
  Devices?: DeviceType[] | undefined;
  PaginationToken?: string | undefined;
}

export interface ListGroupsRequest {
  UserPoolId: string;
  Limit?: number | undefined;
  NextToken?: string | undefined;
}

export interface ListGroupsResponse {
  Groups?: GroupType[] | undefined;
  NextToken?: string | undefined;
}

export interface ListIdentityProvidersRequest {
  UserPoolId: string;
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

export interface ListIdentityProvidersResponse {
  Providers: ProviderDescription[];
  NextToken?: string | undefined;
}

export interface ListResourceServersRequest {
  UserPoolId: string;
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

export interface ListResourceServersResponse {
  ResourceServers: ResourceServerType[];
  NextToken?: string | undefined;
}

export interface ListTagsForResourceRequest {
  ResourceArn: string;
}

export interface ListTagsForResourceResponse {
  Tags?: Record<string, string> | undefined;
}

export interface ListTermsRequest {
  UserPoolId: string;
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

export interface ListTermsResponse {
  Terms: TermsDescriptionType[];
  NextToken?: string | undefined;
}

export interface ListUserImportJobsRequest {
  UserPoolId: string;
  MaxResults: number;
  PaginationToken?: string | undefined;
}

export interface ListUserImportJobsResponse {
  UserImportJobs?: UserImportJobType[] | undefined;
  PaginationToken?: string | undefined;
}

export interface ListUserPoolClientSecretsRequest {
  UserPoolId: string;
  ClientId: string;
  NextToken?: string | undefined;
}

export interface ListUserPoolClientSecretsResponse {
  ClientSecrets?: ClientSecretDescriptorType[] | undefined;
  NextToken?: string | undefined;
}

export interface ListUserPoolClientsRequest {
  UserPoolId: string;
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
  ClientType?: ClientTypeType | undefined;
}

export interface ListUserPoolClientsResponse {
  UserPoolClients?: UserPoolClientDescription[] | undefined;
  NextToken?: string | undefined;
}

export interface ListUserPoolReplicasRequest {
  UserPoolId: string;
  NextToken?: string | undefined;
}

export interface ListUserPoolReplicasResponse {
  UserPoolReplicas?: UserPoolReplicaType[] | undefined;
  NextToken?: string | undefined;
}

export interface ListUserPoolsRequest {
  NextToken?: string | undefined;
  MaxResults: number;
}

export interface ListUserPoolsResponse {
  UserPools?: UserPoolDescriptionType[] | undefined;
  NextToken?: string | undefined;
}

export interface ListUserSessionsRequest {
  AccessToken: string;
  NextToken?: string | undefined;
}

export interface ListUserSessionsResponse {
  Sessions?: SessionDescriptionType[] | undefined;
  NextToken?: string | undefined;
}

export interface ListUsersInGroupRequest {
  UserPoolId: string;
  GroupName: string;
  Limit?: number | undefined;
  NextToken?: string | undefined;
}

export interface ListUsersInGroupResponse {
  Users?: UserType[] | undefined;
  NextToken?: string | undefined;
}

export interface ListUsersRequest {
  UserPoolId: string;
  AttributesToGet?: string[] | undefined;
  Limit?: number | undefined;
  PaginationToken?: string | undefined;
  Filter?: string | undefined;
}

export interface ListUsersResponse {
  Users?: UserType[] | undefined;
  PaginationToken?: string | undefined;
}

export interface ListWebAuthnCredentialsRequest {
  AccessToken: string;
  NextToken?: string | undefined;
  MaxResults?: number | undefined;
}

export interface ListWebAuthnCredentialsResponse {
  Credentials: WebAuthnCredentialDescription[];
  NextToken?: string | undefined;
}

export interface LogConfigurationType {
  LogLevel: LogLevel;
  EventSource: EventSourceName;
  CloudWatchLogsConfiguration?: CloudWatchLogsConfigurationType | undefined;
  S3Configuration?: S3ConfigurationType | undefined;
  FirehoseConfiguration?: FirehoseConfigurationType | undefined;
}

export interface LogDeliveryConfigurationType {
  UserPoolId: string;
  LogConfigurations: LogConfigurationType[];
}

export type LogLevel = "ERROR" | "INFO";

export interface MFAOptionType {
  DeliveryMedium?: DeliveryMediumType | undefined;
  AttributeName?: string | undefined;
}

export interface ManagedLoginBrandingType {
  ManagedLoginBrandingId?: string | undefined;
  UserPoolId?: string | undefined;
  UseCognitoProvidedValues?: boolean | undefined;
  Settings?: unknown | undefined;
  Assets?: AssetType[] | undefined;
  CreationDate?: Date | undefined;
  LastModifiedDate?: Date | undefined;
}

export type MessageActionType = "RESEND" | "SUPPRESS";

export interface MessageTemplateType {
  SMSMessage?: string | undefined;
  EmailMessage?: string | undefined;
  EmailSubject?: string | undefined;
}

export interface NewDeviceMetadataType {
  DeviceKey?: string | undefined;
  DeviceGroupKey?: string | undefined;
}

export interface NotifyConfigurationType {
  From?: string | undefined;
  ReplyTo?: string | undefined;
  SourceArn: string;
  BlockEmail?: NotifyEmailType | undefined;
  NoActionEmail?: NotifyEmailType | undefined;
  MfaEmail?: NotifyEmailType | undefined;
}

export interface NotifyEmailType {
  Subject: string;
  HtmlBody?: string | undefined;
  TextBody?: string | undefined;
}

export interface NumberAttributeConstraintsType {
  MinValue?: string | undefined;
  MaxValue?: string | undefined;
}

export type OAuthFlowType = "code" | "implicit" | "client_credentials";

export type PasswordHashingAlgorithmType = "ARGON2ID" | "BCRYPT" | "PBKDF2_SHA256" | "SCRYPT";

export interface PasswordPolicyType {
  MinimumLength?: number | undefined;
  RequireUppercase?: boolean | undefined;
  RequireLowercase?: boolean | undefined;
  RequireNumbers?: boolean | undefined;
  RequireSymbols?: boolean | undefined;
  PasswordHistorySize?: number | undefined;
  TemporaryPasswordValidityDays?: number | undefined;
}

export type PreTokenGenerationLambdaVersionType = "V1_0" | "V2_0" | "V3_0";

export interface PreTokenGenerationVersionConfigType {
  LambdaVersion: PreTokenGenerationLambdaVersionType;
  LambdaArn: string;
}

export type PreventUserExistenceErrorTypes = "LEGACY" | "ENABLED";

export interface ProviderDescription {
  ProviderName?: string | undefined;
  ProviderType?: IdentityProviderTypeType | undefined;
  LastModifiedDate?: Date | undefined;
  CreationDate?: Date | undefined;
}

export interface ProviderUserIdentifierType {
  ProviderName?: string | undefined;
  ProviderAttributeName?: string | undefined;
  ProviderAttributeValue?: string | undefined;
}

export type RecoveryOptionNameType = "verified_email" | "verified_phone_number" | "admin_only";

export interface RecoveryOptionType {
  Priority: number;
  Name: RecoveryOptionNameType;
}

export interface RefreshTokenRotationType {
  Feature: FeatureType;
  RetryGracePeriodSeconds?: number | undefined;
}

export type ReplicaRoleType = "PRIMARY" | "SECONDARY";

export type ReplicaStatusType = "ACTIVE" | "CREATING" | "DELETING" | "INACTIVE";

export interface ResendConfirmationCodeRequest {
  ClientId: string;
  SecretHash?: string | undefined;
  UserContextData?: UserContextDataType | undefined;
  Username: string;
  AnalyticsMetadata?: AnalyticsMetadataType | undefined;
  ClientMetadata?: Record<string, string> | undefined;
}

export interface ResendConfirmationCodeResponse {
  CodeDeliveryDetails?: CodeDeliveryDetailsType | undefined;
}

export type ResourceServerManagedByType = "COGNITO";

export interface ResourceServerScopeType {
  ScopeName: string;
  ScopeDescription: string;
}

export interface ResourceServerType {
  UserPoolId?: string | undefined;
  Identifier?: string | undefined;
  Name?: string | undefined;
  Scopes?: ResourceServerScopeType[] | undefined;
  ManagedBy?: ResourceServerManagedByType | undefined;
}

export interface RespondToAuthChallengeRequest {
  ClientId: string;
  ChallengeName: ChallengeNameType;
  Session?: string | undefined;
  ChallengeResponses?: Record<string, string> | undefined;
  AnalyticsMetadata?: AnalyticsMetadataType | undefined;
  UserContextData?: UserContextDataType | undefined;
  ClientMetadata?: Record<string, string> | undefined;
}

export interface RespondToAuthChallengeResponse {
  ChallengeName?: ChallengeNameType | undefined;
  Session?: string | undefined;
  ChallengeParameters?: Record<string, string> | undefined;
  AuthenticationResult?: AuthenticationResultType | undefined;
  AvailableChallenges?: ChallengeNameType[] | undefined;
}

export type RevokeAssociatedSessionsType = "LINKED" | "NONE";

export interface RevokeTokenRequest {
  Token: string;
  ClientId: string;
  ClientSecret?: string | undefined;
  RevokeAssociatedSessions?: RevokeAssociatedSessionsType | undefined;
}

export type RevokeTokenResponse = Record<string, never>;

export interface RevokeUserSessionRequest {
  AccessToken: string;
  SessionId: string;
  RevokeAssociatedSessions?: RevokeAssociatedSessionsType | undefined;
}

export type RevokeUserSessionResponse = Record<string, never>;

export interface RiskConfigurationType {
  UserPoolId?: string | undefined;
  ClientId?: string | undefined;
  CompromisedCredentialsRiskConfiguration?: CompromisedCredentialsRiskConfigurationType | undefined;
  AccountTakeoverRiskConfiguration?: AccountTakeoverRiskConfigurationType | undefined;
  RiskExceptionConfiguration?: RiskExceptionConfigurationType | undefined;
  LastModifiedDate?: Date | undefined;
}

export type RiskDecisionType = "NoRisk" | "AccountTakeover" | "Block";

export interface RiskExceptionConfigurationType {
  BlockedIPRangeList?: string[] | undefined;
  SkippedIPRangeList?: string[] | undefined;
}

export type RiskLevelType = "Low" | "Medium" | "High";

export interface RoutingType {
  Failover?: FailoverType | undefined;
}

export interface S3ConfigurationType {
  BucketArn?: string | undefined;
}

export interface SMSMfaSettingsType {
  Enabled?: boolean | undefined;
  PreferredMfa?: boolean | undefined;
}

export interface SchemaAttributeType {
  Name?: string | undefined;
  AttributeDataType?: AttributeDataType | undefined;
  DeveloperOnlyAttribute?: boolean | undefined;
  Mutable?: boolean | undefined;
  Required?: boolean | undefined;
  NumberAttributeConstraints?: NumberAttributeConstraintsType | undefined;
  StringAttributeConstraints?: StringAttributeConstraintsType | undefined;
}

export type SecurityPolicyType = "TLS_V1" | "TLS_V1_2_2021" | "TLS_V1_3_2025";

export interface SessionDescriptionType {
  SessionId?: string | undefined;
  SessionType?: SessionTypeType | undefined;
  ClientId?: string | undefined;
  CreateDate?: Date | undefined;
  LastActiveDate?: Date | undefined;
  DeviceType?: string | undefined;
  LastIPAddress?: string | undefined;
  LastLocation?: SessionLocationType | undefined;
  OriginSessionId?: string | undefined;
  IsCurrentSession?: boolean | undefined;
}

export interface SessionLocationType {
  City?: string | undefined;
  Country?: string | undefined;
}

export type SessionTypeType = "SSO" | "TOKEN";

export interface SetLogDeliveryConfigurationRequest {
  UserPoolId: string;
  LogConfigurations: LogConfigurationType[];
}

export interface SetLogDeliveryConfigurationResponse {
  LogDeliveryConfiguration?: LogDeliveryConfigurationType | undefined;
}

export interface SetRiskConfigurationRequest {
  UserPoolId: string;
  ClientId?: string | undefined;
  CompromisedCredentialsRiskConfiguration?: CompromisedCredentialsRiskConfigurationType | undefined;
  AccountTakeoverRiskConfiguration?: AccountTakeoverRiskConfigurationType | undefined;
  RiskExceptionConfiguration?: RiskExceptionConfigurationType | undefined;
}

export interface SetRiskConfigurationResponse {
  RiskConfiguration: RiskConfigurationType;
}

export interface SetUICustomizationRequest {
  UserPoolId: string;
  ClientId?: string | undefined;
  CSS?: string | undefined;
  ImageFile?: Uint8Array | undefined;
}

export interface SetUICustomizationResponse {
  UICustomization: UICustomizationType;
}

export interface SetUserMFAPreferenceRequest {
  SMSMfaSettings?: SMSMfaSettingsType | undefined;
  SoftwareTokenMfaSettings?: SoftwareTokenMfaSettingsType | undefined;
  EmailMfaSettings?: EmailMfaSettingsType | undefined;
  WebAuthnMfaSettings?: WebAuthnMfaSettingsType | undefined;
  AccessToken: string;
}

export type SetUserMFAPreferenceResponse = Record<string, never>;

export interface SetUserPoolClientSessionConfigurationRequest {
  UserPoolId: string;
  ClientId: string;
  SSOSession: ClientSSOSessionConfigType;
}

export interface SetUserPoolClientSessionConfigurationResponse {
  UserPoolId?: string | undefined;
  ClientId?: string | undefined;
  SSOSession?: ClientSSOSessionConfigType | undefined;
}

export interface SetUserPoolMfaConfigRequest {
  UserPoolId: string;
  SmsMfaConfiguration?: SmsMfaConfigType | undefined;
  SoftwareTokenMfaConfiguration?: SoftwareTokenMfaConfigType | undefined;
  EmailMfaConfiguration?: EmailMfaConfigType | undefined;
  MfaConfiguration?: UserPoolMfaType | undefined;
  WebAuthnConfiguration?: WebAuthnConfigurationType | undefined;
}

export interface SetUserPoolMfaConfigResponse {
  SmsMfaConfiguration?: SmsMfaConfigType | undefined;
  SoftwareTokenMfaConfiguration?: SoftwareTokenMfaConfigType | undefined;
  EmailMfaConfiguration?: EmailMfaConfigType | undefined;
  MfaConfiguration?: UserPoolMfaType | undefined;
  WebAuthnConfiguration?: WebAuthnConfigurationType | undefined;
}

export interface SetUserPoolSessionConfigurationRequest {
  UserPoolId: string;
  UserSessionTracking: UserSessionTrackingType;
  TokenSession: UserPoolTokenSessionConfigType;
}

export interface SetUserPoolSessionConfigurationResponse {
  UserPoolId?: string | undefined;
  UserSessionTracking?: UserSessionTrackingType | undefined;
  TokenSession?: UserPoolTokenSessionConfigType | undefined;
}

export interface SetUserSettingsRequest {
  AccessToken: string;
  MFAOptions: MFAOptionType[];
}

export type SetUserSettingsResponse = Record<string, never>;

export interface SignInPolicyType {
  AllowedFirstAuthFactors?: AuthFactorType[] | undefined;
}

export interface SignUpRequest {
  ClientId: string;
  SecretHash?: string | undefined;
  Username: string;
  Password?: string | undefined;
  UserAttributes?: AttributeType[] | undefined;
  ValidationData?: AttributeType[] | undefined;
  AnalyticsMetadata?: AnalyticsMetadataType | undefined;
  UserContextData?: UserContextDataType | undefined;
  ClientMetadata?: Record<string, string> | undefined;
}

export interface SignUpResponse {
  UserConfirmed: boolean;
  CodeDeliveryDetails?: CodeDeliveryDetailsType | undefined;
  UserSub: string;
  Session?: string | undefined;
}

export interface SmsConfigurationType {
  SnsCallerArn: string;
  ExternalId?: string | undefined;
  SnsRegion?: string | undefined;
  EumsSms?: EumsSmsConfigurationType | undefined;
}

export interface SmsMfaConfigType {
  SmsAuthenticationMessage?: string | undefined;
  SmsConfiguration?: SmsConfigurationType | undefined;
}

export interface SoftwareTokenMfaConfigType {
  Enabled?: boolean | undefined;
}

export interface SoftwareTokenMfaSettingsType {
  Enabled?: boolean | undefined;
  PreferredMfa?: boolean | undefined;
}

export interface StartUserImportJobRequest {
  UserPoolId: string;
  JobId: string;
}

export interface StartUserImportJobResponse {
  UserImportJob?: UserImportJobType | undefined;
}

export interface StartWebAuthnRegistrationRequest {
  AccessToken: string;
}

export interface StartWebAuthnRegistrationResponse {
  CredentialCreationOptions: unknown;
}

export type StatusType = "Enabled" | "Disabled";

export interface StopUserImportJobRequest {
  UserPoolId: string;
  JobId: string;
}

export interface StopUserImportJobResponse {
  UserImportJob?: UserImportJobType | undefined;
}

export interface StringAttributeConstraintsType {
  MinLength?: string | undefined;
  MaxLength?: string | undefined;
}

export interface TagResourceRequest {
  ResourceArn: string;
  Tags: Record<string, string>;
}

export type TagResourceResponse = Record<string, never>;

export interface TermsDescriptionType {
  TermsId: string;
  TermsName: string;
  Enforcement: TermsEnforcementType;
  CreationDate: Date;
  LastModifiedDate: Date;
}

export type TermsEnforcementType = "NONE";

export type TermsSourceType = "LINK";

export interface TermsType {
  TermsId: string;
  UserPoolId: string;
  ClientId: string;
  TermsName: string;
  TermsSource: TermsSourceType;
  Enforcement: TermsEnforcementType;
  Links: Record<string, string>;
  CreationDate: Date;
  LastModifiedDate: Date;
}

export type TimeUnitsType = "seconds" | "minutes" | "hours" | "days";

export interface TokenValidityUnitsType {
  AccessToken?: TimeUnitsType | undefined;
  IdToken?: TimeUnitsType | undefined;
  RefreshToken?: TimeUnitsType | undefined;
}

export interface UICustomizationType {
  UserPoolId?: string | undefined;
  ClientId?: string | undefined;
  ImageUrl?: string | undefined;
  CSS?: string | undefined;
  CSSVersion?: string | undefined;
  LastModifiedDate?: Date | undefined;
  CreationDate?: Date | undefined;
}

export interface UntagResourceRequest {
  ResourceArn: string;
  TagKeys: string[];
}

export type UntagResourceResponse = Record<string, never>;

export interface UpdateAuthEventFeedbackRequest {
  UserPoolId: string;
  Username: string;
  EventId: string;
  FeedbackToken: string;
  FeedbackValue: FeedbackValueType;
}

export type UpdateAuthEventFeedbackResponse = Record<string, never>;

export interface UpdateDeviceStatusRequest {
  AccessToken: string;
  DeviceKey: string;
  DeviceRememberedStatus?: DeviceRememberedStatusType | undefined;
}

export type UpdateDeviceStatusResponse = Record<string, never>;

export interface UpdateGroupRequest {
  GroupName: string;
  UserPoolId: string;
  Description?: string | undefined;
  RoleArn?: string | undefined;
  Precedence?: number | undefined;
}

export interface UpdateGroupResponse {
  Group?: GroupType | undefined;
}

export interface UpdateIdentityProviderRequest {
  UserPoolId: string;
  ProviderName: string;
  ProviderDetails?: Record<string, string> | undefined;
  AttributeMapping?: Record<string, string> | undefined;
  IdpIdentifiers?: string[] | undefined;
  AcrMapping?: Record<string, string> | undefined;
}

export interface UpdateIdentityProviderResponse {
  IdentityProvider: IdentityProviderType;
}

export interface UpdateManagedLoginBrandingRequest {
  UserPoolId: string;
  ManagedLoginBrandingId: string;
  UseCognitoProvidedValues?: boolean | undefined;
  Settings?: unknown | undefined;
  Assets?: AssetType[] | undefined;
}

export interface UpdateManagedLoginBrandingResponse {
  ManagedLoginBranding?: ManagedLoginBrandingType | undefined;
}

export interface UpdateProvisionedLimitRequest {
  LimitDefinition: LimitDefinitionType;
  RequestedLimitValue: number;
}

export interface UpdateProvisionedLimitResponse {
  Limit?: LimitType | undefined;
}

export type UpdateReplicaStatusType = "ACTIVE" | "INACTIVE";

export interface UpdateResourceServerRequest {
  UserPoolId: string;
  Identifier: string;
  Name: string;
  Scopes?: ResourceServerScopeType[] | undefined;
}

export interface UpdateResourceServerResponse {
  ResourceServer: ResourceServerType;
}

export interface UpdateTermsRequest {
  TermsId: string;
  UserPoolId: string;
  TermsName?: string | undefined;
  TermsSource?: TermsSourceType | undefined;
  Enforcement?: TermsEnforcementType | undefined;
  Links?: Record<string, string> | undefined;
}

export interface UpdateTermsResponse {
  Terms?: TermsType | undefined;
}

export interface UpdateUserAttributesRequest {
  UserAttributes: AttributeType[];
  AccessToken: string;
  ClientMetadata?: Record<string, string> | undefined;
}

export interface UpdateUserAttributesResponse {
  CodeDeliveryDetailsList?: CodeDeliveryDetailsType[] | undefined;
}

export interface UpdateUserPoolClientRequest {
  UserPoolId: string;
  ClientId: string;
  ClientName?: string | undefined;
  RefreshTokenValidity?: number | undefined;
  AccessTokenValidity?: number | undefined;
  IdTokenValidity?: number | undefined;
  TokenValidityUnits?: TokenValidityUnitsType | undefined;
  ReadAttributes?: string[] | undefined;
  WriteAttributes?: string[] | undefined;
  ExplicitAuthFlows?: ExplicitAuthFlowsType[] | undefined;
  SupportedIdentityProviders?: string[] | undefined;
  CallbackURLs?: string[] | undefined;
  LogoutURLs?: string[] | undefined;
  DefaultRedirectURI?: string | undefined;
  AllowedOAuthFlows?: OAuthFlowType[] | undefined;
  AllowedOAuthScopes?: string[] | undefined;
  AllowedOAuthFlowsUserPoolClient?: boolean | undefined;
  AnalyticsConfiguration?: AnalyticsConfigurationType | undefined;
  PreventUserExistenceErrors?: PreventUserExistenceErrorTypes | undefined;
  EnableTokenRevocation?: boolean | undefined;
  EnablePropagateAdditionalUserContextData?: boolean | undefined;
  AuthSessionValidity?: number | undefined;
  RefreshTokenRotation?: RefreshTokenRotationType | undefined;
}

export interface UpdateUserPoolClientResponse {
  UserPoolClient?: UserPoolClientType | undefined;
}

export interface UpdateUserPoolDomainRequest {
  Domain: string;
  UserPoolId: string;
  ManagedLoginVersion?: number | undefined;
  CustomDomainConfig?: CustomDomainConfigType | undefined;
  Routing?: RoutingType | undefined;
}

export interface UpdateUserPoolDomainResponse {
  ManagedLoginVersion?: number | undefined;
  CloudFrontDomain?: string | undefined;
  Routing?: RoutingType | undefined;
}

export interface UpdateUserPoolReplicaRequest {
  UserPoolId: string;
  RegionName: string;
  Status: UpdateReplicaStatusType;
}

export interface UpdateUserPoolReplicaResponse {
  UserPoolReplica?: UserPoolReplicaType | undefined;
}

export interface UpdateUserPoolRequest {
  UserPoolId: string;
  Policies?: UserPoolPolicyType | undefined;
  DeletionProtection?: DeletionProtectionType | undefined;
  LambdaConfig?: LambdaConfigType | undefined;
  AutoVerifiedAttributes?: VerifiedAttributeType[] | undefined;
  SmsVerificationMessage?: string | undefined;
  EmailVerificationMessage?: string | undefined;
  EmailVerificationSubject?: string | undefined;
  VerificationMessageTemplate?: VerificationMessageTemplateType | undefined;
  SmsAuthenticationMessage?: string | undefined;
  UserAttributeUpdateSettings?: UserAttributeUpdateSettingsType | undefined;
  MfaConfiguration?: UserPoolMfaType | undefined;
  DeviceConfiguration?: DeviceConfigurationType | undefined;
  EmailConfiguration?: EmailConfigurationType | undefined;
  SmsConfiguration?: SmsConfigurationType | undefined;
  UserPoolTags?: Record<string, string> | undefined;
  AdminCreateUserConfig?: AdminCreateUserConfigType | undefined;
  UserPoolAddOns?: UserPoolAddOnsType | undefined;
  AccountRecoverySetting?: AccountRecoverySettingType | undefined;
  PoolName?: string | undefined;
  UserPoolTier?: UserPoolTierType | undefined;
  DcrConfiguration?: DcrConfigurationType | undefined;
  KeyConfiguration?: KeyConfigurationType | undefined;
  IssuerConfiguration?: IssuerConfigurationType | undefined;
  AcrConfiguration?: Record<string, AcrLevelConfigType> | undefined;
}

export type UpdateUserPoolResponse = Record<string, never>;

export interface UserAttributeUpdateSettingsType {
  AttributesRequireVerificationBeforeUpdate?: VerifiedAttributeType[] | undefined;
}

export interface UserContextDataType {
  IpAddress?: string | undefined;
  EncodedData?: string | undefined;
}

export type UserImportJobStatusType = "Created" | "Pending" | "InProgress" | "Stopping" | "Expired" | "Stopped" | "Failed" | "Succeeded";

export interface UserImportJobType {
  JobName?: string | undefined;
  JobId?: string | undefined;
  UserPoolId?: string | undefined;
  PreSignedUrl?: string | undefined;
  CreationDate?: Date | undefined;
  StartDate?: Date | undefined;
  CompletionDate?: Date | undefined;
  Status?: UserImportJobStatusType | undefined;
  CloudWatchLogsRoleArn?: string | undefined;
  ImportedUsers?: number | undefined;
  SkippedUsers?: number | undefined;
  FailedUsers?: number | undefined;
  CompletionMessage?: string | undefined;
  PasswordHashingAlgorithm?: PasswordHashingAlgorithmType | undefined;
}

export interface UserPoolAddOnsType {
  AdvancedSecurityMode: AdvancedSecurityModeType;
  AdvancedSecurityAdditionalFlows?: AdvancedSecurityAdditionalFlowsType | undefined;
}

export interface UserPoolClientDescription {
  ClientId?: string | undefined;
  UserPoolId?: string | undefined;
  ClientName?: string | undefined;
}

export interface UserPoolClientType {
  UserPoolId?: string | undefined;
  ClientName?: string | undefined;
  ClientId?: string | undefined;
  ClientSecret?: string | undefined;
  LastModifiedDate?: Date | undefined;
  CreationDate?: Date | undefined;
  RefreshTokenValidity?: number | undefined;
  AccessTokenValidity?: number | undefined;
  IdTokenValidity?: number | undefined;
  TokenValidityUnits?: TokenValidityUnitsType | undefined;
  ReadAttributes?: string[] | undefined;
  WriteAttributes?: string[] | undefined;
  ExplicitAuthFlows?: ExplicitAuthFlowsType[] | undefined;
  SupportedIdentityProviders?: string[] | undefined;
  CallbackURLs?: string[] | undefined;
  LogoutURLs?: string[] | undefined;
  DefaultRedirectURI?: string | undefined;
  AllowedOAuthFlows?: OAuthFlowType[] | undefined;
  AllowedOAuthScopes?: string[] | undefined;
  AllowedOAuthFlowsUserPoolClient?: boolean | undefined;
  AnalyticsConfiguration?: AnalyticsConfigurationType | undefined;
  PreventUserExistenceErrors?: PreventUserExistenceErrorTypes | undefined;
  EnableTokenRevocation?: boolean | undefined;
  EnablePropagateAdditionalUserContextData?: boolean | undefined;
  AuthSessionValidity?: number | undefined;
  RefreshTokenRotation?: RefreshTokenRotationType | undefined;
  ClientType?: ClientTypeType | undefined;
}

export interface UserPoolDescriptionType {
  Id?: string | undefined;
  Name?: string | undefined;
  LambdaConfig?: LambdaConfigType | undefined;
  Status?: StatusType | undefined;
  LastModifiedDate?: Date | undefined;
  CreationDate?: Date | undefined;
  ReplicaRegions?: string[] | undefined;
}

export type UserPoolMfaType = "OFF" | "ON" | "OPTIONAL";

export interface UserPoolPolicyType {
  PasswordPolicy?: PasswordPolicyType | undefined;
  SignInPolicy?: SignInPolicyType | undefined;
}

export interface UserPoolReplicaType {
  RegionName?: string | undefined;
  Status?: ReplicaStatusType | undefined;
  Role?: ReplicaRoleType | undefined;
  UserPoolArn?: string | undefined;
}

export type UserPoolTierType = "LITE" | "ESSENTIALS" | "PLUS";

export interface UserPoolTokenSessionConfigType {
  MaxPerUser: number;
}

export interface UserPoolType {
  Id?: string | undefined;
  Name?: string | undefined;
  Policies?: UserPoolPolicyType | undefined;
  DeletionProtection?: DeletionProtectionType | undefined;
  LambdaConfig?: LambdaConfigType | undefined;
  Status?: StatusType | undefined;
  LastModifiedDate?: Date | undefined;
  CreationDate?: Date | undefined;
  SchemaAttributes?: SchemaAttributeType[] | undefined;
  AutoVerifiedAttributes?: VerifiedAttributeType[] | undefined;
  AliasAttributes?: AliasAttributeType[] | undefined;
  UsernameAttributes?: UsernameAttributeType[] | undefined;
  SmsVerificationMessage?: string | undefined;
  EmailVerificationMessage?: string | undefined;
  EmailVerificationSubject?: string | undefined;
  VerificationMessageTemplate?: VerificationMessageTemplateType | undefined;
  SmsAuthenticationMessage?: string | undefined;
  UserAttributeUpdateSettings?: UserAttributeUpdateSettingsType | undefined;
  MfaConfiguration?: UserPoolMfaType | undefined;
  DeviceConfiguration?: DeviceConfigurationType | undefined;
  EstimatedNumberOfUsers?: number | undefined;
  EmailConfiguration?: EmailConfigurationType | undefined;
  SmsConfiguration?: SmsConfigurationType | undefined;
  UserPoolTags?: Record<string, string> | undefined;
  SmsConfigurationFailure?: string | undefined;
  EmailConfigurationFailure?: string | undefined;
  Domain?: string | undefined;
  CustomDomain?: string | undefined;
  AdminCreateUserConfig?: AdminCreateUserConfigType | undefined;
  UserPoolAddOns?: UserPoolAddOnsType | undefined;
  UsernameConfiguration?: UsernameConfigurationType | undefined;
  Arn?: string | undefined;
  AccountRecoverySetting?: AccountRecoverySettingType | undefined;
  UserPoolTier?: UserPoolTierType | undefined;
  DcrConfiguration?: DcrConfigurationType | undefined;
  KeyConfiguration?: KeyConfigurationType | undefined;
  IssuerConfiguration?: IssuerConfigurationType | undefined;
  AcrConfiguration?: Record<string, AcrLevelConfigType> | undefined;
}

export type UserSessionTrackingType = "DISABLED" | "ENABLED";

export type UserStatusType = "UNCONFIRMED" | "CONFIRMED" | "ARCHIVED" | "COMPROMISED" | "UNKNOWN" | "RESET_REQUIRED" | "FORCE_CHANGE_PASSWORD" | "EXTERNAL_PROVIDER";

export interface UserType {
  Username?: string | undefined;
  Attributes?: AttributeType[] | undefined;
  UserCreateDate?: Date | undefined;
  UserLastModifiedDate?: Date | undefined;
  Enabled?: boolean | undefined;
  UserStatus?: UserStatusType | undefined;
  MFAOptions?: MFAOptionType[] | undefined;
}

export type UserVerificationType = "required" | "preferred";

export type UsernameAttributeType = "phone_number" | "email";

export interface UsernameConfigurationType {
  CaseSensitive: boolean;
}

export interface VerificationMessageTemplateType {
  SmsMessage?: string | undefined;
  EmailMessage?: string | undefined;
  EmailSubject?: string | undefined;
  EmailMessageByLink?: string | undefined;
  EmailSubjectByLink?: string | undefined;
  DefaultEmailOption?: DefaultEmailOptionType | undefined;
}

export type VerifiedAttributeType = "phone_number" | "email";

export interface VerifySoftwareTokenRequest {
  AccessToken?: string | undefined;
  Session?: string | undefined;
  UserCode: string;
  FriendlyDeviceName?: string | undefined;
}

export interface VerifySoftwareTokenResponse {
  Status?: VerifySoftwareTokenResponseType | undefined;
  Session?: string | undefined;
}

export type VerifySoftwareTokenResponseType = "SUCCESS" | "ERROR";

export interface VerifyUserAttributeRequest {
  AccessToken: string;
  AttributeName: string;
  Code: string;
}

export type VerifyUserAttributeResponse = Record<string, never>;

export interface WebAuthnConfigurationType {
  RelyingPartyId?: string | undefined;
  UserVerification?: UserVerificationType | undefined;
  FactorConfiguration?: WebAuthnFactorConfigurationType | undefined;
}

export interface WebAuthnCredentialDescription {
  CredentialId: string;
  FriendlyCredentialName: string;
  RelyingPartyId: string;
  AuthenticatorAttachment?: string | undefined;
  AuthenticatorTransports: string[];
  CreatedAt: Date;
}

export type WebAuthnFactorConfigurationType = "SINGLE_FACTOR" | "MULTI_FACTOR_WITH_USER_VERIFICATION";

export interface WebAuthnMfaSettingsType {
  Enabled?: boolean | undefined;
}

/** Every exception that the contract defines. */
export type ExceptionName =
  | "AccessDeniedException"
  | "AliasExistsException"
  | "CodeDeliveryFailureException"
  | "CodeMismatchException"
  | "ConcurrentModificationException"
  | "DeviceKeyExistsException"
  | "DuplicateProviderException"
  | "EnableSoftwareTokenMFAException"
  | "ExpiredCodeException"
  | "FeatureUnavailableInTierException"
  | "ForbiddenException"
  | "GroupExistsException"
  | "InternalErrorException"
  | "InternalServerException"
  | "InvalidEmailRoleAccessPolicyException"
  | "InvalidLambdaResponseException"
  | "InvalidOAuthFlowException"
  | "InvalidParameterException"
  | "InvalidPasswordException"
  | "InvalidSmsRoleAccessPolicyException"
  | "InvalidSmsRoleTrustRelationshipException"
  | "InvalidUserPoolConfigurationException"
  | "LimitExceededException"
  | "MFAMethodNotFoundException"
  | "ManagedLoginBrandingExistsException"
  | "NotAuthorizedException"
  | "OperationNotEnabledException"
  | "PasswordHistoryPolicyViolationException"
  | "PasswordResetRequiredException"
  | "PreconditionNotMetException"
  | "RefreshTokenReuseException"
  | "ResourceNotFoundException"
  | "ScopeDoesNotExistException"
  | "ServiceQuotaExceededException"
  | "SoftwareTokenMFANotFoundException"
  | "TermsExistsException"
  | "TierChangeNotAllowedException"
  | "TooManyFailedAttemptsException"
  | "TooManyRequestsException"
  | "UnauthorizedException"
  | "UnexpectedLambdaException"
  | "UnsupportedIdentityProviderException"
  | "UnsupportedOperationException"
  | "UnsupportedTokenTypeException"
  | "UnsupportedUserStateException"
  | "UserImportInProgressException"
  | "UserLambdaValidationException"
  | "UserNotConfirmedException"
  | "UserNotFoundException"
  | "UserPoolAddOnNotEnabledException"
  | "UserPoolTaggingException"
  | "UsernameExistsException"
  | "WebAuthnChallengeNotFoundException"
  | "WebAuthnClientMismatchException"
  | "WebAuthnConfigurationMissingException"
  | "WebAuthnCredentialNotSupportedException"
  | "WebAuthnNotEnabledException"
  | "WebAuthnOriginNotAllowedException"
  | "WebAuthnRelyingPartyMismatchException";

/** Every operation of the JSON API: what it takes, what it answers and the errors it may answer with. */
export interface Operations {
  AddCustomAttributes: { input: AddCustomAttributesRequest; output: AddCustomAttributesResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserImportInProgressException" | "InternalErrorException" };
  AddUserPoolClientSecret: { input: AddUserPoolClientSecretRequest; output: AddUserPoolClientSecretResponse; errors: "InvalidParameterException" | "InternalServerException" | "TooManyRequestsException" | "LimitExceededException" | "AccessDeniedException" | "ResourceNotFoundException" };
  AdminAddUserToGroup: { input: AdminAddUserToGroupRequest; output: undefined; errors: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AdminConfirmSignUp: { input: AdminConfirmSignUpRequest; output: AdminConfirmSignUpResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "TooManyFailedAttemptsException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "LimitExceededException" | "UserNotFoundException" | "InternalErrorException" };
  AdminCreateUser: { input: AdminCreateUserRequest; output: AdminCreateUserResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "UserNotFoundException" | "UsernameExistsException" | "InvalidPasswordException" | "CodeDeliveryFailureException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "PreconditionNotMetException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "TooManyRequestsException" | "NotAuthorizedException" | "UnsupportedUserStateException" | "InternalErrorException" };
  AdminDeleteSoftwareToken: { input: AdminDeleteSoftwareTokenRequest; output: AdminDeleteSoftwareTokenResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UserNotConfirmedException" | "UserNotFoundException" };
  AdminDeleteUser: { input: AdminDeleteUserRequest; output: undefined; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AdminDeleteUserAttributes: { input: AdminDeleteUserAttributesRequest; output: AdminDeleteUserAttributesResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AdminDisableProviderForUser: { input: AdminDisableProviderForUserRequest; output: AdminDisableProviderForUserResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "AliasExistsException" | "InternalErrorException" };
  AdminDisableUser: { input: AdminDisableUserRequest; output: AdminDisableUserResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AdminEnableUser: { input: AdminEnableUserRequest; output: AdminEnableUserResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AdminForgetDevice: { input: AdminForgetDeviceRequest; output: undefined; errors: "ResourceNotFoundException" | "InvalidParameterException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AdminGetDevice: { input: AdminGetDeviceRequest; output: AdminGetDeviceResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "InternalErrorException" | "NotAuthorizedException" };
  AdminGetUser: { input: AdminGetUserRequest; output: AdminGetUserResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AdminGetUserAuthFactors: { input: AdminGetUserAuthFactorsRequest; output: AdminGetUserAuthFactorsResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UserNotFoundException" };
  AdminInitiateAuth: { input: AdminInitiateAuthRequest; output: AdminInitiateAuthResponse; errors: "ResourceNotFoundException" | "UnsupportedOperationException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" | "UnexpectedLambdaException" | "InvalidUserPoolConfigurationException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "MFAMethodNotFoundException" | "InvalidSmsRoleAccessPolicyException" | "InvalidEmailRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" };
  AdminLinkProviderForUser: { input: AdminLinkProviderForUserRequest; output: AdminLinkProviderForUserResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "AliasExistsException" | "LimitExceededException" | "InternalErrorException" };
  AdminListDevices: { input: AdminListDevicesRequest; output: AdminListDevicesResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "InternalErrorException" | "NotAuthorizedException" };
  AdminListGroupsForUser: { input: AdminListGroupsForUserRequest; output: AdminListGroupsForUserResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AdminListUserAuthEvents: { input: AdminListUserAuthEventsRequest; output: AdminListUserAuthEventsResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "UserPoolAddOnNotEnabledException" | "InternalErrorException" };
  AdminListUserSessions: { input: AdminListUserSessionsRequest; output: AdminListUserSessionsResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UserNotFoundException" };
  AdminRemoveUserFromGroup: { input: AdminRemoveUserFromGroupRequest; output: undefined; errors: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AdminResetUserPassword: { input: AdminResetUserPasswordRequest; output: AdminResetUserPasswordResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "LimitExceededException" | "UserNotFoundException" | "InvalidSmsRoleAccessPolicyException" | "InvalidEmailRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InternalErrorException" };
  AdminRespondToAuthChallenge: { input: AdminRespondToAuthChallengeRequest; output: AdminRespondToAuthChallengeResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "CodeMismatchException" | "ExpiredCodeException" | "UnexpectedLambdaException" | "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "InvalidUserPoolConfigurationException" | "InternalErrorException" | "MFAMethodNotFoundException" | "InvalidEmailRoleAccessPolicyException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "AliasExistsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "SoftwareTokenMFANotFoundException" };
  AdminRevokeUserSession: { input: AdminRevokeUserSessionRequest; output: AdminRevokeUserSessionResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UserNotFoundException" };
  AdminSetUserMFAPreference: { input: AdminSetUserMFAPreferenceRequest; output: AdminSetUserMFAPreferenceResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" };
  AdminSetUserPassword: { input: AdminSetUserPasswordRequest; output: AdminSetUserPasswordResponse; errors: "ResourceNotFoundException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" | "TooManyRequestsException" | "InvalidParameterException" | "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" };
  AdminSetUserSettings: { input: AdminSetUserSettingsRequest; output: AdminSetUserSettingsResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AdminUpdateAuthEventFeedback: { input: AdminUpdateAuthEventFeedbackRequest; output: AdminUpdateAuthEventFeedbackResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "UserPoolAddOnNotEnabledException" | "InternalErrorException" };
  AdminUpdateDeviceStatus: { input: AdminUpdateDeviceStatusRequest; output: AdminUpdateDeviceStatusResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AdminUpdateUserAttributes: { input: AdminUpdateUserAttributesRequest; output: AdminUpdateUserAttributesResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "AliasExistsException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" | "InvalidSmsRoleAccessPolicyException" | "InvalidEmailRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" };
  AdminUserGlobalSignOut: { input: AdminUserGlobalSignOutRequest; output: AdminUserGlobalSignOutResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" };
  AssociateSoftwareToken: { input: AssociateSoftwareTokenRequest; output: AssociateSoftwareTokenResponse; errors: "ConcurrentModificationException" | "InvalidParameterException" | "NotAuthorizedException" | "ResourceNotFoundException" | "InternalErrorException" | "SoftwareTokenMFANotFoundException" | "ForbiddenException" };
  ChangePassword: { input: ChangePasswordRequest; output: ChangePasswordResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" | "NotAuthorizedException" | "TooManyRequestsException" | "LimitExceededException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  CompleteWebAuthnRegistration: { input: CompleteWebAuthnRegistrationRequest; output: CompleteWebAuthnRegistrationResponse; errors: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "LimitExceededException" | "NotAuthorizedException" | "TooManyRequestsException" | "WebAuthnNotEnabledException" | "WebAuthnChallengeNotFoundException" | "WebAuthnRelyingPartyMismatchException" | "WebAuthnClientMismatchException" | "WebAuthnOriginNotAllowedException" | "PasswordResetRequiredException" | "WebAuthnCredentialNotSupportedException" };
  ConfirmDevice: { input: ConfirmDeviceRequest; output: ConfirmDeviceResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "InvalidPasswordException" | "InvalidLambdaResponseException" | "UsernameExistsException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "DeviceKeyExistsException" | "ForbiddenException" };
  ConfirmForgotPassword: { input: ConfirmForgotPasswordRequest; output: ConfirmForgotPasswordResponse; errors: "ResourceNotFoundException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidParameterException" | "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" | "NotAuthorizedException" | "CodeMismatchException" | "ExpiredCodeException" | "TooManyFailedAttemptsException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "LimitExceededException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  ConfirmSignUp: { input: ConfirmSignUpRequest; output: ConfirmSignUpResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "TooManyFailedAttemptsException" | "CodeMismatchException" | "ExpiredCodeException" | "InvalidLambdaResponseException" | "AliasExistsException" | "TooManyRequestsException" | "LimitExceededException" | "UserNotFoundException" | "InternalErrorException" | "ForbiddenException" };
  CreateGroup: { input: CreateGroupRequest; output: CreateGroupResponse; errors: "InvalidParameterException" | "GroupExistsException" | "ResourceNotFoundException" | "TooManyRequestsException" | "LimitExceededException" | "NotAuthorizedException" | "InternalErrorException" };
  CreateIdentityProvider: { input: CreateIdentityProviderRequest; output: CreateIdentityProviderResponse; errors: "InvalidParameterException" | "DuplicateProviderException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "LimitExceededException" | "InternalErrorException" };
  CreateManagedLoginBranding: { input: CreateManagedLoginBrandingRequest; output: CreateManagedLoginBrandingResponse; errors: "ResourceNotFoundException" | "ConcurrentModificationException" | "ManagedLoginBrandingExistsException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "LimitExceededException" | "InternalErrorException" };
  CreateResourceServer: { input: CreateResourceServerRequest; output: CreateResourceServerResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "LimitExceededException" | "InternalErrorException" };
  CreateTerms: { input: CreateTermsRequest; output: CreateTermsResponse; errors: "ResourceNotFoundException" | "ConcurrentModificationException" | "TermsExistsException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "LimitExceededException" | "InternalErrorException" };
  CreateUserImportJob: { input: CreateUserImportJobRequest; output: CreateUserImportJobResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "PreconditionNotMetException" | "NotAuthorizedException" | "LimitExceededException" | "InternalErrorException" };
  CreateUserPool: { input: CreateUserPoolRequest; output: CreateUserPoolResponse; errors: "InvalidParameterException" | "TooManyRequestsException" | "LimitExceededException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "NotAuthorizedException" | "UserPoolTaggingException" | "InternalErrorException" | "TierChangeNotAllowedException" | "FeatureUnavailableInTierException" };
  CreateUserPoolClient: { input: CreateUserPoolClientRequest; output: CreateUserPoolClientResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "LimitExceededException" | "NotAuthorizedException" | "ScopeDoesNotExistException" | "InvalidOAuthFlowException" | "InternalErrorException" | "FeatureUnavailableInTierException" };
  CreateUserPoolDomain: { input: CreateUserPoolDomainRequest; output: CreateUserPoolDomainResponse; errors: "InvalidParameterException" | "NotAuthorizedException" | "ConcurrentModificationException" | "ResourceNotFoundException" | "LimitExceededException" | "InternalErrorException" | "FeatureUnavailableInTierException" };
  CreateUserPoolReplica: { input: CreateUserPoolReplicaRequest; output: CreateUserPoolReplicaResponse; errors: "FeatureUnavailableInTierException" | "InternalErrorException" | "InvalidParameterException" | "LimitExceededException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UserPoolTaggingException" };
  DeleteGroup: { input: DeleteGroupRequest; output: undefined; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  DeleteIdentityProvider: { input: DeleteIdentityProviderRequest; output: undefined; errors: "InvalidParameterException" | "UnsupportedIdentityProviderException" | "ConcurrentModificationException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" };
  DeleteManagedLoginBranding: { input: DeleteManagedLoginBrandingRequest; output: undefined; errors: "ResourceNotFoundException" | "ConcurrentModificationException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  DeleteResourceServer: { input: DeleteResourceServerRequest; output: undefined; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" };
  DeleteTerms: { input: DeleteTermsRequest; output: undefined; errors: "ResourceNotFoundException" | "ConcurrentModificationException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  DeleteUser: { input: DeleteUserRequest; output: undefined; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  DeleteUserAttributes: { input: DeleteUserAttributesRequest; output: DeleteUserAttributesResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  DeleteUserPool: { input: DeleteUserPoolRequest; output: undefined; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserImportInProgressException" | "InternalErrorException" };
  DeleteUserPoolClient: { input: DeleteUserPoolClientRequest; output: undefined; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "ConcurrentModificationException" | "InternalErrorException" };
  DeleteUserPoolClientSecret: { input: DeleteUserPoolClientSecretRequest; output: DeleteUserPoolClientSecretResponse; errors: "InvalidParameterException" | "InternalServerException" | "TooManyRequestsException" | "LimitExceededException" | "ResourceNotFoundException" };
  DeleteUserPoolDomain: { input: DeleteUserPoolDomainRequest; output: DeleteUserPoolDomainResponse; errors: "NotAuthorizedException" | "InvalidParameterException" | "ConcurrentModificationException" | "ResourceNotFoundException" | "InternalErrorException" };
  DeleteUserPoolReplica: { input: DeleteUserPoolReplicaRequest; output: DeleteUserPoolReplicaResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" };
  DeleteWebAuthnCredential: { input: DeleteWebAuthnCredentialRequest; output: DeleteWebAuthnCredentialResponse; errors: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "TooManyRequestsException" | "LimitExceededException" | "PasswordResetRequiredException" | "NotAuthorizedException" | "ResourceNotFoundException" };
  DescribeIdentityProvider: { input: DescribeIdentityProviderRequest; output: DescribeIdentityProviderResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" };
  DescribeManagedLoginBranding: { input: DescribeManagedLoginBrandingRequest; output: DescribeManagedLoginBrandingResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  DescribeManagedLoginBrandingByClient: { input: DescribeManagedLoginBrandingByClientRequest; output: DescribeManagedLoginBrandingByClientResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  DescribeResourceServer: { input: DescribeResourceServerRequest; output: DescribeResourceServerResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" };
  DescribeRiskConfiguration: { input: DescribeRiskConfigurationRequest; output: DescribeRiskConfigurationResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserPoolAddOnNotEnabledException" | "InternalErrorException" };
  DescribeTerms: { input: DescribeTermsRequest; output: DescribeTermsResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  DescribeTermsByClient: { input: DescribeTermsByClientRequest; output: DescribeTermsByClientResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" };
  DescribeUserImportJob: { input: DescribeUserImportJobRequest; output: DescribeUserImportJobResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  DescribeUserPool: { input: DescribeUserPoolRequest; output: DescribeUserPoolResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserPoolTaggingException" | "InternalErrorException" };
  DescribeUserPoolClient: { input: DescribeUserPoolClientRequest; output: DescribeUserPoolClientResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  DescribeUserPoolDomain: { input: DescribeUserPoolDomainRequest; output: DescribeUserPoolDomainResponse; errors: "NotAuthorizedException" | "InvalidParameterException" | "ResourceNotFoundException" | "InternalErrorException" };
  ForgetDevice: { input: ForgetDeviceRequest; output: undefined; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "InvalidUserPoolConfigurationException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  ForgotPassword: { input: ForgotPasswordRequest; output: ForgotPasswordResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "LimitExceededException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "CodeDeliveryFailureException" | "UserNotFoundException" | "InternalErrorException" | "ForbiddenException" };
  GetCSVHeader: { input: GetCSVHeaderRequest; output: GetCSVHeaderResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  GetClientToken: { input: GetClientTokenRequest; output: GetClientTokenResponse; errors: "ForbiddenException" | "InternalErrorException" | "InvalidLambdaResponseException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UnexpectedLambdaException" | "UserLambdaValidationException" };
  GetDevice: { input: GetDeviceRequest; output: GetDeviceResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "InvalidUserPoolConfigurationException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  GetGroup: { input: GetGroupRequest; output: GetGroupResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  GetIdentityProviderByIdentifier: { input: GetIdentityProviderByIdentifierRequest; output: GetIdentityProviderByIdentifierResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" };
  GetLogDeliveryConfiguration: { input: GetLogDeliveryConfigurationRequest; output: GetLogDeliveryConfigurationResponse; errors: "InvalidParameterException" | "InternalErrorException" | "TooManyRequestsException" | "NotAuthorizedException" | "ResourceNotFoundException" };
  GetProvisionedLimit: { input: GetProvisionedLimitRequest; output: GetProvisionedLimitResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "ResourceNotFoundException" | "TooManyRequestsException" };
  GetSigningCertificate: { input: GetSigningCertificateRequest; output: GetSigningCertificateResponse; errors: "InternalErrorException" | "InvalidParameterException" | "ResourceNotFoundException" };
  GetTokensFromRefreshToken: { input: GetTokensFromRefreshTokenRequest; output: GetTokensFromRefreshTokenResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "UserNotFoundException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "ForbiddenException" | "RefreshTokenReuseException" | "InternalErrorException" };
  GetUICustomization: { input: GetUICustomizationRequest; output: GetUICustomizationResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" };
  GetUser: { input: GetUserRequest; output: GetUserResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  GetUserAttributeVerificationCode: { input: GetUserAttributeVerificationCodeRequest; output: GetUserAttributeVerificationCodeResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "CodeDeliveryFailureException" | "LimitExceededException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  GetUserAuthFactors: { input: GetUserAuthFactorsRequest; output: GetUserAuthFactorsResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  GetUserPoolClientSessionConfiguration: { input: GetUserPoolClientSessionConfigurationRequest; output: GetUserPoolClientSessionConfigurationResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" };
  GetUserPoolMfaConfig: { input: GetUserPoolMfaConfigRequest; output: GetUserPoolMfaConfigResponse; errors: "InvalidParameterException" | "TooManyRequestsException" | "ResourceNotFoundException" | "NotAuthorizedException" | "InternalErrorException" };
  GetUserPoolSessionConfiguration: { input: GetUserPoolSessionConfigurationRequest; output: GetUserPoolSessionConfigurationResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" };
  GlobalSignOut: { input: GlobalSignOutRequest; output: GlobalSignOutResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  InitiateAuth: { input: InitiateAuthRequest; output: InitiateAuthResponse; errors: "UnsupportedOperationException" | "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "UnexpectedLambdaException" | "InvalidUserPoolConfigurationException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "InvalidSmsRoleAccessPolicyException" | "InvalidEmailRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "ForbiddenException" };
  ListDevices: { input: ListDevicesRequest; output: ListDevicesResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  ListGroups: { input: ListGroupsRequest; output: ListGroupsResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  ListIdentityProviders: { input: ListIdentityProvidersRequest; output: ListIdentityProvidersResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" };
  ListResourceServers: { input: ListResourceServersRequest; output: ListResourceServersResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" };
  ListTagsForResource: { input: ListTagsForResourceRequest; output: ListTagsForResourceResponse; errors: "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InvalidParameterException" | "InternalErrorException" };
  ListTerms: { input: ListTermsRequest; output: ListTermsResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  ListUserImportJobs: { input: ListUserImportJobsRequest; output: ListUserImportJobsResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  ListUserPoolClientSecrets: { input: ListUserPoolClientSecretsRequest; output: ListUserPoolClientSecretsResponse; errors: "InvalidParameterException" | "InternalServerException" | "TooManyRequestsException" | "LimitExceededException" | "ResourceNotFoundException" };
  ListUserPoolClients: { input: ListUserPoolClientsRequest; output: ListUserPoolClientsResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  ListUserPoolReplicas: { input: ListUserPoolReplicasRequest; output: ListUserPoolReplicasResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" };
  ListUserPools: { input: ListUserPoolsRequest; output: ListUserPoolsResponse; errors: "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  ListUserSessions: { input: ListUserSessionsRequest; output: ListUserSessionsResponse; errors: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "PasswordResetRequiredException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UserNotConfirmedException" | "UserNotFoundException" };
  ListUsers: { input: ListUsersRequest; output: ListUsersResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  ListUsersInGroup: { input: ListUsersInGroupRequest; output: ListUsersInGroupResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  ListWebAuthnCredentials: { input: ListWebAuthnCredentialsRequest; output: ListWebAuthnCredentialsResponse; errors: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "TooManyRequestsException" | "LimitExceededException" | "PasswordResetRequiredException" | "NotAuthorizedException" };
  ResendConfirmationCode: { input: ResendConfirmationCodeRequest; output: ResendConfirmationCodeResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "LimitExceededException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "CodeDeliveryFailureException" | "UserNotFoundException" | "InternalErrorException" | "ForbiddenException" };
  RespondToAuthChallenge: { input: RespondToAuthChallengeRequest; output: RespondToAuthChallengeResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "CodeMismatchException" | "ExpiredCodeException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "InvalidUserPoolConfigurationException" | "MFAMethodNotFoundException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "AliasExistsException" | "InternalErrorException" | "SoftwareTokenMFANotFoundException" | "ForbiddenException" };
  RevokeToken: { input: RevokeTokenRequest; output: RevokeTokenResponse; errors: "TooManyRequestsException" | "InternalErrorException" | "UnauthorizedException" | "InvalidParameterException" | "UnsupportedOperationException" | "UnsupportedTokenTypeException" | "ForbiddenException" };
  RevokeUserSession: { input: RevokeUserSessionRequest; output: RevokeUserSessionResponse; errors: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "PasswordResetRequiredException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UserNotConfirmedException" | "UserNotFoundException" };
  SetLogDeliveryConfiguration: { input: SetLogDeliveryConfigurationRequest; output: SetLogDeliveryConfigurationResponse; errors: "InvalidParameterException" | "InternalErrorException" | "TooManyRequestsException" | "NotAuthorizedException" | "ResourceNotFoundException" | "FeatureUnavailableInTierException" };
  SetRiskConfiguration: { input: SetRiskConfigurationRequest; output: SetRiskConfigurationResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserPoolAddOnNotEnabledException" | "CodeDeliveryFailureException" | "InvalidEmailRoleAccessPolicyException" | "InternalErrorException" };
  SetUICustomization: { input: SetUICustomizationRequest; output: SetUICustomizationResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" };
  SetUserMFAPreference: { input: SetUserMFAPreferenceRequest; output: SetUserMFAPreferenceResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  SetUserPoolClientSessionConfiguration: { input: SetUserPoolClientSessionConfigurationRequest; output: SetUserPoolClientSessionConfigurationResponse; errors: "ConcurrentModificationException" | "FeatureUnavailableInTierException" | "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" };
  SetUserPoolMfaConfig: { input: SetUserPoolMfaConfigRequest; output: SetUserPoolMfaConfigResponse; errors: "InvalidParameterException" | "TooManyRequestsException" | "ConcurrentModificationException" | "ResourceNotFoundException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "NotAuthorizedException" | "InternalErrorException" | "FeatureUnavailableInTierException" };
  SetUserPoolSessionConfiguration: { input: SetUserPoolSessionConfigurationRequest; output: SetUserPoolSessionConfigurationResponse; errors: "ConcurrentModificationException" | "FeatureUnavailableInTierException" | "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" };
  SetUserSettings: { input: SetUserSettingsRequest; output: SetUserSettingsResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  SignUp: { input: SignUpRequest; output: SignUpResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "InvalidPasswordException" | "InvalidLambdaResponseException" | "UsernameExistsException" | "TooManyRequestsException" | "InternalErrorException" | "LimitExceededException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "CodeDeliveryFailureException" | "ForbiddenException" };
  StartUserImportJob: { input: StartUserImportJobRequest; output: StartUserImportJobResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "InternalErrorException" | "PreconditionNotMetException" | "NotAuthorizedException" };
  StartWebAuthnRegistration: { input: StartWebAuthnRegistrationRequest; output: StartWebAuthnRegistrationResponse; errors: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "LimitExceededException" | "NotAuthorizedException" | "TooManyRequestsException" | "WebAuthnNotEnabledException" | "PasswordResetRequiredException" | "WebAuthnConfigurationMissingException" };
  StopUserImportJob: { input: StopUserImportJobRequest; output: StopUserImportJobResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "InternalErrorException" | "PreconditionNotMetException" | "NotAuthorizedException" };
  TagResource: { input: TagResourceRequest; output: TagResourceResponse; errors: "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InvalidParameterException" | "InternalErrorException" };
  UntagResource: { input: UntagResourceRequest; output: UntagResourceResponse; errors: "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InvalidParameterException" | "InternalErrorException" };
  UpdateAuthEventFeedback: { input: UpdateAuthEventFeedbackRequest; output: UpdateAuthEventFeedbackResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "UserPoolAddOnNotEnabledException" | "InternalErrorException" };
  UpdateDeviceStatus: { input: UpdateDeviceStatusRequest; output: UpdateDeviceStatusResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  UpdateGroup: { input: UpdateGroupRequest; output: UpdateGroupResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  UpdateIdentityProvider: { input: UpdateIdentityProviderRequest; output: UpdateIdentityProviderResponse; errors: "InvalidParameterException" | "UnsupportedIdentityProviderException" | "ResourceNotFoundException" | "ConcurrentModificationException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" };
  UpdateManagedLoginBranding: { input: UpdateManagedLoginBrandingRequest; output: UpdateManagedLoginBrandingResponse; errors: "ResourceNotFoundException" | "ConcurrentModificationException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  UpdateProvisionedLimit: { input: UpdateProvisionedLimitRequest; output: UpdateProvisionedLimitResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "ResourceNotFoundException" | "ServiceQuotaExceededException" | "TooManyRequestsException" };
  UpdateResourceServer: { input: UpdateResourceServerRequest; output: UpdateResourceServerResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" };
  UpdateTerms: { input: UpdateTermsRequest; output: UpdateTermsResponse; errors: "ResourceNotFoundException" | "ConcurrentModificationException" | "TermsExistsException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException" };
  UpdateUserAttributes: { input: UpdateUserAttributesRequest; output: UpdateUserAttributesResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "CodeMismatchException" | "ExpiredCodeException" | "NotAuthorizedException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "AliasExistsException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "CodeDeliveryFailureException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "ForbiddenException" };
  UpdateUserPool: { input: UpdateUserPoolRequest; output: UpdateUserPoolResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "ConcurrentModificationException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserImportInProgressException" | "InternalErrorException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "UserPoolTaggingException" | "InvalidEmailRoleAccessPolicyException" | "TierChangeNotAllowedException" | "FeatureUnavailableInTierException" };
  UpdateUserPoolClient: { input: UpdateUserPoolClientRequest; output: UpdateUserPoolClientResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "ConcurrentModificationException" | "TooManyRequestsException" | "NotAuthorizedException" | "ScopeDoesNotExistException" | "InvalidOAuthFlowException" | "InternalErrorException" | "FeatureUnavailableInTierException" };
  UpdateUserPoolDomain: { input: UpdateUserPoolDomainRequest; output: UpdateUserPoolDomainResponse; errors: "InvalidParameterException" | "NotAuthorizedException" | "ConcurrentModificationException" | "ResourceNotFoundException" | "TooManyRequestsException" | "InternalErrorException" | "FeatureUnavailableInTierException" };
  UpdateUserPoolReplica: { input: UpdateUserPoolReplicaRequest; output: UpdateUserPoolReplicaResponse; errors: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" };
  VerifySoftwareToken: { input: VerifySoftwareTokenRequest; output: VerifySoftwareTokenResponse; errors: "InvalidParameterException" | "ResourceNotFoundException" | "InvalidUserPoolConfigurationException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "EnableSoftwareTokenMFAException" | "NotAuthorizedException" | "SoftwareTokenMFANotFoundException" | "CodeMismatchException" | "ForbiddenException" };
  VerifyUserAttribute: { input: VerifyUserAttributeRequest; output: VerifyUserAttributeResponse; errors: "ResourceNotFoundException" | "InvalidParameterException" | "CodeMismatchException" | "ExpiredCodeException" | "NotAuthorizedException" | "TooManyRequestsException" | "LimitExceededException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "AliasExistsException" | "ForbiddenException" };
}

export type OperationName = keyof Operations;
