/**
 * What comes next in a sign-in: the whole order of steps, pure and in one place. See next-step.md for the picture.
 * Source: Cognito developer guide, authentication flows; the order of refusals as observed.
 */
import type { AuthFlowType, ChallengeNameType, UserStatusType } from "../contract/types.gen.ts";
import type { Proof } from "./attempt.ts";

/** What the decision looks at. */
export interface Facts {
  readonly flow: AuthFlowType;
  readonly proved: readonly Proof[];
  /** The user's state; undefined where nobody has the name. */
  readonly user: { readonly status: UserStatusType; readonly isEnabled: boolean } | undefined;
}

/** Why a sign-in ends without tokens. */
export type Refusal = "disabled" | "unconfirmed" | "reset-required" | "unknown";

export type Step =
  | { readonly do: "ask"; readonly challenge: ChallengeNameType }
  | { readonly do: "refuse"; readonly reason: Refusal }
  | { readonly do: "finish" };

/** The first proof of each flow that is served. Flows that are not here are refused when they begin. */
const firstChallenges: Partial<Record<AuthFlowType, ChallengeNameType>> = {
  USER_PASSWORD_AUTH: "PASSWORD",
  ADMIN_USER_PASSWORD_AUTH: "PASSWORD",
  ADMIN_NO_SRP_AUTH: "PASSWORD",
};

/** The challenge that a flow begins with, or undefined for a flow that has none. */
export const firstChallenge = (flow: AuthFlowType): ChallengeNameType | undefined => firstChallenges[flow];

/**
 * The next step. A first proof comes before anything that would tell of the user's state, so that only who knows the
 * password learns that a user is disabled or unconfirmed.
 */
export function nextStep({ flow, proved, user }: Facts): Step {
  if (proved.length === 0) return ask(firstChallenges[flow]);
  if (!user) return refuse("unknown");
  if (!user.isEnabled) return refuse("disabled");
  if (user.status === "UNCONFIRMED") return refuse("unconfirmed");
  if (user.status === "RESET_REQUIRED") return refuse("reset-required");
  if (user.status === "FORCE_CHANGE_PASSWORD" && !proved.includes("new-password")) return ask("NEW_PASSWORD_REQUIRED");
  return { do: "finish" };
}

const ask = (challenge: ChallengeNameType | undefined): Step =>
  challenge ? { do: "ask", challenge } : refuse("unknown");

const refuse = (reason: Refusal): Step => ({ do: "refuse", reason });
