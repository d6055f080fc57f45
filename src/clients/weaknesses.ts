/** What a client or its pool allows that a house of one's own need not allow. Cognito's defaults are kept; they are told of. */
import type { Pool } from "../pools/pool.ts";
import type { Client } from "./client.ts";

type Weakness<Thing> = readonly [isWeak: (thing: Thing) => boolean, advice: string];

const ofPool: readonly Weakness<Pool>[] = [
  [({ settings }) => settings.DeletionProtection !== "ACTIVE", "set DeletionProtection to ACTIVE"],
  [
    ({ settings }) => (settings.Policies?.PasswordPolicy?.MinimumLength ?? 0) < 12,
    "ask for passwords of 12 characters or more",
  ],
  [({ settings }) => (settings.MfaConfiguration ?? "OFF") === "OFF", "let users have a second factor"],
];

/** Any of these lets a password travel to the house, where SRP would not. */
const passwordFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"];

const ofClient: readonly Weakness<Client>[] = [
  [
    ({ settings }) => settings.PreventUserExistenceErrors !== "ENABLED",
    "set PreventUserExistenceErrors to ENABLED: answers tell who has an account",
  ],
  [
    ({ settings }) => settings.EnableTokenRevocation === false,
    "set EnableTokenRevocation: a stolen refresh token cannot be ended",
  ],
  [
    ({ settings }) => settings.RefreshTokenRotation?.Feature !== "ENABLED",
    "switch RefreshTokenRotation on: a stolen refresh token is then found out",
  ],
  [
    ({ settings }) => settings.AllowedOAuthFlows?.includes("implicit") === true,
    "take implicit out of AllowedOAuthFlows: tokens stand in addresses",
  ],
  [
    ({ settings }) => passwordFlows.some((flow) => settings.ExplicitAuthFlows?.some((allowed) => allowed === flow)),
    "prefer ALLOW_USER_SRP_AUTH: passwords travel",
  ],
];

const adviceOf = <Thing>(weaknesses: readonly Weakness<Thing>[], thing: Thing): string[] =>
  weaknesses.filter(([isWeak]) => isWeak(thing)).map(([, advice]) => advice);

/** What to change in a pool, a line each. */
export const adviceOnPool = (pool: Pool): string[] => adviceOf(ofPool, pool);

/** What to change in a client, a line each. */
export const adviceOnClient = (client: Client): string[] => adviceOf(ofClient, client);
