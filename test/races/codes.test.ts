/** Many at once on one code, one name, one user: what happens once happens once. */
import { randomBytes } from "node:crypto";
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type House, openHouse } from "../../src/house.ts";
import { makeRsaKeyPair } from "../../src/lib/key-pair.ts";
import { readInbox } from "../../src/messages/inbox.ts";
import { readSettings } from "../../src/settings.ts";
import { makeDatabase, type TestDatabase } from "../support/engine.ts";
import { sdkFor } from "../support/house.ts";
import { attributeList } from "../support/people.ts";
import { password } from "../support/pool.ts";

/** SQLite has one process a file, so there both ways in lead to the same node. */
const nodeCount = inject("engine") === "postgres" ? 2 : 1;
const bursts = 3;

let place: TestDatabase;
let nodes: House[];
let apis: readonly CognitoIdentityProvider[];

beforeAll(async () => {
  place = await makeDatabase();
  const rootKey = randomBytes(32);
  const settings = readSettings("dev", { port: "0", database: place.address, publicUrl: "http://localhost:7665" }, {});
  nodes = await Promise.all(
    Array.from({ length: nodeCount }, () => openHouse(settings, { rootKey, makeKeyPair: makeRsaKeyPair })),
  );
  apis = nodes.map(({ url }) => sdkFor(url));
});

afterAll(async () => {
  for (const node of nodes) await node.close();
  await place.drop();
});

/** One of the nodes, in turn. */
function node(index: number): CognitoIdentityProvider {
  const api = apis[index % apis.length];
  if (!api) throw new Error("No node is open.");
  return api;
}

async function makePool() {
  const { UserPool } = await node(0).createUserPool({
    PoolName: "races",
    AliasAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
  });
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await node(1).createUserPoolClient({
    UserPoolId,
    ClientName: "c",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
  });
  return { UserPoolId, ClientId: UserPoolClient?.ClientId ?? "" };
}

type Pool = Awaited<ReturnType<typeof makePool>>;

async function makeUser({ UserPoolId, ClientId }: Pool, Username: string, values: Readonly<Record<string, string>>) {
  const UserAttributes = attributeList(values);
  await node(0).adminCreateUser({ UserPoolId, Username, UserAttributes, MessageAction: "SUPPRESS" });
  await node(0).adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
  const AuthParameters = { USERNAME: Username, PASSWORD: password };
  const answer = await node(1).initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
  return answer.AuthenticationResult?.AccessToken ?? "";
}

async function codesFor(recipient: string): Promise<string[]> {
  const [first] = nodes;
  const messages = first ? await readInbox(first.app) : [];
  return messages.filter((message) => message.recipient === recipient).map(({ code }) => code);
}

/** Does something so many times at once, and gives how often it was done and the names of the refusals. */
async function atOnce(times: number, act: (api: CognitoIdentityProvider, index: number) => Promise<unknown>) {
  const outcomes = await Promise.allSettled(Array.from({ length: times }, (_, index) => act(node(index), index)));
  const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [String(outcome.reason.name)] : []));
  return { done: times - refusals.length, refusals: [...new Set(refusals)] };
}

