import { english, type Texts } from "../texts.ts";
import { ErrorBox, Layout } from "./layout.tsx";

export interface SignInProps {
  /** Where the form goes: the sign-in path with the query of the authorization request. */
  readonly action: string;
  readonly csrf: string;
  /** Why the last try was refused. */
  readonly message?: string | undefined;
  /** What is already in the name's field. */
  readonly username?: string | undefined;
  /** What names are in this pool. */
  readonly signInBy: readonly ("email" | "phone_number")[];
  readonly isDevelopment: boolean;
}

/** How a pool's names are called and typed. */
function nameField(signInBy: SignInProps["signInBy"], texts: Texts) {
  const [email, phone] = [signInBy.includes("email"), signInBy.includes("phone_number")];
  if (email && phone) return { label: texts.emailOrPhone, title: texts.signInWithEmailOrPhone, type: "text" };
  if (email) return { label: texts.email, title: texts.signInWithEmail, type: "email" };
  if (phone) return { label: texts.phone, title: texts.signInWithPhone, type: "tel" };
  return { label: texts.username, title: texts.signInWithUsername, type: "text" };
}

/** The sign-in page. */
export const SignInPage = (props: SignInProps) => {
  const { title } = nameField(props.signInBy, english);
  return (
    <Layout title={english.signInTitle} isDevelopment={props.isDevelopment}>
      <h1>{english.signInTitle}</h1>
      <p class="textDescription-customizable">{title}</p>
      <div class="modal-content visible-md visible-lg">
        <SignInForm {...props} isShown />
      </div>
      {/* Cognito's page has its form twice, for wide and narrow screens. Tests that people wrote for it look for two, so
          the second is here as well, out of sight and out of reach. */}
      <div class="modal-content visible-xs visible-sm" hidden inert>
        <SignInForm {...props} isShown={false} />
      </div>
    </Layout>
  );
};

const SignInForm = ({ action, csrf, message, username, signInBy, isShown }: SignInProps & { isShown: boolean }) => {
  const { label, type } = nameField(signInBy, english);
  return (
    <form name="cognitoSignInForm" class="cognito-asf" action={action} method="post">
      <ErrorBox id="loginErrorMessage" message={isShown ? message : undefined} />
      <input type="hidden" name="_csrf" value={csrf} />
      <input type="hidden" name="cognitoAsfData" value="" />
      <div class="field">
        <label class="label-customizable" for="signInFormUsername">
          {label}
        </label>
        <input
          id="signInFormUsername"
          name="username"
          type={type}
          class="form-control inputField-customizable"
          value={username}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          autofocus={isShown && !username}
        />
      </div>
      <div class="field">
        <label class="label-customizable" for="signInFormPassword">
          {english.password}
        </label>
        <input
          id="signInFormPassword"
          name="password"
          type="password"
          class="form-control inputField-customizable"
          autocomplete="current-password"
          required
          autofocus={isShown && !!username}
        />
      </div>
      <input
        type="Submit"
        name="signInSubmitButton"
        value={english.signIn}
        class="btn btn-primary submitButton-customizable"
      />
    </form>
  );
};
