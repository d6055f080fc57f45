/** The parts that forms are made of. */
import type { Child } from "hono/jsx";
import type { PasswordPolicyType } from "../../contract/types.gen.ts";
import type { Frame } from "../frame.ts";
import type { Texts } from "../languages/en.ts";
import { counted } from "../languages/index.ts";
import { ErrorBox } from "./layout.tsx";

/** What every page with a form is given. */
export interface FormProps {
  readonly frame: Frame;
  /** Where the form goes, with the query of the authorization request. */
  readonly action: string;
  readonly csrf: string;
  /** Why the last try was refused. */
  readonly message?: string | undefined;
}

/** A form that only a page of ours can send. */
export const Form = ({
  form,
  name,
  errorId,
  children,
}: {
  readonly form: FormProps;
  readonly name: string;
  readonly errorId?: string;
  readonly children?: Child;
}) => (
  <form name={name} class="cognito-asf" action={form.action} method="post">
    <ErrorBox frame={form.frame} message={form.message} {...(errorId && { id: errorId })} />
    <input type="hidden" name="_csrf" value={form.csrf} />
    <input type="hidden" name="cognitoAsfData" value="" />
    {children}
  </form>
);

export interface FieldProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  readonly value?: string | undefined;
  readonly autocomplete?: string;
  readonly isOptional?: boolean;
  readonly hasFocus?: boolean;
}

/** One labelled field. */
export const Field = ({ id, name, label, type = "text", value, autocomplete, isOptional, hasFocus }: FieldProps) => (
  <div class="field">
    <label class="label-customizable" for={id}>
      {label}
    </label>
    <input
      id={id}
      name={name}
      type={type}
      class="form-control inputField-customizable"
      value={value}
      autocomplete={autocomplete}
      autocapitalize={type === "text" || type === "email" ? "none" : undefined}
      spellcheck={false}
      required={!isOptional}
      autofocus={hasFocus}
    />
  </div>
);

/** The field of a code: digits, that phones and password managers fill in. */
export const CodeField = ({ id, name, label }: Pick<FieldProps, "id" | "name" | "label">) => (
  <div class="field">
    <label class="label-customizable" for={id}>
      {label}
    </label>
    <input
      id={id}
      name={name}
      type="text"
      inputmode="numeric"
      pattern="[0-9]*"
      maxlength={10}
      class="form-control inputField-customizable code-field"
      autocomplete="one-time-code"
      required
      autofocus
    />
  </div>
);

/** The button that sends a form. Classic pages have inputs for buttons, and people's tests look for them by name. */
export const Submit = ({
  frame,
  name,
  text,
}: {
  readonly frame: Frame;
  readonly name: string;
  readonly text: string;
}) =>
  frame.isManaged ? (
    <button type="submit" class="submitButton-customizable">
      {text}
    </button>
  ) : (
    <input type="Submit" name={name} value={text} class="btn btn-primary submitButton-customizable" aria-label={text} />
  );

/** How a pool's names are called and typed. */
export function nameField(signInBy: readonly ("email" | "phone_number")[], texts: Texts) {
  const [email, phone] = [signInBy.includes("email"), signInBy.includes("phone_number")];
  if (email && phone) return { label: texts.emailOrPhone, title: texts.signInWithEmailOrPhone, type: "text" };
  if (email) return { label: texts.email, title: texts.signInWithEmail, type: "email" };
  if (phone) return { label: texts.phone, title: texts.signInWithPhone, type: "tel" };
  return { label: texts.username, title: texts.signInWithUsername, type: "text" };
}

const inputTypes: Readonly<Record<string, string>> = {
  email: "email",
  phone_number: "tel",
  birthdate: "date",
  website: "url",
};

const autocompletes: Readonly<Record<string, string>> = {
  email: "email",
  phone_number: "tel",
  birthdate: "bday",
  website: "url",
  name: "name",
  given_name: "given-name",
  family_name: "family-name",
  nickname: "nickname",
  address: "street-address",
};

/** `family_name` as `Family name`. */
const labelOf = (name: string): string => {
  const words = name.replace(/^custom:/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The fields of attributes that a user has to give. */
export const AttributeFields = ({
  frame,
  names,
  values = {},
}: {
  readonly frame: Frame;
  readonly names: readonly string[];
  readonly values?: Readonly<Record<string, string>>;
}) => (
  <>
    {names.map((name) => (
      <Field
        id={`attribute-${name}`}
        name={`requiredAttributes[${name}]`}
        label={name === "email" ? frame.texts.email : name === "phone_number" ? frame.texts.phone : labelOf(name)}
        type={inputTypes[name] ?? "text"}
        autocomplete={autocompletes[name] ?? "on"}
        value={values[name]}
      />
    ))}
  </>
);

/** What the pool asks of a password, said before it is typed. */
export const PasswordRules = ({ frame, policy }: { readonly frame: Frame; readonly policy: PasswordPolicyType }) => {
  const { texts } = frame;
  const rules = [
    counted(texts.ruleLength, texts, policy.MinimumLength ?? 8),
    policy.RequireLowercase && texts.ruleLower,
    policy.RequireUppercase && texts.ruleUpper,
    policy.RequireNumbers && texts.ruleNumber,
    policy.RequireSymbols && texts.ruleSymbol,
  ].filter((rule) => typeof rule === "string");
  return (
    <div class="rules passwordCheck-notValid-customizable" id="passwordRules">
      <p>{texts.passwordRules}</p>
      <ul>
        {rules.map((rule) => (
          <li>{rule}</li>
        ))}
      </ul>
    </div>
  );
};

/** A line under the form that leads elsewhere. */
export const Foot = ({ children }: { readonly children?: Child }) => <p class="foot">{children}</p>;

/** A link of the pages. */
export const PageLink = ({ href, text }: { readonly href: string; readonly text: string }) => (
  <a class="redirect-customizable" href={href}>
    {text}
  </a>
);
