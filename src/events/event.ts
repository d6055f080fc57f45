/**
 * Events: what users of a pool did to get in, or tried, and what the pool thought of it. The room owns the record, its
 * pages and what people say of it afterwards; what is a risk is decided in risk/.
 */
import type { App } from "../app.ts";
import { succeeded } from "../audit/act.ts";
import { recordUserAct, type UserActName } from "../audit/user-act.ts";
import { ApiError } from "../contract/errors.ts";
import type {
  AuthEventType,
  ChallengeResponseType,
  EventResponseType,
  EventType,
  FeedbackValueType,
  RiskDecisionType,
  RiskLevelType,
} from "../contract/types.gen.ts";
import { day, hour } from "../lib/clock.ts";
import { deliverEvent } from "../logs/delivery.ts";
import type { Holder } from "../pools/nobody.ts";
import type { Pool } from "../pools/pool.ts";
import { threatModeOf } from "../pools/threat-protection.ts";
import type { EventContext } from "./context.ts";
import { keepEvent } from "./store.ts";

/** What the pool thought of an event. */
export interface EventRisk {
  readonly decision: RiskDecisionType;
  readonly level?: RiskLevelType;
  /** Whether the password is one that attackers know. */
  readonly isKnownPassword: boolean;
}

/** What somebody said of an event afterwards. */
export interface EventFeedback {
  readonly value: FeedbackValueType;
  readonly provider: "Admin" | "User";
  /** Milliseconds since the epoch. */
  readonly givenAt: number;
}

export interface AuthEvent {
  readonly poolId: string;
  readonly sub: string;
  /** For a sign-in, the `event_id` of its tokens. */
  readonly id: string;
  readonly clientId: string;
  readonly type: EventType;
  readonly response: EventResponseType;
  readonly risk: EventRisk;
  readonly challenges: readonly ChallengeResponseType[];
  readonly context: EventContext;
  readonly feedback: EventFeedback | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Nothing that would worry anybody. */
export const noRisk: EventRisk = { decision: "NoRisk", isKnownPassword: false };

/** What is recorded. An event without an id is a new one; of one that is there, all but its feedback is replaced. */
export interface Recording {
  readonly pool: Pool;
  readonly user: { readonly sub: string; readonly username: string };
  readonly clientId: string;
  readonly type: EventType;
  readonly response: EventResponseType;
  readonly id?: string;
  readonly risk?: EventRisk;
  readonly challenges?: readonly ChallengeResponseType[];
  readonly context?: EventContext | undefined;
  /** Whether it is on record already, with more than an event tells. */
  readonly isOnRecord?: boolean;
}

/** The name on record of an event; none for a sign-in that goes on. */
function actNameOf({ type, response }: Pick<Recording, "type" | "response">): UserActName | undefined {
  switch (type) {
    case "SignIn":
      return response === "InProgress" ? undefined : "SignIn";
    case "ForgotPassword":
      return response === "InProgress" ? "PasswordResetAsked" : "PasswordReset";
    case "ResendCode":
      return "ConfirmationCodeAsked";
    case "SignUp":
    case "PasswordChange":
      return type;
  }
}

/** Source: Cognito developer guide, viewing user event history: events are kept for two years. */
const keptFor = 2 * 365 * day;

/** What nobody is ever shown. */
const imaginedKeptFor = hour;

/**
 * Puts an event on record and, where the pool's add-on watches, among the user's events, in the caller's transaction if
 * there is one. The line in the pool's log goes its own way: a transaction that is tried again tells twice.
 */
export async function recordEvent(app: App, recording: Recording): Promise<void> {
  const { pool, user, clientId, response, context } = recording;
  const name = actNameOf(recording);
  if (name !== undefined && !recording.isOnRecord) {
    const outcome = response === "Fail" ? "refused" : succeeded;
    await recordUserAct(app, { name, pool, userSub: user.sub, clientId, outcome, address: context?.address });
  }
  if (threatModeOf(pool) === "OFF") return;
  const event = eventOf(app, recording, user.sub);
  await keepEvent(app.db, event, event.createdAt + keptFor);
  deliverEvent(app, pool, "userAuthEvents", lineOf(event, user.username));
}

/**
 * Writes for a name that nobody has what would be written among its user's events, so that time does not tell who
 * exists. Events are shown of users alone, and this one goes within hours.
 */
export async function imagineEvent(
  app: App,
  holder: Holder,
  recording: Omit<Recording, "user" | "isOnRecord">,
): Promise<void> {
  if (threatModeOf(recording.pool) === "OFF") return;
  const event = eventOf(app, recording, holder.sub);
  await keepEvent(app.db, event, event.createdAt + imaginedKeptFor);
}

const eventOf = (
  app: App,
  { pool, clientId, type, response, id, risk, challenges, context }: Omit<Recording, "user">,
  sub: string,
): AuthEvent => ({
  poolId: pool.id,
  sub,
  id: id ?? app.random.uuid(),
  clientId,
  type,
  response,
  risk: risk ?? noRisk,
  challenges: challenges ?? [],
  context: context ?? {},
  feedback: null,
  createdAt: app.clock.now(),
});

/** Runs a step that may find that somebody is not who it says, and records it where it does. */
export async function recordingFailure<Result>(
  app: App,
  event: Omit<Recording, "response">,
  step: () => Promise<Result>,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof ApiError && failures.has(error.name)) await recordEvent(app, { ...event, response: "Fail" });
    throw error;
  }
}

