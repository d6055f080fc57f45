/**
 * The details of a provider: what each type needs, and what the service adds of its own.
 * Source: Cognito API reference, CreateIdentityProvider, ProviderDetails; messages as measured against the service.
 */
import { ApiError } from "../contract/errors.ts";
import { checkEndpoint, type Surroundings } from "./endpoint.ts";
import { readVisitableMetadata, shownAddresses } from "./metadata.ts";
import type { ProviderType } from "./provider.ts";

type Details = Readonly<Record<string, string>>;

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

interface Requirement {
  readonly names: readonly string[];
  readonly message: string;
}

const social: Requirement = {
  names: ["client_id", "client_secret", "authorize_scopes"],
  message: "clientId, clientSecret and authorizeScopes are all required idp details.",
};

const requirements: Readonly<Record<ProviderType, Requirement>> = {
  SAML: { names: [], message: "" },
  OIDC: {
    names: ["client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method"],
    message: "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.",
  },
  Facebook: social,
  Google: social,
  LoginWithAmazon: social,
  SignInWithApple: {
    names: ["client_id", "private_key", "team_id", "key_id"],
    message: "clientId, privateKey, teamId, and keyId are all required idp details.",
  },
};

/** The details of a provider as they are kept. @throws InvalidParameterException for what is missing or impossible. */
export function providerDetails(type: ProviderType, given: Details, around: Surroundings): Details {
  const { names, message } = requirements[type];
  if (names.some((name) => !given[name])) throw invalid(message);
  switch (type) {
    case "SAML":
      return samlDetails(given, around);
    case "OIDC":
      return oidcDetails(given, around);
    case "Facebook":
      return { ...given, ...facebookEndpoints(given["api_version"] ?? facebookVersion) };
    case "Google":
    case "LoginWithAmazon":
    case "SignInWithApple":
      return { ...given, ...endpoints[type] };
  }
}

const facebookVersion = "v17.0";

function facebookEndpoints(version: string): Details {
  if (!/^v\d{1,3}\.\d{1,3}$/.test(version)) throw invalid("The api_version of Facebook must look like v17.0.");
  return {
    api_version: version,
    attributes_url: `https://graph.facebook.com/${version}/me?fields=`,
    attributes_url_add_attributes: "true",
    authorize_url: `https://www.facebook.com/${version}/dialog/oauth`,
    token_request_method: "GET",
    token_url: `https://graph.facebook.com/${version}/oauth/access_token`,
  };
}

/** Where the large providers are; nobody sets that. */
const endpoints: Readonly<Record<"Google" | "LoginWithAmazon" | "SignInWithApple", Details>> = {
  Google: {
    attributes_url: "https://people.googleapis.com/v1/people/me?personFields=",
    attributes_url_add_attributes: "true",
    authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
    oidc_issuer: "https://accounts.google.com",
    token_request_method: "POST",
    token_url: "https://www.googleapis.com/oauth2/v4/token",
  },
  LoginWithAmazon: {
    attributes_url: "https://api.amazon.com/user/profile",
    attributes_url_add_attributes: "false",
    authorize_url: "https://www.amazon.com/ap/oa",
    token_request_method: "POST",
    token_url: "https://api.amazon.com/auth/o2/token",
  },
  SignInWithApple: {
    attributes_url_add_attributes: "false",
    authorize_url: "https://appleid.apple.com/auth/authorize",
    oidc_issuer: "https://appleid.apple.com",
    token_request_method: "POST",
    token_url: "https://appleid.apple.com/auth/token",
  },
};

const oidcEndpoints = ["oidc_issuer", "authorize_url", "token_url", "attributes_url", "jwks_uri"];

function oidcDetails(given: Details, around: Surroundings): Details {
  const method = given["attributes_request_method"];
  if (method !== "GET" && method !== "POST") throw invalid("attributesRequestMethod must be GET or POST.");
  for (const name of oidcEndpoints) {
    const address = given[name];
    if (address !== undefined) checkEndpoint(address, around, "OIDC endpoint must start with https://");
  }
  return { ...given, attributes_url_add_attributes: "false" };
}

const samlFlags = ["IDPInit", "IDPSignout", "EncryptedResponses"];

/** Metadata behind a URL is fetched when somebody signs in, so only metadata that is given here says where to go. */
function samlDetails(given: Details, around: Surroundings): Details {
  const { MetadataURL: address, MetadataFile: file, RequestSigningAlgorithm: algorithm } = given;
  if (!address && !file) throw invalid("At least one of the MetadataURL or MetadataFile should be provided.");
  if (address && file) throw invalid("Only one of the MetadataURL or MetadataFile should be provided.");
  const flag = samlFlags.find((name) => !["true", "false", undefined].includes(given[name]));
  if (flag) throw invalid(`${flag} must be true or false.`);
  if (algorithm !== undefined && algorithm !== "rsa-sha256") {
    throw invalid("RequestSigningAlgorithm must be rsa-sha256.");
  }
  if (address) {
    checkEndpoint(address, around, "MetadataURL must start with https://");
    return given;
  }
  return { ...given, ...shownAddresses(readVisitableMetadata(file ?? "", around.mode)) };
}