describe("at once", () => {
  it("thirty-two redeem one reset code: one password is set", async () => {
    const pool = await makePool();
    for (let burst = 0; burst < bursts; burst++) {
      const [Username, email] = [`reset-${burst}`, `reset-${burst}@example.com`];
      await makeUser(pool, Username, { email, email_verified: "true" });
      await node(burst).forgotPassword({ ClientId: pool.ClientId, Username });
      const [ConfirmationCode] = await codesFor(email);
      const passwordOf = (index: number): string => `Changed-${index}!`;
      const winners: number[] = [];
      const { done, refusals } = await atOnce(32, async (api, index) => {
        const Password = passwordOf(index);
        await api.confirmForgotPassword({ ClientId: pool.ClientId, Username, ConfirmationCode, Password });
        winners.push(index);
      });
      expect(done).toBe(1);
      const allowed = [
        "ExpiredCodeException",
        "CodeMismatchException",
        "LimitExceededException",
        "TooManyRequestsException",
      ];
      expect(refusals.filter((name) => !allowed.includes(name))).toEqual([]);
      const AuthParameters = { USERNAME: Username, PASSWORD: passwordOf(winners[0] ?? -1) };
      const answer = await node(burst).initiateAuth({
        ClientId: pool.ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters,
      });
      expect(answer.AuthenticationResult?.AccessToken).toBeDefined();
    }
  });

  it("thirty-two guess a reset code: no more are heard than the limit allows", async () => {
    const pool = await makePool();
    const email = "guessed@example.com";
    await makeUser(pool, "guessed", { email, email_verified: "true" });
    await node(0).forgotPassword({ ClientId: pool.ClientId, Username: "guessed" });
    const [code] = await codesFor(email);
    const ConfirmationCode = code === "000000" ? "000001" : "000000";
    const heard: string[] = [];
    await atOnce(32, async (api) => {
      const guess = { ClientId: pool.ClientId, Username: "guessed", ConfirmationCode, Password: "Changed1!" };
      await api.confirmForgotPassword(guess).catch(({ name }: Error) => heard.push(name));
    });
    expect(heard.filter((name) => name === "CodeMismatchException")).toHaveLength(10);
    expect(heard.filter((name) => name === "LimitExceededException")).toHaveLength(22);
  });

  it("ten verify one contact by one code: one does", async () => {
    const pool = await makePool();
    for (let burst = 0; burst < bursts; burst++) {
      const email = `verified-${burst}@example.com`;
      const AccessToken = await makeUser(pool, `verified-${burst}`, { email });
      await node(burst).getUserAttributeVerificationCode({ AccessToken, AttributeName: "email" });
      const [Code] = await codesFor(email);
      const { done, refusals } = await atOnce(10, (api) =>
        api.verifyUserAttribute({ AccessToken, AttributeName: "email", Code }),
      );
      expect(done).toBe(1);
      const allowed = ["ExpiredCodeException", "TooManyRequestsException"];
      expect(refusals.filter((name) => !allowed.includes(name))).toEqual([]);
    }
  });

  it("two verify the same address: one has the alias", async () => {
    const pool = await makePool();
    for (let burst = 0; burst < bursts; burst++) {
      const email = `shared-${burst}@example.com`;
      const people = await Promise.all(
        ["a", "b"].map(async (letter) => {
          const Username = `${letter}-${burst}`;
          return { Username, AccessToken: await makeUser(pool, Username, { email }) };
        }),
      );
      const codes: string[] = [];
      for (const { AccessToken } of people) {
        const before = await codesFor(email);
        await node(burst).getUserAttributeVerificationCode({ AccessToken, AttributeName: "email" });
        const after = await codesFor(email);
        // Two messages of one moment stand in no order: the new one is what was not there before.
        codes.push(after.find((code) => !before.includes(code)) ?? after[0] ?? "");
      }
      const { done, refusals } = await atOnce(2, (api, index) =>
        api.verifyUserAttribute({
          AccessToken: people[index]?.AccessToken ?? "",
          AttributeName: "email",
          Code: codes[index] ?? "",
        }),
      );
      expect({ done, refusals }).toEqual({ done: 1, refusals: ["AliasExistsException"] });
      const holder = await node(0).adminGetUser({ UserPoolId: pool.UserPoolId, Username: email });
      expect(people.map(({ Username }) => Username)).toContain(holder.Username);
      expect(holder.UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });
    }
  });

  it("sixteen change different attributes of one user: what was answered is there", async () => {
    const pool = await makePool();
    const AccessToken = await makeUser(pool, "busy", {});
    const names = ["name", "nickname", "given_name", "family_name", "middle_name", "profile", "website", "locale"];
    const answered = new Set<string>();
    const { refusals } = await atOnce(16, async (api, index) => {
      const Name = names[index % names.length] ?? "";
      await api.updateUserAttributes({ AccessToken, UserAttributes: [{ Name, Value: "set" }] });
      answered.add(Name);
    });
    expect(refusals.filter((name) => name !== "TooManyRequestsException")).toEqual([]);
    expect(answered.size).toBeGreaterThan(0);
    const { UserAttributes = [] } = await node(1).getUser({ AccessToken });
    const kept = UserAttributes.filter(({ Value }) => Value === "set").map(({ Name }) => Name);
    expect(kept.toSorted()).toEqual([...answered].toSorted());
  });
});
