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
  ...refreshValidity(request),
  AccessTokenValidity: request.AccessTokenValidity,
  IdTokenValidity: request.IdTokenValidity,
  // Source: observed: an empty list of attributes allows them all, as one that was left out does.
  ReadAttributes: nonEmpty(request.ReadAttributes),
  WriteAttributes: nonEmpty(request.WriteAttributes),
  ExplicitAuthFlows: nonEmpty(request.ExplicitAuthFlows),
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

const nonEmpty = <Item>(items: Item[] | undefined): Item[] | undefined => (items?.length ? items : undefined);

/** The life of refresh tokens with its unit. A default is shown in days: in another unit it would say another time. */
function refreshValidity({
  RefreshTokenValidity,
  TokenValidityUnits = {},
}: CreateUserPoolClientRequest | UpdateUserPoolClientRequest): Pick<
  ClientSettings,
  "RefreshTokenValidity" | "TokenValidityUnits"
> {
  if (RefreshTokenValidity) return { RefreshTokenValidity, TokenValidityUnits };
  const unit = TokenValidityUnits.RefreshToken && "days";
  return {
    RefreshTokenValidity: defaultRefreshDays,
    TokenValidityUnits: { ...TokenValidityUnits, RefreshToken: unit },
  };
}
