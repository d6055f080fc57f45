/** The pages on which somebody makes an account and confirms it. */

import type { Client } from "../clients/client.ts";
import { findPoolClient } from "../clients/store.ts";
import { ApiError } from "../contract/errors.ts";
import { methodNotAllowed, redirect, toErrorPage } from "../oauth/answers.ts";
import type { DomainRequest } from "../oauth/domain-request.ts";
import { readForm } from "../oauth/parameters.ts";
import { ConfirmSignUp } from "../signin/ConfirmSignUp.ts";
import { SignUp } from "../signin/SignUp.ts";
import { ResendConfirmationCode } from "../users/ResendConfirmationCode.ts";
import { findUser } from "../users/store.ts";
import { callFor } from "./call.ts";
import { type Frame, frameOf, plainFrame } from "./frame.ts";
import { termsOf } from "./look.ts";
import { answerForm, answerPage, isOurForm } from "./page-answers.ts";
import { aboutCode, tellNextPage, toldByLastPage } from "./page-data.ts";
import { ErrorPage } from "./pages/error.tsx";
import { renderPage } from "./pages/layout.tsx";
import { ConfirmByLinkPage, ConfirmPage, SignUpPage } from "./pages/sign-up.tsx";
import { mayHavePasskeys, thenAddPasskey } from "./passkeys.tsx";
import { beginOnPage } from "./sign-in-steps.ts";
import { actionOf, endpointOf, type Post, pageAddress, showForm, trying, type Visit } from "./visit.tsx";

/** The attributes that a sign-up has to bring beside the name that the form asks for. */
function requiredOf({ pool }: DomainRequest): string[] {
  const names: readonly string[] = pool.settings.UsernameAttributes ?? [];
  const asked = names.length === 1 ? names : [];
  const required = pool.settings.SchemaAttributes.filter(({ Required, Name }) => Required && Name !== "sub");
  // A contact that codes go to is asked for, or the account could never be confirmed.
  const contact = names.length > 0 ? [] : (pool.settings.AutoVerifiedAttributes ?? []);
  const all = [...required.map(({ Name = "" }) => Name), ...contact];
  return [...new Set(all)].filter((name) => !asked.includes(name) && !name.endsWith("_verified"));
}

async function showSignUp(
  visit: Visit,
  values: Readonly<Record<string, string>> = {},
  message?: string,
): Promise<Response> {
  const { at, frame, request } = visit;
  const { settings } = at.pool;
  const terms = await termsOf(at.app, at.pool, request.client, frame);
  return showForm(
    visit,
    "signup",
    (form) => (
      <SignUpPage
        form={form}
        signInBy={settings.UsernameAttributes ?? []}
        required={requiredOf(at)}
        values={values}
        policy={settings.Policies?.PasswordPolicy ?? {}}
        terms={terms}
        signInHref={actionOf(at, "login")}
      />
    ),
    { message },
  );
}

/** Answers `/signup`. */
export const signUp = endpointOf({
  show: (visit) => (isClosed(visit) ? redirect(pageAddress(visit.at, "login")) : showSignUp(visit)),
  take: (post) => {
    const { at, request, form } = post;
    const Username = form.get("username")?.trim() ?? "";
    const given = requiredOf(at).map((name) => [name, form.get(`requiredAttributes[${name}]`)?.trim() ?? ""] as const);
    const values = { ...Object.fromEntries(given), username: Username };
    return trying(
      (message) => showSignUp(post, values, message),
      async () => {
        const Password = form.get("password") ?? "";
        const UserAttributes = given.map(([Name, Value]) => ({ Name, Value }));
        const answered = await callFor(at, request.client, SignUp, { Username, Password, UserAttributes });
        if (answered.UserConfirmed) return signInAtOnce(post, Username, Password);
        const sent = answered.CodeDeliveryDetails;
        // Source: Cognito developer guide: an account that nobody but an administrator can confirm ends in an error.
        if (!sent) throw new ApiError("UserNotConfirmedException", "User is not confirmed.");
        const told = {
          username: Username,
          destination: sent.Destination,
          medium: sent.DeliveryMedium,
          sub: answered.UserSub,
        };
        return redirect(pageAddress(at, "confirm"), [tellNextPage(at, told)]);
      },
    );
  },
});

/** Whether accounts are made by an administrator alone. */
const isClosed = ({ at }: Visit): boolean => at.pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false;

