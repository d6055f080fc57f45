import { english } from "../texts.ts";
import { ErrorBox, Layout } from "./layout.tsx";

export interface NewPasswordProps {
  readonly action: string;
  readonly csrf: string;
  readonly message?: string | undefined;
  /** Required attributes that the user lacks. */
  readonly missing: readonly string[];
  readonly isDevelopment: boolean;
}

const inputTypes: Readonly<Record<string, string>> = {
  email: "email",
  phone_number: "tel",
  birthdate: "date",
  website: "url",
};

/** `family_name` as `Family name`. */
const labelOf = (name: string): string => {
  const words = name.replace(/^custom:/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The page on which a user with a temporary password chooses its own. */
export const NewPasswordPage = ({ action, csrf, message, missing, isDevelopment }: NewPasswordProps) => (
  <Layout title={english.newPasswordTitle} isDevelopment={isDevelopment}>
    <h1>{english.newPasswordTitle}</h1>
    <p class="textDescription-customizable">{english.newPasswordText}</p>
    <form name="changePasswordForm" action={action} method="post">
      <ErrorBox id="errorMessage" message={message} />
      <input type="hidden" name="_csrf" value={csrf} />
      <div class="field">
        <label class="label-customizable" for="new_password">
          {english.newPassword}
        </label>
        <input
          id="new_password"
          name="new_password"
          type="password"
          class="inputField-customizable"
          autocomplete="new-password"
          required
          autofocus
        />
      </div>
      <div class="field">
        <label class="label-customizable" for="confirm_password">
          {english.confirmPassword}
        </label>
        <input
          id="confirm_password"
          name="confirm_password"
          type="password"
          class="inputField-customizable"
          autocomplete="new-password"
          required
        />
      </div>
      {missing.map((name) => (
        <div class="field">
          <label class="label-customizable" for={`attribute-${name}`}>
            {labelOf(name)}
          </label>
          <input
            id={`attribute-${name}`}
            name={`requiredAttributes[${name}]`}
            type={inputTypes[name] ?? "text"}
            class="inputField-customizable"
            required
          />
        </div>
      ))}
      <button type="submit" name="reset_password" class="submitButton-customizable">
        {english.send}
      </button>
    </form>
  </Layout>
);
