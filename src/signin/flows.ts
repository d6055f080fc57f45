/** The two calls of the JSON API that sign in, each in a public and an administrator's form that differ in subject only. */
import type { App } from "../app.ts";
import { allowedFlows, type Client } from "../clients/client.ts";
import { checkSecretHash } from "../clients/secret.ts";
import { ApiError } from "../contract/errors.ts";
import type {
  AuthenticationResultType,
  AuthFlowType,
  ChallengeNameType,
  InitiateAuthResponse,
} from "../contract/types.gen.ts";
import type { Pool } from "../pools/pool.ts";
import { type Family, newFamily } from "../tokens/family.ts";
import { issueTokens, refreshTokenOf } from "../tokens/issue.ts";
import { bearerOfRefreshToken, refresh } from "../tokens/refresh.ts";
import { describeTokens, refreshResult } from "../tokens/result.ts";
import { signInScope } from "../tokens/scopes.ts";
import { insertFamily } from "../tokens/store.ts";
import { findUser } from "../users/store.ts";
import type { User } from "../users/user.ts";
import { type Asked, answer, begin, type Finish, type Outcome, resume } from "./advance.ts";
import type { Responses } from "./challenge.ts";
import { firstChallenge } from "./next-step.ts";
import { optionalParameter, parameter } from "./parameters.ts";
import { badSession } from "./refusals.ts";

/** Whose sign-in a call is about, and whether an administrator makes it. */
export interface Caller {
  readonly pool: Pool;
  readonly client: Client;
  readonly isAdmin: boolean;
}

/** Begins a sign-in, or refreshes. */
export async function initiate(
  app: App,
  caller: Caller,
  flow: AuthFlowType,
  parameters: Responses,
): Promise<InitiateAuthResponse> {
  checkFlow(caller, flow);
  if (flow === "REFRESH_TOKEN_AUTH" || flow === "REFRESH_TOKEN") return refreshBySecretHash(app, caller, parameters);
  const username = parameter(parameters, "USERNAME");
  await checkSecretHash(app, caller.client, username, optionalParameter(parameters, "SECRET_HASH"));
  const beginning = { ...caller, door: "api", flow, username, responses: parameters } as const;
  return describeOutcome(app, caller, await begin(app, beginning, finishWithFamily(app, caller)));
}

/** What a caller answers a challenge with. */
export interface ChallengeAnswer {
  readonly challenge: ChallengeNameType;
  readonly session: string | undefined;
  readonly responses: Responses;
}

/** Answers a challenge. */
export async function respond(
  app: App,
  caller: Caller,
  { challenge, session, responses }: ChallengeAnswer,
): Promise<InitiateAuthResponse> {
  const username = parameter(responses, "USERNAME");
  await checkSecretHash(app, caller.client, username, optionalParameter(responses, "SECRET_HASH"));
  // Source: observed: every challenge that is served needs its session.
  if (!session) throw new ApiError("InvalidParameterException", "Missing required parameter Session");
  const continuation = { ...caller, door: "api", challenge, session, responses } as const;
  const { user, state } = await resume(app, continuation);
  if (username !== state.username && (await findUser(app.db, caller.pool, username))?.sub !== user?.sub) {
    throw badSession("invalid");
  }
  return describeOutcome(app, caller, await answer(app, continuation, finishWithFamily(app, caller)));
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
  if (flow !== "REFRESH_TOKEN_AUTH" && flow !== "REFRESH_TOKEN" && !firstChallenge(flow)) {
    throw new ApiError("InvalidParameterException", `${flow} is not served yet.`);
  }
}

const allowanceOf = (flow: AuthFlowType) => {
  if (flow === "REFRESH_TOKEN" || flow === "REFRESH_TOKEN_AUTH") return "ALLOW_REFRESH_TOKEN_AUTH";
  return flow === "ADMIN_NO_SRP_AUTH" ? "ALLOW_ADMIN_USER_PASSWORD_AUTH" : (`ALLOW_${flow}` as const);
};

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

/** A sign-in through the API ends with a family of tokens. */
const finishWithFamily =
  (app: App, { client }: Caller): Finish<{ user: User; family: Family }> =>
  async (db, { user, state, authenticatedAt }) => {
    const grant = { door: "api", scopes: [signInScope], authenticatedAt, eventId: state.eventId } as const;
    const family = newFamily(app, client, user, grant);
    await insertFamily(db, family);
    return { user, family };
  };

async function describeOutcome(
  app: App,
  { pool, client }: Caller,
  outcome: Outcome<{ user: User; family: Family }>,
): Promise<InitiateAuthResponse> {
  if (outcome.kind === "asked") return describeQuestion(outcome);
  const { user, family } = outcome.result;
  const tokens = await issueTokens(app, { pool, client, user }, family);
  return signedIn(describeTokens(tokens, await refreshTokenOf(app, family)));
}

const describeQuestion = ({ challenge, session, parameters }: Asked): InitiateAuthResponse => ({
  ChallengeName: challenge,
  Session: session,
  ChallengeParameters: { ...parameters },
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
  const bearer = await bearerOfRefreshToken(app, caller.pool, token);
  await checkSecretHash(app, caller.client, bearer?.username ?? "", optionalParameter(parameters, "SECRET_HASH"));
  return signedIn(refreshResult(await refresh(app, caller.pool, caller.client, token)));
}
