import type { PasswordPolicyType } from "../../contract/types.gen.ts";
import type { Frame } from "../frame.ts";
import { passkeyScriptPath, rulesScriptPath } from "../scripts.ts";
import {
  AttributeFields,
  Field,
  Foot,
  Form,
  type FormProps,
  HiddenUsername,
  nameField,
  PageLink,
  PasswordRules,
  Submit,
} from "./fields.tsx";
import { Layout, NoticeBox } from "./layout.tsx";
import { type ProviderLink, Providers } from "./providers.tsx";

export interface SignInProps {
  readonly form: FormProps;
  readonly notice?: string | undefined;
  /** What is already in the name's field. */
  readonly username?: string | undefined;
  /** What names are in this pool. */
  readonly signInBy: readonly ("email" | "phone_number")[];
  /** Whether the name is asked first, and what proves it after that. */
  readonly isNameFirst: boolean;
  /** Where a passkey goes that the browser offers in the field of the name. */
  readonly passkeyAction?: string | undefined;
  /** Whether users of the pool itself may sign in here, beside those of other providers. */
  readonly hasOwnUsers: boolean;
  readonly providers: readonly ProviderLink[];
  /** Whether there are providers that are found by the domain of a mail address. */
  readonly hasCorporate: boolean;
  readonly forgotHref: string;
  /** Absent where users are made by an administrator alone. */
  readonly signUpHref?: string | undefined;
}

/** The sign-in page. */
export const SignInPage = (props: SignInProps) => {
  const { form, isNameFirst, hasOwnUsers, providers } = props;
  const { frame } = form;
  const { texts } = frame;
  const { title } = nameField(props.signInBy, texts);
  const hasProviders = providers.length > 0 || props.hasCorporate;
  const { comesFirst } = frame.look.federation;
  return (
    <Layout
      frame={frame}
      title={frame.isManaged ? texts.signInTitle : classicTitle}
      hasProviders={hasProviders}
      scripts={props.passkeyAction === undefined ? [] : [passkeyScriptPath]}
    >
      <h1>{texts.signInTitle}</h1>
      <NoticeBox message={props.notice} />
      {hasProviders && comesFirst && <Providers {...props} />}
      {hasOwnUsers && <p class="textDescription-customizable">{isNameFirst ? texts.signInFirst : title}</p>}
      {hasOwnUsers && <SignInForm {...props} />}
      {hasProviders && !comesFirst && <Providers {...props} />}
    </Layout>
  );
};

/** Source: the page as captured. */
const classicTitle = "Signin";

const SignInForm = (props: SignInProps) => {
  const { form, username, signInBy, isNameFirst } = props;
  const { frame } = form;
  const { texts } = frame;
  const { label, type } = nameField(signInBy, texts);
  return (
    <>
      <Form form={form} name="cognitoSignInForm" errorId="loginErrorMessage">
        <Field
          frame={frame}
          id="signInFormUsername"
          name="username"
          label={label}
          type={type}
          value={username}
          autocomplete={props.passkeyAction === undefined ? "username" : "username webauthn"}
          hasFocus={!username}
        />
        {!isNameFirst && (
          <Field
            frame={frame}
            id="signInFormPassword"
            name="password"
            label={texts.password}
            type="password"
            autocomplete="current-password"
            hasFocus={!!username}
          />
        )}
        <SignInButton frame={frame} text={isNameFirst ? texts.next : texts.signIn} />
      </Form>
      {props.passkeyAction !== undefined && (
        <form action={props.passkeyAction} method="post" data-passkey="conditional" hidden>
          <input type="hidden" name="_csrf" value={form.csrf} />
          <input type="hidden" name="credential" value="" />
        </form>
      )}
      {!isNameFirst && (
        <p class="aside">
          <PageLink href={props.forgotHref} text={texts.forgotLink} />
        </p>
      )}
      {props.signUpHref !== undefined && (
        <Foot>
          {texts.signUpQuestion} <PageLink href={props.signUpHref} text={texts.signUp} />
        </Foot>
      )}
    </>
  );
};

