import { AttributeFields, Field, Foot, Form, type FormProps, nameField, PageLink, Submit } from "./fields.tsx";
import { Layout, NoticeBox } from "./layout.tsx";

export interface SignInProps {
  readonly form: FormProps;
  readonly notice?: string | undefined;
  /** What is already in the name's field. */
  readonly username?: string | undefined;
  /** What names are in this pool. */
  readonly signInBy: readonly ("email" | "phone_number")[];
  /** Whether the name is asked first, and what proves it after that. */
  readonly isNameFirst: boolean;
  /** Whether users of the pool itself may sign in here, beside those of other providers. */
  readonly hasOwnUsers: boolean;
  readonly providers: readonly ProviderLink[];
  readonly forgotHref: string;
  /** Absent where users are made by an administrator alone. */
  readonly signUpHref?: string | undefined;
}

/** A way to sign in elsewhere. */
export interface ProviderLink {
  readonly name: string;
  readonly href: string;
}

/** The sign-in page. */
export const SignInPage = (props: SignInProps) => {
  const { form, isNameFirst, hasOwnUsers, providers } = props;
  const { frame } = form;
  const { texts } = frame;
  const { title } = nameField(props.signInBy, texts);
  return (
    <Layout frame={frame} title={texts.signInTitle}>
      <h1>{texts.signInTitle}</h1>
      <NoticeBox message={props.notice} />
      {hasOwnUsers && <p class="textDescription-customizable">{isNameFirst ? texts.signInFirst : title}</p>}
      {frame.isManaged ? hasOwnUsers && <SignInForm {...props} isShown /> : <ClassicForms {...props} />}
      {providers.length > 0 && <Providers {...props} />}
    </Layout>
  );
};

/**
 * Cognito's classic page has its form twice, for wide and narrow screens. Tests that people wrote for it look for two,
 * so the second is here as well, out of sight and out of reach.
 */
const ClassicForms = (props: SignInProps) =>
  props.hasOwnUsers ? (
    <>
      <div class="visible-md visible-lg">
        <SignInForm {...props} isShown />
      </div>
      <div class="visible-xs visible-sm" hidden inert>
        <SignInForm {...props} isShown={false} />
      </div>
    </>
  ) : null;

const SignInForm = (props: SignInProps & { readonly isShown: boolean }) => {
  const { form, username, signInBy, isNameFirst, isShown } = props;
  const { frame } = form;
  const { texts } = frame;
  const { label, type } = nameField(signInBy, texts);
  return (
    <>
      <Form
        form={isShown ? form : { ...form, message: undefined }}
        name="cognitoSignInForm"
        errorId="loginErrorMessage"
      >
        <Field
          id="signInFormUsername"
          name="username"
          label={label}
          type={type}
          value={username}
          autocomplete={isNameFirst ? "username webauthn" : "username"}
          hasFocus={isShown && !username}
        />
        {!isNameFirst && (
          <Field
            id="signInFormPassword"
            name="password"
            label={texts.password}
            type="password"
            autocomplete="current-password"
            hasFocus={isShown && !!username}
          />
        )}
        <Submit frame={frame} name="signInSubmitButton" text={isNameFirst ? texts.next : texts.signIn} />
      </Form>
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

const Providers = ({ form, providers, hasOwnUsers }: SignInProps) => (
  <div class="providers">
    {hasOwnUsers && <p class="or">{form.frame.texts.or}</p>}
    {providers.map(({ name, href }) => (
      <a class="idpButton-customizable" href={href}>
        {form.frame.texts.continueWith.replace("{provider}", () => name)}
      </a>
    ))}
  </div>
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
        <input type="hidden" name="username" value={username} autocomplete="username" />
        <Field
          id="signInFormPassword"
          name="password"
          label={texts.password}
          type="password"
          autocomplete="current-password"
          hasFocus
        />
        <Submit frame={form.frame} name="signInSubmitButton" text={texts.signIn} />
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
  missing,
}: {
  readonly form: FormProps;
  readonly missing: readonly string[];
}) => {
  const { texts } = form.frame;
  return (
    <Layout frame={form.frame} title={texts.newPasswordTitle}>
      <h1>{texts.newPasswordTitle}</h1>
      <p class="textDescription-customizable">{texts.newPasswordText}</p>
      <Form form={form} name="changePasswordForm">
        <NewPasswordFields form={form} />
        <AttributeFields frame={form.frame} names={missing} />
        <Submit frame={form.frame} name="reset_password" text={texts.send} />
      </Form>
    </Layout>
  );
};

/** A new password, typed twice. */
export const NewPasswordFields = ({ form: { frame } }: { readonly form: FormProps }) => (
  <>
    <Field
      id="new_password"
      name="new_password"
      label={frame.texts.newPassword}
      type="password"
      autocomplete="new-password"
    />
    <Field
      id="confirm_password"
      name="confirm_password"
      label={frame.texts.confirmPassword}
      type="password"
      autocomplete="new-password"
    />
  </>
);
