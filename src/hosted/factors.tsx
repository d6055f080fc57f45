/** The pages that ask for more than a password: codes, the choice among factors, setting one up, passkeys. */

import { ApiError } from "../contract/errors.ts";
import type { ChallengeNameType } from "../contract/types.gen.ts";
import { pendingAuthenticator } from "../factors/authenticator.ts";
import { requestOptionsOf } from "../factors/passkey.ts";
import { findFactors } from "../factors/store.ts";
import { maskEmail, maskPhoneNumber } from "../lib/contact.ts";
import { methodNotAllowed, privateHeaders, redirect } from "../oauth/answers.ts";
import { attemptCookie, setCookie } from "../oauth/cookies.ts";
import { mfaFactorsOf } from "../pools/mfa.ts";
import type { Responses } from "../signin/challenge.ts";
import { recoveryCodeName, takesRecoveryCodes } from "../signin/challenges/software-token-mfa.ts";
import type { Texts } from "./languages/en.ts";
import { offersPasskeys, withPending } from "./login.tsx";
import { type Choice, ChoicePage, CodePage, PasskeyPage, SetUpAppPage, SetUpContactPage } from "./pages/factors.tsx";
import { RecoveryCodePage } from "./pages/recovery-codes.tsx";
import { answerOnPage, beginHosted, type Pending, sendAgainOnPage } from "./sign-in-steps.ts";
import { actionOf, endpointOf, type Post, pageAddress, showForm, trying, type Visit } from "./visit.tsx";

const codeChallenges: ChallengeNameType[] = ["SMS_MFA", "EMAIL_OTP", "SMS_OTP", "SOFTWARE_TOKEN_MFA"];

/** The parameter of the contract that answers each challenge by a code. */
const codeParameters: Partial<Record<ChallengeNameType, string>> = {
  SMS_MFA: "SMS_MFA_CODE",
  SMS_OTP: "SMS_OTP_CODE",
  EMAIL_OTP: "EMAIL_OTP_CODE",
  SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN_MFA_CODE",
};

/** Source: ours: long enough for a message to arrive, short enough to wait for. */
const resendAfterSeconds = 30;

async function showCode(visit: Visit, { sitting }: Pending, message?: string): Promise<Response> {
  const { at, frame } = visit;
  const { texts } = frame;
  const isApp = sitting.state.asked === "SOFTWARE_TOKEN_MFA";
  const recoveryHref = isApp && takesRecoveryCodes(sitting) ? `${actionOf(at, "mfa")}&recovery=yes` : undefined;
  const device =
    isApp && sitting.user ? (await findFactors(at.app.db, sitting.user)).settings.authenticatorName : undefined;
  const appText = device ? texts.mfaAppNamed.replace("{device}", () => device) : texts.mfaApp;
  const recipient = sitting.memory["recipient"];
  const text = isApp ? appText : sentTo(texts, recipient);
  const notice = !message && at.query.get("resent") === "yes" ? texts.resent : undefined;
  return showForm(
    visit,
    "mfa",
    (form) => (
      <CodePage
        form={form}
        text={text}
        field={isApp ? "totpCodeInput" : "smsCodeInput"}
        recoveryHref={recoveryHref}
        graphic={isApp ? "AUTH_APP" : sitting.state.asked === "EMAIL_OTP" ? "EMAIL" : "SMS"}
        resendAfter={isApp ? undefined : resendAfterSeconds}
        notice={notice}
      />
    ),
    { message },
  );
}

/** The page for who has lost the authenticator. */
function showRecovery(visit: Visit, message?: string): Response {
  const appHref = actionOf(visit.at, "mfa").replace("&recovery=yes", "");
  return showForm(visit, "mfa", (form) => <RecoveryCodePage form={form} appHref={appHref} />, { message });
}

/** Where a code went, masked. */
export function sentTo(texts: Texts, recipient: string | undefined): string {
  if (!recipient) return texts.codeAsked;
  const masked = recipient.includes("@") ? maskEmail(recipient) : maskPhoneNumber(recipient);
  return texts.codeSent.replace("{destination}", () => masked);
}

