/** What the pool thinks of a sign-in, and what it has been told to do about it. */
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { ApiError } from "../contract/errors.ts";
import type {
  AccountTakeoverActionType,
  AdvancedSecurityModeType,
  EventFilterType,
  RiskLevelType,
} from "../contract/types.gen.ts";
import type { EventContext } from "../events/context.ts";
import type { EventRisk } from "../events/event.ts";
import { recentSignIns } from "../events/store.ts";
import { day } from "../lib/clock.ts";
import type { Pool } from "../pools/pool.ts";
import { threatModeOf } from "../pools/threat-protection.ts";
import type { RiskConfiguration } from "./configuration.ts";
import { isKnownPassword, type Names } from "./known-passwords.ts";
import { type Notified, notify } from "./notification.ts";
import { findRiskConfiguration } from "./store.ts";
import { isInNetworks, takeoverLevel } from "./takeover.ts";

/** What follows from a risk. */
export type RiskAction = "none" | "block" | "second-factor-if-any" | "second-factor" | "reset-password";

/** What the pool thinks of a sign-in, and what follows. */
export interface Judgement extends EventRisk {
  readonly action: RiskAction;
}

/** Where and by whom something is done. */
export interface Where {
  readonly pool: Pool;
  readonly client: Pick<Client, "id">;
}

/** A sign-in whose first proof was right. */
export interface SignInSeen extends Where {
  readonly mode: AdvancedSecurityModeType;
  readonly user: Notified;
  readonly eventId: string;
  readonly context: EventContext;
  /** Whether it was found, when the password was given, to be one that attackers know. */
  readonly isKnownPassword: boolean;
}

/** Sign-ins of this time are what a new one is compared with. */
const remembered = 90 * day;
const comparedAtMost = 100;

/** Judges a sign-in, and tells the user of it where the pool wants that. It sends mail, so no transaction may be open. */
export async function judgeSignIn(app: App, seen: SignInSeen): Promise<Judgement> {
  const { pool, client, mode, user, eventId, context } = seen;
  const configuration = await findRiskConfiguration(app.db, pool.id, client.id);
  const acts = mode === "ENFORCED";
  const known = { isKnownPassword: seen.isKnownPassword };
  if (acts && isBlocked(configuration, context)) return { decision: "Block", action: "block", ...known };
  if (acts && seen.isKnownPassword && blocks(configuration, "SIGN_IN")) {
    return { decision: "Block", action: "reset-password", ...known };
  }
  const exceptions = configuration?.settings.RiskExceptionConfiguration;
  if (isInNetworks(context.address, exceptions?.SkippedIPRangeList)) {
    return { decision: "NoRisk", action: "none", ...known };
  }
  const now = app.clock.now();
  const earlier = await recentSignIns(
    app.db,
    { poolId: pool.id, sub: user.sub },
    { since: now - remembered, limit: comparedAtMost },
  );
  const level = takeoverLevel({ context, now, history: earlier.filter(({ id }) => id !== eventId) });
  if (level === undefined) return { decision: "NoRisk", action: "none", ...known };
  const wanted = acts ? wantedAt(configuration, level) : undefined;
  const action = actionOf(wanted);
  if (wanted?.Notify) await notify(app, { pool, client, user, configuration, action, eventId, context, now });
  return { decision: action === "block" ? "Block" : "AccountTakeover", level, action, ...known };
}

function wantedAt(
  configuration: RiskConfiguration | undefined,
  level: RiskLevelType,
): AccountTakeoverActionType | undefined {
  const actions = configuration?.settings.AccountTakeoverRiskConfiguration?.Actions;
  switch (level) {
    case "Low":
      return actions?.LowAction;
    case "Medium":
      return actions?.MediumAction;
    case "High":
      return actions?.HighAction;
  }
}

function actionOf(wanted: AccountTakeoverActionType | undefined): RiskAction {
  switch (wanted?.EventAction) {
    case "BLOCK":
      return "block";
    case "MFA_IF_CONFIGURED":
      return "second-factor-if-any";
    case "MFA_REQUIRED":
      return "second-factor";
    case "NO_ACTION":
    case undefined:
      return "none";
  }
}

const isBlocked = (configuration: RiskConfiguration | undefined, { address }: EventContext): boolean =>
  isInNetworks(address, configuration?.settings.RiskExceptionConfiguration?.BlockedIPRangeList);

/** Whether known passwords are refused at an event. A pool that has set nothing refuses none. */
function blocks(configuration: RiskConfiguration | undefined, event: EventFilterType): boolean {
  const compromised = configuration?.settings.CompromisedCredentialsRiskConfiguration;
  return compromised?.Actions.EventAction === "BLOCK" && (compromised.EventFilter ?? []).includes(event);
}

/** Refuses callers of a network that the pool blocks, before anything is told. @throws NotAuthorizedException, text as observed */
export async function checkNetwork(
  app: Pick<App, "db">,
  { pool, client }: Where,
  context: EventContext | undefined,
): Promise<void> {
  if (threatModeOf(pool) !== "ENFORCED" || context?.address === undefined) return;
  if (!isBlocked(await findRiskConfiguration(app.db, pool.id, client.id), context)) return;
  throw new ApiError("NotAuthorizedException", "Request not allowed due to security reasons.");
}

/** A password that is about to be set. */
export interface NewPassword {
  readonly pool: Pool;
  /** Absent where an administrator sets it. */
  readonly client?: Pick<Client, "id"> | undefined;
  readonly event: Exclude<EventFilterType, "SIGN_IN">;
  readonly password: string;
  readonly names: Names;
}

/**
 * Looks whether attackers know a new password, where the pool watches.
 * @throws InvalidPasswordException where the pool refuses such ones; text as observed
 */
export async function checkNotKnown(
  app: Pick<App, "db">,
  { pool, client, event, password, names }: NewPassword,
): Promise<EventRisk> {
  const mode = threatModeOf(pool);
  const isKnown = mode !== "OFF" && isKnownPassword(password, names);
  if (isKnown && mode === "ENFORCED" && blocks(await findRiskConfiguration(app.db, pool.id, client?.id), event)) {
    throw new ApiError("InvalidPasswordException", "Provided password cannot be used for security reasons.");
  }
  return { decision: "NoRisk", isKnownPassword: isKnown };
}
