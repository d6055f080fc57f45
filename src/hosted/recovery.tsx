/** The pages on which a forgotten password is replaced. */
import { redirect } from "../oauth/answers.ts";
import { ConfirmForgotPassword } from "../users/ConfirmForgotPassword.ts";
import { ForgotPassword } from "../users/ForgotPassword.ts";
import { callFor } from "./call.ts";
import { aboutCode, tellNextPage, toldByLastPage } from "./page-data.ts";
import { ForgotPasswordPage, SetPasswordPage } from "./pages/recovery.tsx";
import { actionOf, endpointOf, pageAddress, showForm, trying, type Visit } from "./visit.tsx";

const showForgot = (visit: Visit, username?: string, message?: string): Response =>
  showForm(
    visit,
    "forgotPassword",
    (form) => (
      <ForgotPasswordPage
        form={form}
        signInBy={visit.at.pool.settings.UsernameAttributes ?? []}
        username={username ?? toldByLastPage(visit.at)?.username}
        signInHref={actionOf(visit.at, "login")}
      />
    ),
    { message },
  );

/** Answers `/forgotPassword`: whose password is forgotten. */
export const forgotPassword = endpointOf({
  show: (visit) => showForgot(visit),
  take: (post) => {
    const { at, request, form } = post;
    const Username = form.get("username")?.trim() ?? "";
    return trying(
      (message) => showForgot(post, Username, message),
      async () => {
        const answered = await callFor(at, request.client, ForgotPassword, { Username });
        const told = { username: Username, destination: answered.CodeDeliveryDetails?.Destination };
        return redirect(pageAddress(at, "confirmForgotPassword"), [tellNextPage(at, told)]);
      },
    );
  },
});

function showSetPassword(visit: Visit, message?: string): Response {
  const { at, frame } = visit;
  const told = toldByLastPage(at);
  if (!told) return redirect(pageAddress(at, "forgotPassword"));
  const { texts } = frame;
  const text = aboutCode(texts, told);
  return showForm(
    visit,
    "confirmForgotPassword",
    (form) => (
      <SetPasswordPage
        form={form}
        text={text}
        username={told.username}
        resendAction={actionOf(at, "forgotPassword")}
        policy={at.pool.settings.Policies?.PasswordPolicy ?? {}}
        signInHref={actionOf(at, "login")}
      />
    ),
    { message },
  );
}

/** Answers `/confirmForgotPassword`: the new password, by the code that was sent. */
export const confirmForgotPassword = endpointOf({
  show: (visit) => showSetPassword(visit),
  take: (post) => {
    const { at, request, form, frame } = post;
    const Password = form.get("new_password") ?? "";
    if (Password !== form.get("confirm_password")) return showSetPassword(post, frame.texts.passwordsDiffer);
    return trying(
      (message) => showSetPassword(post, message),
      async () => {
        const Username = form.get("username") ?? toldByLastPage(at)?.username ?? "";
        const ConfirmationCode = form.get("ConfirmationCode")?.trim() ?? "";
        await callFor(at, request.client, ConfirmForgotPassword, { Username, Password, ConfirmationCode });
        return redirect(`${pageAddress(at, "login")}&changed=yes`);
      },
    );
  },
});
