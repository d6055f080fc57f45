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
  <form action={form.action} method="post" name={name} class="cognito-asf">
    <ErrorBox frame={form.frame} message={form.message} {...(errorId && { id: errorId })} />
    <input type="hidden" name="_csrf" value={form.csrf} />
    <input type="hidden" name="cognitoAsfData" value="" />
    {children}
  </form>
);

export interface FieldProps {
  readonly frame: Frame;
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  readonly value?: string | undefined;
  readonly autocomplete?: string;
  readonly isOptional?: boolean;
  readonly hasFocus?: boolean;
  /** Whether it takes a code: digits, that were sent or are shown by an app. */
  readonly isCode?: boolean;
}

/** The classic pages show what is typed in a field by its type, or by its label. */
const placeholderOf = ({ frame, type, label }: FieldProps): string | undefined => {
  if (frame.isManaged) return undefined;
  return type === "email" ? "name@host.com" : label;
};

/** Source: the attributes with which phones and password managers fill in a code. */
const codeAttributes = {
  inputmode: "numeric",
  pattern: "[0-9 ]*",
  maxlength: 12,
  autocomplete: "one-time-code",
} as const;

/**
 * One field in its label. An id stands twice on the classic pages, so a label could not name its field by it. The box
 * around the field is one that tests which people wrote for those pages step through.
 */
export const Field = (props: FieldProps) => {
  const { label, type = "text", isCode } = props;
  return (
    <label class="label-customizable">
      {label}
      <div>
        <input
          id={props.id}
          name={props.name}
          type={type}
          class={`form-control inputField-customizable${isCode ? " code-field" : ""}`}
          placeholder={placeholderOf(props)}
          value={props.value}
          autocomplete={props.autocomplete}
          autocapitalize={type === "text" || type === "email" ? "none" : undefined}
          spellcheck={false}
          required={!props.isOptional}
          autofocus={props.hasFocus}
          {...(isCode && codeAttributes)}
        />
      </div>
    </label>
  );
};

/** The field of a code. */
export const CodeField = (props: Pick<FieldProps, "frame" | "id" | "name" | "label">) => (
  <Field {...props} isCode hasFocus />
);

/** Whose password a form is about, for password managers: nothing that is seen. */
export const HiddenUsername = ({ username }: { readonly username: string }) => (
  <input type="text" name="username" value={username} autocomplete="username" readonly hidden />
);

/** The button that sends a form. People's tests look for those of the classic pages by name, and for one by its id. */
export const Submit = ({
  frame,
  name,
  id,
  text,
}: {
  readonly frame: Frame;
  readonly name: string;
  readonly id?: string;
  readonly text: string;
}) => (
  <button
    type="submit"
    id={id}
    name={frame.isManaged ? undefined : name}
    class={`btn btn-primary ${name} submitButton-customizable`}
  >
    {text}
  </button>
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

/** What an attribute is called; one that a pool has made up has its own name. */
function labelOf(name: string, { email, phone, attributes }: Texts): string {
  const known: Readonly<Record<string, string>> = { ...attributes, email, phone_number: phone };
  const words = name.replace(/^custom:/, "").replaceAll("_", " ");
  return Object.hasOwn(known, name) ? (known[name] ?? name) : words.charAt(0).toUpperCase() + words.slice(1);
}

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
        frame={frame}
        id={`attribute-${name}`}
        name={`requiredAttributes[${name}]`}
        label={labelOf(name, frame.texts)}
        type={inputTypes[name] ?? "text"}
        autocomplete={autocompletes[name] ?? "on"}
        value={values[name]}
      />
    ))}
  </>
);

/** The rules of a policy, by the names that the classic pages have for them. */
function rulesOf(policy: PasswordPolicyType, texts: Texts): { readonly name: string; readonly text: string }[] {
  const { MinimumLength = 8, RequireLowercase, RequireUppercase, RequireNumbers, RequireSymbols } = policy;
  return [
    ...(RequireLowercase ? [{ name: "lowerletter", text: texts.ruleLower }] : []),
    ...(RequireUppercase ? [{ name: "upperletter", text: texts.ruleUpper }] : []),
    ...(RequireNumbers ? [{ name: "numbers", text: texts.ruleNumber }] : []),
    ...(RequireSymbols ? [{ name: "symbols", text: texts.ruleSymbol }] : []),
    { name: "length", text: counted(texts.ruleLength, texts, MinimumLength) },
  ];
}

/** What the pool asks of a password, said before it is typed. A script marks what is there already. */
export const PasswordRules = ({ frame, policy }: { readonly frame: Frame; readonly policy: PasswordPolicyType }) => {
  const { texts } = frame;
  return (
    <div class="rules" data-length={String(policy.MinimumLength ?? 8)}>
      <p>{texts.passwordRules}</p>
      <ul>
        {rulesOf(policy, texts).map(({ name, text }) => (
          <li class={`checkPassword-${name}`} data-rule={name}>
            <span class={`checkPasswordText-${name}`}>{text}</span>
          </li>
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
