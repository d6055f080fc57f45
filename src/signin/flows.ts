/** The two calls of the JSON API that sign in, each in a public and an administrator's form that differ in subject only. */
import type { App } from "../app.ts";
import { type Allowance, allowedFlows, type Client } from "../clients/client.ts";
import { checkSecretHash } from "../clients/secret.ts";
import { ApiError } from "../contract/errors.ts";
import type {
  AuthenticationResultType,
  AuthFlowType,
  ChallengeNameType,
  InitiateAuthResponse,
} from "../contract/types.gen.ts";
import { newDeviceKeys, tracksDevices } from "../devices/device.ts";
import { insertDevice } from "../devices/store.ts";
import type { EventContext } from "../events/context.ts";
import { inventedUsername } from "../passwords/verifier.ts";
import { assuranceOf, namesLevels } from "../pools/assurance.ts";
import type { Pool } from "../pools/pool.ts";
import type { TokenCause } from "../tokens/customize.ts";
import { type Family, newFamily } from "../tokens/family.ts";
import { issueTokens, refreshTokenOf } from "../tokens/issue.ts";
import { holderOfRefreshToken, refresh } from "../tokens/refresh.ts";
import { describeTokens, refreshResult } from "../tokens/result.ts";
import { signInScope } from "../tokens/scopes.ts";
import { keepFamily } from "../tokens/session-cap.ts";
import { findUser } from "../users/store.ts";
import type { User } from "../users/user.ts";
import type { Asked, Finish, Outcome, SignedIn } from "./advance.ts";
import { answer, resume } from "./answer.ts";
import { hashOfSession, type Sitting } from "./attempt.ts";
import { type Beginning, begin } from "./begin.ts";
import type { Responses } from "./challenge.ts";
import { challenges } from "./challenges/index.ts";
import { clientValueOf } from "./challenges/password-srp.ts";
import { sessionOfBlock } from "./challenges/password-verifier.ts";
import { provedBySession } from "./confirmed.ts";
import { checkCustomTriggers } from "./custom.ts";
import { optionalParameter, parameter } from "./parameters.ts";
import { badSession, refusingEvenly } from "./refusals.ts";
import { burnAttempt } from "./store.ts";

/** Whose sign-in a call is about, and whether an administrator makes it. */
export interface Caller {
  readonly pool: Pool;
  readonly client: Client;
  readonly isAdmin: boolean;
}

/** What a sign-in is begun with. */
export interface Initiation {
  readonly flow: AuthFlowType;
  readonly parameters: Responses;
  readonly session?: string | undefined;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  readonly context?: EventContext | undefined;
}

/** Begins a sign-in, or refreshes. */
export async function initiate(
  app: App,
  caller: Caller,
  { flow, parameters, session, clientMetadata, context }: Initiation,
): Promise<InitiateAuthResponse> {
  checkFlow(caller, flow);
  if (flow === "REFRESH_TOKEN_AUTH" || flow === "REFRESH_TOKEN") return refreshBySecretHash(app, caller, parameters);
  const username = parameter(parameters, "USERNAME");
  await checkSecretHash(app, caller.client, username, optionalParameter(parameters, "SECRET_HASH"));
  const proved = session ? await provedBySession(app, caller, session, username) : [];
  const beginning: Beginning = {
    ...caller,
    door: "api",
    flow,
    username,
    responses: responsesOf(flow, parameters),
    clientMetadata,
    context,
    preferred: preferredOf(flow, parameters),
    // A flow that names its proof has to be given it.
    proved: flow === "USER_AUTH" ? proved : [],
    ...openingOf(caller, flow, parameters),
  };
  return describeOutcome(app, caller, flow, await begin(app, beginning, finishWithFamily(app, caller)));
}

/** A flow that takes no password must not go on because one was sent. */
function responsesOf(flow: AuthFlowType, parameters: Responses): Responses {
  if (flow === "USER_AUTH") return parameters;
  const { PASSWORD: _password, SRP_A: _value, ...others } = parameters;
  if (flow === "USER_SRP_AUTH") return withMember(others, "SRP_A", parameters);
  return flow === "CUSTOM_AUTH" ? others : withMember(others, "PASSWORD", parameters);
}

function withMember(responses: Responses, name: string, from: Responses): Responses {
  const value = optionalParameter(from, name);
  return value === undefined ? responses : { ...responses, [name]: value };
}

