/** Poolhouse from code, as a test suite of somebody's application uses it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applySeed } from "../../src/apply-seed.ts";
import { start } from "../../src/poolhouse.ts";
import type { Seed } from "../../src/seed.ts";
import { makeDatabase } from "../support/engine.ts";
import { openTestHouse, sdkFor } from "../support/house.ts";
import { refusalOf } from "../support/refusal.ts";

const seed: Seed = {
  pools: [
    {
      id: "main1",
      domain: "main",
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      resourceServers: [
        { Identifier: "order", Name: "Orders", Scopes: [{ ScopeName: "write", ScopeDescription: "Write" }] },
      ],
      groups: [{ GroupName: "staff" }],
      clients: [{ id: "web", ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }],
      users: [
        {
          username: "jane@example.com",
          password: "Passw0rd!",
          attributes: { email_verified: "true" },
          groups: ["staff"],
        },
      ],
    },
  ],
};

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

interface SignUpEvent {
  readonly request: { readonly userAttributes: Readonly<Record<string, string>> };
  readonly response: object;
}

describe("start", () => {
  it.each([
    ["gives the event back", async (event: SignUpEvent) => ({ ...event, response: { autoConfirmUser: true } })],
    [
      "calls back",
      (event: SignUpEvent, _context: object, done: (error: Error | null, answer?: object) => void) =>
        done(null, { ...event, response: { autoConfirmUser: true } }),
    ],
  ])("runs a handler of the suite in place of a Lambda function: one that %s", async (_what, handler) => {
    const LambdaConfig = { PreSignUp: arnOf("sign-up"), PostConfirmation: arnOf("nowhere") };
    const house = await start({
      seed: { pools: seed.pools.map((pool) => ({ ...pool, LambdaConfig })) },
      triggers: { [arnOf("sign-up")]: handler, [arnOf("nowhere")]: "./nowhere.mjs" },
    });
    try {
      const signingUp = sdkFor(house.url).signUp({
        ClientId: "web",
        Username: "bob@example.com",
        Password: "Passw0rd!",
      });
      expect(await refusalOf(signingUp)).toEqual({
        name: "UnexpectedLambdaException",
        message: "PostConfirmation invocation failed due to error ResourceNotFoundException.",
      });
    } finally {
      await house.stop();
    }
  });

  it("gives many houses at once, each with its own people and its own inbox", async () => {
    const houses = await Promise.all([start({ seed }), start({ seed, issuer: "aws" }), start()]);
    const [one, two, three] = houses;
    try {
      expect(new Set(houses.map(({ url }) => url)).size).toBe(3);
      const signedIn = await sdkFor(one.url).initiateAuth({
        ClientId: "web",
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane@example.com", PASSWORD: "Passw0rd!" },
      });
      expect(signedIn.AuthenticationResult?.AccessToken).toBeTruthy();
      await sdkFor(two.url).signUp({ ClientId: "web", Username: "bob@example.com", Password: "Passw0rd!" });
      const [message] = await two.inbox("bob@example.com");
      expect(message).toMatchObject({
        recipient: "bob@example.com",
        medium: "EMAIL",
        subject: "Your verification code",
        code: expect.stringMatching(/^\d{6}$/),
      });
      await sdkFor(two.url).confirmSignUp({
        ClientId: "web",
        Username: "bob@example.com",
        ConfirmationCode: message?.code,
      });
      expect(await one.inbox()).toEqual([]);
      expect((await sdkFor(three.url).listUserPools({ MaxResults: 10 })).UserPools).toEqual([]);
      const document = await (await fetch(`${two.url}/us-east-1_main1/.well-known/openid-configuration`)).json();
      expect(document).toMatchObject({ issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_main1" });
    } finally {
      await Promise.all(houses.map((house) => house.stop()));
    }
    await expect(fetch(one.url)).rejects.toThrow();
  });

  it("opens a database that it has made before, with what is in it", async () => {
    const place = await makeDatabase(true);
    const data = mkdtempSync(join(tmpdir(), "poolhouse-start-"));
    try {
      for (const expected of [[], ["kept"]]) {
        const house = await start({ database: place.address, data });
        const { UserPools } = await sdkFor(house.url).listUserPools({ MaxResults: 10 });
        expect(UserPools?.map(({ Name }) => Name)).toEqual(expected);
        await sdkFor(house.url).createUserPool({ PoolName: "kept" });
        await house.stop();
      }
    } finally {
      await place.drop();
      rmSync(data, { recursive: true });
    }
  });

  it("leaves nothing open when it fails", async () => {
    const place = await makeDatabase(true);
    const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), "poolhouse-start-")));
    try {
      const [own, foreign] = folders;
      await (await start({ database: place.address, data: own ?? "" })).stop();
      const failed = start({ database: place.address, data: foreign ?? "" });
      await expect(failed).rejects.toThrow("The root key does not open this database.");
      await (await start({ database: place.address, data: own ?? "" })).stop();
    } finally {
      await place.drop();
      for (const folder of folders) rmSync(folder, { recursive: true });
    }
  });

  it.each([
    [
      "a scope that there is none of",
      { pools: [{ id: "bad1", clients: [{ id: "c", AllowedOAuthScopes: ["no/such"] }] }] },
      "seed: CreateUserPoolClient: Invalid scope requested: no/such",
    ],
    ["an id that is none", { pools: [{ id: "not an id" }] }, "seed: not an id cannot be the id of a pool."],
    ["no pools", {}, "it needs a list named pools."],
    ["pools that are no list", { pools: { id: "a1" } }, "pools must be a list."],
    ["a pool without an id", { pools: [{}] }, "each of pools needs an id."],
    [
      "a slip of the pen",
      { pools: [{ id: "a1", client: [] }] },
      "one of pools has a member client, which there is none of.",
    ],
    [
      "a slip of the pen below",
      { pools: [{ id: "a1", users: [{ username: "u", passwort: "p" }] }] },
      "one of users has a member passwort, which there is none of.",
    ],
    [
      "a domain of another pool",
      {
        pools: [
          { id: "one1", domain: "same" },
          { id: "two2", domain: "same" },
        ],
      },
      "seed: CreateUserPoolDomain: Domain already associated with another user pool.",
    ],
  ])("tells which part of a seed cannot be made: %s", async (_title, wrong, message) => {
    await expect(start({ seed: wrong as unknown as Seed })).rejects.toThrow(message);
  });

  it("completes a seed that was cut off, and leaves alone what users have made of it since", async () => {
    const house = await openTestHouse();
    try {
      const UserPoolId = "us-east-1_main1";
      await applySeed(house.app, { pools: [{ id: "main1", UsernameAttributes: ["email"] }] });
      await house.api.adminCreateUser({ UserPoolId, Username: "jane@example.com", MessageAction: "SUPPRESS" });
      await applySeed(house.app, seed);
      const jane = () => house.api.adminGetUser({ UserPoolId, Username: "jane@example.com" });
      expect(await jane()).toMatchObject({ UserStatus: "CONFIRMED" });
      await house.api.adminSetUserPassword({
        UserPoolId,
        Username: "jane@example.com",
        Password: "Her-0wn-choice",
        Permanent: true,
      });
      await applySeed(house.app, seed);
      const signIn = (PASSWORD: string) =>
        house.api.initiateAuth({
          ClientId: "web",
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "jane@example.com", PASSWORD },
        });
      expect((await signIn("Her-0wn-choice")).AuthenticationResult?.IdToken).toBeTruthy();
      await expect(signIn("Passw0rd!")).rejects.toThrow("Incorrect username or password.");
      const { Users } = await house.api.listUsersInGroup({ UserPoolId, GroupName: "staff" });
      expect(Users).toHaveLength(1);
    } finally {
      await house.close();
    }
  });
});
