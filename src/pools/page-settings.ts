/** What a pool's hosted pages do beyond Cognito's. It is set by a seed or by `poolhouse pages`, and by no operation of the API. */

/** Words of the pages by their names, some of them with forms or sentences of their own below. */
export type PageTexts = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export interface PageSettings {
  /** Words of a pool's own, by the code of their language. */
  readonly texts?: Readonly<Record<string, PageTexts>>;
  /** Whether who sets up an authenticator on the pages is given codes for the day on which it is lost. */
  readonly recoveryCodes?: boolean;
  /** Whether browsers offer passkeys in the field of the name, before any name is typed. */
  readonly passkeyAutofill?: boolean;
}
