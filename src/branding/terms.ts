import { ApiError } from "../contract/errors.ts";
import type { TermsDescriptionType, TermsType } from "../contract/types.gen.ts";

/** A document that the sign-up page links to, such as the terms of use. */
export interface Terms {
  readonly poolId: string;
  readonly clientId: string;
  /** A UUID. */
  readonly id: string;
  /** `terms-of-use` or `privacy-policy`. */
  readonly name: string;
  readonly settings: TermsSettings;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** What is said of a document beside its name. `links` by language, as `cognito:english`. */
export interface TermsSettings {
  readonly source: TermsType["TermsSource"];
  readonly enforcement: TermsType["Enforcement"];
  readonly links: Readonly<Record<string, string>>;
}

/** The document as the API shows it. */
export const describeTerms = ({ poolId, clientId, id, name, settings, createdAt, modifiedAt }: Terms): TermsType => ({
  TermsId: id,
  UserPoolId: poolId,
  ClientId: clientId,
  TermsName: name,
  TermsSource: settings.source,
  Enforcement: settings.enforcement,
  Links: { ...settings.links },
  CreationDate: new Date(createdAt),
  LastModifiedDate: new Date(modifiedAt),
});

/** The document as lists show it. */
export const summarizeTerms = ({ id, name, settings, createdAt, modifiedAt }: Terms): TermsDescriptionType => ({
  TermsId: id,
  TermsName: name,
  Enforcement: settings.enforcement,
  CreationDate: new Date(createdAt),
  LastModifiedDate: new Date(modifiedAt),
});

/** Checks that links lead to web pages: anything else could run in the page that shows them. Text unconfirmed. */
export function checkLinks(links: Readonly<Record<string, string>>): void {
  const wrong = Object.values(links).find((link) => !URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol));
  if (wrong !== undefined) throw new ApiError("InvalidParameterException", `Invalid link: ${wrong}`);
}

/** Refuses an id or a name that no document has. Text unconfirmed. */
export const termsNotFound = (): ApiError => new ApiError("ResourceNotFoundException", "Terms does not exist.");

/** Refuses a name that a document of the client has. Text unconfirmed. */
export const termsExist = (name: string): ApiError =>
  new ApiError("TermsExistsException", `Terms with the name ${name} already exists for this client.`);
