/**
 * The sign-in page and the pages that a password leads to. The room owns what a person sees and the way from page to
 * page; what is right or wrong is decided by the sign-in machine, whose words the pages show.
 */
import { allowedFlows } from "../clients/client.ts";
import { ApiError } from "../contract/errors.ts";
import { redirect } from "../oauth/answers.ts";
import { signedInBrowser } from "../oauth/authorize.ts";
import { completeAuthorization } from "../oauth/complete.ts";
import { attemptCookie, clearCookie } from "../oauth/cookies.ts";
import type { DomainRequest } from "../oauth/domain-request.ts";
import { leaveFor, offeredProviders, providerOf, providerOfAddress } from "../oauth/federated.ts";
import { noRelayState, unknownExchange } from "../oauth/saml.ts";
import type { Provider } from "../providers/provider.ts";
import { isBadSession } from "../signin/refusals.ts";
import { missingRequired } from "../users/attributes.ts";
import { type Frame, plainFrame } from "./frame.ts";
import { answerPage } from "./page-answers.ts";
import { tellNextPage, toldByLastPage } from "./page-data.ts";
import { ErrorPage } from "./pages/error.tsx";
import { renderPage } from "./pages/layout.tsx";
import { ContinuePage, NewPasswordPage, PasswordPage, SignInPage } from "./pages/sign-in.tsx";
import { answerOnPage, beginOnPage, type Pending, pendingSignIn } from "./sign-in-steps.ts";
import { actionOf, endpointOf, type Page, type Post, pageAddress, showForm, trying, type Visit } from "./visit.tsx";

/** Whether a client signs in by choice: then the name comes first, and what proves it after. */
const isNameFirst = ({ frame, request }: Visit): boolean =>
  frame.isManaged && allowedFlows(request.client).has("ALLOW_USER_AUTH");

/** Whether the sign-in page offers passkeys before a name is typed, as the pool's owner wants and the client allows. */
export const offersPasskeys = (visit: Visit): boolean => {
  const { settings } = visit.at.pool;
  const isFactor = settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes("WEB_AUTHN") === true;
  return settings.pages?.passkeyAutofill === true && isFactor && isNameFirst(visit);
};

const loginPage: Page = {
  show: async (visit) => {
    const { at, request, frame } = visit;
    const provider = await providerOf(at, request);
    // Source: observed: the status and the words.
    if (provider === "unavailable") return showSignIn(visit, { message: frame.texts.loginOptionGone, status: 401 });
    if (provider !== "none") return leaveFor(at, request, provider);
    const message = at.query.get("lapsed") === "yes" ? frame.texts.somethingWrong : undefined;
    return (await showContinue(visit)) ?? showSignIn(visit, { username: request.loginHint, message });
  },
  take: async (post) => {
    const { at, form } = post;
    if (form.get("resume") === "yes") return continueAsBefore(post);
    if (form.has("corporate_email")) return goToCorporate(post, form.get("corporate_email")?.trim() ?? "");
    const username = form.get("username")?.trim() ?? "";
    return trying(
      (message, error) => afterRefusal(post, username, message, error),
      async () => {
        const responses = { PASSWORD: form.get("password") ?? "" };
        checkNames(username, responses.PASSWORD);
        if (!isNameFirst(post)) return beginOnPage(post, { flow: "USER_PASSWORD_AUTH", username, responses });
        const next = await beginOnPage(post, { flow: "USER_AUTH", username, responses: {} });
        next.headers.append("set-cookie", tellNextPage(at, { username }));
        return next;
      },
    );
  },
};

/** Answers `/login`. */
export const login = endpointOf(loginPage);

/** What a refusal leads to: some send the person to where it can be mended. */
async function afterRefusal(visit: Visit, username: string, message: string, error: ApiError): Promise<Response> {
  const cookies = [tellNextPage(visit.at, { username })];
  if (error.name === "UserNotConfirmedException") return redirect(pageAddress(visit.at, "confirm"), cookies);
  if (error.name === "PasswordResetRequiredException") {
    return redirect(pageAddress(visit.at, "confirmForgotPassword"), cookies);
  }
  return showSignIn(visit, { username, message });
}

