/** What a client that registers itself says of itself, read and checked. Source: RFC 7591 section 2. */
import { ApiError } from "../contract/errors.ts";
import type { DcrConfigurationType, OAuthFlowType } from "../contract/types.gen.ts";
import { registrationScope } from "../pools/resource-server.ts";
import { checkRedirectUri } from "./redirect-uri.ts";

/** Why a client is not registered, in the words of RFC 7591 section 3.2.2. */
export class RegistrationRefusal extends Error {
  override readonly name = "RegistrationRefusal";
  readonly error: "invalid_redirect_uri" | "invalid_client_metadata" | "access_denied";

  constructor(error: RegistrationRefusal["error"], description: string) {
    super(description);
    this.error = error;
  }
}

/** Refuses what the metadata says. */
export const invalid = (description: string): RegistrationRefusal =>
  new RegistrationRefusal("invalid_client_metadata", description);

/** What a client says of itself, by the names of RFC 7591, before anything is known of it. */
export type Metadata = Readonly<Record<string, unknown>>;

/** What a registration may ask for. */
interface Allowance {
  readonly flows: readonly OAuthFlowType[];
  readonly scopes: ReadonlySet<string>;
}

const openIdScopes = ["openid", "email", "phone", "profile"];
const signInScope = "aws.cognito.signin.user.admin";

/** Source: as above: the scopes of OpenID Connect, and those that the pool lists, which must be there. */
export function allowedScopes({ AllowedScopes = [] }: DcrConfigurationType, custom: ReadonlySet<string>): Set<string> {
  const listed = AllowedScopes.filter(
    (scope) => (scope === signInScope || custom.has(scope)) && scope !== registrationScope,
  );
  return new Set([...openIdScopes, ...listed]);
}

/** What the metadata comes down to. */
export interface Asked {
  readonly name: string;
  readonly flow: "code" | "client_credentials";
  readonly scopes: string[];
  readonly redirectUris: string[];
  readonly authenticationMethod: string;
}

/** Reads the metadata. @throws RegistrationRefusal */
export function readMetadata(metadata: Metadata, { flows, scopes }: Allowance): Asked {
  const flow = readFlow(metadata, flows);
  const authenticationMethod = metadata["token_endpoint_auth_method"] ?? "client_secret_basic";
  if (typeof authenticationMethod !== "string" || !authenticationMethods.has(authenticationMethod)) {
    throw invalid("token_endpoint_auth_method must be none, client_secret_basic or client_secret_post.");
  }
  return {
    name: readName(metadata),
    flow,
    scopes: readScopes(metadata, flow, scopes),
    redirectUris: flow === "code" ? readRedirectUris(metadata) : [],
    authenticationMethod,
  };
}

const authenticationMethods: ReadonlySet<string> = new Set(["none", "client_secret_basic", "client_secret_post"]);

const flowsOfGrants = new Map<string, "code" | "client_credentials" | undefined>([
  ["authorization_code", "code"],
  ["client_credentials", "client_credentials"],
  // It comes with the code, and alone it is no way to begin.
  ["refresh_token", undefined],
]);

/** Source: RFC 7591 section 2.1: grant types and response types go together. */
function readFlow(metadata: Metadata, allowed: readonly OAuthFlowType[]): "code" | "client_credentials" {
  const grants = textsIn(metadata, "grant_types") ?? ["authorization_code"];
  const unknown = grants.find((grant) => !flowsOfGrants.has(grant));
  if (unknown !== undefined) throw invalid("grant_types holds a grant type that is not supported.");
  const [flow, ...others] = new Set(grants.flatMap((grant) => flowsOfGrants.get(grant) ?? []));
  if (flow === undefined || others.length > 0) throw invalid("grant_types must hold one way to begin.");
  if (!allowed.includes(flow)) throw invalid("grant_types holds a grant type that is not allowed here.");
  const responses = textsIn(metadata, "response_types") ?? (flow === "code" ? ["code"] : []);
  const isFitting =
    flow === "code" ? responses.every((type) => type === "code") && responses.length > 0 : responses.length === 0;
  if (!isFitting) throw invalid("response_types does not go with grant_types.");
  return flow;
}

function readScopes(metadata: Metadata, flow: Asked["flow"], allowed: ReadonlySet<string>): string[] {
  const text = metadata["scope"];
  if (text !== undefined && typeof text !== "string") throw invalid("scope must be a text.");
  // A client that acts for itself has nobody of whom to tell.
  const isFitting = (scope: string): boolean =>
    flow === "code" || !(openIdScopes.includes(scope) || scope === signInScope);
  const asked = text === undefined ? [...allowed] : [...new Set(text.split(" "))];
  const scopes = asked.filter((scope) => allowed.has(scope) && isFitting(scope));
  if (scopes.length === 0) throw invalid("scope holds no scope that is allowed here.");
  return scopes;
}

const redirectUrisLimit = 100;
const redirectUriLimitCharacters = 1024;

function readRedirectUris(metadata: Metadata): string[] {
  const refuse = (description: string): RegistrationRefusal =>
    new RegistrationRefusal("invalid_redirect_uri", description);
  const uris = textsIn(metadata, "redirect_uris", (name) => refuse(`${name} must be a list of texts.`)) ?? [];
  if (uris.length === 0 || uris.length > redirectUrisLimit) {
    throw refuse(`redirect_uris must hold 1 to ${redirectUrisLimit} addresses.`);
  }
  if (uris.some((uri) => uri.length > redirectUriLimitCharacters)) throw refuse("A redirect URI is too long.");
  try {
    for (const uri of uris) checkRedirectUri(uri);
  } catch (error) {
    throw error instanceof ApiError ? refuse(error.message) : error;
  }
  return [...new Set(uris)];
}

/** Source: Cognito API reference, ClientNameType. */
const possibleName = /^[\w\s+=,.@-]{1,128}$/;

function readName({ client_name: name = "Registered client" }: Metadata): string {
  if (typeof name === "string" && possibleName.test(name)) return name;
  throw invalid("client_name must have 1 to 128 letters, digits, spaces or signs of +=,.@-");
}

/** A list of texts of the metadata. */
function textsIn(
  metadata: Metadata,
  name: string,
  refuse: (name: string) => RegistrationRefusal = (wrong) => invalid(`${wrong} must be a list of texts.`),
): string[] | undefined {
  const value = metadata[name];
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((member) => typeof member === "string")) throw refuse(name);
  return value;
}
