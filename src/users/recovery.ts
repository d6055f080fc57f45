/** Getting back in without the password: a code to a verified contact, and a new password for it. */
import type { App } from "../app.ts";
import { type CodeOwner, keepCode, newCode } from "../codes/code.ts";
import { ApiError } from "../contract/errors.ts";
import { activeFactors } from "../factors/factors.ts";
import { findFactors } from "../factors/store.ts";
import { compose, type Delivery, queueMessage, toEmail, toPhone } from "../messages/message.ts";
import type { MfaName } from "../pools/mfa.ts";
import type { Pool } from "../pools/pool.ts";
import type { PreparedCode } from "./sign-up-code.ts";
import type { User } from "./user.ts";

/** The code that a new password is set by. */
export const recoveryOwner = (user: Pick<User, "poolId" | "sub">): CodeOwner => ({
  poolId: user.poolId,
  sub: user.sub,
  purpose: "forgot-password",
});

const mechanismsOf = ({ settings }: Pool) => settings.AccountRecoverySetting?.RecoveryMechanisms ?? [];

/** Whether users may ask for a code themselves. @throws NotAuthorizedException, text as observed. */
export function checkSelfService(pool: Pool): void {
  if (!mechanismsOf(pool).some(({ Name }) => Name === "admin_only")) return;
  throw new ApiError("NotAuthorizedException", "Contact administrator to reset password.");
}

/** Source: observed answer. A user whose password is still its administrator's, or another provider's, has none to reset. */
export function checkResettable({ status }: User): void {
  if (status === "FORCE_CHANGE_PASSWORD" || status === "EXTERNAL_PROVIDER") {
    throw new ApiError("NotAuthorizedException", "User password cannot be reset in the current state.");
  }
}

/** In a pool that names no mechanism for users. Source: Cognito API reference, AccountRecoverySettingType. */
const legacyOrder = ["verified_phone_number", "verified_email"] as const;

/**
 * Where the code goes: to the verified contact that the pool prefers. A contact that is also the second factor would
 * make one of the two, so it is passed over. Undefined when there is none.
 * Source: Cognito API reference, AccountRecoverySettingType.
 */
export async function findRecoveryDelivery(app: App, pool: Pool, user: User): Promise<Delivery | undefined> {
  const second = new Set(activeFactors(pool, user, await findFactors(app.db, user)));
  const named = mechanismsOf(pool)
    .toSorted((one, other) => one.Priority - other.Priority)
    .map(({ Name }) => Name)
    .filter((name) => name !== "admin_only");
  for (const mechanism of named.length > 0 ? named : legacyOrder) {
    const [contact, factor]: ["email" | "phone_number", MfaName] =
      mechanism === "verified_email" ? ["email", "EMAIL_OTP"] : ["phone_number", "SMS_MFA"];
    const value = user.attributes[contact];
    if (!value || user.attributes[`${contact}_verified`] !== "true" || second.has(factor)) continue;
    return contact === "email" ? toEmail(value) : toPhone(value);
  }
  return undefined;
}

/** That a user has nothing to send a code to. Text as observed. */
export const noContact = (): ApiError =>
  new ApiError(
    "InvalidParameterException",
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
  );

/** What brings the code, and on whose behalf. */
export interface RecoveryMessage {
  readonly delivery: Delivery;
  /** Absent where an administrator asks. */
  readonly clientId?: string;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Makes a code for a new password and writes its message. It waits for a trigger, so no transaction may be open. */
export async function prepareRecovery(
  app: App,
  pool: Pool,
  user: User,
  { delivery, clientId, clientMetadata }: RecoveryMessage,
): Promise<PreparedCode> {
  const code = newCode(app);
  const composed = await compose(app, pool, {
    source: "ForgotPassword",
    clientId,
    user,
    delivery,
    code,
    clientMetadata,
  });
  return { code, composed };
}

/** Keeps a prepared code and queues its message, in the caller's transaction. */
export async function sendRecovery(app: App, pool: Pool, user: User, { code, composed }: PreparedCode): Promise<void> {
  const { attribute, recipient } = composed.delivery;
  await keepCode(app, recoveryOwner(user), code, { attribute, value: recipient });
  await queueMessage(app, pool, composed);
}