/** Answers `/mfa`: a code that was sent, or one of an authenticator. */
export const mfa = endpointOf({
  show: (visit) =>
    withPending(visit, codeChallenges, (pending) =>
      visit.at.query.get("recovery") === "yes" ? showRecovery(visit) : showCode(visit, pending),
    ),
  take: (post) =>
    withPending(post, codeChallenges, (pending) => {
      const recoveryCode = post.form.get("recovery_code");
      if (recoveryCode !== null) {
        return answerOrShow(post, pending, { [recoveryCodeName]: recoveryCode }, (message) =>
          showRecovery(post, message),
        );
      }
      if (post.form.get("resend") === "yes") return sendAgain(post, pending);
      const name = codeParameters[pending.sitting.state.asked ?? "SMS_MFA"] ?? "SMS_MFA_CODE";
      const code = post.form.get("code")?.replace(/\s/g, "") ?? "";
      return answerOrShow(post, pending, { [name]: code }, (message) => showCode(post, pending, message));
    }),
});

/** Answers a challenge; a wrong answer shows the same page, and one that ends the sign-in shows its beginning. */
function answerOrShow(
  post: Post,
  pending: Pending,
  responses: Responses,
  show: (message: string) => Promise<Response> | Response,
): Promise<Response> {
  return trying(
    (message, error) => {
      if (error.name === "NotAuthorizedException") throw error;
      return show(message);
    },
    () => answerOnPage(post, pending, responses),
  );
}

/** Has the code sent again, in a new session. */
async function sendAgain(post: Post, pending: Pending): Promise<Response> {
  return trying(
    (message) => showCode(post, pending, message),
    () => sendAgainOnPage(post, pending),
  );
}

const factorLabels = (texts: Texts): Partial<Record<ChallengeNameType, string>> => ({
  SOFTWARE_TOKEN_MFA: texts.byApp,
  SMS_MFA: texts.bySms,
  SMS_OTP: texts.bySms,
  EMAIL_OTP: texts.byMail,
  PASSWORD: texts.byPassword,
  WEB_AUTHN: texts.byPasskey,
});

/** The ways among which somebody may choose on a page. SRP is a matter of scripts, and the pages send the password. */
function choicesOf({ frame }: Visit, offered: readonly ChallengeNameType[]): Choice[] {
  const labels = factorLabels(frame.texts);
  return offered.flatMap((value) => (labels[value] === undefined ? [] : [{ value, label: labels[value] }]));
}

/** A page that asks to choose, and the challenge that it answers. */
const choosing = (path: string, challenge: ChallengeNameType, titleOf: (texts: Texts) => string) => {
  const show = (visit: Visit, { sitting }: Pending, message?: string): Response => {
    const choices = choicesOf(visit, sitting.state.offered);
    const title = titleOf(visit.frame.texts);
    return showForm(visit, path, (form) => <ChoicePage form={form} title={title} choices={choices} />, { message });
  };
  return endpointOf({
    show: (visit) => withPending(visit, [challenge], (pending) => show(visit, pending)),
    take: (post) =>
      withPending(post, [challenge], (pending) =>
        answerOrShow(post, pending, { ANSWER: post.form.get("choice") ?? "" }, (message) =>
          show(post, pending, message),
        ),
      ),
  });
};

/** Answers `/mfaOption`: which second factor. */
export const mfaOption = choosing("mfaOption", "SELECT_MFA_TYPE", (texts) => texts.mfaChoiceTitle);

/** Answers `/factor`: what to sign in with. */
export const factor = choosing("factor", "SELECT_CHALLENGE", (texts) => texts.choiceTitle);

/** Answers `/mfaSetup`: a second factor that the pool requires and the user does not have yet. */
export const mfaSetup = endpointOf({
  show: (visit) => withPending(visit, ["MFA_SETUP"], (pending) => showSetUp(visit, pending)),
  take: (post) =>
    withPending(post, ["MFA_SETUP"], (pending) => {
      const choice = post.form.get("choice");
      if (choice) return redirect(`${pageAddress(post.at, "mfaSetup")}&method=${encodeURIComponent(choice)}`);
      const contact = (["email", "phone_number"] as const).find((name) => post.form.has(name));
      if (contact) return setUpContact(post, pending, contact);
      return setUpApp(post, pending);
    }),
});

async function showSetUp(visit: Visit, pending: Pending, message?: string): Promise<Response> {
  const { at, frame } = visit;
  const offered = mfaFactorsOf(at.pool);
  const [only, ...others] = offered;
  const wanted = offered.find((name) => name === at.query.get("method")) ?? (others.length === 0 ? only : undefined);
  const path = `${actionOf(at, "mfaSetup")}`;
  const otherHref = others.length === 0 ? undefined : path.replace(/&method=[^&]*/, "");
  if (wanted === undefined) {
    const choices = choicesOf(visit, offered);
    return showForm(
      visit,
      "mfaSetup",
      (form) => <ChoicePage form={form} title={frame.texts.setupChoice} choices={choices} />,
      {
        message,
      },
    );
  }
  if (wanted === "SOFTWARE_TOKEN_MFA") return showSetUpApp(visit, pending, { otherHref, message });
  const contact = wanted === "EMAIL_OTP" ? "email" : "phone_number";
  return showForm(
    visit,
    "mfaSetup",
    (form) => <SetUpContactPage form={form} contact={contact} otherHref={otherHref} />,
    { message },
  );
}

