import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { authenticatorCode, createSrpSession, proofOf, type Step } from "../../test/support/signing-in.ts";

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const customTriggers = {
  DefineAuthChallenge: arnOf("define"),
  CreateAuthChallenge: arnOf("create"),
  VerifyAuthChallengeResponse: arnOf("verify"),
};
const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "x" };

/** An event as functions get it, with what the tests look at. */
interface Event {
  readonly triggerSource: string;
  readonly request: {
    readonly session: readonly {
      readonly challengeName: string;
      readonly challengeResult: boolean;
      readonly challengeMetadata: string | null;
    }[];
    readonly challengeAnswer: string;
    readonly privateChallengeParameters: Record<string, string>;
    readonly userNotFound?: boolean;
    readonly clientMetadata?: Record<string, string>;
  };
  readonly response: Record<string, unknown>;
}

let pool: TestPool;
let ClientId: string;
let define: (event: Event) => Record<string, unknown>;
const events: Event[] = [];

const answered = (event: Event, response: Record<string, unknown>) => {
  events.push(event);
  return { ...event, response: { ...event.response, ...response } };
};

const house = useHouse(
  {},
  {
    triggers: {
      [arnOf("define")]: (event: Event) => answered(event, define(event)),
      [arnOf("create")]: (event: Event) =>
        answered(event, {
          publicChallengeParameters: { question: "2+2" },
          privateChallengeParameters: { answer: "4" },
          challengeMetadata: "SUM",
        }),
      [arnOf("verify")]: (event: Event) =>
        answered(event, {
          answerCorrect: event.request.challengeAnswer === event.request.privateChallengeParameters["answer"],
        }),
    },
  },
);

beforeAll(async () => {
  pool = await makePool(house, {
    pool: {
      LambdaConfig: customTriggers,
    },
    client: {
      GenerateSecret: false,
      ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
    },
  });
  ClientId = pool.ClientId;
});

const begin = (USERNAME: string, more: Record<string, string> = {}): Promise<Step> =>
  house.api.initiateAuth({ ClientId, AuthFlow: "CUSTOM_AUTH", AuthParameters: { USERNAME, ...more } });

const respond = (asked: Step, USERNAME: string, ANSWER: string): Promise<Step> =>
  house.api.respondToAuthChallenge({
    ClientId,
    ChallengeName: asked.ChallengeName,
    Session: asked.Session,
    ChallengeResponses: { USERNAME, ANSWER },
    ClientMetadata: { from: "test" },
  });

/** Asks until an answer is right, three times at most. */
const threeTries = ({ request: { session } }: Event) => {
  const last = session.at(-1);
  if (last?.challengeName === "CUSTOM_CHALLENGE" && last.challengeResult)
    return { issueTokens: true, failAuthentication: false };
  if (session.length >= 3) return { issueTokens: false, failAuthentication: true };
  return { issueTokens: false, failAuthentication: false, challengeName: "CUSTOM_CHALLENGE" };
};

/** Asks for a password, then for a second factor of its own. */
const afterPassword = ({ request: { session } }: Event) =>
  session.length === 1 ? { challengeName: "PASSWORD_VERIFIER" } : { challengeName: "CUSTOM_CHALLENGE" };

/** The rounds that the function was last told of. */
const toldRounds = () =>
  events
    .filter(({ triggerSource }) => triggerSource === "DefineAuthChallenge_Authentication")
    .at(-1)
    ?.request.session.map(({ challengeName }) => challengeName);

const wrong = { name: "NotAuthorizedException", message: "Incorrect username or password." };

