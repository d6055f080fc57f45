/** What is broken is closed: a database that refuses, a function that leads nowhere, a factor that is missing. */
import { describe, expect, it } from "vitest";
import { basic, requestToken } from "../support/browser-steps.ts";
import { withoutWrites } from "../support/failing-writes.ts";
import { openTestHouse, useHouse } from "../support/house.ts";
import { makePool, password, type TestPool, usePool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";

const house = useHouse();
const pool = usePool(house);
let made = 0;

interface SignedIn {
  readonly Username: string;
  readonly AccessToken: string;
  readonly RefreshToken: string;
}

async function signIn(of: TestPool, Username: string): Promise<SignedIn> {
  const { AuthenticationResult } = await house.api.initiateAuth({
    ClientId: of.ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: Username, PASSWORD: password, SECRET_HASH: of.hashOf(Username) },
  });
  return {
    Username,
    AccessToken: AuthenticationResult?.AccessToken ?? "",
    RefreshToken: AuthenticationResult?.RefreshToken ?? "",
  };
}

async function newSignIn(of: TestPool): Promise<SignedIn> {
  const Username = `user-${++made}@example.com`;
  await of.createUser(Username);
  return signIn(of, Username);
}

describe("TOK-22: a revocation that the database refuses", () => {
  const ends: readonly (readonly [string, (signedIn: SignedIn) => Promise<unknown>])[] = [
    ["GlobalSignOut", ({ AccessToken }) => house.api.globalSignOut({ AccessToken })],
    [
      "AdminUserGlobalSignOut",
      ({ Username }) => house.api.adminUserGlobalSignOut({ UserPoolId: pool.UserPoolId, Username }),
    ],
    ["AdminDisableUser", ({ Username }) => house.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username })],
    ["AdminDeleteUser", ({ Username }) => house.api.adminDeleteUser({ UserPoolId: pool.UserPoolId, Username })],
    ["DeleteUser", ({ AccessToken }) => house.api.deleteUser({ AccessToken })],
    [
      "RevokeToken",
      ({ RefreshToken }) =>
        house.api.revokeToken({ ClientId: pool.ClientId, ClientSecret: pool.secret, Token: RefreshToken }),
    ],
  ];

  it.each(ends)("%s says that it failed, and has done nothing by half", async (_name, end) => {
    const signedIn = await newSignIn(pool);
    await withoutWrites(house.app.db, ["users", "refresh_families"], async () => {
      expect((await refusalOf(end(signedIn))).name).toBe("InternalErrorException");
    });
    expect(house.takeErrors()).toHaveLength(1);
    await house.api.getUser({ AccessToken: signedIn.AccessToken });
    const refreshed = await requestToken(pool, { grant_type: "refresh_token", refresh_token: signedIn.RefreshToken });
    expect(refreshed.status).toBe(200);
    await end(signedIn);
    await expect(house.api.getUser({ AccessToken: signedIn.AccessToken })).rejects.toThrow();
  });

  it("at the revocation endpoint is a fault of ours and no success", async () => {
    const signedIn = await newSignIn(pool);
    const revoke = () =>
      fetch(`${pool.base}/oauth2/revoke`, {
        method: "POST",
        headers: { authorization: basic(pool.ClientId, pool.secret) },
        body: new URLSearchParams({ token: signedIn.RefreshToken }),
      });
    await withoutWrites(house.app.db, ["refresh_families"], async () => {
      expect((await revoke()).status).toBe(500);
    });
    expect(house.takeErrors()).toHaveLength(1);
    expect((await revoke()).status).toBe(200);
    const refreshed = await requestToken(pool, { grant_type: "refresh_token", refresh_token: signedIn.RefreshToken });
    expect(refreshed.status).toBe(400);
  });
});

describe("X-07: what is configured and does not work", () => {
  const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

  it.each(["PreAuthentication", "PreTokenGeneration", "PostAuthentication"] as const)(
    "lets nobody in: a %s function that leads nowhere, that is away, or that answers nonsense",
    async (trigger) => {
      const own = await openTestHouse(
        { triggers: `${arn("away")}=http://127.0.0.1:1/away` },
        {
          triggers: {
            [arn("nonsense")]: () => "nonsense",
            [arn("other")]: () => ({ response: "nonsense" }),
            // HTP-14: what it says stands in a header as well, in which there are no line breaks.
            [arn("throws")]: () => Promise.reject(new Error("no\r\nset-cookie: forged=1\r\n\u00e9\u{1F511}")),
          },
        },
      );
      try {
        for (const name of ["nowhere", "away", "nonsense", "other", "throws"]) {
          const broken = await makePool(own, { client: { GenerateSecret: false } });
          await broken.createUser("jane@example.com");
          const { UserPoolId } = broken;
          await own.api.updateUserPool({
            UserPoolId,
            AutoVerifiedAttributes: ["email"],
            LambdaConfig: { [trigger]: arn(name) },
          });
          const asked = own.api.initiateAuth({
            ClientId: broken.ClientId,
            AuthFlow: "USER_PASSWORD_AUTH",
            AuthParameters: { USERNAME: "jane@example.com", PASSWORD: password },
          });
          expect((await refusalOf(asked)).name, name).toMatch(/Lambda/);
        }
      } finally {
        await own.close();
      }
      own.takeErrors();
    },
  );

  it("gives no tokens to who has no second factor where the pool wants one", async () => {
    const strict = await makePool(house, { client: { GenerateSecret: false } });
    await strict.createUser("strict@example.com");
    await house.api.setUserPoolMfaConfig({
      UserPoolId: strict.UserPoolId,
      MfaConfiguration: "ON",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const asked = await house.api.initiateAuth({
      ClientId: strict.ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "strict@example.com", PASSWORD: password },
    });
    expect([asked.AuthenticationResult, asked.ChallengeName]).toEqual([undefined, "MFA_SETUP"]);
  });
});
