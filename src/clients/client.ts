/**
 * Clients: the app client of a pool, its settings, its secrets and how it proves itself. The room owns the rules of a
 * client's settings and the check of a secret or a SECRET_HASH; what a client may then do is the doors' and sign-in's.
 */
import type { ExplicitAuthFlowsType, TimeUnitsType, UserPoolClientType } from "../contract/types.gen.ts";
import { digits, lowerCase, type Random } from "../lib/random.ts";
import type { Pool } from "../pools/pool.ts";
import { isStandardAttribute } from "../pools/schema.ts";

/** The members of a client that its owner sets, as the API names them. Only what was set or has a default echoed. */
export type ClientSettings = Omit<
  UserPoolClientType,
  "UserPoolId" | "ClientName" | "ClientId" | "ClientSecret" | "LastModifiedDate" | "CreationDate"
> & {
  /** Shown by GetUserPoolClientSessionConfiguration alone; an update of the client leaves it as it is. */
  sessionReuseMinutes?: number | undefined;
};

/** A secret as it is stored. */
export interface ClientSecretRecord {
  /** `<client id>--<epoch>` */
  readonly id: string;
  readonly sealed: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface Client {
  readonly id: string;
  readonly poolId: string;
  readonly name: string;
  readonly settings: ClientSettings;
  /** None for a public client, at most two otherwise. */
  readonly secrets: readonly ClientSecretRecord[];
  readonly version: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Source: Cognito API reference: 26 lower-case letters and digits. */
export const newClientId = (random: Random): string => random.text(digits + lowerCase, 26);

/** A client's name that sets its id, for people who script against known ids. It is ours, not Cognito's. */
const customIdName = /^_custom_id_:([\w+]{1,128})$/;

/** The id that a client's name asks for, or undefined for an ordinary name. */
export const customClientId = (name: string): string | undefined => customIdName.exec(name)?.[1];

/** The client as lists show it. */
export const summarizeClient = (client: Client) => ({
  ClientId: client.id,
  UserPoolId: client.poolId,
  ClientName: client.name,
});

/** A flow as a client allows it. */
export type Allowance = Extract<ExplicitAuthFlowsType, `ALLOW_${string}`>;

/** Source: Cognito API reference, ExplicitAuthFlows: what a client that names no flow allows. */
const allowedByDefault: readonly Allowance[] = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

/** What the names of an earlier day stand for: SRP and refresh always went with them. */
const legacyAllowances: Partial<Record<ExplicitAuthFlowsType, readonly Allowance[]>> = {
  ADMIN_NO_SRP_AUTH: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  USER_PASSWORD_AUTH: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  CUSTOM_AUTH_FLOW_ONLY: ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
};

const isAllowance = (flow: ExplicitAuthFlowsType): flow is Allowance => flow.startsWith("ALLOW_");

/** The flows that a client allows, by their present names. */
export function allowedFlows({ settings }: Pick<Client, "settings">): ReadonlySet<Allowance> {
  const flows = settings.ExplicitAuthFlows ?? allowedByDefault;
  const allowed = new Set(flows.flatMap((flow) => (isAllowance(flow) ? [flow] : (legacyAllowances[flow] ?? []))));
  // A client that rotates refreshes by GetTokensFromRefreshToken and the token endpoint alone.
  // Source: Cognito developer guide, refresh token rotation.
  if (settings.RefreshTokenRotation?.Feature === "ENABLED") allowed.delete("ALLOW_REFRESH_TOKEN_AUTH");
  return allowed;
}

const unitSeconds: Readonly<Record<TimeUnitsType, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** How long the tokens of a client live. */
export interface TokenLifetimes {
  readonly accessSeconds: number;
  readonly idSeconds: number;
  readonly refreshSeconds: number;
}

const defaultHours = 1;
const defaultDays = 30;

/** The token lifetimes of these settings, with defaults and units applied. */
export function lifetimesOf(
  settings: Pick<
    ClientSettings,
    "AccessTokenValidity" | "IdTokenValidity" | "RefreshTokenValidity" | "TokenValidityUnits"
  >,
): TokenLifetimes {
  const { AccessToken, IdToken, RefreshToken } = settings.TokenValidityUnits ?? {};
  return {
    accessSeconds:
      (settings.AccessTokenValidity ?? defaultHours) *
      unitSeconds[settings.AccessTokenValidity === undefined ? "hours" : (AccessToken ?? "hours")],
    idSeconds:
      (settings.IdTokenValidity ?? defaultHours) *
      unitSeconds[settings.IdTokenValidity === undefined ? "hours" : (IdToken ?? "hours")],
    // Zero asks for the default, whatever the unit.
    refreshSeconds: settings.RefreshTokenValidity
      ? settings.RefreshTokenValidity * unitSeconds[RefreshToken ?? "days"]
      : defaultDays * unitSeconds.days,
  };
}

/** The token lifetimes of a client. */
export const tokenLifetimes = ({ settings }: Client): TokenLifetimes => lifetimesOf(settings);

/** Whether a client is not to be told that a user does not exist. */
export const hidesUsers = ({ settings }: Client): boolean => settings.PreventUserExistenceErrors === "ENABLED";

/** Whether an attribute may be read with a client's tokens. Lists that were never set allow every attribute. */
export function readableAttributes(_pool: Pool, { settings }: Client): (name: string) => boolean {
  if (!settings.ReadAttributes) return (name) => !name.startsWith("dev:");
  const listed = new Set(settings.ReadAttributes);
  // Source: observed: linked identities are shown whatever the list says.
  return (name) => listed.has(name) || name === "identities";
}

/** Attributes that nobody writes for itself, whatever a client's list says. */
const neverWritable: ReadonlySet<string> = new Set(["sub", "email_verified", "phone_number_verified", "identities"]);

/** Whether a user may write an attribute through a client. */
export function writableAttributes(pool: Pool, { settings }: Client): (name: string) => boolean {
  const listed = settings.WriteAttributes && new Set(settings.WriteAttributes);
  return (name) => {
    if (neverWritable.has(name) || name.startsWith("dev:")) return false;
    return listed ? listed.has(name) : isKnown(pool, name);
  };
}

const isKnown = (pool: Pool, name: string): boolean =>
  isStandardAttribute(name) || pool.settings.SchemaAttributes.some((attribute) => attribute.Name === name);
