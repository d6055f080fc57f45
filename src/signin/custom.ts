/** A custom flow: three functions of the pool say what is asked, make the question and judge the answer. */
import type { App } from "../app.ts";
import { hidesUsers } from "../clients/client.ts";
import { ApiError } from "../contract/errors.ts";
import type { ChallengeNameType } from "../contract/types.gen.ts";
import type { Pool } from "../pools/pool.ts";
import { createAuthChallenge, defineAuthChallenge, verifyAuthChallenge } from "../triggers/definitions.ts";
import { eventAttributes, hasTrigger, type Occasion, runTrigger, unrecognizable } from "../triggers/trigger.ts";
import type { Round, Sitting } from "./attempt.ts";
import type { CustomDecision } from "./next-step.ts";

/** Refuses to begin where the pool has no functions for it. Text as observed. */
export function checkCustomTriggers(pool: Pool): void {
  if (hasTrigger(pool, "DefineAuthChallenge")) return;
  throw new ApiError("InvalidParameterException", "Custom auth lambda trigger is not configured for the user pool.");
}

/** What a function may ask for: its own challenge, or a password. */
const definable: ReadonlySet<string> = new Set(["CUSTOM_CHALLENGE", "PASSWORD_VERIFIER", "ADMIN_NO_SRP_AUTH"]);
const isDefinable = (name: string): name is ChallengeNameType => definable.has(name);

/**
 * What functions are told of as rounds. A new password, a choice and the setting up of a factor are steps of the service
 * between them, and functions that count rounds, as those of the guide do, would go astray.
 * Source: Cognito developer guide, define auth challenge Lambda trigger, ChallengeResult; of EMAIL_OTP, unconfirmed.
 */
const reported: ReadonlySet<string> = new Set<ChallengeNameType>([
  "CUSTOM_CHALLENGE",
  "PASSWORD_VERIFIER",
  "SMS_MFA",
  "EMAIL_OTP",
  "SOFTWARE_TOKEN_MFA",
  "DEVICE_SRP_AUTH",
  "DEVICE_PASSWORD_VERIFIER",
  "ADMIN_NO_SRP_AUTH",
]);

/** The rounds of a custom flow after one more challenge was answered. */
export const withRound = (rounds: readonly Round[], round: Round): readonly Round[] =>
  reported.has(round.challengeName) ? [...rounds, round] : rounds;

const occasionOf = (
  { pool, client, user, state, clientMetadata }: Sitting,
  trigger: "DefineAuthChallenge" | "CreateAuthChallenge" | "VerifyAuthChallengeResponse",
  request: Readonly<Record<string, unknown>>,
): Occasion => ({
  pool,
  source: `${trigger}_Authentication`,
  clientId: client.id,
  userName: user?.username ?? state.username,
  request: {
    userAttributes: user ? eventAttributes(pool, user) : {},
    ...request,
    ...(hidesUsers(client) && { userNotFound: !user }),
    clientMetadata,
  },
});

/** Asks the pool's function what comes next. A function that says both or neither of ending well and badly, ends badly. */
export async function decide(app: App, sitting: Sitting): Promise<CustomDecision> {
  const occasion = occasionOf(sitting, "DefineAuthChallenge", { session: sitting.state.rounds });
  const answer = await runTrigger(app, defineAuthChallenge, occasion);
  if (!answer) return { do: "fail" };
  if (answer.failAuthentication) return { do: "fail" };
  if (answer.issueTokens) return { do: "issue" };
  const { challengeName } = answer;
  if (challengeName === null || !isDefinable(challengeName)) throw unrecognizable();
  return { do: "ask", challenge: challengeName };
}

/** What the pool's function makes of a question. */
export async function createChallenge(app: App, sitting: Sitting) {
  const request = { challengeName: "CUSTOM_CHALLENGE", session: sitting.state.rounds };
  return runTrigger(app, createAuthChallenge, occasionOf(sitting, "CreateAuthChallenge", request));
}

/** Whether the pool's function takes an answer for right. */
export async function judgeAnswer(
  app: App,
  sitting: Sitting,
  privateChallengeParameters: unknown,
  challengeAnswer: string,
): Promise<boolean> {
  const request = { privateChallengeParameters, challengeAnswer };
  const verdict = await runTrigger(
    app,
    verifyAuthChallenge,
    occasionOf(sitting, "VerifyAuthChallengeResponse", request),
  );
  return verdict?.answerCorrect === true;
}
