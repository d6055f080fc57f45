/** A house for tests: real requests over the wire, a real engine, and a clock that stands still until it is told. */

import { randomBytes } from "node:crypto";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { expect } from "vitest";
import type { App } from "../../src/app.ts";
import { type Fittings, type House, openHouse } from "../../src/house.ts";
import type { KeyPair } from "../../src/lib/key-pair.ts";
import { makeRsaKeyPair } from "../../src/lib/key-pair.ts";
import type { Log } from "../../src/lib/log.ts";
import { readInbox } from "../../src/messages/inbox.ts";
import { type Given, readSettings } from "../../src/settings.ts";
import { makeDatabase } from "./engine.ts";
import { share } from "./share.ts";

/** What a test does with a house. */
export interface TestHouse {
  readonly app: App;
  readonly url: string;
  /** Where its metrics are read, when it has any. */
  readonly metricsUrl: string | undefined;
  /** The AWS SDK, signing as it does, without retries: a refusal is seen at once. */
  readonly api: CognitoIdentityProvider;
  /** Answers a request without a listener in between. */
  readonly handle: House["handle"];
  readonly clock: { now(): number; advance(milliseconds: number): void };
  /** What the house logged as an error: answers that break the contract, and bugs. It must stay empty. */
  readonly errors: readonly string[];
  /** Gives the errors that a test expects, and forgets them. */
  takeErrors(): string[];
  /** The newest code that was sent to somebody. */
  codeFor(recipient: string): Promise<string>;
  close(): Promise<void>;
}

/** Making keys takes long, and which keys they are does not matter: a few serve all tests of a process in turn. */
const keyPairs: Promise<KeyPair>[] = [];
const keptPairs = 4;
let nextPair = 0;

function keyPair(): Promise<KeyPair> {
  const index = nextPair++ % keptPairs;
  keyPairs[index] ??= makeRsaKeyPair();
  return keyPairs[index];
}

/** Opens a house on the engine of the run, in dev mode unless told otherwise. */
export async function openTestHouse(
  given: Given = {},
  fittings: Partial<Fittings> = {},
  open: typeof openHouse = openHouse,
): Promise<TestHouse> {
  const mode = given["mode"] === "serve" ? "serve" : "dev";
  // Production houses are not opened in memory.
  const database = await makeDatabase(mode === "serve");
  const settings = readSettings(mode, { port: "0", database: database.address, ...given }, {});
  const clock = testClock();
  const errors: string[] = [];
  const note = (fields: object, message: string): void =>
    void errors.push(`${message} ${JSON.stringify(fields, errorText)}`);
  const log: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: note };
  const house = await open(settings, { rootKey: randomBytes(32), clock, log, makeKeyPair: keyPair, ...fittings });
  return {
    app: house.app,
    url: house.url,
    metricsUrl: house.metricsUrl,
    api: sdkFor(house.url),
    handle: house.handle,
    clock,
    errors,
    takeErrors: () => errors.splice(0),
    codeFor: async (recipient) => {
      const [message] = await readInbox(house.app, recipient);
      if (!message) throw new Error(`Nothing was sent to ${recipient}.`);
      return message.code;
    },
    close: async () => {
      await house.close();
      await database.drop();
    },
  };
}

/** A house for all tests of a file. What it logs as an error, and no test expected, fails the file. */
export const useHouse = (given: Given = {}, fittings: Partial<Fittings> = {}): TestHouse =>
  share(() => openTestHouse(given, fittings), closeClean);

/** Closes a house that has nothing to complain of. */
export async function closeClean(house: TestHouse): Promise<void> {
  await house.close();
  expect(house.errors).toEqual([]);
}

const errorText = (_key: string, value: unknown): unknown => (value instanceof Error ? value.stack : value);

/** Stands still, at the present so that clients sign with a time that is near, and moves only when told to. */
function testClock() {
  let now = Date.now();
  return {
    now: () => now,
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

/** An SDK client that signs with these credentials. */
export const sdkFor = (
  endpoint: string,
  credentials = { accessKeyId: "local", secretAccessKey: "local" },
  region = "us-east-1",
): CognitoIdentityProvider => new CognitoIdentityProvider({ endpoint, region, credentials, maxAttempts: 1 });
