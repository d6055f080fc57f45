/** The pages of what is proved beside a password: codes, the choice among factors, setting one up, passkeys. */
import type { Counted } from "../languages/en.ts";
import type { Graphic } from "../look.ts";
import { countdownScriptPath, passkeyScriptPath } from "../scripts.ts";
import { CodeField, Field, Foot, Form, type FormProps, PageLink, Submit } from "./fields.tsx";
import { Layout, NoticeBox } from "./layout.tsx";

export interface CodePageProps {
  readonly form: FormProps;
  /** What the code is and where it went. */
  readonly text: string;
  /** The name of the field, and the id that people's tests know it by. */
  readonly field: string;
  /** How it came. */
  readonly graphic: Graphic;
  /** Seconds until a new code may be asked for; undefined for a code that nobody sends. */
  readonly resendAfter?: number | undefined;
  readonly notice?: string | undefined;
  /** Where somebody goes who has lost the authenticator. */
  readonly recoveryHref?: string | undefined;
}

/** The page that asks for a code. */
export const CodePage = ({ form, text, field, graphic, resendAfter, notice, recoveryHref }: CodePageProps) => {
  const { frame } = form;
  const { texts } = frame;
  return (
    <Layout
      frame={frame}
      title={texts.mfaTitle}
      graphic={graphic}
      scripts={resendAfter === undefined ? [] : [countdownScriptPath]}
    >
      <h1>{texts.mfaTitle}</h1>
      <p class="textDescription-customizable">{text}</p>
      <NoticeBox message={notice} />
      <Form form={form} name="mfaForm">
        <CodeField frame={frame} id={field} name="code" label={texts.code_} />
        <Submit frame={frame} name="signInButton" id="signInButton" text={texts.signIn} />
      </Form>
      {resendAfter !== undefined && <Resend form={form} wait={resendAfter} />}
      {recoveryHref !== undefined && (
        <Foot>
          <PageLink href={recoveryHref} text={texts.recoveryLink} />
        </Foot>
      )}
    </Layout>
  );
};

/** The form that has a code sent again. */
export const Resend = ({
  form,
  wait,
  action,
  username,
}: {
  readonly form: FormProps;
  readonly wait: number;
  readonly action?: string;
  /** Whose code it is, where the form goes to a page that asks. */
  readonly username?: string;
}) => {
  const { texts } = form.frame;
  const shown: Counted = texts.resendIn;
  return (
    <form class="resend" action={action ?? form.action} method="post">
      <input type="hidden" name="_csrf" value={form.csrf} />
      {username !== undefined && <input type="hidden" name="username" value={username} />}
      <button type="submit" name="resend" value="yes" class="link-button" data-wait={String(wait)}>
        {texts.resend}
      </button>
      {wait > 0 && <p class="hint resendIn" data-texts={JSON.stringify(shown)} role="status" />}
    </form>
  );
};

/** One of several ways. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The page that asks which way. */
export const ChoicePage = ({
  form,
  title,
  choices,
}: {
  readonly form: FormProps;
  readonly title: string;
  readonly choices: readonly Choice[];
}) => (
  <Layout frame={form.frame} title={title}>
    <h1>{title}</h1>
    <Form form={form} name="choiceForm">
      <div class="choices">
        {choices.map(({ value, label }) => (
          <button type="submit" name="choice" value={value} class="idpButton-customizable">
            {label}
          </button>
        ))}
      </div>
    </Form>
  </Layout>
);

