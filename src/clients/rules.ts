/**
 * What the settings of a client must agree in: an ordered list of small checks, each with Cognito's own sentence.
 * Source: Cognito API reference, CreateUserPoolClient, and messages as measured against the service.
 */
import { ApiError, type ErrorName } from "../contract/errors.ts";
import type { Pool } from "../pools/pool.ts";
import type { ResourceServer } from "../pools/resource-server.ts";
import { customScopes, registrationScope } from "../pools/resource-server.ts";
import { type ClientSettings, lifetimesOf } from "./client.ts";
import { checkRedirectUri } from "./redirect-uri.ts";

/** What the checks look at. */
export interface ClientProposal {
  readonly pool: Pool;
  readonly settings: ClientSettings;
  readonly hasSecret: boolean;
  readonly resourceServers: readonly ResourceServer[];
  /** Those of the named providers that the pool has. */
  readonly providers: ReadonlySet<string>;
}

type Check = (proposal: ClientProposal) => void;

function refuse(message: string, name: ErrorName = "InvalidParameterException"): never {
  throw new ApiError(name, message);
}

const flowsOf = ({ settings }: ClientProposal) => settings.AllowedOAuthFlows ?? [];

const checkExplicitFlows: Check = ({ pool, settings, hasSecret }) => {
  const flows = settings.ExplicitAuthFlows ?? [];
  const modern = flows.filter((flow) => flow.startsWith("ALLOW_"));
  if (modern.length > 0 && modern.length < flows.length) {
    refuse("Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.");
  }
  if (flows.includes("ALLOW_USER_AUTH") && pool.settings.UserPoolTier === "LITE") {
    // Unconfirmed text, by analogy with the tier's other refusals.
    refuse(
      "The following feature is not available for the LITE pricing tier configured: Choice-Based Sign-In",
      "FeatureUnavailableInTierException",
    );
  }
  if (flows.includes("ALLOW_CLIENT_TOKEN_AUTH") && (flows.length > 1 || !hasSecret)) {
    refuse("ALLOW_CLIENT_TOKEN_AUTH must be the only explicit auth flow of a client with a secret.");
  }
  if (settings.RefreshTokenRotation?.Feature === "ENABLED" && flows.includes("ALLOW_REFRESH_TOKEN_AUTH")) {
    refuse("ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled");
  }
};

const checkOAuthFlows: Check = (proposal) => {
  const { settings, hasSecret } = proposal;
  const flows = flowsOf(proposal);
  const isMissing = flows.length === 0 || !settings.AllowedOAuthScopes?.length;
  if (settings.AllowedOAuthFlowsUserPoolClient && isMissing) {
    refuse("AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.");
  }
  if (flows.includes("client_credentials")) {
    if (flows.length > 1) {
      refuse(
        "client_credentials flow can not be selected along with code flow or implicit flow.",
        "InvalidOAuthFlowException",
      );
    }
    if (!hasSecret) {
      refuse(
        "client_credentials flow can not be selected if client does not have a client secret.",
        "InvalidOAuthFlowException",
      );
    }
    return;
  }
  if (flows.length > 0 && !settings.CallbackURLs?.length) {
    refuse("CallbackUrls can not be empty when code flow or implicit flow is selected", "InvalidOAuthFlowException");
  }
};

const standardScopes: ReadonlySet<string> = new Set([
  "phone",
  "email",
  "openid",
  "profile",
  "aws.cognito.signin.user.admin",
]);

const checkScopes: Check = ({ settings, resourceServers }) => {
  const known = customScopes(resourceServers);
  for (const scope of settings.AllowedOAuthScopes ?? []) {
    // Source: Cognito API reference, ClientType: who registered itself cannot register others.
    const isForeign = scope === registrationScope && settings.ClientType === "DCR";
    if (isForeign || (!standardScopes.has(scope) && !known.has(scope))) {
      refuse(`Invalid scope requested: ${scope}`, "ScopeDoesNotExistException");
    }
  }
};

const checkRedirectUris: Check = ({ settings }) => {
  for (const uri of [...(settings.CallbackURLs ?? []), ...(settings.LogoutURLs ?? [])]) checkRedirectUri(uri);
  const { DefaultRedirectURI } = settings;
  if (DefaultRedirectURI !== undefined && !settings.CallbackURLs?.includes(DefaultRedirectURI)) {
    refuse(`The default redirect URI ${DefaultRedirectURI} is not in the callback URIs list.`);
  }
};

const accessRange = [300, 86_400] as const;
const refreshRange = [3600, 3650 * 86_400] as const;

const checkLifetimes: Check = ({ settings }) => {
  const { accessSeconds, idSeconds, refreshSeconds } = lifetimesOf(settings);
  const isOutside = (seconds: number, [least, most]: readonly [number, number]) => seconds < least || seconds > most;
  if (
    isOutside(accessSeconds, accessRange) ||
    isOutside(idSeconds, accessRange) ||
    isOutside(refreshSeconds, refreshRange)
  ) {
    refuse("Invalid range for token validity.");
  }
  if (accessSeconds > refreshSeconds || idSeconds > refreshSeconds) {
    refuse("Access and Id Token expiration times must be less than or equal to refresh token expiration times.");
  }
};

const checkAttributes: Check = ({ pool, settings }) => {
  const schema = new Map(pool.settings.SchemaAttributes.map((attribute) => [attribute.Name, attribute]));
  if (settings.ReadAttributes?.some((name) => !schema.has(name))) {
    refuse("Invalid read attributes specified while creating a client");
  }
  const cannotWrite = (name: string) => !schema.has(name) || name === "sub" || name.endsWith("_verified");
  const { WriteAttributes } = settings;
  // A required attribute that the client could not write would make every sign-up through it fail.
  const isRequired = ({ Name, Required }: { Name?: string | undefined; Required?: boolean | undefined }) =>
    Required === true && Name !== "sub" && WriteAttributes?.includes(Name ?? "") === false;
  if (WriteAttributes && (WriteAttributes.some(cannotWrite) || pool.settings.SchemaAttributes.some(isRequired))) {
    refuse("Invalid write attributes specified while creating a client");
  }
};

const checkOthers: Check = ({ pool, settings, hasSecret, providers }) => {
  if (settings.EnablePropagateAdditionalUserContextData && !hasSecret) {
    refuse("Client Secret is required to set EnablePropagateAdditionalUserContextData as true");
  }
  const foreign = settings.SupportedIdentityProviders?.find(
    (provider) => provider !== "COGNITO" && !providers.has(provider),
  );
  if (foreign !== undefined) refuse(`The provider ${foreign} does not exist for User Pool ${pool.id}`);
  const { ApplicationArn, ApplicationId, RoleArn, ExternalId } = settings.AnalyticsConfiguration ?? {};
  const isById = ApplicationId !== undefined && RoleArn !== undefined && ExternalId !== undefined;
  if (settings.AnalyticsConfiguration && (ApplicationArn === undefined) === !isById) {
    refuse(
      "Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid",
    );
  }
};

const checks: readonly Check[] = [
  checkExplicitFlows,
  checkOAuthFlows,
  checkScopes,
  checkRedirectUris,
  checkLifetimes,
  checkAttributes,
  checkOthers,
];

/** Checks what the settings of a client must agree in. @throws the first rule that is broken. */
export function checkClientRules(proposal: ClientProposal): void {
  for (const check of checks) check(proposal);
}
