import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LogConfigurationType } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/support/house.ts";
import { password } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import type { EventSourceName } from "../contract/types.gen.ts";
import type { Pool } from "../pools/pool.ts";
import { findPool } from "../pools/store.ts";
import { readSettings } from "../settings.ts";
import { deliverEvent } from "./delivery.ts";

const group = "arn:aws:logs:us-east-1:123456789012:log-group:messages";
const printed = "arn:aws:logs:us-east-1:123456789012:log-group:printed";
const stream = "arn:aws:firehose:us-east-1:123456789012:deliverystream/users";
const bucket = "arn:aws:s3:::users";
const unlistened = "arn:aws:logs:us-east-1:123456789012:log-group:unlistened";

const folder = mkdtempSync(join(tmpdir(), "poolhouse-logs-"));
const file = join(folder, "messages.log");
const received: unknown[] = [];
/** What the collector answers with. */
let status = 200;
const collector = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => {
    body += chunk;
  });
  request.on("end", () => {
    received.push({ type: request.headers["content-type"], body: JSON.parse(body) });
    response.writeHead(status).end();
  });
});

let house: TestHouse;

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    collector.listen(0, "127.0.0.1", resolve);
  });
  const address = collector.address();
  const port = typeof address === "object" && address ? address.port : 0;
  house = await openTestHouse({
    logDestinations: `${group}=file:${file},${printed}=stdout:,${stream}=http://127.0.0.1:${port}/lines`,
  });
});

afterAll(async () => {
  await house.close();
  collector.close();
  rmSync(folder, { recursive: true });
  expect(house.errors).toEqual([]);
});

async function createPool(UserPoolTier: "ESSENTIALS" | "PLUS" = "PLUS"): Promise<string> {
  const { UserPool } = await house.api.createUserPool({ PoolName: "p", UserPoolTier });
  return UserPool?.Id ?? "";
}

const set = (UserPoolId: string, LogConfigurations: LogConfigurationType[]) =>
  house.api.setLogDeliveryConfiguration({ UserPoolId, LogConfigurations });

async function configurationsOf(UserPoolId: string) {
  return (await house.api.getLogDeliveryConfiguration({ UserPoolId })).LogDeliveryConfiguration;
}

const notification: LogConfigurationType = {
  EventSource: "userNotification",
  LogLevel: "ERROR",
  CloudWatchLogsConfiguration: { LogGroupArn: group },
};
const activity: LogConfigurationType = {
  EventSource: "userAuthEvents",
  LogLevel: "INFO",
  FirehoseConfiguration: { StreamArn: stream },
};

describe("the log delivery of a pool", () => {
  it("is none at first", async () => {
    const UserPoolId = await createPool();
    expect(await configurationsOf(UserPoolId)).toEqual({ UserPoolId, LogConfigurations: [] });
  });

  it("is answered and shown as it was set, survives an update, and is cleared by an empty list", async () => {
    const UserPoolId = await createPool();
    const expected = { UserPoolId, LogConfigurations: [notification, activity] };
    const answer = await set(UserPoolId, [notification, activity]);
    expect(answer.LogDeliveryConfiguration).toEqual(expected);
    await house.api.updateUserPool({ UserPoolId });
    expect(await configurationsOf(UserPoolId)).toEqual(expected);
    expect((await house.api.describeUserPool({ UserPoolId })).UserPool).not.toHaveProperty("logs");
    await set(UserPoolId, []);
    expect(await configurationsOf(UserPoolId)).toEqual({ UserPoolId, LogConfigurations: [] });
  });

  it.each<{ title: string; wanted: LogConfigurationType[]; message: string }>([
    {
      title: "one source twice",
      wanted: [notification, notification],
      message: "Following event sources appear more then once in a request: [userNotification]",
    },
    {
      title: "another level for messages",
      wanted: [{ ...notification, LogLevel: "INFO" }],
      message: "The log level of userNotification must be ERROR.",
    },
    {
      title: "another level for users",
      wanted: [{ ...activity, LogLevel: "ERROR" }],
      message: "The log level of userAuthEvents must be INFO.",
    },
    {
      title: "no destination",
      wanted: [{ EventSource: "userAuthEvents", LogLevel: "INFO" }],
      message: "userAuthEvents must have exactly one destination.",
    },
    {
      title: "two destinations",
      wanted: [{ ...activity, S3Configuration: { BucketArn: bucket } }],
      message: "userAuthEvents must have exactly one destination.",
    },
    {
      title: "a bucket for messages",
      wanted: [{ EventSource: "userNotification", LogLevel: "ERROR", S3Configuration: { BucketArn: bucket } }],
      message: "The destination of userNotification must be a CloudWatch log group.",
    },
  ])("is refused with $title", async ({ wanted, message }) => {
    const UserPoolId = await createPool();
    expect(await refusalOf(set(UserPoolId, wanted))).toEqual({ name: "InvalidParameterException", message });
    expect(await configurationsOf(UserPoolId)).toEqual({ UserPoolId, LogConfigurations: [] });
  });

  it("of what users do is for the highest tier, that of messages for all", async () => {
    const UserPoolId = await createPool("ESSENTIALS");
    expect(await refusalOf(set(UserPoolId, [activity]))).toEqual({
      name: "FeatureUnavailableInTierException",
      message: "The following feature is not available for the ESSENTIALS pricing tier configured: Log Streaming",
    });
    await set(UserPoolId, [notification]);
  });
});