/** The page that sets up an authenticator app. */
export const SetUpAppPage = ({
  form,
  secret,
  picture,
  otherHref,
}: {
  readonly form: FormProps;
  /** Base32. */
  readonly secret: string;
  /** The code to scan, as a data address. */
  readonly picture: string;
  readonly otherHref?: string | undefined;
}) => {
  const { frame } = form;
  const { texts } = frame;
  return (
    <Layout frame={frame} title={texts.setupTitle} graphic="AUTH_APP">
      <h1>{texts.setupTitle}</h1>
      <p class="textDescription-customizable">{texts.setupText}</p>
      <img class="qr" src={picture} width="184" height="184" alt={texts.setupTitle} />
      <details class="secret">
        <summary>{texts.secretKey}</summary>
        <code id="secretKey">{secret.match(/.{1,4}/g)?.join(" ")}</code>
      </details>
      <Form form={form} name="mfaSetupForm">
        <CodeField frame={frame} id="totpCodeInput" name="code" label={texts.code_} />
        <Field frame={frame} id="deviceName" name="device" label={texts.deviceName} isOptional />
        <Submit frame={frame} name="signInButton" id="signInButton" text={texts.signIn} />
      </Form>
      {otherHref !== undefined && (
        <Foot>
          <PageLink href={otherHref} text={texts.setupChoice} />
        </Foot>
      )}
    </Layout>
  );
};

/** The page that asks for an address or a phone to send codes to. */
export const SetUpContactPage = ({
  form,
  contact,
  otherHref,
}: {
  readonly form: FormProps;
  readonly contact: "email" | "phone_number";
  readonly otherHref?: string | undefined;
}) => {
  const { frame } = form;
  const { texts } = frame;
  const isEmail = contact === "email";
  return (
    <Layout frame={frame} title={texts.setupChoice}>
      <h1>{isEmail ? texts.byMail : texts.bySms}</h1>
      <p class="textDescription-customizable">{isEmail ? texts.setupMailText : texts.setupPhoneText}</p>
      <Form form={form} name="mfaSetupForm">
        <Field
          frame={frame}
          id={contact}
          name={contact}
          label={isEmail ? texts.email : texts.phone}
          type={isEmail ? "email" : "tel"}
          autocomplete={isEmail ? "email" : "tel"}
          hasFocus
        />
        <Submit frame={frame} name="signInButton" text={texts.send} />
      </Form>
      {otherHref !== undefined && (
        <Foot>
          <PageLink href={otherHref} text={texts.setupChoice} />
        </Foot>
      )}
    </Layout>
  );
};

/** The page that uses or makes a passkey. It is the one page that cannot do without script, and says so. */
export const PasskeyPage = ({
  form,
  mode,
  options,
  otherHref,
}: {
  readonly form: FormProps;
  readonly mode: "create" | "get";
  /** The options of the browser's call, as JSON. */
  readonly options: string;
  readonly otherHref?: string | undefined;
}) => {
  const { frame } = form;
  const { texts } = frame;
  const isNew = mode === "create";
  const title = isNew ? texts.passkeyTitle : texts.passkeySignIn;
  return (
    <Layout frame={frame} title={title} graphic="PASSKEY" scripts={[passkeyScriptPath]}>
      <h1>{title}</h1>
      <p class="textDescription-customizable">{isNew ? texts.passkeyText : texts.passkeyAsk}</p>
      <p id="passkeyFailed" class="errorMessage-customizable" role="alert" hidden>
        {texts.passkeyFailed}
      </p>
      <noscript>
        <p class="errorMessage-customizable">{texts.passkeyNeedsScript}</p>
      </noscript>
      <form
        name="passkeyForm"
        class="cognito-asf"
        action={form.action}
        method="post"
        data-passkey={mode}
        data-options={options}
      >
        {form.message !== undefined && (
          <p class="errorMessage-customizable" role="alert">
            {texts.passkeyFailed}
          </p>
        )}
        <input type="hidden" name="_csrf" value={form.csrf} />
        <input type="hidden" name="credential" value="" />
        <button type="submit" class="submitButton-customizable">
          {isNew ? texts.passkeyAdd : texts.passkeySignIn}
        </button>
        {isNew && (
          <button type="submit" name="skip" value="yes" class="link-button skip">
            {texts.passkeySkip}
          </button>
        )}
      </form>
      {otherHref !== undefined && (
        <Foot>
          <PageLink href={otherHref} text={texts.back} />
        </Foot>
      )}
    </Layout>
  );
};
