/** What was proved or given before something ended it must count for nothing after. */
import { beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, codeFor, requestToken } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { signIn } from "../support/people.ts";
import { makePool, password, postmanCallback, type TestPool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";
import { authenticatorCode } from "../support/signing-in.ts";

const house = useHouse();
let pool: TestPool;
let made = 0;

const flows = { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH" as const] };

beforeAll(async () => {
  pool = await makePool(house, {
    client: {
      GenerateSecret: false,
      ...flows,
    },
  });
  await house.api.setUserPoolMfaConfig({
    UserPoolId: pool.UserPoolId,
    MfaConfiguration: "OPTIONAL",
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
});

const temporary = "Temp0rary!";
const later = "Set-l8ter!";
const invalid = { name: "NotAuthorizedException", message: "Invalid session for the user." };

const begin = (USERNAME: string, PASSWORD: string, { ClientId } = pool) =>
  house.api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME, PASSWORD } });

/** What an administrator or the user does about a password that has come into the wrong hands. */
const ends = {
  "set for good": ({ UserPoolId }: TestPool, Username: string) =>
    house.api.adminSetUserPassword({ UserPoolId, Username, Password: later, Permanent: true }),
  "set for once": ({ UserPoolId }: TestPool, Username: string) =>
    house.api.adminSetUserPassword({ UserPoolId, Username, Password: later }),
  "signed out everywhere": ({ UserPoolId }: TestPool, Username: string) =>
    house.api.adminUserGlobalSignOut({ UserPoolId, Username }),
};

describe("a sign-in that waits", () => {
  const waiting = {
    "for a new password": async () => {
      const USERNAME = `waits-${++made}@example.com`;
      const { UserPoolId, ClientId } = pool;
      await house.api.adminCreateUser({
        UserPoolId,
        Username: USERNAME,
        TemporaryPassword: temporary,
        MessageAction: "SUPPRESS",
      });
      const { Session, ChallengeName } = await begin(USERNAME, temporary);
      expect(ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
      const ChallengeResponses = { USERNAME, NEW_PASSWORD: "Of-the-th1ef" };
      return {
        of: pool,
        USERNAME,
        goOn: () =>
          house.api.respondToAuthChallenge({
            ClientId,
            ChallengeName: "NEW_PASSWORD_REQUIRED",
            Session,
            ChallengeResponses,
          }),
      };
    },
    "for a second factor": async () => {
      const USERNAME = `waits-${++made}@example.com`;
      const { ClientId } = pool;
      await pool.createUser(USERNAME);
      const AccessToken = await signIn(house, pool, USERNAME);
      const { SecretCode = "" } = await house.api.associateSoftwareToken({ AccessToken });
      await house.api.verifySoftwareToken({ AccessToken, UserCode: authenticatorCode(house, SecretCode, -1) });
      const SoftwareTokenMfaSettings = { Enabled: true };
      await house.api.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings });
      const { Session, ChallengeName } = await begin(USERNAME, password);
      expect(ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
      const ChallengeResponses = { USERNAME, SOFTWARE_TOKEN_MFA_CODE: authenticatorCode(house, SecretCode) };
      return {
        of: pool,
        USERNAME,
        goOn: () =>
          house.api.respondToAuthChallenge({
            ClientId,
            ChallengeName: "SOFTWARE_TOKEN_MFA",
            Session,
            ChallengeResponses,
          }),
      };
    },
    "for an authenticator": async () => {
      const USERNAME = `waits-${++made}@example.com`;
      const strict = await makePool(house, { client: { GenerateSecret: false, ...flows } });
      await house.api.setUserPoolMfaConfig({
        UserPoolId: strict.UserPoolId,
        MfaConfiguration: "ON",
        SoftwareTokenMfaConfiguration: { Enabled: true },
      });
      await strict.createUser(USERNAME);
      const { Session, ChallengeName } = await begin(USERNAME, password, strict);
      expect(ChallengeName).toBe("MFA_SETUP");
      return { of: strict, USERNAME, goOn: () => house.api.associateSoftwareToken({ Session }) };
    },
  } as const;
  const kinds = ["for a new password", "for a second factor", "for an authenticator"] as const;
  const cases = kinds.flatMap((what) =>
    (["set for good", "set for once", "signed out everywhere"] as const).map((end) => [what, end] as const),
  );

  it.each(cases)("%s ends when its user's password is %s", async (what, end) => {
    const { of, USERNAME, goOn } = await waiting[what]();
    house.clock.advance(1);
    await ends[end](of, USERNAME);
    expect(await refusalOf(goOn())).toEqual(invalid);
    if (end !== "set for good") return;
    const { AuthenticationResult, ChallengeName } = await begin(USERNAME, later, of);
    expect(AuthenticationResult?.AccessToken ?? ChallengeName).toBeTruthy();
  });

  it.each(kinds)("%s goes on where nothing ended it", async (what) => {
    const { goOn } = await waiting[what]();
    house.clock.advance(1);
    await expect(goOn()).resolves.toBeTruthy();
  });
});

describe("a code that a browser has brought", () => {
  it.each([
    ["signed out everywhere", (Username: string) => ends["signed out everywhere"](pool, Username)],
    [
      "disabled for a while",
      async (Username: string) => {
        await house.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username });
        await house.api.adminEnableUser({ UserPoolId: pool.UserPoolId, Username });
      },
    ],
  ] as const)("is worth nothing once its user was %s", async (_what, end) => {
    const username = `code-${++made}@example.com`;
    await pool.createUser(username);
    const redeem = (code: string) =>
      requestToken(
        pool,
        { grant_type: "authorization_code", client_id: pool.ClientId, code, redirect_uri: postmanCallback },
        {},
      );
    const before = await codeFor(authorizeUrl(pool), username, password);
    await end(username);
    const refused = await redeem(before);
    expect([refused.status, await refused.json()]).toEqual([400, { error: "invalid_grant" }]);
    // Within the very millisecond a later sign-in is good.
    expect((await redeem(await codeFor(authorizeUrl(pool), username, password))).status).toBe(200);
  });
});