function preferredOf(flow: AuthFlowType, parameters: Responses): ChallengeNameType | undefined {
  const wanted = flow === "USER_AUTH" ? optionalParameter(parameters, "PREFERRED_CHALLENGE") : undefined;
  return wanted !== undefined && isChallenge(wanted) ? wanted : undefined;
}

const isChallenge = (name: string): name is ChallengeNameType => Object.hasOwn(challenges, name);

/** A custom flow may begin with a password: its client says so, and its functions are told of the first value. */
function openingOf({ pool }: Caller, flow: AuthFlowType, parameters: Responses): Pick<Beginning, "opening"> {
  if (flow !== "CUSTOM_AUTH") return {};
  checkCustomTriggers(pool);
  if (optionalParameter(parameters, "CHALLENGE_NAME") !== "SRP_A") return {};
  const memory = { clientValue: clientValueOf(parameters) };
  return { opening: { memory, rounds: [{ challengeName: "SRP_A", challengeResult: true, challengeMetadata: null }] } };
}

/** What a caller answers a challenge with. */
export interface ChallengeAnswer {
  readonly challenge: ChallengeNameType;
  readonly session: string | undefined;
  readonly responses: Responses;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  readonly context?: EventContext | undefined;
}

/** Answers a challenge. */
export const respond = (app: App, caller: Caller, given: ChallengeAnswer): Promise<InitiateAuthResponse> =>
  refusingEvenly(caller.client, () => respondNow(app, caller, given));

async function respondNow(app: App, caller: Caller, given: ChallengeAnswer): Promise<InitiateAuthResponse> {
  const { challenge, responses, clientMetadata, context } = given;
  const username = parameter(responses, "USERNAME");
  await checkSecretHash(app, caller.client, username, optionalParameter(responses, "SECRET_HASH"));
  if (challenge === "ADMIN_NO_SRP_AUTH" && !caller.isAdmin) {
    throw new ApiError("InvalidParameterException", "Initiate Auth method not supported.");
  }
  // The proofs by SRP can do without the session: it stands in the block that they sign.
  const session = given.session || sessionOfBlock(optionalParameter(responses, "PASSWORD_CLAIM_SECRET_BLOCK") ?? "");
  if (!session) throw new ApiError("InvalidParameterException", "Missing required parameter Session");
  const continuation = { ...caller, door: "api", challenge, session, responses, clientMetadata, context } as const;
  const sitting = await resume(app, continuation);
  if (!(await isSameUser(app, sitting, username))) {
    // A session that is tried with another name is in the wrong hands.
    await burnAttempt(app.db, caller.pool.id, hashOfSession(session), app.clock.now());
    throw badSession("invalid");
  }
  const { flow } = sitting.state;
  const cause = causes[challenge] ?? "Authentication";
  const outcome = await answer(app, continuation, finishWithFamily(app, caller));
  return describeOutcome(app, caller, flow, outcome, { cause, clientMetadata });
}

const causes: Partial<Record<ChallengeNameType, TokenCause>> = {
  NEW_PASSWORD_REQUIRED: "NewPasswordChallenge",
  DEVICE_PASSWORD_VERIFIER: "AuthenticateDevice",
};

/** Whether a name is one of the user's who signs in: the one it gave, or the one that it was told. */
async function isSameUser(app: App, { pool, user, state }: Sitting, username: string): Promise<boolean> {
  if (username === state.username) return true;
  if (user) return (await findUser(app.db, pool, username))?.sub === user.sub;
  return username === (await inventedUsername(app, pool, state.username));
}

/** The flows that only an administrator's call may begin. */
const adminFlows: ReadonlySet<AuthFlowType> = new Set(["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"]);

/** Refuses a flow that the client does not allow. Texts as observed; each flow has its own. */
function checkFlow({ client, isAdmin }: Caller, flow: AuthFlowType): void {
  if (adminFlows.has(flow) && !isAdmin) {
    throw new ApiError("InvalidParameterException", "Initiate Auth method not supported.");
  }
  if (!allowedFlows(client).has(allowanceOf(flow))) {
    throw new ApiError("InvalidParameterException", notEnabled[flow]);
  }
}

function allowanceOf(flow: AuthFlowType): Allowance {
  if (flow === "REFRESH_TOKEN" || flow === "REFRESH_TOKEN_AUTH") return "ALLOW_REFRESH_TOKEN_AUTH";
  return flow === "ADMIN_NO_SRP_AUTH" ? "ALLOW_ADMIN_USER_PASSWORD_AUTH" : `ALLOW_${flow}`;
}

