import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { createSrpSession, proofOf, type Step } from "../../test/support/signing-in.ts";
import { readInbox } from "../messages/inbox.ts";

const house = useHouse();
let pool: TestPool;
let ClientId: string;
let UserPoolId: string;

beforeAll(async () => {
  pool = await makePool(house, {
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] } } },
    client: { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_AUTH"], PreventUserExistenceErrors: "ENABLED" },
  });
  ({ ClientId, UserPoolId } = pool);
});

const begin = (USERNAME: string, more: Record<string, string> = {}, Session?: string): Promise<Step> =>
  house.api.initiateAuth({ ClientId, AuthFlow: "USER_AUTH", AuthParameters: { USERNAME, ...more }, Session });

const respond = (asked: Step, USERNAME: string, answer: Record<string, string>): Promise<Step> =>
  house.api.respondToAuthChallenge({
    ClientId,
    ChallengeName: asked.ChallengeName,
    Session: asked.Session,
    ChallengeResponses: { USERNAME, ...answer },
  });

describe("a sign-in by choice", () => {
  it("offers what the user can use, and takes the password with the choice", async () => {
    await pool.createUser("choice@example.com");
    const asked = await begin("choice@example.com");
    expect(asked).toMatchObject({
      ChallengeName: "SELECT_CHALLENGE",
      AvailableChallenges: ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"],
    });
    const done = await respond(asked, "choice@example.com", { ANSWER: "PASSWORD", PASSWORD: password });
    expect(done.AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it("keeps the choice open after a wrong password", async () => {
    await pool.createUser("open@example.com");
    const asked = await begin("open@example.com");
    const answer = (PASSWORD: string) => respond(asked, "open@example.com", { ANSWER: "PASSWORD", PASSWORD });
    expect((await refusalOf(answer("Wr0ng-one!"))).message).toBe("Incorrect username or password.");
    expect((await answer(password)).AuthenticationResult).toBeTruthy();
  });

  it("asks for the password when it did not come with the choice", async () => {
    await pool.createUser("later@example.com");
    const asked = await respond(await begin("later@example.com"), "later@example.com", { ANSWER: "PASSWORD" });
    expect(asked.ChallengeName).toBe("PASSWORD");
    expect((await respond(asked, "later@example.com", { PASSWORD: password })).AuthenticationResult).toBeTruthy();
  });

  it("goes by SRP", async () => {
    await pool.createUser("srp@example.com");
    const session = createSrpSession("srp@example.com", password, UserPoolId, false);
    const asked = await begin("srp@example.com", { PREFERRED_CHALLENGE: "PASSWORD_SRP", SRP_A: session.largeA });
    expect(asked.ChallengeName).toBe("PASSWORD_VERIFIER");
    const done = await house.api.respondToAuthChallenge(proofOf(session, ClientId, asked));
    expect(done.AuthenticationResult).toBeTruthy();
  });

  it("goes straight to what is preferred, with eight digits by mail", async () => {
    await pool.createUser("prefers@example.com");
    const asked = await begin("prefers@example.com", { PREFERRED_CHALLENGE: "EMAIL_OTP" });
    expect(asked).toMatchObject({ ChallengeName: "EMAIL_OTP", AvailableChallenges: ["EMAIL_OTP"] });
    const EMAIL_OTP_CODE = await house.codeFor("prefers@example.com");
    expect(EMAIL_OTP_CODE).toMatch(/^\d{8}$/);
    expect((await refusalOf(respond(asked, "prefers@example.com", { EMAIL_OTP_CODE: "00000000" }))).name).toBe(
      "CodeMismatchException",
    );
    expect((await respond(asked, "prefers@example.com", { EMAIL_OTP_CODE })).AuthenticationResult).toBeTruthy();
  });

  it("signs in by the password in one call", async () => {
    await pool.createUser("one-call@example.com");
    const done = await begin("one-call@example.com", { PREFERRED_CHALLENGE: "PASSWORD", PASSWORD: password });
    expect(done.AuthenticationResult).toBeTruthy();
  });

  it("offers the choice where what is preferred is not to be had", async () => {
    await pool.createUser("no-passkey@example.com");
    expect((await begin("no-passkey@example.com", { PREFERRED_CHALLENGE: "WEB_AUTHN" })).ChallengeName).toBe(
      "SELECT_CHALLENGE",
    );
  });

  it("offers a user with a temporary password nothing else", async () => {
    await house.api.adminCreateUser({
      UserPoolId,
      Username: "temporary@example.com",
      TemporaryPassword: "Temp0rary!",
      MessageAction: "SUPPRESS",
    });
    expect((await begin("temporary@example.com")).AvailableChallenges).toEqual(["PASSWORD_SRP", "PASSWORD"]);
  });

  it("offers nobody what the pool offers, and lets nobody in", async () => {
    const asked = await begin("nobody@example.com");
    expect(asked.ChallengeName).toBe("SELECT_CHALLENGE");
    const mailed = await begin("nobody@example.com", { PREFERRED_CHALLENGE: "EMAIL_OTP" });
    expect(mailed.ChallengeParameters).toEqual({
      CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL",
      CODE_DELIVERY_DESTINATION: "n***@e***",
    });
    expect((await refusalOf(respond(mailed, "nobody@example.com", { EMAIL_OTP_CODE: "12345678" }))).name).toBe(
      "CodeMismatchException",
    );
    const wrong = respond(asked, "nobody@example.com", { ANSWER: "PASSWORD", PASSWORD: password });
    expect((await refusalOf(wrong)).message).toBe("Incorrect username or password.");
  });

  it("MFA-18: sends five codes an hour and takes twenty guesses, and says no more of somebody than of nobody", async () => {
    await pool.createUser("bombed@example.com");
    const outcomesOf = async (name: string) => {
      const asked = await Promise.all(
        Array.from({ length: 12 }, () =>
          begin(name, { PREFERRED_CHALLENGE: "EMAIL_OTP" }).catch(({ name: error, message }: Error) => ({
            ChallengeName: `${error}: ${message}`,
          })),
        ),
      );
      const guesses: string[] = [];
      for (const open of asked.filter((step): step is Step => "Session" in step).slice(0, 3)) {
        for (let guess = 0; guess < 8; guess++) {
          guesses.push((await refusalOf(respond(open, name, { EMAIL_OTP_CODE: "0" }))).name);
        }
      }
      return { asked: asked.map(({ ChallengeName }) => ChallengeName).toSorted(), guesses };
    };
    const somebody = await outcomesOf("bombed@example.com");
    expect(somebody.asked).toEqual([
      ...Array(5).fill("EMAIL_OTP"),
      ...Array(7).fill("LimitExceededException: Attempt limit exceeded, please try after some time."),
    ]);
    expect(somebody.guesses).toEqual([
      ...Array(20).fill("CodeMismatchException"),
      ...Array(4).fill("LimitExceededException"),
    ]);
    expect(await readInbox(house.app, "bombed@example.com")).toHaveLength(5);
    expect(await outcomesOf("nobody-bombed@example.com")).toEqual(somebody);
    expect(await readInbox(house.app, "nobody-bombed@example.com")).toEqual([]);
  });

  it("MFA-04: offers no code in place of a password to who needs a second factor", async () => {
    await house.api.setUserPoolMfaConfig({
      UserPoolId,
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const strict = await makePool(house, {
      pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } } },
      client: { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_AUTH"] },
    });
    await house.api.setUserPoolMfaConfig({
      UserPoolId: strict.UserPoolId,
      MfaConfiguration: "ON",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    await strict.createUser("needs@example.com");
    const asked = await house.api.initiateAuth({
      ClientId: strict.ClientId,
      AuthFlow: "USER_AUTH",
      AuthParameters: { USERNAME: "needs@example.com", PREFERRED_CHALLENGE: "EMAIL_OTP" },
    });
    expect(asked.AvailableChallenges).toEqual(["PASSWORD_SRP", "PASSWORD"]);
  });
});

describe("a sign-up", () => {
  it("gives a session for its confirmation, which proves nothing by itself", async () => {
    const { Session } = await house.api.signUp({ ClientId, Username: "session@example.com", Password: password });
    const other = await house.api.signUp({ ClientId, Username: "other-session@example.com", Password: password });
    const confirmation = {
      ClientId,
      Username: "session@example.com",
      ConfirmationCode: await house.codeFor("session@example.com"),
    };
    expect(await refusalOf(house.api.confirmSignUp({ ...confirmation, Session: other.Session }))).toEqual({
      name: "NotAuthorizedException",
      message: "Invalid session for the user.",
    });
    await house.api.confirmSignUp({ ...confirmation, Session });
    const { Session: confirmed } = await house.api.signUp({
      ClientId,
      Username: "bare@example.com",
      Password: password,
    });
    const { UserPoolId } = pool;
    await house.api.adminConfirmSignUp({ UserPoolId, Username: "bare@example.com" });
    expect((await begin("bare@example.com", {}, confirmed)).ChallengeName).toBe("SELECT_CHALLENGE");
  });
});

describe("a confirmation", () => {
  it("leads straight into a sign-in, once", async () => {
    await house.api.signUp({ ClientId, Username: "fresh@example.com", Password: password });
    const { Session } = await house.api.confirmSignUp({
      ClientId,
      Username: "fresh@example.com",
      ConfirmationCode: await house.codeFor("fresh@example.com"),
    });
    expect(Session).toMatch(/^AYABe/);
    const stranger = begin("choice@example.com", { PREFERRED_CHALLENGE: "EMAIL_OTP" }, Session);
    expect((await refusalOf(stranger)).name).toBe("NotAuthorizedException");
    const done = await begin("fresh@example.com", { PREFERRED_CHALLENGE: "EMAIL_OTP" }, Session);
    expect(done.AuthenticationResult?.AccessToken).toBeTruthy();
    expect((await refusalOf(begin("fresh@example.com", {}, Session))).message).toBe(
      "Invalid session for the user, session can only be used once.",
    );
  });

  it("is of who does without a password", async () => {
    const { UserSub } = await house.api.signUp({ ClientId, Username: "passwordless@example.com" });
    expect(UserSub).toBeTruthy();
    await house.api.confirmSignUp({
      ClientId,
      Username: "passwordless@example.com",
      ConfirmationCode: await house.codeFor("passwordless@example.com"),
    });
    expect((await begin("passwordless@example.com")).AvailableChallenges).toEqual(["EMAIL_OTP"]);
  });
});
