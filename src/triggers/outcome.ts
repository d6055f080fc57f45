/** What became of a call of a function. */
export type Outcome =
  | { readonly kind: "answered"; readonly event: unknown }
  /** The function failed, by its own words. `why` says more, to the log alone. */
  | { readonly kind: "threw"; readonly message: string; readonly why?: string | undefined }
  | { readonly kind: "not-json" }
  /** It could not be called, by the name of the reason. */
  | {
      readonly kind: "failed";
      readonly code: string;
      readonly isWorthRetrying: boolean;
      readonly why?: string | undefined;
    };

/** A function that did not answer in time. Source: observed, in the words that follow "invocation failed due to error". */
export const timedOut: Outcome = {
  kind: "failed",
  code: "Socket timeout while invoking Lambda function",
  isWorthRetrying: true,
};

/** A function that could not be called, for a reason that the next try may not meet. */
export const unreachable = (why?: string): Outcome => ({
  kind: "failed",
  code: "ServiceException",
  isWorthRetrying: true,
  why,
});

/** A function that cannot be called, however often it is tried. */
export const uncallable = (code: string, why?: string): Outcome => ({
  kind: "failed",
  code,
  isWorthRetrying: false,
  why,
});

/** What an error says of a connection: the reason beneath it, where it has one. */
export const reasonOf = (error: unknown): string => {
  const reason = error instanceof Error ? (error.cause ?? error) : error;
  return reason instanceof Error ? reason.message : String(reason);
};
