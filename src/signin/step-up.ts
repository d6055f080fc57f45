/** Which second factor brings a sign-in to the level of assurance that its client wants. */
import type { App } from "../app.ts";
import { type Factors, isReady } from "../factors/factors.ts";
import { findFactors } from "../factors/store.ts";
import { type Level, levelOf, type Method } from "../pools/assurance.ts";
import { type MfaName, mfaFactorsOf } from "../pools/mfa.ts";
import type { Pool } from "../pools/pool.ts";
import type { User } from "../users/user.ts";

const methodOf: Readonly<Record<MfaName, Method>> = {
  SMS_MFA: "sms",
  EMAIL_OTP: "email_otp",
  SOFTWARE_TOKEN_MFA: "otp",
};

/** Who signs in, by what so far, and which levels are wanted, the one that is wanted most first. */
export interface Climb {
  readonly pool: Pool;
  readonly user: User;
  readonly methods: readonly Method[];
  readonly levels: readonly Level[];
}

/**
 * The second factor to ask for, or undefined where none is needed. The first level counts that the user can reach; what
 * nobody can reach with this user's factors is not asked for. Source: Cognito developer guide, step-up authentication.
 */
export function stepUpFactor({ pool, user, methods, levels }: Climb, factors: Factors): MfaName | undefined {
  const usable = mfaFactorsOf(pool).filter((name) => isReady(name, user, factors));
  const { preferred, enabled } = factors.settings;
  const likely = [...(preferred ? [preferred] : []), ...enabled, ...usable].filter((name) => usable.includes(name));
  for (const level of levels) {
    if (levelOf(methods) >= level) return undefined;
    const found = likely.find((name) => levelOf([...methods, methodOf[name]]) >= level);
    if (found) return found;
  }
  return undefined;
}

/** Whether a sign-in by these methods is all that a client may want of this user. */
export async function isHighEnough(app: Pick<App, "db">, climb: Climb): Promise<boolean> {
  if (climb.levels.length === 0) return true;
  return stepUpFactor(climb, await findFactors(app.db, climb.user)) === undefined;
}
