/**
 * The pages of a user pool domain. The room owns what a person sees and the way from page to page; what is right or
 * wrong is decided by the sign-in machine, whose words the pages show.
 */
import { ApiError } from "../contract/errors.ts";
import { methodNotAllowed, redirect } from "../oauth/answers.ts";
import { type AuthorizationRequest, readAuthorizationRequest } from "../oauth/authorization-request.ts";
import { completeAuthorization } from "../oauth/complete.ts";
import { attemptCookie, clearCookie, csrfCookie, readCookie, setCookie, setSessionCookie } from "../oauth/cookies.ts";
import type { DomainRequest } from "../oauth/domain-request.ts";
import { readForm } from "../oauth/parameters.ts";
import { beginHostedSession } from "../sessions/session.ts";
import { type Asked, answer, begin, type Finish, resume, type SignedIn } from "../signin/advance.ts";
import { missingRequired } from "../users/attributes.ts";
import { answerForm, answerPage, isOurForm } from "./page-answers.ts";
import { ErrorPage } from "./pages/error.tsx";
import { renderPage } from "./pages/layout.tsx";
import { NewPasswordPage } from "./pages/new-password.tsx";
import { SignInPage } from "./pages/sign-in.tsx";
import { english } from "./texts.ts";

/** Answers `/login`. */
export async function login(at: DomainRequest): Promise<Response> {
  const request = await readAuthorizationRequest(at);
  if (request instanceof Response) return request;
  if (at.request.method === "GET") return showSignIn(at, { username: request.loginHint });
  if (at.request.method !== "POST") return methodNotAllowed("GET", "POST");
  const form = await readForm(at.request);
  if (!form || !isOurForm(at, form)) return refuseForm(at);
  const username = form.get("username")?.trim() ?? "";
  return trying(
    (message) => showSignIn(at, { username, message }),
    async () => {
      const { app, pool } = at;
      const responses = { PASSWORD: form.get("password") ?? "" };
      checkNames(username, responses.PASSWORD);
      const beginning = {
        pool,
        client: request.client,
        door: "hosted",
        isAdmin: false,
        flow: "USER_PASSWORD_AUTH",
        username,
        responses,
      } as const;
      return goOn(at, request, await begin(app, beginning, finish));
    },
  );
}

/** Longer than any name or password of the contract. */
const longestName = 2048;
const longestPassword = 256;

function checkNames(username: string, password: string): void {
  const isSane =
    username.length <= longestName && password.length <= longestPassword && `${username}${password}`.isWellFormed();
  if (!isSane) throw new ApiError("NotAuthorizedException", "Incorrect username or password.");
}

/** Answers `/changePassword`: the forced new password of a user whose password is temporary. */
export async function changePassword(at: DomainRequest): Promise<Response> {
  const request = await readAuthorizationRequest(at);
  if (request instanceof Response) return request;
  const session = readCookie(at, attemptCookie);
  if (session === undefined) return redirect(`${at.base}/login?${at.query}`);
  const step = {
    pool: at.pool,
    client: request.client,
    door: "hosted",
    challenge: "NEW_PASSWORD_REQUIRED",
    session,
  } as const;
  const backToSignIn = (message: string) => showSignIn(at, { message }, [clearCookie(at, attemptCookie)]);
  return trying(backToSignIn, async () => {
    const { user } = await resume(at.app, step);
    const missing = user ? missingRequired(at.pool, user.attributes) : [];
    if (at.request.method === "GET") return showNewPassword(at, missing);
    const form = await readForm(at.request);
    if (!form || !isOurForm(at, form)) return refuseForm(at);
    const password = form.get("new_password") ?? "";
    if (password !== form.get("confirm_password")) return showNewPassword(at, missing, english.passwordsDiffer);
    const given = missing.map((name) => [`userAttributes.${name}`, form.get(`requiredAttributes[${name}]`) ?? ""]);
    const responses = { ...Object.fromEntries(given), NEW_PASSWORD: password };
    const retry = (message: string) => showNewPassword(at, missing, message);
    return trying(retry, async () => goOn(at, request, await answer(at.app, { ...step, responses }, finish)));
  });
}

/** Answers `/error`. Only words of ours are shown as the reason; what else the query says is nobody's business. */
export function showError(at: DomainRequest): Response {
  const shown = new Set([
    "Client does not exist",
    "Client is not enabled for OAuth2.0 flows.",
    "Invalid state",
    english.somethingWrong,
  ]);
  const error = at.query.get("error") ?? "";
  const isDevelopment = at.app.settings.mode === "dev";
  return answerPage(
    renderPage(<ErrorPage reason={shown.has(error) ? error : undefined} isDevelopment={isDevelopment} />),
    400,
  );
}

/** Runs a step of the sign-in. A refusal that is meant for the person is shown in the machine's own words. */
async function trying(show: (message: string) => Response, step: () => Promise<Response>): Promise<Response> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) return show(error.message);
    throw error;
  }
}

/** A form that did not come from our page changes nothing. */
const refuseForm = (at: DomainRequest): Response =>
  answerPage(
    renderPage(<ErrorPage reason={english.somethingWrong} isDevelopment={at.app.settings.mode === "dev"} />),
    403,
  );

interface Finished {
  readonly signedIn: SignedIn;
  readonly secret: string;
}

/** A sign-in on the pages ends with a browser session. */
const finish: Finish<Finished> = async (inside, signedIn) => ({
  signedIn,
  secret: await beginHostedSession(inside, signedIn.user, signedIn.authenticatedAt),
});

/** On to the next page, or back to the client. */
async function goOn(
  at: DomainRequest,
  request: AuthorizationRequest,
  outcome: Asked | { readonly kind: "finished"; readonly result: Finished },
): Promise<Response> {
  if (outcome.kind === "asked") {
    const page = pages[outcome.challenge] ?? "login";
    return redirect(`${at.base}/${page}?${at.query}`, [setCookie(at, attemptCookie, outcome.session)]);
  }
  const { signedIn, secret } = outcome.result;
  const cookies = [setSessionCookie(at, secret), clearCookie(at, csrfCookie), clearCookie(at, attemptCookie)];
  return completeAuthorization(at, request, signedIn, cookies);
}

/** The page of each challenge. */
const pages: Partial<Record<Asked["challenge"], string>> = { NEW_PASSWORD_REQUIRED: "changePassword" };

function showSignIn(
  at: DomainRequest,
  { username, message }: { readonly username?: string | undefined; readonly message?: string },
  cookies: readonly string[] = [],
): Response {
  const response = answerForm(at, (csrf) =>
    renderPage(
      <SignInPage
        action={`${new URL(at.base).pathname.replace(/\/$/, "")}/login?${at.query}`}
        csrf={csrf}
        message={message}
        username={username}
        signInBy={at.pool.settings.UsernameAttributes ?? []}
        isDevelopment={at.app.settings.mode === "dev"}
      />,
    ),
  );
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

const showNewPassword = (at: DomainRequest, missing: readonly string[], message?: string): Response =>
  answerForm(at, (csrf) =>
    renderPage(
      <NewPasswordPage
        action={`${new URL(at.base).pathname.replace(/\/$/, "")}/changePassword?${at.query}`}
        csrf={csrf}
        message={message}
        missing={missing}
        isDevelopment={at.app.settings.mode === "dev"}
      />,
    ),
  );