/** The classic sign-in page has an input for its button, and it alone. */
const SignInButton = ({ frame, text }: { readonly frame: Frame; readonly text: string }) =>
  frame.isManaged ? (
    <Submit frame={frame} name="signInSubmitButton" text={text} />
  ) : (
    <input type="Submit" name="signInSubmitButton" value={text} class="btn btn-primary submitButton-customizable" />
  );

/** The page for who is signed in already, and opens the sign-in page itself. */
export const ContinuePage = ({
  form,
  name,
  otherHref,
}: {
  readonly form: FormProps;
  readonly name: string;
  readonly otherHref: string;
}) => {
  const { texts } = form.frame;
  return (
    <Layout frame={form.frame} title={texts.signInTitle}>
      <h1>{texts.signInTitle}</h1>
      <p class="textDescription-customizable">{texts.signedInAs.replace("{name}", () => name)}</p>
      <Form form={form} name="continueForm">
        <Submit frame={form.frame} name="continue" text={texts.continueAs.replace("{name}", () => name)} />
        <input type="hidden" name="resume" value="yes" />
      </Form>
      <Foot>
        <PageLink href={otherHref} text={texts.otherAccount} />
      </Foot>
    </Layout>
  );
};

/** The password, on a page of its own: the name was given on the one before. */
export const PasswordPage = ({
  form,
  username,
  forgotHref,
}: {
  readonly form: FormProps;
  readonly username: string;
  readonly forgotHref: string;
}) => {
  const { texts } = form.frame;
  return (
    <Layout frame={form.frame} title={texts.signInTitle}>
      <h1>{texts.signInTitle}</h1>
      <p class="textDescription-customizable">{username}</p>
      <Form form={form} name="passwordForm">
        <HiddenUsername username={username} />
        <Field
          frame={form.frame}
          id="signInFormPassword"
          name="password"
          label={texts.password}
          type="password"
          autocomplete="current-password"
          hasFocus
        />
        <SignInButton frame={form.frame} text={texts.signIn} />
      </Form>
      <p class="aside">
        <PageLink href={forgotHref} text={texts.forgotLink} />
      </p>
    </Layout>
  );
};

/** The page on which a user with a temporary password chooses its own. */
export const NewPasswordPage = ({
  form,
  username,
  missing,
  policy,
}: {
  readonly form: FormProps;
  readonly username: string;
  readonly missing: readonly string[];
  readonly policy: PasswordPolicyType;
}) => {
  const { texts } = form.frame;
  return (
    <Layout frame={form.frame} title={texts.newPasswordTitle} graphic="PASSWORD" scripts={[rulesScriptPath]}>
      <h1>{texts.newPasswordTitle}</h1>
      <p class="textDescription-customizable">{texts.newPasswordText}</p>
      <Form form={form} name="changePasswordForm">
        <HiddenUsername username={username} />
        <NewPasswordFields form={form} policy={policy} />
        <AttributeFields frame={form.frame} names={missing} />
        <Submit frame={form.frame} name="reset_password" text={texts.send} />
      </Form>
    </Layout>
  );
};

/** A new password, typed twice, with what the pool asks of it. */
export const NewPasswordFields = ({
  form: { frame },
  policy,
}: {
  readonly form: FormProps;
  readonly policy: PasswordPolicyType;
}) => (
  <>
    <Field
      frame={frame}
      id="new_password"
      name="new_password"
      label={frame.texts.newPassword}
      type="password"
      autocomplete="new-password"
    />
    <PasswordRules frame={frame} policy={policy} />
    <Field
      frame={frame}
      id="confirm_password"
      name="confirm_password"
      label={frame.texts.confirmPassword}
      type="password"
      autocomplete="new-password"
    />
  </>
);