/** Delivers in the name of a pool, and waits until nothing is under way. */
async function deliver(UserPoolId: string, source: EventSourceName, message: object): Promise<string[]> {
  const pool: Pool | undefined = await findPool(house.app.db, UserPoolId);
  if (!pool) throw new Error("The pool is gone.");
  const underWay: Promise<unknown>[] = [];
  const warnings: string[] = [];
  const warn = (_fields: object, text: string): void => void warnings.push(text);
  const app = {
    ...house.app,
    log: { ...house.app.log, warn },
    background: (work: Promise<unknown>): void => void underWay.push(work),
  };
  deliverEvent(app, pool, source, message);
  await Promise.all(underWay);
  return warnings;
}

const lineOf = (UserPoolId: string, eventSource: string, logLevel: string, message: object) => ({
  eventTimestamp: String(house.clock.now()),
  eventSource,
  logLevel,
  message,
  logSourceId: { userPoolId: UserPoolId },
});

describe("a line", () => {
  it("is appended to a file, one after the other", async () => {
    const UserPoolId = await createPool();
    await set(UserPoolId, [notification]);
    for (const details of ["first", "second"]) await deliver(UserPoolId, "userNotification", { details });
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      lineOf(UserPoolId, "USER_NOTIFICATION", "ERROR", { details: "first" }),
      lineOf(UserPoolId, "USER_NOTIFICATION", "ERROR", { details: "second" }),
    ]);
  });

  it("is posted to a collector", async () => {
    const UserPoolId = await createPool();
    await set(UserPoolId, [activity]);
    expect(await deliver(UserPoolId, "userAuthEvents", { eventType: "SignIn" })).toEqual([]);
    expect(received.splice(0)).toEqual([
      { type: "application/json", body: lineOf(UserPoolId, "USER_ACTIVITY", "INFO", { eventType: "SignIn" }) },
    ]);
  });

  it("is printed", async () => {
    const UserPoolId = await createPool();
    await set(UserPoolId, [{ ...notification, CloudWatchLogsConfiguration: { LogGroupArn: printed } }]);
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      await deliver(UserPoolId, "userNotification", { details: "printed" });
      expect(write).toHaveBeenCalledWith(expect.stringMatching(/^\{.*"details":"printed".*\}\n$/));
    } finally {
      write.mockRestore();
    }
  });

  it("that a collector refuses is lost with a warning", async () => {
    const UserPoolId = await createPool();
    await set(UserPoolId, [activity]);
    status = 503;
    const warnings = await deliver(UserPoolId, "userAuthEvents", {});
    status = 200;
    expect(warnings).toEqual(["a line of a pool's log was lost: its destination did not take it"]);
    received.splice(0);
  });

  it("of a source that is not configured, or whose ARN stands for nothing, goes nowhere", async () => {
    const UserPoolId = await createPool();
    await set(UserPoolId, [{ ...notification, CloudWatchLogsConfiguration: { LogGroupArn: unlistened } }]);
    expect(await deliver(UserPoolId, "userNotification", {})).toEqual([]);
    expect(await deliver(UserPoolId, "userAuthEvents", {})).toEqual([]);
    expect(received).toEqual([]);
  });
});

