/** Poolhouse from code, as a test suite of somebody's application uses it. */
import { describe, expect, it } from "vitest";
import { start } from "../../src/poolhouse.ts";
import type { Seed } from "../../src/seed.ts";
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

  it("tells which part of a seed cannot be made", async () => {
    const bad: Seed = { pools: [{ id: "bad1", clients: [{ id: "c", AllowedOAuthScopes: ["no/such"] }] }] };
    await expect(start({ seed: bad })).rejects.toThrow("seed: CreateUserPoolClient: Invalid scope requested: no/such");
  });
});
