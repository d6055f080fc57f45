/** Poolhouse from code, as a test suite of somebody's application uses it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { start } from "../../src/poolhouse.ts";
import type { Seed } from "../../src/seed.ts";
import { makeDatabase } from "../support/engine.ts";
import { sdkFor } from "../support/house.ts";

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

describe("start", () => {
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

  it("tells which part of a seed cannot be made", async () => {
    const bad: Seed = { pools: [{ id: "bad1", clients: [{ id: "c", AllowedOAuthScopes: ["no/such"] }] }] };
    await expect(start({ seed: bad })).rejects.toThrow("seed: CreateUserPoolClient: Invalid scope requested: no/such");
  });
});
