/**
 * What comes next in a sign-in: the whole order of steps, pure and in one place. docs/architecture.md has the picture.
 * Source: Cognito developer guide, authentication flows; the order of refusals as observed.
 */
import type { AuthFlowType, ChallengeNameType, UserPoolMfaType, UserStatusType } from "../contract/types.gen.ts";
import type { MfaName } from "../pools/mfa.ts";
import type { Proof } from "./attempt.ts";

/** What the decision looks at. */
export interface Facts {
  readonly flow: AuthFlowType;
  readonly proved: readonly Proof[];
  /** What was chosen to come next, and was not asked yet. */
  readonly chosen: ChallengeNameType | null;
  /** The user's state; undefined where nobody has the name. */
  readonly user: { readonly status: UserStatusType; readonly isEnabled: boolean } | undefined;
  /** Whether the client tells who exists, and who has to reset its password, before anything is proved. */
  readonly tellsUsers: boolean;
  readonly first: FirstFactorFacts;
  readonly second: SecondFactorFacts;
  readonly device: DeviceFacts;
  /** What a custom flow's function has decided; undefined until it is asked. */
  readonly custom: CustomDecision | undefined;
  /** What the look at the circumstances asks for. */
  readonly risk: "none" | "block" | "second-factor" | "reset-password";
}

/** What a flow that leaves the choice can begin with. */
export interface FirstFactorFacts {
  readonly preferred: ChallengeNameType | null;
  readonly available: readonly ChallengeNameType[];
}

export interface SecondFactorFacts {
  readonly mode: UserPoolMfaType;
  /** What the user has switched on and can be asked for. */
  readonly active: readonly MfaName[];
  readonly preferred: MfaName | null;
  /** What a user without a second factor can be asked for or set up at once, the best first. */
  readonly fallbacks: readonly (MfaName | "MFA_SETUP")[];
  /** The factor that brings the sign-in to the level of assurance that its client wants. */
  readonly stepUp?: MfaName;
  /** Whether a passkey whose holder was verified stands for a second factor. */
  readonly passkeyCounts: boolean;
}

export interface DeviceFacts {
  /** Whether the caller is on a device that the user has had remembered. */
  readonly isRemembered: boolean;
  /** Whether a remembered device stands for a second factor. */
  readonly counts: boolean;
}

export type CustomDecision =
  | { readonly do: "ask"; readonly challenge: ChallengeNameType }
  | { readonly do: "issue" }
  | { readonly do: "fail" };

/** Why a sign-in ends without tokens. */
export type Refusal =
  | "disabled"
  | "unconfirmed"
  | "reset-required"
  | "unknown"
  | "blocked"
  | "known-password"
  | "no-second-factor";

export type Step =
  | { readonly do: "ask"; readonly challenge: ChallengeNameType }
  /** A custom flow's function decides: ask it, and look again. */
  | { readonly do: "define" }
  | { readonly do: "refuse"; readonly reason: Refusal }
  | { readonly do: "finish" };

/** The next step. */
export function nextStep(facts: Facts): Step {
  if (facts.chosen) return ask(facts.chosen);
  const told = facts.proved.length === 0 ? toldAtOnce(facts) : undefined;
  if (told) return told;
  if (facts.flow === "CUSTOM_AUTH") return customStep(facts);
  if (!hasFirstProof(countingProofs(facts))) return firstStep(facts);
  return stepAfterFirstProof(facts) ?? { do: "finish" };
}

/** What a client that does not hide its users learns from the name alone. Source: Cognito developer guide. */
function toldAtOnce({ user, tellsUsers }: Facts): Step | undefined {
  if (!tellsUsers) return undefined;
  if (!user) return refuse("unknown");
  return user.status === "RESET_REQUIRED" ? refuse("reset-required") : undefined;
}

const firstProofs: readonly Proof[] = ["password", "one-time-code", "passkey", "verified-passkey"];

/** Whether something was proved that stands for the user alone. */
export const hasFirstProof = (proved: readonly Proof[]): boolean => proved.some((proof) => firstProofs.includes(proof));

/** A code that arrives where the second one would is no proof beside it: who needs a second factor gives another first. */
function countingProofs({ proved, second }: Facts): readonly Proof[] {
  const needsSecond = second.mode === "ON" || second.active.length > 0;
  return needsSecond ? proved.filter((proof) => proof !== "one-time-code") : proved;
}

