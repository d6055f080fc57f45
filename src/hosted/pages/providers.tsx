/** The ways to sign in elsewhere: a button for each provider, and a field for those that are known by an address. */
import type { ProviderType } from "../../providers/provider.ts";
import { Field, Form, type FormProps, Submit } from "./fields.tsx";
import { PictureOf } from "./layout.tsx";

/** A provider with a button. */
export interface ProviderLink {
  readonly name: string;
  readonly type: ProviderType;
  readonly href: string;
}

/** Which ways there are on a page. */
export interface ProvidersProps {
  readonly form: FormProps;
  readonly providers: readonly ProviderLink[];
  /** Whether there are providers that are found by the domain of a mail address. */
  readonly hasCorporate: boolean;
  /** Whether the page has a form of the pool's own users as well. */
  readonly hasOwnUsers: boolean;
}

/** What people call the large providers. */
const socialNames: Readonly<Partial<Record<ProviderType, string>>> = {
  Facebook: "Facebook",
  Google: "Google",
  LoginWithAmazon: "Amazon",
  SignInWithApple: "Apple",
};

/** The ways to sign in elsewhere. */
export const Providers = ({ form, providers, hasCorporate, hasOwnUsers }: ProvidersProps) => {
  const { texts, look } = form.frame;
  const { comesFirst } = look.federation;
  const social = providers.filter(({ type }) => socialNames[type] !== undefined);
  const others = providers.filter(({ type }) => socialNames[type] === undefined);
  return (
    <div class="providers">
      {hasOwnUsers && !comesFirst && <p class="or">{texts.or}</p>}
      {social.map((provider) => (
        <ProviderButton form={form} provider={provider} kind="socialButton-customizable" />
      ))}
      {!form.frame.isManaged && social.length > 0 && <p class="legalText-customizable">{texts.noPosts}</p>}
      {others.map((provider) => (
        <ProviderButton form={form} provider={provider} kind="idpButton-customizable" />
      ))}
      {hasCorporate && <CorporateForm form={form} />}
      {hasOwnUsers && comesFirst && <p class="or">{texts.or}</p>}
    </div>
  );
};

const ProviderButton = ({
  form,
  provider: { name, type, href },
  kind,
}: {
  readonly form: FormProps;
  readonly provider: ProviderLink;
  readonly kind: "socialButton-customizable" | "idpButton-customizable";
}) => {
  const icon = form.frame.look.iconOf(name);
  return (
    <a class={`provider-button ${kind}`} href={href}>
      {icon && <PictureOf picture={icon} name="provider-icon" />}
      {form.frame.texts.continueWith.replace("{provider}", () => socialNames[type] ?? name)}
    </a>
  );
};

/** Where the person's provider is found by its address. Its field is ours: what Cognito's is called is not documented. */
const CorporateForm = ({ form }: { readonly form: FormProps }) => {
  const { frame } = form;
  return (
    <>
      <p class="idpDescription-customizable">{frame.texts.corporate}</p>
      <Form form={{ ...form, message: undefined }} name="corporateForm">
        <Field
          frame={frame}
          id="corporateEmail"
          name="corporate_email"
          label={frame.texts.email}
          type="email"
          autocomplete="email"
        />
        <Submit frame={frame} name="corporateButton" text={frame.texts.next} />
      </Form>
    </>
  );
};