describe("what users do", () => {
  it("is a line of its kind, each of them", async () => {
    const UserPoolId = await createPool();
    await house.api.updateUserPool({
      UserPoolId,
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
      AutoVerifiedAttributes: ["email"],
    });
    await set(UserPoolId, [activity]);
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId,
      ClientName: "c",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    });
    const ClientId = UserPoolClient?.ClientId ?? "";
    const Username = "jane";
    const email = "jane@example.com";
    const UserAttributes = [{ Name: "email", Value: email }];
    await house.api.signUp({ ClientId, Username, Password: password, UserAttributes });
    house.clock.advance(1);
    await house.api.resendConfirmationCode({ ClientId, Username });
    await house.api.confirmSignUp({ ClientId, Username, ConfirmationCode: await house.codeFor(email) });
    const AuthParameters = { USERNAME: Username, PASSWORD: password };
    const signIn = () => house.api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    const AccessToken = (await signIn()).AuthenticationResult?.AccessToken ?? "";
    await house.api.changePassword({ AccessToken, PreviousPassword: password, ProposedPassword: "Changed1!" });
    await house.api.forgotPassword({ ClientId, Username });
    await refusalOf(signIn());
    const kinds = (): unknown[] =>
      received.flatMap((line) => [...JSON.stringify(line).matchAll(/"eventType":"(\w+)"/g)].map(([, kind]) => kind));
    const all = ["FORGOT_PASSWORD", "PASSWORD_CHANGE", "RESEND_CODE", "SIGN_IN", "SIGN_UP"];
    // The sign-in that failed is the sixth.
    await expect.poll(kinds).toHaveLength(all.length + 1);
    expect([...new Set(kinds())].toSorted()).toEqual(all);
    const lines = JSON.stringify(received.splice(0));
    expect(lines).toContain('"eventResponse":"Fail"');
    expect([password, "Changed1!", AccessToken].filter((secret) => lines.includes(secret))).toEqual([]);
  });

  it("does not wait for a collector that never answers", async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => {
      silent.listen(0, "127.0.0.1", resolve);
    });
    const address = silent.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const patient = await openTestHouse({ logDestinations: `${stream}=http://127.0.0.1:${port}/lines` });
    try {
      const { api } = patient;
      const { UserPool } = await api.createUserPool({
        PoolName: "p",
        UserPoolTier: "PLUS",
        UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
      });
      const UserPoolId = UserPool?.Id ?? "";
      await api.setLogDeliveryConfiguration({ UserPoolId, LogConfigurations: [activity] });
      const { UserPoolClient } = await api.createUserPoolClient({ UserPoolId, ClientName: "c" });
      const ClientId = UserPoolClient?.ClientId ?? "";
      const reached = new Promise((resolve) => {
        silent.once("request", resolve);
      });
      // It is answered although the collector holds the line for as long as it may.
      await api.signUp({ ClientId, Username: "jane", Password: password });
      await reached;
    } finally {
      silent.closeAllConnections();
      silent.close();
      await patient.close();
    }
  });
});

it("a message that nobody takes is a line of the pool's log", async () => {
  const given = { logDestinations: `${group}=file:${file}`, smtp: "smtp://127.0.0.1:9" };
  const mailing = await openTestHouse(given);
  try {
    const { UserPool } = await mailing.api.createUserPool({ PoolName: "p", UsernameAttributes: ["email"] });
    const UserPoolId = UserPool?.Id ?? "";
    await mailing.api.setLogDeliveryConfiguration({ UserPoolId, LogConfigurations: [notification] });
    await mailing.api.adminCreateUser({ UserPoolId, Username: "jane@example.com", DesiredDeliveryMediums: ["EMAIL"] });
    await mailing.app.outbox.deliver();
  } finally {
    // Closing waits for what is under way.
    await mailing.close();
  }
  const last: unknown = JSON.parse(readFileSync(file, "utf8").trimEnd().split("\n").at(-1) ?? "");
  expect(last).toMatchObject({
    eventSource: "USER_NOTIFICATION",
    message: { details: expect.stringMatching(/^EMAIL was not delivered: /) },
  });
});

it("a destination that is no file, collector or standard output is refused when the house opens", () => {
  expect(() => readSettings("dev", { logDestinations: `${group}=ftp://example.com` }, {})).toThrow(
    "--log-destinations cannot be ftp://example.com.",
  );
});
