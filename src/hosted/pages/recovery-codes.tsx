import type { Frame } from "../frame.ts";
import { Field, Foot, Form, type FormProps, PageLink, Submit } from "./fields.tsx";
import { Layout } from "./layout.tsx";

/** The page that shows codes for the day on which the authenticator is lost. */
export const RecoveryCodesPage = ({
  frame,
  codes,
  onHref,
}: {
  readonly frame: Frame;
  readonly codes: readonly string[];
  /** Where it goes on. */
  readonly onHref: string;
}) => {
  const { texts } = frame;
  return (
    <Layout frame={frame} title={texts.recoveryTitle} isOnce>
      <h1>{texts.recoveryTitle}</h1>
      <p class="textDescription-customizable">{texts.recoveryText}</p>
      <ul class="recovery-codes">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <a class="btn btn-primary submitButton-customizable" href={onHref}>
        {texts.recoverySaved}
      </a>
    </Layout>
  );
};

/** The page that takes one of them in place of the authenticator's. */
export const RecoveryCodePage = ({ form, appHref }: { readonly form: FormProps; readonly appHref: string }) => {
  const { frame } = form;
  const { texts } = frame;
  return (
    <Layout frame={frame} title={texts.mfaTitle}>
      <h1>{texts.mfaTitle}</h1>
      <p class="textDescription-customizable">{texts.recoveryAsk}</p>
      <Form form={form} name="recoveryForm">
        <Field
          frame={frame}
          id="recoveryCode"
          name="recovery_code"
          label={texts.recoveryCode}
          autocomplete="off"
          hasFocus
        />
        <Submit frame={frame} name="signInButton" id="signInButton" text={texts.signIn} />
      </Form>
      <Foot>
        <PageLink href={appHref} text={texts.byApp} />
      </Foot>
    </Layout>
  );
};
