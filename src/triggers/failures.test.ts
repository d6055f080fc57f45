/**
 * What comes of a function that fails, by every door on which it runs: one that throws, does not answer in time, answers
 * what is no answer, or cannot be called. Source: Cognito developer guide and observed answers.
 */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addProvider } from "../../test/support/arriving.ts";
import { closeClean, openTestHouse } from "../../test/support/house.ts";
import { type Behaviour, type LambdaEvent, openLambdaStandIn } from "../../test/support/lambda-stand-in.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { share } from "../../test/support/share.ts";
import type { Door, DoorScene, Told } from "../../test/support/trigger-doors/door.ts";
import { signInDoors } from "../../test/support/trigger-doors/sign-in-doors.ts";
import { userDoors } from "../../test/support/trigger-doors/user-doors.ts";
import { silentLog } from "../lib/log.ts";
import { type TriggerName, triggerSources } from "./sources.ts";

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const names = Object.keys(triggerSources) as TriggerName[];

/** Long enough for a busy machine, three times over, and short enough for one that hangs. */
const triggerTimeLimit = 250;

const stage = share(
  async () => {
    const lambda = await openLambdaStandIn();
    const triggers = Object.fromEntries(names.map((name) => [arnOf(name), lambda.target]));
    return { lambda, house: await openTestHouse({}, { triggers, triggerTimeLimit }) };
  },
  async ({ lambda, house }) => {
    await closeClean(house);
    await lambda.close();
  },
);

/** A pool with one function, or with the three of a custom flow. It is made for the first row that wants it. */
const pools = new Map<TriggerName, Promise<TestPool>>();
const poolWith = (trigger: TriggerName): Promise<TestPool> => {
  const made = pools.get(trigger) ?? openPool(trigger);
  pools.set(trigger, made);
  return made;
};

const customFlow: readonly TriggerName[] = [
  "DefineAuthChallenge",
  "CreateAuthChallenge",
  "VerifyAuthChallengeResponse",
];

async function openPool(trigger: TriggerName): Promise<TestPool> {
  const { house } = stage;
  const set = customFlow.includes(trigger) ? customFlow : [trigger];
  const LambdaArn = arnOf(trigger);
  const pool = await makePool(house, {
    pool: {
      EmailConfiguration: {
        EmailSendingAccount: "DEVELOPER",
        SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/a@b.c",
      },
      LambdaConfig:
        trigger === "InboundFederation"
          ? { InboundFederation: { LambdaVersion: "V1_0", LambdaArn } }
          : {
              ...Object.fromEntries(set.map((name) => [name, arnOf(name)])),
              ...(trigger === "PreTokenGeneration" && {
                PreTokenGenerationConfig: { LambdaVersion: "V3_0", LambdaArn },
              }),
            },
    },
    client: {
      GenerateSecret: false,
      AllowedOAuthFlows: ["code", "implicit"],
      ExplicitAuthFlows: [
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
      ],
      PreventUserExistenceErrors: "LEGACY",
    },
  });
  const { UserPoolId } = pool;
  await house.api.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: "OPTIONAL", EmailMfaConfiguration: {} });
  await addProvider(house, pool, { ProviderName: "Corp", AttributeMapping: { email: "email", username: "sub" } });
  return pool;
}

/** How the functions of a custom flow answer as long as they do not fail. */
const healthy: Partial<Record<TriggerName, Behaviour>> = {
  DefineAuthChallenge: answering(() => ({ challengeName: "CUSTOM_CHALLENGE" })),
  VerifyAuthChallengeResponse: answering(() => ({ answerCorrect: false })),
};

function answering(response: (event: LambdaEvent) => unknown): Behaviour {
  return { answers: (event) => JSON.stringify({ ...event, response: response(event) }) };
}

/** An answer of the right members and the wrong types. */
const spoiled: Readonly<Record<TriggerName, unknown>> = {
  PreSignUp: { autoConfirmUser: "true" },
  PostConfirmation: "done",
  PreAuthentication: ["done"],
  PostAuthentication: 7,
  DefineAuthChallenge: { issueTokens: "true" },
  CreateAuthChallenge: { publicChallengeParameters: { question: 4 } },
  VerifyAuthChallengeResponse: { answerCorrect: null },
  PreTokenGeneration: { claimsAndScopeOverrideDetails: "none" },
  UserMigration: { userAttributes: { email: 7 } },
  CustomMessage: { emailMessage: 7 },
  CustomEmailSender: "done",
  CustomSMSSender: "done",
  InboundFederation: { userAttributesToMap: null },
};

interface Failure {
  readonly what: string;
  readonly behaviour: (trigger: TriggerName) => Behaviour;
  readonly name: string;
  readonly message: (trigger: TriggerName) => string;
  /** How often the function is called before it is given up. */
  readonly calls: number;
}

const invalid = (
  what: string,
  behaviour: Failure["behaviour"],
  sentence = "Unrecognizable lambda output",
): Failure => ({
  what,
  behaviour,
  name: "InvalidLambdaResponseException",
  message: () => sentence,
  calls: 1,
});

const uncallable = (what: string, behaviour: Behaviour, code: string, calls: number): Failure => ({
  what,
  behaviour: () => behaviour,
  name: "UnexpectedLambdaException",
  message: (trigger) => `${trigger} invocation failed due to error ${code}.`,
  calls,
});

const threw = (what: string, words: string): Failure => ({
  what,
  behaviour: () => ({ throws: words }),
  name: "UserLambdaValidationException",
  message: (trigger) => `${trigger} failed with error ${words}.`,
  calls: 1,
});

