/** What threat protection does in a sign-in: it records how it goes, judges it once, and says what follows. */
import type { App } from "../app.ts";
import { succeeded } from "../audit/act.ts";
import { recordUserAct } from "../audit/user-act.ts";
import { hidesUsers } from "../clients/client.ts";
import { ApiError } from "../contract/errors.ts";
import type {
  AdvancedSecurityModeType,
  ChallengeNameType,
  ChallengeResponseType,
  EventResponseType,
} from "../contract/types.gen.ts";
import { failures, imagineEvent, recordEvent } from "../events/event.ts";
import { customThreatModeOf, threatModeOf } from "../pools/threat-protection.ts";
import { type Judgement, judgeSignIn } from "../risk/judge.ts";
import { isKnownPassword } from "../risk/known-passwords.ts";
import { updateUser } from "../users/store.ts";
import type { Proof, Sitting } from "./attempt.ts";
import { holderOf } from "./holder.ts";
import type { Facts, Refusal, SecondFactorFacts } from "./next-step.ts";
import { isBadSession, refusal } from "./refusals.ts";

const modeOf = ({ pool, state }: Pick<Sitting, "pool" | "state">): AdvancedSecurityModeType =>
  state.flow === "CUSTOM_AUTH" ? customThreatModeOf(pool) : threatModeOf(pool);

/** Whether a right password is one that attackers know, where the pool watches. By SRP no password is ever seen. */
export const isKnownAtSignIn = (sitting: Sitting, password: string): boolean =>
  sitting.user !== undefined && modeOf(sitting) !== "OFF" && isKnownPassword(password, sitting.user);

/** The sitting with what the pool thinks of it. Who could not get in anyway is not judged. */
export async function judge(app: App, sitting: Sitting): Promise<Sitting> {
  const { pool, client, user, state } = sitting;
  const mode = modeOf(sitting);
  const mayEnter = user?.isEnabled === true && (user.status === "CONFIRMED" || user.status === "EXTERNAL_PROVIDER");
  if (!mayEnter || mode === "OFF" || state.risk) return sitting;
  const risk = await judgeSignIn(app, {
    pool,
    client,
    mode,
    user,
    eventId: state.eventId,
    context: state.context ?? {},
    isKnownPassword: state.isKnownPassword === true,
  });
  return { ...sitting, state: { ...state, risk } };
}

/**
 * What follows from a judgement for the next step. A second factor that is required but was never set up cannot be set
 * up now: whoever is in would set up its own. Source: Cognito API reference, AccountTakeoverActionType.
 */
export function riskFact(judgement: Judgement | undefined, second: SecondFactorFacts): Facts["risk"] {
  const [fallback] = second.mode === "ON" ? second.fallbacks : [];
  const hasSecond = second.active.length > 0 || (fallback !== undefined && fallback !== "MFA_SETUP");
  switch (judgement?.action) {
    case "block":
      return "block";
    case "reset-password":
      return "reset-password";
    case "second-factor":
      return hasSecond ? "second-factor" : "block";
    case "second-factor-if-any":
      return hasSecond ? "second-factor" : "none";
    case "none":
    case undefined:
      return "none";
  }
}

/** Refuses a sitting. A user whose password attackers know has to reset it before it can sign in again. */
export async function refused(app: App, sitting: Sitting, reason: Refusal): Promise<ApiError> {
  const { user } = sitting;
  await recordSignIn(app, sitting, "Fail", { reason });
  if (reason === "known-password" && user) {
    await updateUser(app.db, user, { ...user, status: "RESET_REQUIRED", modifiedAt: app.clock.now() });
  }
  return refusal(reason, sitting);
}

/** Runs a step that may find that the person is not who it says, and records it where it does. */
export async function watching<Result>(
  app: App,
  sitting: Sitting,
  step: () => Promise<Result>,
  challenge?: ChallengeNameType,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (isFailure(error)) await recordSignIn(app, sitting, "Fail", { challenge, reason: reasonOf(error) });
    throw error;
  }
}

/** The sentences of refusals are ours and hold no value; what a function of the customer says is not repeated. */
const reasonOf = ({ name, message }: ApiError): string =>
  name === "UserLambdaValidationException" ? "refused by a trigger" : message;

/** A session that is spent, or a request that cannot be read, says nothing of the person. */
const isFailure = (error: unknown): error is ApiError =>
  error instanceof ApiError && failures.has(error.name) && !isBadSession(error);

/** What a sign-in failed at. */
interface Failure {
  readonly challenge?: ChallengeNameType | undefined;
  readonly reason: string;
}

/** Records how a sign-in stands. Where nobody has the name and that is not to be told, the event is one of nobody. */
export async function recordSignIn(
  app: App,
  sitting: Sitting,
  response: EventResponseType,
  failure?: Failure,
): Promise<void> {
  const { pool, client, user, state } = sitting;
  if (response !== "InProgress") {
    await recordUserAct(app, {
      name: "SignIn",
      pool,
      userSub: user?.sub,
      clientId: client.id,
      outcome: response === "Fail" ? "refused" : succeeded,
      address: state.context?.address,
      reason: failure?.reason,
    });
  }
  if (modeOf(sitting) === "OFF") return;
  const { decision = "NoRisk", level } = state.risk ?? {};
  const event = {
    pool,
    clientId: client.id,
    type: "SignIn" as const,
    response,
    id: state.eventId,
    risk: { decision, ...(level && { level }), isKnownPassword: state.isKnownPassword === true },
    challenges: [...state.proved.flatMap(successOf), ...failureOf(failure?.challenge)],
    context: state.context,
  };
  const holder = await holderOf(app, sitting);
  if (user) return recordEvent(app, { ...event, user, isOnRecord: true });
  if (hidesUsers(client) && !state.isNameless) await imagineEvent(app, holder, event);
}

/** The contract has two names for all that can be proved. */
function successOf(proof: Proof): ChallengeResponseType[] {
  if (proof === "password") return [{ ChallengeName: "Password", ChallengeResponse: "Success" }];
  return proof === "second-factor" ? [{ ChallengeName: "Mfa", ChallengeResponse: "Success" }] : [];
}

const passwordChallenges: ReadonlySet<string> = new Set<ChallengeNameType>([
  "PASSWORD",
  "PASSWORD_VERIFIER",
  "PASSWORD_SRP",
  "ADMIN_NO_SRP_AUTH",
]);

const secondFactors: ReadonlySet<string> = new Set<ChallengeNameType>(["SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"]);

function failureOf(challenge: ChallengeNameType | undefined): ChallengeResponseType[] {
  if (challenge === undefined) return [];
  if (passwordChallenges.has(challenge)) return [{ ChallengeName: "Password", ChallengeResponse: "Failure" }];
  return secondFactors.has(challenge) ? [{ ChallengeName: "Mfa", ChallengeResponse: "Failure" }] : [];
}