/** The first proof of each flow that leaves no choice. */
const firstChallenges: Partial<Record<AuthFlowType, ChallengeNameType>> = {
  USER_PASSWORD_AUTH: "PASSWORD",
  ADMIN_USER_PASSWORD_AUTH: "PASSWORD",
  ADMIN_NO_SRP_AUTH: "PASSWORD",
  USER_SRP_AUTH: "PASSWORD_SRP",
};

function firstStep({ flow, first }: Facts): Step {
  if (flow !== "USER_AUTH") return ask(firstChallenges[flow]);
  if (first.available.length === 0) return refuse("unknown");
  if (first.preferred && first.available.includes(first.preferred)) return ask(first.preferred);
  return ask("SELECT_CHALLENGE");
}

/**
 * A first proof comes before anything else that would tell of the user's state, so that only who knows the password
 * learns that a user is disabled or unconfirmed.
 */
function stepAfterFirstProof(facts: Facts): Step | undefined {
  const { user, proved, risk, device } = facts;
  if (!user) return refuse("unknown");
  const refusal = refusalByState(user);
  if (refusal) return refuse(refusal);
  if (user.status === "FORCE_CHANGE_PASSWORD" && proved.includes("password") && !proved.includes("new-password")) {
    return ask("NEW_PASSWORD_REQUIRED");
  }
  if (risk === "block") return refuse("blocked");
  if (risk === "reset-password") return refuse("known-password");
  if (device.isRemembered && !proved.includes("device")) return ask("DEVICE_SRP_AUTH");
  return secondStep(facts);
}

/** Why a user in this state is refused whatever it proves, if it is. */
export function refusalByState({ status, isEnabled }: NonNullable<Facts["user"]>): Refusal | undefined {
  if (!isEnabled) return "disabled";
  if (status === "UNCONFIRMED") return "unconfirmed";
  return status === "RESET_REQUIRED" ? "reset-required" : undefined;
}

const secondChallenges: ReadonlySet<string> = new Set(["SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"]);

/**
 * Whether a challenge, once there is a first proof, is not about a second factor or about one that would be asked for:
 * one that was may have been switched off since.
 */
export function isSecondDue(challenge: ChallengeNameType, { second }: Pick<Facts, "second">): boolean {
  const { active, fallbacks, stepUp } = second;
  if (!secondChallenges.has(challenge) || challenge === stepUp) return true;
  return (active.length > 0 ? active : fallbacks).some((name) => name === challenge);
}

/** The second factor, where one is due and was not given. */
function secondStep({ proved, second, device, risk }: Facts): Step | undefined {
  const { mode, active, preferred, fallbacks, passkeyCounts, stepUp } = second;
  if (proved.includes("second-factor")) return undefined;
  if (stepUp) return ask(stepUp);
  if (passkeyCounts && proved.includes("verified-passkey")) return undefined;
  // A device that was forgotten since it was proved spares nobody.
  const isSpared = device.counts && device.isRemembered && proved.includes("device") && risk === "none";
  if (isSpared) return undefined;
  const [only, ...others] = active;
  if (only === undefined) {
    if (mode !== "ON" && risk !== "second-factor") return undefined;
    return fallbacks[0] ? ask(fallbacks[0]) : refuse("no-second-factor");
  }
  if (preferred && active.includes(preferred)) return ask(preferred);
  return ask(others.length === 0 ? only : "SELECT_MFA_TYPE");
}

/**
 * A custom flow goes where its function says. Only a password within it is followed by what always follows one; what
 * else was proved is the function's to judge. Where users are hidden, one who may not sign in is asked as nobody is, and
 * told why only when everything else was right.
 */
function customStep(facts: Facts): Step {
  const { user, proved, custom, tellsUsers } = facts;
  const refusal = user && refusalByState(user);
  const isTold = tellsUsers || proved.includes("password") || custom?.do === "issue";
  if (refusal && isTold) return refuse(refusal);
  const due = proved.includes("password") ? stepAfterFirstProof(facts) : undefined;
  if (due) return due;
  if (custom === undefined) return { do: "define" };
  if (custom.do === "ask") return ask(custom.challenge);
  if (custom.do === "fail" || !user) return refuse("unknown");
  return facts.risk === "block" ? refuse("blocked") : { do: "finish" };
}

const ask = (challenge: ChallengeNameType | undefined): Step =>
  challenge ? { do: "ask", challenge } : refuse("unknown");

const refuse = (reason: Refusal): Step => ({ do: "refuse", reason });
