/**
 * What a pool's own function changes of tokens before they are signed. Claims that say who signed in, when, and for
 * whom are nobody's to change. Source: Cognito developer guide, pre token generation Lambda trigger.
 */
import type { App } from "../app.ts";
import type { GroupClaims } from "../groups/group.ts";
import {
  type ClaimChanges,
  preTokenGeneration,
  preTokenGenerationV2,
  type TokenChanges,
} from "../triggers/definitions.ts";
import { eventAttributes, hasTrigger, runTrigger } from "../triggers/trigger.ts";
import type { Claims } from "./claims.ts";
import type { Bearer } from "./issue.ts";

/** Why tokens are made: the second half of the trigger's source. */
export type TokenCause =
  | "HostedAuth"
  | "Authentication"
  | "NewPasswordChallenge"
  | "AuthenticateDevice"
  | "RefreshTokens";

/** The occasion on which tokens are made. */
export interface TokenOccasion {
  readonly cause: TokenCause;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

const eventVersions = { V1_0: "1", V2_0: "2", V3_0: "3" } as const;

const versionOf = ({ pool }: Pick<Bearer, "pool">) =>
  pool.settings.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion ?? "V1_0";

/** Asks the pool's function what to change of a user's tokens; undefined where it has none. */
export async function askBeforeTokens(
  app: App,
  { pool, client, user }: Bearer,
  { cause, clientMetadata }: TokenOccasion,
  { groups, scopes }: { readonly groups: GroupClaims; readonly scopes: readonly string[] },
): Promise<TokenChanges | undefined> {
  if (!hasTrigger(pool, "PreTokenGeneration")) return undefined;
  const version = versionOf({ pool });
  const definition = version === "V1_0" ? preTokenGeneration : preTokenGenerationV2;
  return runTrigger(app, definition, {
    pool,
    source: `TokenGeneration_${cause}`,
    clientId: client.id,
    userName: user.username,
    version: eventVersions[version],
    request: {
      userAttributes: eventAttributes(pool, user),
      groupConfiguration: {
        groupsToOverride: groups.groups,
        iamRolesToOverride: groups.roles,
        preferredRole: groups.preferredRole ?? null,
      },
      ...(version !== "V1_0" && { scopes }),
      clientMetadata,
    },
  });
}

/** Asks the pool's function about the token of a client that acts for itself: only its third version is asked. */
export async function askBeforeMachineToken(
  app: App,
  { pool, client }: Pick<Bearer, "pool" | "client">,
  scopes: readonly string[],
  clientMetadata: Readonly<Record<string, string>> | undefined,
): Promise<TokenChanges | undefined> {
  if (versionOf({ pool }) !== "V3_0") return undefined;
  return runTrigger(app, preTokenGenerationV2, {
    pool,
    source: "TokenGeneration_ClientCredentials",
    clientId: client.id,
    userName: "ClientCredentials",
    version: eventVersions.V3_0,
    request: { userAttributes: {}, groupConfiguration: null, scopes, clientMetadata: clientMetadata ?? {} },
  });
}

/** The groups that tokens show after a change. */
export function changedGroups(groups: GroupClaims, changes: TokenChanges | undefined): GroupClaims {
  if (!changes?.groups) return groups;
  const { groupsToOverride, iamRolesToOverride, preferredRole } = changes.groups;
  return {
    groups: groupsToOverride,
    roles: iamRolesToOverride,
    ...(preferredRole !== undefined && { preferredRole }),
  };
}

/** The scopes of an access token after a change. Taking away counts more than adding. */
export function changedScopes(scopes: readonly string[], changes: TokenChanges | undefined): readonly string[] {
  if (!changes) return scopes;
  const { scopesToAdd, scopesToSuppress } = changes.access;
  const suppressed = new Set(scopesToSuppress);
  return [...new Set([...scopes, ...scopesToAdd])].filter((scope) => !suppressed.has(scope));
}

const protectedClaims: ReadonlySet<string> = new Set([
  "acr",
  "amr",
  "at_hash",
  "auth_time",
  "azp",
  "client_id",
  "device_key",
  "event_id",
  "exp",
  "iat",
  "identities",
  "iss",
  "jti",
  "nbf",
  "nonce",
  "origin_jti",
  "scope",
  "sub",
  "token_use",
  "username",
  "version",
]);

/** Groups are changed as groups; suppressing them takes the roles along. */
const groupNames = ["cognito:groups", "cognito:roles", "cognito:preferred_role"];

const isProtected = (name: string): boolean => protectedClaims.has(name) || name.startsWith("cognito:");

/** Claims that must stay plain in an ID token, because OpenID Connect gives them a type. */
const plainInIdToken: ReadonlySet<string> = new Set([
  "phone_number_verified",
  "email_verified",
  "updated_at",
  "address",
]);

/** The claims of a token after a change. What may not be changed stays, silently, as in Cognito. */
export function changedClaims(claims: Claims, changes: ClaimChanges | undefined, kind: "id" | "access"): Claims {
  if (!changes) return claims;
  const changed: Record<string, unknown> = { ...claims };
  for (const [name, value] of Object.entries(changes.claimsToAddOrOverride)) {
    if (mayAdd(name, value, claims, kind)) changed[name] = value;
  }
  for (const name of changes.claimsToSuppress) {
    if (name === "cognito:groups") for (const one of groupNames) delete changed[one];
    else if (!isProtected(name) && name !== "aud") delete changed[name];
  }
  return changed;
}

function mayAdd(name: string, value: unknown, claims: Claims, kind: "id" | "access"): boolean {
  // An access token may be given an audience, and only its own client.
  if (name === "aud") return kind === "access" && value === claims["client_id"];
  if (isProtected(name) || name.startsWith("dev:")) return false;
  const isPlain = typeof value !== "object" || value === null;
  return kind === "access" || isPlain || !plainInIdToken.has(name);
}