/** What a wrong proof is answered with. */
export const failures: ReadonlySet<string> = new Set([
  "NotAuthorizedException",
  "CodeMismatchException",
  "ExpiredCodeException",
  "TooManyFailedAttemptsException",
  "UserLambdaValidationException",
]);

const typesInLines: Readonly<Record<EventType, string>> = {
  SignIn: "SIGN_IN",
  SignUp: "SIGN_UP",
  ForgotPassword: "FORGOT_PASSWORD",
  PasswordChange: "PASSWORD_CHANGE",
  ResendCode: "RESEND_CODE",
};

const decisionsInLines: Readonly<Record<RiskDecisionType, string>> = {
  NoRisk: "PASS",
  AccountTakeover: "ACCOUNT_TAKEOVER",
  Block: "BLOCK",
};

/** The event as a line of the pool's log tells it. Source: Cognito developer guide, exporting threat protection user activity logs. */
const lineOf = ({ risk, context, ...event }: AuthEvent, userName: string): object => ({
  version: "1",
  eventId: event.id,
  eventType: typesInLines[event.type],
  userName,
  userSub: event.sub,
  userPoolId: event.poolId,
  clientId: event.clientId,
  creationDate: new Date(event.createdAt).toUTCString(),
  eventResponse: event.response,
  riskLevel: risk.level ?? "",
  riskDecision: decisionsInLines[risk.decision],
  challenges: event.challenges.map(({ ChallengeName, ChallengeResponse }) => `${ChallengeName}:${ChallengeResponse}`),
  deviceName: context.deviceName ?? "",
  ipAddress: context.address ?? "",
  compromisedCredentialDetected: String(risk.isKnownPassword),
  hasContextData: String(Object.keys(context).length > 0),
});

/** The event as the API shows it. There is no map of networks here, so city and country are never told. */
export const describeEvent = ({ risk, context, feedback, ...event }: AuthEvent): AuthEventType => ({
  EventId: event.id,
  EventType: event.type,
  CreationDate: new Date(event.createdAt),
  EventResponse: event.response,
  EventRisk: {
    RiskDecision: risk.decision,
    RiskLevel: risk.level,
    CompromisedCredentialsDetected: risk.isKnownPassword,
  },
  ChallengeResponses: [...event.challenges],
  EventContextData: {
    IpAddress: context.address,
    DeviceName: context.deviceName,
    Timezone: context.timezone,
  },
  EventFeedback: feedback
    ? { FeedbackValue: feedback.value, Provider: feedback.provider, FeedbackDate: new Date(feedback.givenAt) }
    : undefined,
});