async function showSetUpApp(
  visit: Visit,
  { sitting }: Pending,
  { otherHref, message }: { readonly otherHref: string | undefined; readonly message: string | undefined },
): Promise<Response> {
  const { app, pool } = visit.at;
  if (!sitting.user) throw new ApiError("NotAuthorizedException", "Invalid session for the user.");
  const secret = await pendingAuthenticator(app, pool, sitting.user);
  const account = sitting.user.attributes["email"] ?? sitting.user.username;
  const picture = await qrPicture(authenticatorAddress(pool.name, account, secret));
  return showForm(
    visit,
    "mfaSetup",
    (form) => <SetUpAppPage form={form} secret={secret} picture={picture} otherHref={otherHref} />,
    { message },
  );
}

/** What authenticator apps scan. Source: the key URI format of the authenticator apps. */
function authenticatorAddress(issuer: string, account: string, secret: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

/** The picture is drawn by a library that is loaded when the first one is. */
async function qrPicture(text: string): Promise<string> {
  const { toString: draw } = await import("qrcode");
  const svg = await draw(text, { type: "svg", margin: 2 });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}

function setUpApp(post: Post, pending: Pending): Promise<Response> {
  const responses = {
    SOFTWARE_TOKEN_MFA_CODE: post.form.get("code")?.replace(/\s/g, "") ?? "",
    FRIENDLY_DEVICE_NAME: post.form.get("device")?.trim().slice(0, longestDeviceName) ?? "",
  };
  return answerOrShow(post, pending, responses, (message) => showSetUp(post, pending, message));
}

const longestDeviceName = 131;

function setUpContact(post: Post, pending: Pending, contact: "email" | "phone_number"): Promise<Response> {
  const name = contact === "email" ? "EMAIL" : "PHONE_NUMBER";
  const responses = { [name]: post.form.get(contact)?.trim() ?? "" };
  return answerOrShow(post, pending, responses, (message) => showSetUp(post, pending, message));
}

async function showPasskey(visit: Visit, { sitting }: Pending, message?: string): Promise<Response> {
  const { at } = visit;
  const options = await requestOptionsOf(at.app, at.pool, sitting.user, sitting.memory["challenge"] ?? "");
  const otherHref = actionOf(at, "login");
  return showForm(
    visit,
    "passkey",
    (form) => <PasskeyPage form={form} mode="get" options={JSON.stringify(options)} otherHref={otherHref} />,
    { message },
  );
}

/**
 * Begins a sign-in of nobody in particular, for the script of the sign-in page: it gets what it asks the browser for a
 * passkey with, and the passkey will say whose it is.
 */
async function beginNameless(post: Post): Promise<Response> {
  const { at } = post;
  if (!offersPasskeys(post)) return methodNotAllowed("GET");
  const start = { flow: "USER_AUTH", username: "", responses: {}, isNameless: true } as const;
  const outcome = await beginHosted(post, start);
  if (outcome.kind !== "asked") throw new Error("a sign-in of nobody cannot end at once");
  const headers = new Headers({ ...privateHeaders, "content-type": "application/json" });
  headers.append("set-cookie", setCookie(at, attemptCookie, outcome.session));
  return new Response(outcome.parameters["CREDENTIAL_REQUEST_OPTIONS"], { headers });
}

/** Answers `/passkey`: signing in with one. */
export const passkey = endpointOf({
  show: (visit) => withPending(visit, ["WEB_AUTHN"], (pending) => showPasskey(visit, pending)),
  take: (post) =>
    post.form.get("begin") === "yes"
      ? trying(
          (message) => new Response(message, { headers: privateHeaders }),
          () => beginNameless(post),
        )
      : withPending(post, ["WEB_AUTHN"], (pending) =>
          trying(
            (message) => showPasskey(post, pending, message),
            () => answerOnPage(post, pending, { CREDENTIAL: post.form.get("credential") || "{}" }),
          ),
        ),
});