/** Longer than any name or password of the contract. */
const longestName = 2048;
const longestPassword = 256;

function checkNames(username: string, password: string): void {
  const isSane =
    username.length <= longestName && password.length <= longestPassword && `${username}${password}`.isWellFormed();
  if (!isSane) throw new ApiError("NotAuthorizedException", "Incorrect username or password.");
}

/** Who opens the page with a session that the client would accept may go on with it. */
async function showContinue(visit: Visit): Promise<Response | undefined> {
  const { at, request } = visit;
  const before = at.query.has("other") ? undefined : await signedInBrowser(at, request);
  if (!before) return undefined;
  const { user } = before;
  const name = user.attributes["email"] ?? user.attributes["phone_number"] ?? user.username;
  const otherHref = `${actionOf(at, "login")}&other=yes`;
  return showForm(visit, "login", (form) => <ContinuePage form={form} name={name} otherHref={otherHref} />);
}

async function continueAsBefore(post: Post): Promise<Response> {
  const before = await signedInBrowser(post.at, post.request);
  return before ? completeAuthorization(post.at, post.request, before) : showSignIn(post, {});
}

/** Sends a person to the provider of its mail address, and tells it there who is coming. */
async function goToCorporate(post: Post, email: string): Promise<Response> {
  const { at, request, frame } = post;
  const provider = await providerOfAddress(at, request, email);
  if (!provider) return showSignIn(post, { message: frame.texts.loginOptionGone, status: 401 });
  return leaveFor(at, { ...request, loginHint: request.loginHint ?? email }, provider);
}

/** What the sign-in page shows beside what it always has. */
interface SignInShown {
  readonly username?: string | undefined;
  readonly message?: string | undefined;
  readonly status?: number;
}

/** Shows the sign-in page. */
async function showSignIn(visit: Visit, { username, message, status }: SignInShown): Promise<Response> {
  const { at, request, frame } = visit;
  const { settings } = at.pool;
  const supported = request.client.settings.SupportedIdentityProviders ?? ["COGNITO"];
  const told = at.query.get("changed") === "yes" ? frame.texts.passwordChanged : undefined;
  const ways = waysOf(frame, await offeredProviders(at, request));
  return showForm(
    visit,
    "login",
    (form) => (
      <SignInPage
        form={form}
        notice={told}
        username={username}
        signInBy={settings.UsernameAttributes ?? []}
        isNameFirst={isNameFirst(visit)}
        passkeyAction={offersPasskeys(visit) ? actionOf(at, "passkey") : undefined}
        hasOwnUsers={supported.includes("COGNITO")}
        providers={ways.buttons.map(({ name, type }) => ({ name, type, href: providerHref(at, name) }))}
        hasCorporate={ways.hasCorporate}
        forgotHref={actionOf(at, "forgotPassword")}
        signUpHref={settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly ? undefined : actionOf(at, "signup")}
      />
    ),
    { message, cookies: [clearCookie(at, attemptCookie)], ...(status !== undefined && { status }) },
  );
}

/**
 * Which providers have a button, and whether an address leads to others. Source: Cognito developer guide: on the classic
 * pages those with identifiers are found by an address; managed login has buttons for all, unless its style asks for one.
 */
function waysOf({ isManaged, look }: Frame, offered: readonly Provider[]) {
  const { asksAddress, order } = look.federation;
  const isFoundByAddress = ({ settings }: Provider): boolean =>
    settings.identifiers.length > 0 && (!isManaged || asksAddress);
  const rankOf = ({ name }: Provider): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return {
    buttons: offered
      .filter((provider) => !isFoundByAddress(provider))
      .toSorted((one, other) => rankOf(one) - rankOf(other)),
    hasCorporate: offered.some(isFoundByAddress),
  };
}

/** The way to a provider goes through the authorization endpoint, which knows how to ask it. */
function providerHref(at: DomainRequest, provider: string): string {
  const query = new URLSearchParams(at.query);
  query.delete("lapsed");
  query.set("identity_provider", provider);
  return `${new URL(at.base).pathname.replace(/\/$/, "")}/oauth2/authorize?${query}`;
}

