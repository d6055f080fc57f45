/**
 * One definition a trigger: the answer that its event begins with, and what counts as an answer to it. Members that a
 * function leaves out keep their beginning; a member of the wrong type spoils the whole answer.
 * Source: Cognito developer guide, the parameter tables of each trigger.
 */
import type { TriggerName } from "./sources.ts";

/** The members of an answer, before anything is known of them. */
type Raw = Readonly<Record<string, unknown>>;

export interface Definition<Response> {
  readonly name: TriggerName;
  /** The event's `response` as the function gets it; undefined where it is not asked for one. */
  readonly initial: Raw | undefined;
  /** The answer, or undefined where it is none. */
  readonly parse: (response: Raw) => Response | undefined;
}

type Texts = Readonly<Record<string, string>>;

const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const isBooleanOrNull = (value: unknown): value is boolean | null => value === null || isBoolean(value);
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === "string";
const isRecord = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is Texts =>
  isRecord(value) && Object.values(value).every((member) => typeof member === "string");
const isTextsOrNull = (value: unknown): value is Texts | null => value === null || isTexts(value);
const isList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((member) => typeof member === "string");

export const preSignUp: Definition<{
  readonly autoConfirmUser: boolean;
  readonly autoVerifyEmail: boolean;
  readonly autoVerifyPhone: boolean;
}> = {
  name: "PreSignUp",
  initial: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  parse: ({ autoConfirmUser, autoVerifyEmail, autoVerifyPhone }) =>
    isBoolean(autoConfirmUser) && isBoolean(autoVerifyEmail) && isBoolean(autoVerifyPhone)
      ? { autoConfirmUser, autoVerifyEmail, autoVerifyPhone }
      : undefined,
};

/** A trigger that only looks on: it can fail, and its answer says nothing. */
const onlooker = (name: TriggerName): Definition<object> => ({ name, initial: {}, parse: () => ({}) });

export const postConfirmation = onlooker("PostConfirmation");
export const preAuthentication = onlooker("PreAuthentication");
export const postAuthentication = onlooker("PostAuthentication");

/**
 * Who sends a message in our place is asked for nothing, and nobody looks at what it answers.
 * Source: Cognito developer guide, custom sender Lambda triggers; observed events, which have no `response`.
 */
const sender = (name: TriggerName): Definition<object> => ({ ...onlooker(name), initial: undefined });

export const customEmailSender = sender("CustomEmailSender");
export const customSmsSender = sender("CustomSMSSender");

/** What a custom flow goes on with. */
export const defineAuthChallenge: Definition<{
  readonly challengeName: string | null;
  readonly issueTokens: boolean;
  readonly failAuthentication: boolean;
}> = {
  name: "DefineAuthChallenge",
  initial: { challengeName: null, issueTokens: null, failAuthentication: null },
  parse: ({ challengeName, issueTokens, failAuthentication }) =>
    isTextOrNull(challengeName) && isBooleanOrNull(issueTokens) && isBooleanOrNull(failAuthentication)
      ? { challengeName, issueTokens: issueTokens === true, failAuthentication: failAuthentication === true }
      : undefined,
};

export const createAuthChallenge: Definition<{
  readonly publicChallengeParameters: Texts;
  readonly privateChallengeParameters: Texts;
  readonly challengeMetadata: string | null;
}> = {
  name: "CreateAuthChallenge",
  initial: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  parse: ({ publicChallengeParameters, privateChallengeParameters, challengeMetadata }) =>
    isTextsOrNull(publicChallengeParameters) &&
    isTextsOrNull(privateChallengeParameters) &&
    isTextOrNull(challengeMetadata)
      ? {
          publicChallengeParameters: publicChallengeParameters ?? {},
          privateChallengeParameters: privateChallengeParameters ?? {},
          challengeMetadata,
        }
      : undefined,
};

export const verifyAuthChallenge: Definition<{ readonly answerCorrect: boolean }> = {
  name: "VerifyAuthChallengeResponse",
  initial: { answerCorrect: null },
  parse: ({ answerCorrect }) => (isBoolean(answerCorrect) ? { answerCorrect } : undefined),
};

/** A user that a customer's own store knows. Without attributes it knows nobody. */
export const userMigration: Definition<{
  readonly userAttributes: Texts | null;
  readonly finalUserStatus: "CONFIRMED" | "RESET_REQUIRED";
  readonly forceAliasCreation: boolean;
  readonly enableSMSMFA: boolean;
}> = {
  name: "UserMigration",
  initial: {
    userAttributes: null,
    forceAliasCreation: null,
    enableSMSMFA: null,
    finalUserStatus: null,
    messageAction: null,
    desiredDeliveryMediums: null,
  },
  parse: ({ userAttributes, finalUserStatus, forceAliasCreation, enableSMSMFA, ...message }) => {
    if (!isTextsOrNull(userAttributes) || !isBooleanOrNull(forceAliasCreation)) return undefined;
    if (!isBooleanOrNull(enableSMSMFA) || !isWelcome(message)) return undefined;
    if (finalUserStatus !== null && finalUserStatus !== "CONFIRMED" && finalUserStatus !== "RESET_REQUIRED") {
      return undefined;
    }
    return {
      userAttributes,
      finalUserStatus: finalUserStatus ?? "RESET_REQUIRED",
      forceAliasCreation: forceAliasCreation === true,
      enableSMSMFA: enableSMSMFA === true,
    };
  },
};

