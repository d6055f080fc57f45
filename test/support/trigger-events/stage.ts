/** Pools whose functions all give back what they get, and the events that they got. */
import { createDecipheriv, randomBytes } from "node:crypto";
import type { CreateUserPoolCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { type TriggerName, triggerSources } from "../../../src/triggers/sources.ts";
import { addProvider } from "../arriving.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { makePool, type TestPool } from "../pool.ts";
import { makeWatchedPool } from "../watched.ts";

/** An event as a function gets it. */
export interface Event {
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: {
    readonly session?: readonly { readonly challengeResult: boolean }[];
    readonly challengeAnswer?: string;
    readonly code?: string | null;
  };
  readonly response?: object;
}

/** The pools of a stage: what they call their users by, and what is special about their functions. */
export type PoolName = "mail" | "phone" | "second" | "third" | "watched";

/** A house with its pools. */
export interface Stage {
  readonly house: TestHouse;
  readonly pools: Readonly<Record<PoolName, TestPool>>;
  /** A client of the pool `third` that acts for itself. */
  readonly machine: { readonly id: string; readonly secret: string };
  readonly events: Event[];
  /** The code that a sender was given. */
  readonly openCode: (sealed: string) => string;
}

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** The role that the group of every stage's pools gives. */
export const role = "arn:aws:iam::123456789012:role/staff";

/** Functions that are set by an ARN alone, and those that are set with a version. */
const versioned = ["CustomEmailSender", "CustomSMSSender", "InboundFederation"] as const;
const isVersioned = (name: string): boolean => versioned.some((other) => other === name);

const allFunctions = (tokens: "V1_0" | "V2_0" | "V3_0"): NonNullable<CreateUserPoolCommandInput["LambdaConfig"]> => ({
  ...Object.fromEntries(
    Object.keys(triggerSources).map((name) => [
      name,
      isVersioned(name) ? { LambdaVersion: "V1_0", LambdaArn: arnOf(name) } : arnOf(name),
    ]),
  ),
  PreTokenGenerationConfig: { LambdaVersion: tokens, LambdaArn: arnOf("PreTokenGeneration") },
  KMSKeyID: "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000",
});

/** What the functions of a custom flow answer; all others give back what they get. */
const responseTo = ({ triggerSource, request, response }: Event): object | undefined => {
  const last = request.session?.at(-1);
  if (triggerSource.startsWith("Define")) {
    return last?.challengeResult ? { issueTokens: true } : { challengeName: "CUSTOM_CHALLENGE" };
  }
  if (triggerSource.startsWith("Create")) {
    return {
      publicChallengeParameters: { hint: "sum" },
      privateChallengeParameters: { answer: "4" },
      challengeMetadata: "SUM",
    };
  }
  return triggerSource.startsWith("Verify") ? { answerCorrect: request.challengeAnswer === "4" } : response;
};

/** Opens a stage. Whoever opens it closes its house. */
export async function openStage(): Promise<Stage> {
  const events: Event[] = [];
  const record = (event: Event) => {
    events.push(event);
    return { ...event, response: responseTo(event) };
  };
  const senderKey = randomBytes(32);
  const names = Object.keys(triggerSources) as TriggerName[];
  const triggers = Object.fromEntries(names.map((name) => [arnOf(name), record]));
  const house = await openTestHouse({}, { triggers, senderKey });
  const pools = {
    mail: await calledBy(house, "email", "V1_0"),
    phone: await calledBy(house, "phone_number", "V1_0"),
    second: await calledBy(house, "email", "V2_0"),
    third: await calledBy(house, "email", "V3_0"),
    watched: await watchedPool(house),
  };
  const { UserPoolClient } = await house.api.createUserPoolClient({
    UserPoolId: pools.third.UserPoolId,
    ClientName: "machine",
    GenerateSecret: true,
    AllowedOAuthFlows: ["client_credentials"],
    AllowedOAuthScopes: ["order/write"],
    AllowedOAuthFlowsUserPoolClient: true,
  });
  const machine = { id: UserPoolClient?.ClientId ?? "", secret: UserPoolClient?.ClientSecret ?? "" };
  return { house, pools, machine, events, openCode: (sealed) => openCode(senderKey, sealed) };
}

/** A pool where a contact is an alias and is proved by a code, and which does all that calls a function. */
async function calledBy(
  house: TestHouse,
  contact: "email" | "phone_number",
  tokens: "V1_0" | "V2_0" | "V3_0",
): Promise<TestPool> {
  const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "x" };
  const pool = await makePool(house, {
    pool: {
      UsernameAttributes: undefined,
      AliasAttributes: [contact],
      AutoVerifiedAttributes: [contact],
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: false, DeviceOnlyRememberedOnUserPrompt: true },
      EmailConfiguration: {
        EmailSendingAccount: "DEVELOPER",
        SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/a@b.c",
      },
      SmsConfiguration,
      LambdaConfig: allFunctions(tokens),
    },
    client: {
      GenerateSecret: false,
      ExplicitAuthFlows: [
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      ],
      PreventUserExistenceErrors: "ENABLED",
    },
  });
  const { UserPoolId } = pool;
  await house.api.setUserPoolMfaConfig({
    UserPoolId,
    MfaConfiguration: "OPTIONAL",
    ...(contact === "email" ? { EmailMfaConfiguration: {} } : { SmsMfaConfiguration: { SmsConfiguration } }),
  });
  await house.api.createGroup({ UserPoolId, GroupName: "staff", RoleArn: role, Precedence: 1 });
  const AttributeMapping = { email: "email", username: "sub" };
  await addProvider(house, pool, { ProviderName: "Corp", AttributeMapping });
  return pool;
}

/** A pool that blocks sign-ins from elsewhere, and tells its users. */
async function watchedPool(house: TestHouse): Promise<TestPool> {
  const pool = await makeWatchedPool(house, "ENFORCED", { pool: { LambdaConfig: allFunctions("V1_0") } });
  const blocked = { Notify: true, EventAction: "BLOCK" } as const;
  await house.api.setRiskConfiguration({
    UserPoolId: pool.UserPoolId,
    AccountTakeoverRiskConfiguration: {
      Actions: { LowAction: blocked, MediumAction: blocked, HighAction: blocked },
      NotifyConfiguration: { SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/a@b.c" },
    },
  });
  return pool;
}

/** Opens what a sender is given, by the key that both sides have. */
function openCode(key: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString();
}