/**
 * Runs a step of a pending sign-in; without one, or when it is over, the sign-in page comes again. Source: Cognito
 * developer guide, for what it says of a sign-in that took too long.
 */
export function withPending(
  visit: Visit,
  challenges: Parameters<typeof pendingSignIn> extends [Visit, ...infer Names] ? Names : never,
  step: (pending: Pending) => Promise<Response> | Response,
): Promise<Response> {
  return trying(
    (message, error) =>
      showSignIn(visit, { message: isBadSession(error) ? visit.frame.texts.somethingWrong : message }),
    async () => {
      const pending = await pendingSignIn(visit, ...challenges);
      return pending ? step(pending) : redirect(pageAddress(visit.at, "login"));
    },
  );
}

const showNewPassword = (visit: Visit, { sitting }: Pending, message?: string): Response => {
  const missing = sitting.user ? missingRequired(visit.at.pool, sitting.user.attributes) : [];
  return showForm(
    visit,
    "changePassword",
    (form) => (
      <NewPasswordPage
        form={form}
        username={sitting.state.username}
        missing={missing}
        policy={visit.at.pool.settings.Policies?.PasswordPolicy ?? {}}
      />
    ),
    { message },
  );
};

/** Answers `/changePassword`: the forced new password of a user whose password is temporary. */
export const changePassword = endpointOf({
  show: (visit) => withPending(visit, ["NEW_PASSWORD_REQUIRED"], (pending) => showNewPassword(visit, pending)),
  take: (post) =>
    withPending(post, ["NEW_PASSWORD_REQUIRED"], (pending) => {
      const { at, form, frame } = post;
      const password = form.get("new_password") ?? "";
      if (password !== form.get("confirm_password")) return showNewPassword(post, pending, frame.texts.passwordsDiffer);
      const missing = pending.sitting.user ? missingRequired(at.pool, pending.sitting.user.attributes) : [];
      const given = missing.map((name) => [`userAttributes.${name}`, form.get(`requiredAttributes[${name}]`) ?? ""]);
      const responses = { ...Object.fromEntries(given), NEW_PASSWORD: password };
      return trying(
        (message) => showNewPassword(post, pending, message),
        () => answerOnPage(post, pending, responses),
      );
    }),
});

const showPassword = (visit: Visit, { sitting }: Pending, message?: string): Response => {
  const username = toldByLastPage(visit.at)?.username ?? sitting.state.username;
  const forgotHref = actionOf(visit.at, "forgotPassword");
  return showForm(
    visit,
    "verifyPassword",
    (form) => <PasswordPage form={form} username={username} forgotHref={forgotHref} />,
    { message },
  );
};

/** Answers `/verifyPassword`: the password of a sign-in that began with the name alone. */
export const verifyPassword = endpointOf({
  show: (visit) => withPending(visit, ["PASSWORD"], (pending) => showPassword(visit, pending)),
  take: (post) =>
    withPending(post, ["PASSWORD"], (pending) => {
      const responses = { PASSWORD: post.form.get("password") ?? "" };
      return trying(
        (message, error) =>
          error.name === "NotAuthorizedException"
            ? showPassword(post, pending, message)
            : afterRefusal(post, pending.sitting.state.username, message, error),
        () => answerOnPage(post, pending, responses),
      );
    }),
});

/** Answers `/error`. Only words of ours are shown as the reason; what else the query says is nobody's business. */
export function showError(at: DomainRequest): Response {
  const frame = plainFrame(at);
  const shown = new Set([
    "Client does not exist",
    "Client is not enabled for OAuth2.0 flows.",
    "Invalid state",
    unknownExchange,
    noRelayState,
    frame.texts.loginOptionGone,
    frame.texts.somethingWrong,
  ]);
  const error = at.query.get("error") ?? "";
  return answerPage(renderPage(<ErrorPage frame={frame} reason={shown.has(error) ? error : undefined} />), {
    frame,
    status: 400,
  });
}
