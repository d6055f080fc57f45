/** The triggers that watch a user come into being. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { Pool } from "../pools/pool.ts";
import { postConfirmation, preSignUp } from "../triggers/definitions.ts";
import { eventAttributes, runTrigger } from "../triggers/trigger.ts";
import type { Attributes, User } from "./user.ts";

type Metadata = Readonly<Record<string, string>> | undefined;

/** Who is about to be registered, and by what call. */
export interface SignUpOccasion {
  readonly source: "SignUp" | "AdminCreateUser" | "ExternalProvider";
  readonly clientId?: string | undefined;
  readonly validationData: Readonly<Record<string, string>> | null;
  readonly clientMetadata: Metadata;
}

/** What a pool decides of a user before it exists. */
export interface SignUpVerdict {
  readonly isConfirmed: boolean;
  /** The user's attributes, with those contacts verified that the trigger vouches for. */
  readonly attributes: Attributes;
}

/** Asks the pool's trigger about a new user. @throws UserLambdaValidationException when it objects */
export async function askBeforeSignUp(
  app: App,
  pool: Pool,
  user: User,
  { source, clientId, validationData, clientMetadata }: SignUpOccasion,
): Promise<SignUpVerdict> {
  const verdict = await runTrigger(app, preSignUp, {
    pool,
    source: `PreSignUp_${source}`,
    clientId,
    userName: user.username,
    // The user does not exist yet, so there is no sub and no status to show.
    request: { userAttributes: { ...outsiderNames(source), ...user.attributes }, validationData, clientMetadata },
  });
  if (!verdict) return { isConfirmed: false, attributes: user.attributes };
  const { autoConfirmUser, autoVerifyEmail, autoVerifyPhone } = verdict;
  return {
    isConfirmed: autoConfirmUser,
    attributes: {
      ...user.attributes,
      ...(autoVerifyEmail && { email_verified: vouched(user, "email") }),
      ...(autoVerifyPhone && { phone_number_verified: vouched(user, "phone_number") }),
    },
  };
}

/** Unconfirmed: of a user from elsewhere, the event says that it has no aliases. */
const outsiderNames = (source: SignUpOccasion["source"]): Attributes =>
  source === "ExternalProvider" ? { "cognito:email_alias": "", "cognito:phone_number_alias": "" } : {};

/** A contact that is not there cannot be verified. Unconfirmed text. */
function vouched({ attributes }: User, contact: "email" | "phone_number"): "true" {
  if (attributes[contact]) return "true";
  throw new ApiError("InvalidLambdaResponseException", `Cannot verify ${contact}: the user has none.`);
}

/** Tells the pool's trigger that a user was confirmed. Its failure reaches the caller; the user stays confirmed. */
export async function tellConfirmation(
  app: App,
  pool: Pool,
  user: User,
  {
    source,
    clientId,
    clientMetadata,
  }: {
    readonly source: "ConfirmSignUp" | "ConfirmForgotPassword";
    readonly clientId?: string | undefined;
    readonly clientMetadata: Metadata;
  },
): Promise<void> {
  await runTrigger(app, postConfirmation, {
    pool,
    source: `PostConfirmation_${source}`,
    clientId,
    userName: user.username,
    request: { userAttributes: eventAttributes(pool, user), clientMetadata },
  });
}