const notEnabled: Readonly<Record<AuthFlowType, string>> = {
  USER_PASSWORD_AUTH: "USER_PASSWORD_AUTH flow not enabled for this client",
  USER_SRP_AUTH: "USER_SRP_AUTH is not enabled for the client.",
  CUSTOM_AUTH: "CUSTOM_AUTH is not enabled for the client.",
  ADMIN_USER_PASSWORD_AUTH: "Auth flow not enabled for this client",
  ADMIN_NO_SRP_AUTH: "Auth flow not enabled for this client",
  USER_AUTH: "USER_AUTH flow not enabled for this client",
  REFRESH_TOKEN_AUTH: "REFRESH_TOKEN_AUTH flow not enabled for this client",
  REFRESH_TOKEN: "REFRESH_TOKEN_AUTH flow not enabled for this client",
};

/** A sign-in through the API ends with a family of tokens and, where devices are tracked, a key for a new device. */
interface Ended {
  readonly user: User;
  readonly family: Family;
  readonly newDevice?: { readonly DeviceKey: string; readonly DeviceGroupKey: string };
}

const finishWithFamily =
  (app: App, { pool, client }: Caller): Finish<Ended> =>
  async (inside, signedIn) => {
    const { user, state, authenticatedAt } = signedIn;
    const isNew = tracksDevices(pool) && state.deviceKey === null;
    const keys = isNew ? newDeviceKeys(pool, app.random) : undefined;
    const deviceKey = keys?.key ?? state.deviceKey;
    const family = newFamily(app, client, user, {
      door: "api",
      scopes: [signInScope],
      authenticatedAt,
      eventId: state.eventId,
      ...(namesLevels(pool) && { assurance: assuranceOf(pool, state.methods ?? []) }),
      ...(deviceKey !== null && { deviceKey }),
    });
    await keepFamily(inside, pool, user, family);
    if (!keys) return { user, family };
    await insertDevice(inside.db, newDevice(signedIn, keys, family));
    return { user, family, newDevice: { DeviceKey: keys.key, DeviceGroupKey: keys.groupKey } };
  };

const newDevice = (
  { user, state, authenticatedAt: now }: SignedIn,
  keys: ReturnType<typeof newDeviceKeys>,
  family: Family,
) => ({
  poolId: user.poolId,
  sub: user.sub,
  ...keys,
  name: null,
  secret: null,
  isRemembered: false,
  family: family.id,
  lastAddress: state.context?.address ?? null,
  createdAt: now,
  modifiedAt: now,
  authenticatedAt: now,
});

async function describeOutcome(
  app: App,
  { pool, client }: Caller,
  flow: AuthFlowType,
  outcome: Outcome<Ended>,
  occasion: { readonly cause: TokenCause; readonly clientMetadata?: Responses | undefined } = {
    cause: "Authentication",
  },
): Promise<InitiateAuthResponse> {
  if (outcome.kind === "asked") return describeQuestion(flow, outcome);
  const { user, family, newDevice: NewDeviceMetadata } = outcome.result;
  const tokens = await issueTokens(app, { pool, client, user }, family, occasion);
  const result = describeTokens(tokens, await refreshTokenOf(app, family, user));
  return signedIn({ ...result, NewDeviceMetadata });
}

const describeQuestion = (
  flow: AuthFlowType,
  { challenge, session, parameters, offered }: Asked,
): InitiateAuthResponse => ({
  ChallengeName: challenge,
  Session: session,
  ChallengeParameters: { ...parameters },
  AvailableChallenges: flow === "USER_AUTH" ? (offered.length > 0 ? [...offered] : [challenge]) : undefined,
});

const signedIn = (result: AuthenticationResultType): InitiateAuthResponse => ({
  ChallengeParameters: {},
  AuthenticationResult: result,
});

/**
 * The request of a refresh has no user name, so its SECRET_HASH is made over the name that the token belongs to. The
 * hash is checked before anything is told of the token.
 */
async function refreshBySecretHash(app: App, caller: Caller, parameters: Responses): Promise<InitiateAuthResponse> {
  const token = parameter(parameters, "REFRESH_TOKEN");
  const holder = await holderOfRefreshToken(app, caller.pool, token);
  await checkSecretHash(app, caller.client, holder ?? "", optionalParameter(parameters, "SECRET_HASH"));
  const deviceKey = optionalParameter(parameters, "DEVICE_KEY");
  return signedIn(refreshResult(await refresh(app, caller.pool, caller.client, { token, deviceKey })));
}
