import type { CreateUserPoolClientRequest, UpdateUserPoolClientRequest } from "../contract/types.gen.ts";
import type { ClientSettings } from "./client.ts";

const defaultRefreshDays = 30;
const defaultSessionMinutes = 3;

/**
 * The settings of a client, from the request that makes or updates it: an update puts back to its default what it
 * leaves out. Only the members with an echoed default are filled in; the others are shown when they were set.
 * Source: Cognito API reference, UserPoolClientType; defaults as observed.
 */
export const clientSettings = (request: CreateUserPoolClientRequest | UpdateUserPoolClientRequest): ClientSettings => ({
  RefreshTokenValidity: request.RefreshTokenValidity || defaultRefreshDays,
  AccessTokenValidity: request.AccessTokenValidity,
  IdTokenValidity: request.IdTokenValidity,
  TokenValidityUnits: request.TokenValidityUnits ?? {},
  ReadAttributes: request.ReadAttributes,
  WriteAttributes: request.WriteAttributes,
  ExplicitAuthFlows: request.ExplicitAuthFlows,
  SupportedIdentityProviders: request.SupportedIdentityProviders,
  CallbackURLs: request.CallbackURLs,
  LogoutURLs: request.LogoutURLs,
  DefaultRedirectURI: request.DefaultRedirectURI,
  AllowedOAuthFlows: request.AllowedOAuthFlows,
  AllowedOAuthScopes: request.AllowedOAuthScopes,
  AllowedOAuthFlowsUserPoolClient: request.AllowedOAuthFlowsUserPoolClient ?? false,
  AnalyticsConfiguration: request.AnalyticsConfiguration,
  PreventUserExistenceErrors: request.PreventUserExistenceErrors,
  EnableTokenRevocation: request.EnableTokenRevocation ?? true,
  EnablePropagateAdditionalUserContextData: request.EnablePropagateAdditionalUserContextData ?? false,
  AuthSessionValidity: request.AuthSessionValidity ?? defaultSessionMinutes,
  RefreshTokenRotation: request.RefreshTokenRotation,
});
