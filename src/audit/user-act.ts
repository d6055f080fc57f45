import type { App } from "../app.ts";
import { type Details, recordAct, succeeded } from "./act.ts";

/** What users do about getting in and out, beside the operations that are on record as such. */
export type UserActName =
  | "SignIn"
  | "SignUp"
  | "ClientRegistered"
  | "SignOut"
  | "TokenRevoked"
  | "ConfirmationCodeAsked"
  | "PasswordChange"
  | "PasswordResetAsked"
  | "PasswordReset"
  | "AuthenticatorRegistered"
  | "PasskeyRegistered";

/** What a user did, or somebody tried in its name. */
export interface UserAct {
  readonly name: UserActName;
  readonly pool: { readonly id: string };
  /** Absent for a name that nobody has. */
  readonly userSub?: string | undefined;
  readonly clientId?: string | undefined;
  /** `succeeded`, or in one word what became of it. */
  readonly outcome: string;
  readonly address?: string | undefined;
  readonly reason?: string | undefined;
}

/**
 * Puts on record what a user did, in the caller's transaction if there is one, and tells the log. A transaction that is
 * tried again tells the log twice.
 */
export async function recordUserAct(app: Pick<App, "db" | "clock" | "recordIds" | "log">, act: UserAct): Promise<void> {
  const { name, pool, userSub, clientId, outcome, address, reason } = act;
  const hasProved = outcome === succeeded && userSub !== undefined;
  await recordAct(app, {
    name,
    actor: hasProved ? { kind: "user", id: userSub } : { kind: "anybody" },
    pool: pool.id,
    userSub: userSub ?? null,
    target: clientId === undefined ? {} : { ClientId: clientId },
    outcome,
    address,
    details: detailsOf(reason),
  });
  app.log.info({ act: name, poolId: pool.id, userSub, clientId, outcome, address, reason }, "an act of a user");
}

const detailsOf = (reason: string | undefined): Details => (reason === undefined ? {} : { reason });
