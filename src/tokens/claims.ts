/**
 * The claims of every kind of token, in Cognito's order, built here and nowhere else.
 * Source: Cognito developer guide, access tokens and ID tokens; orders as observed.
 */
import { createHash } from "node:crypto";
import type { GroupClaims } from "../groups/group.ts";
import { toSeconds } from "../lib/clock.ts";
import type { Attributes } from "../users/user.ts";
import type { GrantRecord } from "./family.ts";

/** A token's claims in the order they are written; undefined ones are left out. */
export type Claims = Readonly<Record<string, unknown>>;

/** What the tokens of a user are made of. Times in milliseconds. */
export interface Subject {
  readonly issuer: string;
  readonly clientId: string;
  readonly sub: string;
  readonly username: string;
  readonly groups: GroupClaims;
  /** Only what the client may read and the scopes let out. */
  readonly attributes: Attributes;
  readonly grant: GrantRecord;
  /** Shown as `origin_jti`; undefined where the client has token revocation switched off. */
  readonly family: string | undefined;
  readonly issuedAt: number;
}

/** Claims of a user's access token. */
export function accessTokenClaims(subject: Subject, jti: string, lifetimeSeconds: number): Claims {
  const { grant } = subject;
  const issuedAt = toSeconds(subject.issuedAt);
  return {
    sub: subject.sub,
    device_key: grant.deviceKey,
    "cognito:groups": listOrNone(subject.groups.groups),
    iss: subject.issuer,
    version: grant.door === "hosted" ? 2 : undefined,
    client_id: subject.clientId,
    aud: grant.resource,
    origin_jti: subject.family,
    event_id: grant.door === "api" ? grant.eventId : undefined,
    token_use: "access",
    scope: grant.scopes.join(" "),
    auth_time: toSeconds(grant.authenticatedAt),
    exp: issuedAt + lifetimeSeconds,
    iat: issuedAt,
    jti,
    username: subject.username,
    ...grant.assurance,
  };
}

/** What an ID token has beside the subject: the nonce of the request and the access token that goes with it. */
export interface IdTokenContext {
  readonly jti: string;
  readonly lifetimeSeconds: number;
  readonly nonce?: string | undefined;
  /** The access token issued with it: hosted sign-ins bind it by `at_hash`. */
  readonly accessToken?: string | undefined;
}

/** Claims of an ID token. Verified flags are booleans here, although they are text everywhere else. */
export function idTokenClaims(subject: Subject, context: IdTokenContext): Claims {
  const { grant, attributes } = subject;
  const { email_verified, phone_number_verified, identities, ...others } = attributes;
  const issuedAt = toSeconds(subject.issuedAt);
  const isHosted = grant.door === "hosted";
  return {
    at_hash: isHosted && context.accessToken ? hashOfAccessToken(context.accessToken) : undefined,
    sub: subject.sub,
    "cognito:groups": listOrNone(subject.groups.groups),
    email_verified: booleanOrNone(email_verified),
    "cognito:preferred_role": subject.groups.preferredRole,
    phone_number_verified: booleanOrNone(phone_number_verified),
    iss: subject.issuer,
    "cognito:username": subject.username,
    nonce: context.nonce,
    origin_jti: subject.family,
    "cognito:roles": listOrNone(subject.groups.roles),
    aud: subject.clientId,
    identities: identities === undefined ? undefined : identityClaim(identities),
    event_id: isHosted ? undefined : grant.eventId,
    token_use: "id",
    auth_time: toSeconds(grant.authenticatedAt),
    exp: issuedAt + context.lifetimeSeconds,
    iat: issuedAt,
    jti: subject.family === undefined ? undefined : context.jti,
    ...grant.assurance,
    ...attributeClaims(others),
  };
}

/** What the access token of a client acting for itself is made of. */
export interface MachineSubject {
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly issuedAt: number;
  readonly lifetimeSeconds: number;
  readonly jti: string;
}

/** Claims of a client's own access token: no user, no family, no refresh. */
export function machineTokenClaims(subject: MachineSubject): Claims {
  const issuedAt = toSeconds(subject.issuedAt);
  return {
    sub: subject.clientId,
    token_use: "access",
    scope: subject.scopes.join(" "),
    auth_time: issuedAt,
    iss: subject.issuer,
    exp: issuedAt + subject.lifetimeSeconds,
    iat: issuedAt,
    version: 2,
    jti: subject.jti,
    client_id: subject.clientId,
  };
}

/** Left half of the SHA-256 of the access token. Source: OpenID Connect Core 1.0 section 3.1.3.6. */
const hashOfAccessToken = (accessToken: string): string =>
  createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url");

const listOrNone = <Item>(items: readonly Item[]): readonly Item[] | undefined =>
  items.length > 0 ? items : undefined;

const booleanOrNone = (text: string | undefined): boolean | undefined =>
  text === undefined ? undefined : text === "true";

/** Attributes are text in a token too, but for the two that OpenID Connect Core 1.0 section 5.1 gives other types. */
function attributeClaims(attributes: Attributes): Claims {
  const { address, updated_at, ...texts } = attributes;
  return {
    ...texts,
    address: address === undefined ? undefined : { formatted: address },
    updated_at: updated_at === undefined ? undefined : Number(updated_at),
  };
}

/** Tokens show linked identities with their flags and dates as text. */
function identityClaim(attribute: string): unknown {
  const identities: unknown = JSON.parse(attribute);
  if (!Array.isArray(identities)) return undefined;
  return identities.map((identity: Record<string, unknown>) => ({
    ...identity,
    primary: String(identity["primary"]),
    dateCreated: String(identity["dateCreated"]),
  }));
}