/** Who needs no confirmation has just chosen a password, and signs in by it. */
const signInAtOnce = (visit: Visit, username: string, password: string): Promise<Response> =>
  beginOnPage(visit, { flow: "USER_PASSWORD_AUTH", username, responses: { PASSWORD: password } });

/**
 * Who has just been confirmed is signed in: the code has just proved the contact. On the way to the client a passkey is
 * offered where one could be used. Source: Cognito developer guide, passkeys in managed login.
 */
async function signInAfter(visit: Visit, username: string): Promise<Response> {
  const user = await findUser(visit.at.app.db, visit.at.pool, username);
  const method = user?.attributes["phone_number_verified"] === "true" ? "sms" : "email_otp";
  return beginOnPage(mayHavePasskeys(visit) ? thenAddPasskey(visit) : visit, {
    flow: "USER_AUTH",
    username,
    responses: {},
    proved: ["one-time-code"],
    methods: [method],
  });
}

function showConfirm(visit: Visit, message?: string): Response {
  const { at, frame } = visit;
  const told = toldByLastPage(at);
  const { texts } = frame;
  if (!told) return redirect(pageAddress(at, "login"));
  const text = aboutCode(texts, told);
  const notice = !message && at.query.get("resent") === "yes" ? texts.resent : undefined;
  return showForm(
    visit,
    "confirm",
    (form) => (
      <ConfirmPage
        form={form}
        text={text}
        about={told}
        notice={notice}
        resendAction={actionOf(at, "resendcode")}
        signInHref={actionOf(at, "login")}
      />
    ),
    { message },
  );
}

const usernameOf = ({ at, form }: Post): string => form.get("username") ?? toldByLastPage(at)?.username ?? "";

/** Answers `/confirm`: the code of a new account. */
export const confirm = endpointOf({
  show: (visit) => showConfirm(visit),
  take: (post) =>
    trying(
      (message) => showConfirm(post, message),
      async () => {
        const Username = usernameOf(post);
        const ConfirmationCode = post.form.get("code")?.trim() ?? "";
        await callFor(post.at, post.request.client, ConfirmSignUp, { Username, ConfirmationCode });
        return signInAfter(post, Username);
      },
    ),
});

/** Answers `/resendcode`: the code of a new account, once more. */
export const resendCode = endpointOf({
  show: (visit) => redirect(pageAddress(visit.at, "confirm")),
  take: (post) =>
    trying(
      (message) => showConfirm(post, message),
      async () => {
        const Username = usernameOf(post);
        const answered = await callFor(post.at, post.request.client, ResendConfirmationCode, { Username });
        const told = { username: Username, destination: answered.CodeDeliveryDetails?.Destination };
        return redirect(`${pageAddress(post.at, "confirm")}&resent=yes`, [tellNextPage(post.at, told)]);
      },
    ),
});

/** Answers `/confirmUser`, the address of a link in a mail. */
export async function confirmUser(at: DomainRequest): Promise<Response> {
  const client = await findPoolClient(at.app.db, at.pool.id, at.query.get("client_id") ?? "");
  if (!client) return toErrorPage(at, "Client does not exist");
  const frame = (await frameOf(at, client)) ?? plainFrame(at);
  if (at.request.method === "GET") return showConfirmByLink(at, frame, {});
  if (at.request.method !== "POST") return methodNotAllowed("GET", "POST");
  const form = await readForm(at.request);
  if (!form || !isOurForm(at, form)) {
    return answerPage(renderPage(<ErrorPage frame={frame} reason={frame.texts.somethingWrong} />), {
      frame,
      status: 403,
    });
  }
  return trying(
    (message) => showConfirmByLink(at, frame, { message }),
    () => confirmByLink(at, client, frame),
  );
}

async function confirmByLink(at: DomainRequest, client: Client, frame: Frame): Promise<Response> {
  const Username = at.query.get("user_name") ?? "";
  const ConfirmationCode = at.query.get("confirmation_code") ?? "";
  if (!Username || !ConfirmationCode) throw new ApiError("InvalidParameterException", frame.texts.somethingWrong);
  await callFor(at, client, ConfirmSignUp, { Username, ConfirmationCode });
  return showConfirmByLink(at, frame, { isDone: true });
}

const showConfirmByLink = (
  at: DomainRequest,
  frame: Frame,
  { message, isDone = false }: { readonly message?: string; readonly isDone?: boolean },
): Response =>
  answerForm(at, { frame }, (csrf) =>
    renderPage(
      <ConfirmByLinkPage form={{ frame, csrf, message, action: actionOf(at, "confirmUser") }} isDone={isDone} />,
    ),
  );
