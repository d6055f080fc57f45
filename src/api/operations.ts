/**
 * Every operation of the contract, by its name on the wire. An operation that the contract has and this table has not
 * does not compile. What is knowingly not served yet says so, and answers as an error: nothing answers success without
 * doing the work.
 */
import * as clients from "../clients/operations.ts";
import type { OperationName } from "../contract/types.gen.ts";
import * as groups from "../groups/operations.ts";
import type { Operation, SubjectKind } from "../operation.ts";
import * as pools from "../pools/operations.ts";
import * as signin from "../signin/operations.ts";
import * as tokens from "../tokens/operations.ts";
import * as users from "../users/operations.ts";

/** An operation that is not served, and why. */
export interface Unserved {
  readonly reason: string;
}

type OfAnyKind<Name extends OperationName> = { [Kind in SubjectKind]: Operation<Name, Kind> }[SubjectKind];

type Table = { readonly [Name in OperationName]: OfAnyKind<Name> | Unserved };

const notYet = (what: string): Unserved => ({ reason: `Poolhouse does not serve ${what} yet.` });

/** What is knowingly not served. */
export const unsupported = {
  AdminDisableProviderForUser: notYet("identity providers and signing in through them"),
  AdminLinkProviderForUser: notYet("identity providers and signing in through them"),
  CreateIdentityProvider: notYet("identity providers and signing in through them"),
  DeleteIdentityProvider: notYet("identity providers and signing in through them"),
  DescribeIdentityProvider: notYet("identity providers and signing in through them"),
  GetIdentityProviderByIdentifier: notYet("identity providers and signing in through them"),
  GetSigningCertificate: notYet("identity providers and signing in through them"),
  ListIdentityProviders: notYet("identity providers and signing in through them"),
  UpdateIdentityProvider: notYet("identity providers and signing in through them"),
  AdminForgetDevice: notYet("devices"),
  AdminGetDevice: notYet("devices"),
  AdminListDevices: notYet("devices"),
  AdminUpdateDeviceStatus: notYet("devices"),
  ConfirmDevice: notYet("devices"),
  ForgetDevice: notYet("devices"),
  GetDevice: notYet("devices"),
  ListDevices: notYet("devices"),
  UpdateDeviceStatus: notYet("devices"),
  CompleteWebAuthnRegistration: notYet("passkeys"),
  DeleteWebAuthnCredential: notYet("passkeys"),
  ListWebAuthnCredentials: notYet("passkeys"),
  StartWebAuthnRegistration: notYet("passkeys"),
  AdminDeleteSoftwareToken: notYet("second factors"),
  AdminGetUserAuthFactors: notYet("second factors"),
  AdminSetUserMFAPreference: notYet("second factors"),
  AdminSetUserSettings: notYet("second factors"),
  AssociateSoftwareToken: notYet("second factors"),
  GetUserAuthFactors: notYet("second factors"),
  GetUserPoolMfaConfig: notYet("second factors"),
  SetUserMFAPreference: notYet("second factors"),
  SetUserPoolMfaConfig: notYet("second factors"),
  SetUserSettings: notYet("second factors"),
  VerifySoftwareToken: notYet("second factors"),
  CreateUserImportJob: notYet("user import"),
  DescribeUserImportJob: notYet("user import"),
  GetCSVHeader: notYet("user import"),
  ListUserImportJobs: notYet("user import"),
  StartUserImportJob: notYet("user import"),
  StopUserImportJob: notYet("user import"),
  AdminListUserAuthEvents: notYet("threat protection and its events"),
  AdminUpdateAuthEventFeedback: notYet("threat protection and its events"),
  DescribeRiskConfiguration: notYet("threat protection and its events"),
  SetRiskConfiguration: notYet("threat protection and its events"),
  UpdateAuthEventFeedback: notYet("threat protection and its events"),
  GetLogDeliveryConfiguration: notYet("log delivery"),
  SetLogDeliveryConfiguration: notYet("log delivery"),
  CreateUserPoolReplica: notYet("replicas and provisioned limits"),
  DeleteUserPoolReplica: notYet("replicas and provisioned limits"),
  GetProvisionedLimit: notYet("replicas and provisioned limits"),
  ListUserPoolReplicas: notYet("replicas and provisioned limits"),
  UpdateProvisionedLimit: notYet("replicas and provisioned limits"),
  UpdateUserPoolReplica: notYet("replicas and provisioned limits"),
  CreateManagedLoginBranding: notYet("branding"),
  CreateTerms: notYet("branding"),
  DeleteManagedLoginBranding: notYet("branding"),
  DeleteTerms: notYet("branding"),
  DescribeManagedLoginBranding: notYet("branding"),
  DescribeManagedLoginBrandingByClient: notYet("branding"),
  DescribeTerms: notYet("branding"),
  DescribeTermsByClient: notYet("branding"),
  GetUICustomization: notYet("branding"),
  ListTerms: notYet("branding"),
  SetUICustomization: notYet("branding"),
  UpdateManagedLoginBranding: notYet("branding"),
  UpdateTerms: notYet("branding"),
  AdminListUserSessions: notYet("sessions and their settings"),
  AdminRevokeUserSession: notYet("sessions and their settings"),
  GetUserPoolClientSessionConfiguration: notYet("sessions and their settings"),
  GetUserPoolSessionConfiguration: notYet("sessions and their settings"),
  ListUserSessions: notYet("sessions and their settings"),
  RevokeUserSession: notYet("sessions and their settings"),
  SetUserPoolClientSessionConfiguration: notYet("sessions and their settings"),
  SetUserPoolSessionConfiguration: notYet("sessions and their settings"),
  AddCustomAttributes: notYet("tags and custom attributes"),
  ListTagsForResource: notYet("tags and custom attributes"),
  TagResource: notYet("tags and custom attributes"),
  GetClientToken: notYet("client tokens over the JSON API"),
  AdminResetUserPassword: notYet("resetting and changing passwords"),
  ChangePassword: notYet("resetting and changing passwords"),
  ConfirmForgotPassword: notYet("resetting and changing passwords"),
  ForgotPassword: notYet("resetting and changing passwords"),
  AdminDeleteUserAttributes: notYet("changing attributes and accounts"),
  AdminDisableUser: notYet("changing attributes and accounts"),
  AdminEnableUser: notYet("changing attributes and accounts"),
  AdminUpdateUserAttributes: notYet("changing attributes and accounts"),
  DeleteUser: notYet("changing attributes and accounts"),
  DeleteUserAttributes: notYet("changing attributes and accounts"),
  GetUserAttributeVerificationCode: notYet("changing attributes and accounts"),
  UntagResource: notYet("changing attributes and accounts"),
  UpdateUserAttributes: notYet("changing attributes and accounts"),
  VerifyUserAttribute: notYet("changing attributes and accounts"),
} as const satisfies Partial<Table>;

export const operations: Table = {
  ...unsupported,
  ...pools,
  ...clients,
  ...users,
  ...groups,
  ...tokens,
  ...signin,
};
