/** The way of a sign-in from page to page. What comes next is the machine's to say; here is only which page that is. */
import type { ChallengeNameType } from "../contract/types.gen.ts";
import { contextOfUser } from "../events/context.ts";
import { issueRecoveryCodes } from "../factors/recovery-code.ts";
import { atCost } from "../limits/by-address.ts";
import { redirect } from "../oauth/answers.ts";
import { codeFor, completeAuthorization, type Grantee } from "../oauth/complete.ts";
import {
  attemptCookie,
  clearCookie,
  csrfCookie,
  readCookie,
  sessionCookie,
  setCookie,
  setSessionCookie,
} from "../oauth/cookies.ts";
import { beginHostedSession, hashOfSecret } from "../sessions/session.ts";
import type { Asked, Finish, Outcome } from "../signin/advance.ts";
import { answer, askAgain, resume } from "../signin/answer.ts";
import type { Sitting } from "../signin/attempt.ts";
import { type Beginning, begin } from "../signin/begin.ts";
import type { Responses } from "../signin/challenge.ts";
import { refusingEvenly } from "../signin/refusals.ts";
import { pageBeforeClient } from "./passkeys.tsx";
import { showRecoveryCodes } from "./recovery-codes.tsx";
import { pageAddress, type Visit } from "./visit.tsx";

/** A sign-in on the pages ends with a browser session, and with the client's code in the same transaction. */
interface Finished {
  readonly grantee: Grantee;
  readonly secret: string;
  /** Codes for the day on which the authenticator that was just set up is lost. */
  readonly recoveryCodes?: readonly string[];
}

/** The end of a sign-in, whose last question was `asked`. One that set up a factor and ends has set up an authenticator. */
const finish =
  ({ at, request }: Visit, asked?: ChallengeNameType | null): Finish<Finished> =>
  async (inside, { user, authenticatedAt, state: { methods = [] } }) => {
    const { pool } = at;
    const former = readCookie(at, sessionCookie);
    const beginning = { pool, client: request.client, user, methods, authenticatedAt, former };
    const secret = await beginHostedSession(inside, beginning);
    const grantee: Grantee = { user, methods, authenticatedAt, sessionHash: hashOfSecret(secret) };
    if (asked === "MFA_SETUP" && pool.settings.pages?.recoveryCodes) {
      return { grantee, secret, recoveryCodes: await issueRecoveryCodes(inside, user) };
    }
    const isNext = request.responseType === "code" && !pageBeforeClient({ at });
    const code = isNext ? await codeFor(inside, at, request, grantee) : undefined;
    return { grantee: { ...grantee, code }, secret };
  };

/** The page of each challenge that the pages can ask. */
const pages: Partial<Record<ChallengeNameType, string>> = {
  NEW_PASSWORD_REQUIRED: "changePassword",
  SMS_MFA: "mfa",
  EMAIL_OTP: "mfa",
  SMS_OTP: "mfa",
  SOFTWARE_TOKEN_MFA: "mfa",
  SELECT_MFA_TYPE: "mfaOption",
  MFA_SETUP: "mfaSetup",
  SELECT_CHALLENGE: "factor",
  PASSWORD: "verifyPassword",
  WEB_AUTHN: "passkey",
};

/** On to the next page, or back to the client. */
async function goOn(visit: Visit, outcome: Outcome<Finished>): Promise<Response> {
  const { at, request } = visit;
  if (outcome.kind === "asked") return askOnPage(visit, outcome);
  const { grantee, secret, recoveryCodes } = outcome.result;
  const cookies = [
    setSessionCookie(at, request.client, secret),
    clearCookie(at, csrfCookie),
    clearCookie(at, attemptCookie),
  ];
  if (recoveryCodes) return showRecoveryCodes(visit, recoveryCodes, cookies);
  const before = pageBeforeClient(visit);
  if (before) return redirect(before, cookies);
  return completeAuthorization(at, request, grantee, cookies);
}

/** On to the page of a question. */
const askOnPage = ({ at }: Visit, { challenge, session }: Asked): Response =>
  redirect(pageAddress(at, pages[challenge] ?? "login"), [setCookie(at, attemptCookie, session)]);

/** Begins a sign-in on the pages. */
export const beginOnPage = async (visit: Visit, start: Start): Promise<Response> =>
  goOn(visit, await beginHosted(visit, start));

/** What a sign-in on the pages begins with. */
type Start = Pick<Beginning, "flow" | "username" | "responses" | "preferred" | "proved" | "methods" | "isNameless">;

/** Begins a sign-in, and leaves it to the caller what page comes of it. */
export function beginHosted(visit: Visit, start: Start): Promise<Outcome<Finished>> {
  const { at, request } = visit;
  const context = contextOfUser(request.client, undefined, at.origin);
  const door = { pool: at.pool, client: request.client, door: "hosted", isAdmin: false, context } as const;
  const beginning = { ...door, ...start, levels: request.levels };
  return atCost(at.app, { address: at.origin.address, cost: "beginning", isSignedIn }, () =>
    begin(at.app, beginning, finish(visit)),
  );
}

const isSignedIn = (outcome: Outcome<unknown>): boolean => outcome.kind === "finished";

/** Answers the pending challenge, and goes on from there. @throws ApiError when the answer is refused */
export async function answerOnPage(visit: Visit, pending: Pending, responses: Responses): Promise<Response> {
  const { app, origin } = visit.at;
  const ending = finish(visit, pending.sitting.state.asked);
  const outcome = await atCost(app, { address: origin.address, cost: "answer", isSignedIn }, () =>
    refusingEvenly(visit.request.client, () => answer(app, continuationOf(visit, pending, responses), ending)),
  );
  return goOn(visit, outcome);
}

/** Has the code of the pending challenge sent again, and shows its page with a new session. */
export async function sendAgainOnPage(visit: Visit, pending: Pending): Promise<Response> {
  const { app, origin } = visit.at;
  const { responses: _responses, ...resumption } = continuationOf(visit, pending, {});
  const asked = await atCost(app, { address: origin.address, cost: "cause" }, () => askAgain(app, resumption));
  const next = askOnPage(visit, asked);
  next.headers.set("location", `${next.headers.get("location")}&resent=yes`);
  return next;
}

/** The sign-in that this browser is in the middle of. */
export interface Pending {
  readonly session: string;
  readonly sitting: Sitting;
}

/** The pending sign-in. @throws NotAuthorizedException when it waits for another challenge, or for none any more */
export async function pendingSignIn(
  { at, request }: Visit,
  ...challenges: readonly ChallengeNameType[]
): Promise<Pending | undefined> {
  const session = readCookie(at, attemptCookie);
  if (session === undefined) return undefined;
  const sitting = await resume(at.app, { pool: at.pool, client: request.client, door: "hosted", session });
  const { asked } = sitting.state;
  return asked !== null && challenges.includes(asked) ? { session, sitting } : undefined;
}

/** What an answer to the pending challenge says. */
const continuationOf = ({ at, request }: Visit, { session, sitting }: Pending, responses: Responses) => ({
  pool: at.pool,
  client: request.client,
  door: "hosted" as const,
  challenge: sitting.state.asked ?? "PASSWORD",
  session,
  responses,
});
