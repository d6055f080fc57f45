import type { PasswordPolicyType } from "../../contract/types.gen.ts";
import { rulesScriptPath } from "../scripts.ts";
import { Resend } from "./factors.tsx";
import {
  CodeField,
  Field,
  Foot,
  Form,
  type FormProps,
  HiddenUsername,
  nameField,
  PageLink,
  Submit,
} from "./fields.tsx";
import { Layout } from "./layout.tsx";
import { NewPasswordFields } from "./sign-in.tsx";

/** The page on which somebody says whose password is forgotten. */
export const ForgotPasswordPage = ({
  form,
  signInBy,
  username,
  signInHref,
}: {
  readonly form: FormProps;
  readonly signInBy: readonly ("email" | "phone_number")[];
  readonly username?: string | undefined;
  readonly signInHref: string;
}) => {
  const { frame } = form;
  const { texts } = frame;
  const { label, type } = nameField(signInBy, texts);
  return (
    <Layout frame={frame} title={texts.forgotTitle} graphic="PASSWORD">
      <h1>{texts.forgotTitle}</h1>
      <p class="textDescription-customizable">{texts.forgotText}</p>
      <Form form={form} name="forgotPasswordForm">
        <Field
          frame={frame}
          id="username"
          name="username"
          label={label}
          type={type}
          value={username}
          autocomplete="username"
          hasFocus
        />
        <Submit frame={frame} name="reset_my_password" text={texts.resetPassword} />
      </Form>
      <Foot>
        <PageLink href={signInHref} text={texts.back} />
      </Foot>
    </Layout>
  );
};

/** The page on which a new password is set by the code that was sent. */
export const SetPasswordPage = ({
  form,
  text,
  username,
  policy,
  resendAction,
  signInHref,
}: {
  readonly form: FormProps;
  readonly text: string;
  readonly username: string;
  readonly policy: PasswordPolicyType;
  /** Where a new code is asked for. */
  readonly resendAction: string;
  readonly signInHref: string;
}) => {
  const { frame } = form;
  const { texts } = frame;
  return (
    <Layout frame={frame} title={texts.setPasswordTitle} graphic="PASSWORD" scripts={[rulesScriptPath]}>
      <h1>{texts.setPasswordTitle}</h1>
      <p class="textDescription-customizable">{text}</p>
      <Form form={form} name="confirmForgotPasswordForm">
        <HiddenUsername username={username} />
        <CodeField frame={frame} id="ConfirmationCode" name="ConfirmationCode" label={texts.code_} />
        <NewPasswordFields form={form} policy={policy} />
        <Submit frame={frame} name="reset_password" text={texts.changePassword} />
      </Form>
      <Resend form={form} wait={0} action={resendAction} username={username} />
      <Foot>
        <PageLink href={signInHref} text={texts.back} />
      </Foot>
    </Layout>
  );
};