/** One failure of each exception. The API tells all in one way, so its doors are tried with the first; all others with all. */
const kinds: readonly Failure[] = [
  threw("throws", "No entry"),
  invalid("answers without a response", () => ({ answers: ({ request }) => JSON.stringify({ request }) })),
  uncallable("hangs up", "hangs up", "ServiceException", 3),
];

/** Every further way to fail: the first door of each trigger is tried with these as well. */
const others: readonly Failure[] = [
  threw("throws a whole sentence", "No entry."),
  invalid("answers no JSON", () => ({ answers: () => "<html>" }), "Invalid lambda function output : Invalid JSON"),
  invalid("answers nothing", () => ({ answers: () => "" }), "Invalid lambda function output : Invalid JSON"),
  invalid("answers null", () => ({ answers: () => "null" })),
  invalid("answers a text", () => ({ answers: () => '"done"' })),
  invalid("answers a list", () => ({ answers: (event) => JSON.stringify([event]) })),
  invalid("answers a response of null", () => answering(() => null)),
  invalid("answers in other letters", () => ({
    answers: ({ request, response }) => JSON.stringify({ Request: request, Response: response }),
  })),
  invalid("answers with a wrong type", (trigger) => answering(() => spoiled[trigger])),
  uncallable("does not answer in time", "hangs", "Socket timeout while invoking Lambda function", 3),
  uncallable("is throttled", { refuses: 429, as: "TooManyRequestsException" }, "TooManyRequestsException", 1),
  uncallable("may not be called", { refuses: 403, as: "AccessDeniedException" }, "AccessDeniedException", 1),
  uncallable("is not there", { refuses: 404, as: "ResourceNotFoundException" }, "ResourceNotFoundException", 1),
];

const doors: readonly Door[] = [...userDoors, ...signInDoors];
const isFirst = (door: Door): boolean => doors.find(({ trigger }) => trigger === door.trigger) === door;

const failuresAt = (door: Door): readonly Failure[] => {
  if (isFirst(door)) return [...kinds, ...others];
  return door.isOwnForm ? kinds : kinds.slice(0, 1);
};

const rows = doors.flatMap((door) =>
  failuresAt(door).map((failure) => [door.trigger, failure.what, door.door, door, failure] as const),
);

/** What a door tells of a failure. */
function expected(door: Door, { name, message }: Failure, told: Told): Told {
  if (name === "UserLambdaValidationException" && door.thrown) return door.thrown;
  const sentence = message(door.trigger);
  if (told.error !== undefined) return { error: "invalid_request", message: sentence };
  return told.name === undefined ? { message: sentence } : { name, message: sentence };
}

let made = 0;
const arranged = new Map<Door, Promise<() => Promise<Told>>>();

/** The call of a door, in which all functions were well until now. */
function callOf(door: Door, pool: TestPool): Promise<() => Promise<Told>> {
  const { UserPoolId, ClientId } = pool;
  const scene: DoorScene = { house: stage.house, pool, UserPoolId, ClientId, Username: `door-${++made}@example.com` };
  const call = (!door.isOnce && arranged.get(door)) || door.arrange(scene);
  arranged.set(door, call);
  return call;
}

describe("a function", () => {
  it.each(rows)("%s that %s is told of by %s", async (trigger, _what, _door, door, failure) => {
    const { lambda } = stage;
    for (const name of names) lambda.behave(name, healthy[name]);
    const call = await callOf(door, await poolWith(trigger));
    lambda.behave(trigger, failure.behaviour(trigger));
    const told = await call();
    expect(told).toEqual(expected(door, failure, told));
    expect(lambda.callsOf(trigger)).toBe(failure.calls);
  });

  it("that fails is told to the log, with more than its caller learns", async () => {
    const folder = mkdtempSync(join(tmpdir(), "poolhouse-failures-"));
    const file = join(folder, "entry.mjs");
    writeFileSync(file, 'export const handler = async () => { throw new Error("No entry"); };');
    const warnings: Record<string, unknown>[] = [];
    const warn = (fields: object, message: string): void => void warnings.push({ ...fields, message });
    const triggers = { [arnOf("PreSignUp")]: file };
    const house = await openTestHouse({}, { triggers, log: { ...silentLog, warn } });
    const LambdaConfig = { PreSignUp: arnOf("PreSignUp"), PostConfirmation: arnOf("nowhere") };
    const pool = await makePool(house, { pool: { LambdaConfig }, client: { GenerateSecret: false } });
    const { ClientId, UserPoolId } = pool;
    await refusalOf(house.api.signUp({ ClientId, Username: "a@example.com", Password: password }));
    expect(warnings).toMatchObject([
      {
        poolId: UserPoolId,
        triggerSource: "PreSignUp_SignUp",
        arn: arnOf("PreSignUp"),
        reason: "PreSignUp failed with error No entry.",
        why: expect.stringContaining(`${file}:1:`),
        message: "a trigger failed",
      },
    ]);
    writeFileSync(file, "export const handler = (event) => ({ ...event, response: { autoConfirmUser: true } });");
    utimesSync(file, new Date(), new Date(Date.now() + 2_000));
    await refusalOf(house.api.signUp({ ClientId, Username: "a@example.com", Password: password }));
    expect(warnings[1]).toMatchObject({ why: "No setting says where this ARN leads." });
    await closeClean(house);
    rmSync(folder, { recursive: true });
  });

  it("of every trigger that a caller waits for is tried", () => {
    const tried = new Set(doors.map(({ trigger }) => trigger));
    // What comes of senders that fail is the outbox's to say.
    expect(names.filter((name) => !tried.has(name))).toEqual(["CustomSMSSender", "CustomEmailSender"]);
  });
});
