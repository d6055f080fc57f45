/** Sign-ins with a provider that end without one, as the client's redirect URI is told. */
import { ApiError } from "../contract/errors.ts";
import type { ProviderType } from "../providers/provider.ts";

/** Why nobody is signed in. Both texts travel to the client. */
export class FederationRefusal extends Error {
  override readonly name = "FederationRefusal";
  readonly error: string;
  readonly description: string | undefined;

  constructor(error: string, description?: string, options?: ErrorOptions) {
    super(description ?? error, options);
    this.error = error;
    this.description = description;
  }
}

/** What SAML sign-ins that fail on our side are told with. Source: observed. */
const samlSentence = "Invalid SAML response received: ";

/** That a SAML response proves nothing, with our own words for why. Source: observed, with a space after the sentence. */
export const samlRefused = (reason: string, cause?: unknown): FederationRefusal =>
  new FederationRefusal("server_error", `${samlSentence}${reason} `, { cause });

const triggerFailures: ReadonlySet<string> = new Set([
  "UserLambdaValidationException",
  "InvalidLambdaResponseException",
  "UnexpectedLambdaException",
]);

/**
 * What a refusal of our own means for the client; anything else is a bug and stays one. Source: observed: the sentences
 * of the API with a space after them.
 */
export function asFederationRefusal(error: unknown, type: ProviderType): unknown {
  if (!(error instanceof ApiError) || error.status >= 500) return error;
  const sentence = `${error.message} `;
  if (type === "SAML" && triggerFailures.has(error.name)) {
    return new FederationRefusal("server_error", `${samlSentence}${sentence}`);
  }
  return new FederationRefusal("invalid_request", sentence);
}

/** That required attributes are not there. Source: observed. */
export const attributesRequired = (names: readonly string[]): FederationRefusal =>
  new FederationRefusal("invalid_request", `attributes required: [${names.join(", ")}]`);

/** That the provider did not say what its users are called by. Source: observed. */
export const usernameRequired = (): FederationRefusal =>
  new FederationRefusal("invalid_request", "username attribute mapping required");