/** What is said of the welcome message, which is never sent: it would bring the person's own password. */
const isWelcome = ({ messageAction, desiredDeliveryMediums }: Raw): boolean =>
  (messageAction === null || messageAction === "SUPPRESS" || messageAction === "RESEND") &&
  (desiredDeliveryMediums === null || isList(desiredDeliveryMediums));

export const customMessage: Definition<{
  readonly smsMessage: string | null;
  readonly emailMessage: string | null;
  readonly emailSubject: string | null;
}> = {
  name: "CustomMessage",
  initial: { smsMessage: null, emailMessage: null, emailSubject: null },
  parse: ({ smsMessage, emailMessage, emailSubject }) =>
    isTextOrNull(smsMessage) && isTextOrNull(emailMessage) && isTextOrNull(emailSubject)
      ? { smsMessage, emailMessage, emailSubject }
      : undefined,
};

/** The attributes that a provider's answer is cut down to; an empty map keeps all. inbound-federation.ts asks. */
export const inboundFederation: Definition<{ readonly userAttributesToMap: Texts }> = {
  name: "InboundFederation",
  initial: { userAttributesToMap: {} },
  parse: ({ userAttributesToMap }) => (isTexts(userAttributesToMap) ? { userAttributesToMap } : undefined),
};

/** The groups that tokens show instead of the user's own. */
export interface GroupOverride {
  readonly groupsToOverride: readonly string[];
  readonly iamRolesToOverride: readonly string[];
  readonly preferredRole: string | undefined;
}

/** What a trigger changes of one token's claims. */
export interface ClaimChanges {
  readonly claimsToAddOrOverride: Raw;
  readonly claimsToSuppress: readonly string[];
  readonly scopesToAdd: readonly string[];
  readonly scopesToSuppress: readonly string[];
}

/** What a trigger changes of the tokens of a sign-in. */
export interface TokenChanges {
  readonly id: ClaimChanges;
  readonly access: ClaimChanges;
  /** Undefined leaves the groups as they are. */
  readonly groups: GroupOverride | undefined;
}

const noChanges: ClaimChanges = {
  claimsToAddOrOverride: {},
  claimsToSuppress: [],
  scopesToAdd: [],
  scopesToSuppress: [],
};

/** The first version of the token trigger: texts in the ID token, and groups. */
export const preTokenGeneration: Definition<TokenChanges> = {
  name: "PreTokenGeneration",
  initial: { claimsOverrideDetails: null },
  parse: ({ claimsOverrideDetails: details }) => {
    if (details === null) return { id: noChanges, access: noChanges, groups: undefined };
    if (!isRecord(details) || !isOr(isTexts, details["claimsToAddOrOverride"])) return undefined;
    const id = parseChanges(details);
    const groups = parseGroups(details["groupOverrideDetails"]);
    return id && groups && { id, access: noChanges, groups: groups.override };
  },
};

/** The second and third version: any value, in both tokens, and scopes. */
export const preTokenGenerationV2: Definition<TokenChanges> = {
  name: "PreTokenGeneration",
  initial: { claimsAndScopeOverrideDetails: null },
  parse: ({ claimsAndScopeOverrideDetails: details }) => {
    if (details === null) return { id: noChanges, access: noChanges, groups: undefined };
    if (!isRecord(details)) return undefined;
    const id = parseChanges(details["idTokenGeneration"] ?? {});
    const access = parseChanges(details["accessTokenGeneration"] ?? {});
    const groups = parseGroups(details["groupOverrideDetails"]);
    return id && access && groups && { id, access, groups: groups.override };
  },
};

const isOr = <Value>(is: (value: unknown) => value is Value, value: unknown): value is Value | null | undefined =>
  value === null || value === undefined || is(value);

function parseChanges(value: unknown): ClaimChanges | undefined {
  if (!isRecord(value)) return undefined;
  const { claimsToAddOrOverride: add, claimsToSuppress, scopesToAdd, scopesToSuppress } = value;
  if (!isOr(isRecord, add) || !isOr(isList, claimsToSuppress)) return undefined;
  if (!isOr(isList, scopesToAdd) || !isOr(isList, scopesToSuppress)) return undefined;
  if (scopesToAdd?.some((scope) => /\s/.test(scope))) return undefined;
  return {
    claimsToAddOrOverride: add ?? {},
    claimsToSuppress: claimsToSuppress ?? [],
    scopesToAdd: scopesToAdd ?? [],
    scopesToSuppress: scopesToSuppress ?? [],
  };
}

/**
 * Given groups replace all of the user's own; given without lists, or as null, they are none.
 * Source: Cognito developer guide, pre token generation Lambda trigger, groupOverrideDetails.
 */
function parseGroups(value: unknown): { readonly override: GroupOverride | undefined } | undefined {
  if (value === undefined) return { override: undefined };
  if (value === null) return parseGroups({});
  if (!isRecord(value)) return undefined;
  const { groupsToOverride, iamRolesToOverride, preferredRole } = value;
  if (!isOr(isList, groupsToOverride) || !isOr(isList, iamRolesToOverride)) return undefined;
  if (preferredRole !== undefined && !isTextOrNull(preferredRole)) return undefined;
  return {
    override: {
      groupsToOverride: groupsToOverride ?? [],
      iamRolesToOverride: iamRolesToOverride ?? [],
      preferredRole: preferredRole ?? undefined,
    },
  };
}