describe("a custom flow", () => {
  it("goes where the pool's functions say, and tells them every round", async () => {
    define = threeTries;
    await pool.createUser("custom@example.com");
    const first = await begin("custom@example.com");
    expect(first).toMatchObject({ ChallengeName: "CUSTOM_CHALLENGE", ChallengeParameters: { question: "2+2" } });
    expect(JSON.stringify(first)).not.toContain('"answer"');
    const second = await respond(first, "custom@example.com", "5");
    expect(second.ChallengeName).toBe("CUSTOM_CHALLENGE");
    const done = await respond(second, "custom@example.com", "4");
    expect(done.AuthenticationResult?.AccessToken).toBeTruthy();
    const last = events.filter(({ triggerSource }) => triggerSource === "DefineAuthChallenge_Authentication").at(-1);
    expect(last?.request).toMatchObject({
      session: [
        { challengeName: "CUSTOM_CHALLENGE", challengeResult: false, challengeMetadata: "SUM" },
        { challengeName: "CUSTOM_CHALLENGE", challengeResult: true, challengeMetadata: "SUM" },
      ],
      userNotFound: false,
      clientMetadata: { from: "test" },
    });
  });

  it("ends when they say so", async () => {
    define = threeTries;
    await pool.createUser("fails@example.com");
    let asked = await begin("fails@example.com");
    for (let time = 0; time < 2; time++) asked = await respond(asked, "fails@example.com", "5");
    expect(await refusalOf(respond(asked, "fails@example.com", "5"))).toEqual(wrong);
  });

  it("asks for nobody as for anybody, and never lets nobody in", async () => {
    define = threeTries;
    const asked = await begin("nobody@example.com");
    expect(events.at(-1)?.request.userNotFound).toBe(true);
    expect(await refusalOf(respond(asked, "nobody@example.com", "4"))).toEqual(wrong);
  });

  it("begins with a password by SRP where its client says so", async () => {
    define = ({ request: { session } }) => {
      if (session.length === 1)
        return { issueTokens: false, failAuthentication: false, challengeName: "PASSWORD_VERIFIER" };
      return session.length === 2
        ? { issueTokens: false, failAuthentication: false, challengeName: "CUSTOM_CHALLENGE" }
        : { issueTokens: session.at(-1)?.challengeResult === true, failAuthentication: false };
    };
    await pool.createUser("srp@example.com");
    const session = createSrpSession("srp@example.com", password, pool.UserPoolId, false);
    const asked = await begin("srp@example.com", { CHALLENGE_NAME: "SRP_A", SRP_A: session.largeA });
    expect(asked.ChallengeName).toBe("PASSWORD_VERIFIER");
    const next = await house.api.respondToAuthChallenge(proofOf(session, ClientId, asked));
    expect(next.ChallengeName).toBe("CUSTOM_CHALLENGE");
    expect(events.at(-1)?.request.session.map(({ challengeName }) => challengeName)).toEqual([
      "SRP_A",
      "PASSWORD_VERIFIER",
    ]);
    expect((await respond(next, "srp@example.com", "4")).AuthenticationResult).toBeTruthy();
  });

  it("tells of the rounds that Cognito tells of: no new password, no choice and no setting up is among them", async () => {
    const strict = await makePool(house, {
      pool: { LambdaConfig: customTriggers, SmsConfiguration },
      client: { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH"] },
    });
    const { UserPoolId } = strict;
    await house.api.setUserPoolMfaConfig({
      UserPoolId,
      MfaConfiguration: "ON",
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: { SmsConfiguration },
    });
    const Username = "rounds@example.com";
    const TemporaryPassword = "Temp0rary!";
    await house.api.adminCreateUser({ UserPoolId, Username, TemporaryPassword, MessageAction: "SUPPRESS" });
    define = afterPassword;
    const answer = (asked: Step, responses: Record<string, string>): Promise<Step> =>
      house.api.respondToAuthChallenge({
        ClientId: strict.ClientId,
        ChallengeName: asked.ChallengeName,
        Session: asked.Session,
        ChallengeResponses: { USERNAME: Username, ...responses },
      });
    const proved = async (given: string): Promise<Step> => {
      const session = createSrpSession(Username, given, UserPoolId, false);
      const asked = await house.api.initiateAuth({
        ClientId: strict.ClientId,
        AuthFlow: "CUSTOM_AUTH",
        AuthParameters: { USERNAME: Username, CHALLENGE_NAME: "SRP_A", SRP_A: session.largeA },
      });
      return house.api.respondToAuthChallenge(proofOf(session, strict.ClientId, asked));
    };

    const setUp = await answer(await proved(TemporaryPassword), { NEW_PASSWORD: password });
    expect(setUp.ChallengeName).toBe("MFA_SETUP");
    const { SecretCode = "", Session } = await house.api.associateSoftwareToken({ Session: setUp.Session });
    const UserCode = authenticatorCode(house, SecretCode);
    const verified = await house.api.verifySoftwareToken({ Session, UserCode });
    const first = await answer({ ...setUp, Session: verified.Session }, {});
    expect(first.ChallengeName).toBe("CUSTOM_CHALLENGE");
    expect(toldRounds()).toEqual(["SRP_A", "PASSWORD_VERIFIER"]);

    const phone = { Name: "phone_number", Value: "+14325551234" };
    const UserAttributes = [phone, { Name: "phone_number_verified", Value: "true" }];
    await house.api.adminUpdateUserAttributes({ UserPoolId, Username, UserAttributes });
    const both = { SMSMfaSettings: { Enabled: true }, SoftwareTokenMfaSettings: { Enabled: true } };
    await house.api.adminSetUserMFAPreference({ UserPoolId, Username, ...both });
    const choice = await proved(password);
    expect(choice.ChallengeName).toBe("SELECT_MFA_TYPE");
    const asked = await answer(choice, { ANSWER: "SOFTWARE_TOKEN_MFA" });
    await answer(asked, { SOFTWARE_TOKEN_MFA_CODE: authenticatorCode(house, SecretCode, 1) });
    expect(toldRounds()).toEqual(["SRP_A", "PASSWORD_VERIFIER", "SOFTWARE_TOKEN_MFA"]);
  });

  it.each([
    ["both ends at once", { issueTokens: true, failAuthentication: true }, "NotAuthorizedException"],
    ["nothing", {}, "InvalidLambdaResponseException"],
    ["a challenge that nobody knows", { challengeName: "GUESS" }, "InvalidLambdaResponseException"],
    ["a text in place of a flag", { issueTokens: "true" }, "InvalidLambdaResponseException"],
  ])("MFA-17: fails closed when its function says %s", async (_what, response, name) => {
    define = () => response;
    await pool.createUser("closed@example.com").catch(() => undefined);
    expect((await refusalOf(begin("closed@example.com"))).name).toBe(name);
  });

  it("MFA-17: fails closed when its function fails", async () => {
    define = () => {
      throw new Error("out of order");
    };
    expect(await refusalOf(begin("custom@example.com"))).toEqual({
      name: "UserLambdaValidationException",
      message: "DefineAuthChallenge failed with error out of order.",
    });
  });

  it("PWD-17: does not let in who is disabled, and tells it from nobody only when its function is satisfied", async () => {
    define = threeTries;
    await pool.createUser("disabled@example.com");
    await house.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username: "disabled@example.com" });
    const [asked, nobody] = [await begin("disabled@example.com"), await begin("nobody-1@example.com")];
    const isUuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const question = { question: "2+2", USERNAME: isUuid };
    expect([asked.ChallengeParameters, nobody.ChallengeParameters]).toEqual([question, question]);
    const disabled = { name: "NotAuthorizedException", message: "User is disabled." };
    expect(await refusalOf(respond(asked, "disabled@example.com", "4"))).toEqual(disabled);
    expect(await refusalOf(respond(nobody, nobody.ChallengeParameters?.["USERNAME"] ?? "", "4"))).toEqual(wrong);
  });
});
