import type { PasswordPolicyType } from "../../contract/types.gen.ts";
import type { PageData } from "../page-data.ts";
import { rulesScriptPath } from "../scripts.ts";
import { Resend } from "./factors.tsx";
import {
  AttributeFields,
  CodeField,
  Field,
  Foot,
  Form,
  type FormProps,
  nameField,
  PageLink,
  PasswordRules,
  Submit,
} from "./fields.tsx";
import { Layout, NoticeBox } from "./layout.tsx";

/** The documents that a person agrees to. */
export interface TermsLinks {
  readonly termsOfUse: string;
  readonly privacyPolicy: string;
}

export interface SignUpProps {
  readonly form: FormProps;
  readonly signInBy: readonly ("email" | "phone_number")[];
  /** The required attributes beside the name. */
  readonly required: readonly string[];
  /** What was typed before a refusal. */
  readonly values: Readonly<Record<string, string>>;
  readonly policy: PasswordPolicyType;
  readonly terms?: TermsLinks | undefined;
  readonly signInHref: string;
}

/** The page on which somebody makes an account. */
export const SignUpPage = ({ form, signInBy, required, values, policy, terms, signInHref }: SignUpProps) => {
  const { frame } = form;
  const { texts } = frame;
  const { label, type } = nameField(signInBy, texts);
  return (
    <Layout frame={frame} title={texts.signUp} scripts={[rulesScriptPath]}>
      <h1>{texts.signUpTitle}</h1>
      <Form form={form} name="signupform">
        <Field
          frame={frame}
          id="signUpFormUsername"
          name="username"
          label={label}
          type={type}
          value={values["username"]}
          autocomplete="username"
          hasFocus
        />
        <AttributeFields frame={frame} names={required} values={values} />
        <Field
          frame={frame}
          id="signUpFormPassword"
          name="password"
          label={texts.password}
          type="password"
          autocomplete="new-password"
        />
        <PasswordRules frame={frame} policy={policy} />
        {terms && <Terms form={form} terms={terms} />}
        <Submit frame={frame} name="signUpButton" text={texts.signUp} />
      </Form>
      <Foot>
        {texts.haveAccount} <PageLink href={signInHref} text={texts.signIn} />
      </Foot>
    </Layout>
  );
};

/** One sentence with two links in it, wherever the language puts them. */
const Terms = ({ form, terms }: { readonly form: FormProps; readonly terms: TermsLinks }) => {
  const { texts } = form.frame;
  const links: Readonly<Record<string, { readonly href: string; readonly text: string }>> = {
    "{terms}": { href: terms.termsOfUse, text: texts.termsOfUse },
    "{privacy}": { href: terms.privacyPolicy, text: texts.privacyPolicy },
  };
  return (
    <p class="hint legalText-customizable">
      {texts.terms.split(/(\{terms\}|\{privacy\})/).map((part) => {
        const link = links[part];
        return link ? (
          <a class="redirect-customizable" href={link.href} target="_blank" rel="noopener noreferrer">
            {link.text}
          </a>
        ) : (
          part
        );
      })}
    </p>
  );
};

/** The page that asks for the code of a new account. */
export const ConfirmPage = ({
  form,
  text,
  about,
  notice,
  resendAction,
  signInHref,
}: {
  readonly form: FormProps;
  readonly text: string;
  /** Whose code it is and where it went: fields of the form. Source: the members that Cognito logs of it. */
  readonly about: PageData;
  readonly notice?: string | undefined;
  readonly resendAction: string;
  readonly signInHref: string;
}) => {
  const { frame } = form;
  const { texts } = frame;
  return (
    <Layout frame={frame} title={texts.confirmTitle}>
      <h1>{texts.confirmTitle}</h1>
      <p class="textDescription-customizable">{text}</p>
      <NoticeBox message={notice} />
      <Form form={form} name="confirmForm">
        <input type="hidden" name="username" value={about.username} />
        <input type="hidden" name="sub" value={about.sub ?? ""} />
        <input type="hidden" name="deliveryMedium" value={about.medium ?? ""} />
        <input type="hidden" name="destination" value={about.destination ?? ""} />
        <CodeField frame={frame} id="verification_code" name="code" label={texts.code_} />
        <Submit frame={frame} name="confirm" text={texts.confirmAccount} />
      </Form>
      <Resend form={form} wait={0} action={resendAction} />
      <Foot>
        <PageLink href={signInHref} text={texts.back} />
      </Foot>
    </Layout>
  );
};

/** The page that a link in a mail opens. Mail scanners open it too, so it confirms nothing until its button is pressed. */
export const ConfirmByLinkPage = ({ form, isDone }: { readonly form: FormProps; readonly isDone: boolean }) => {
  const { frame } = form;
  const { texts } = frame;
  const title = isDone ? texts.confirmedTitle : texts.confirmTitle;
  return (
    <Layout frame={frame} title={title}>
      <h1>{title}</h1>
      <p class="textDescription-customizable">{isDone ? texts.confirmedText : texts.confirmByLink}</p>
      {!isDone && (
        <Form form={form} name="confirmForm">
          <Submit frame={frame} name="confirm" text={texts.confirmAccount} />
        </Form>
      )}
    </Layout>
  );
};
