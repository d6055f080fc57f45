import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { signInBySrp } from "../../test/support/signing-in.ts";
import { eventsOf, goodPassword, makeWatchedPool, signInFrom } from "../../test/support/watched.ts";
import { sweep } from "../database/sweep.ts";
import { feedbackToken } from "./feedback.ts";

const house = useHouse();
let pool: TestPool;
let ClientId: string;
let UserPoolId: string;

beforeAll(async () => {
  pool = await makeWatchedPool(house, "AUDIT");
  ({ ClientId, UserPoolId } = pool);
});

const signIn = (USERNAME: string, PASSWORD = password) =>
  house.api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME, PASSWORD } });

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

describe("a sign-in", () => {
  it("is an event by the id that its tokens carry, with where it came from", async () => {
    const sub = await pool.createUser("plain@example.com");
    const { AuthenticationResult } = await signInFrom(house, pool, "plain@example.com", {
      address: "203.0.113.9",
      device: "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0",
    });
    expect(await eventsOf(house, pool, sub)).toEqual([
      {
        EventId: claimsOf(AuthenticationResult?.AccessToken ?? "")["event_id"],
        EventType: "SignIn",
        CreationDate: new Date(house.clock.now()),
        EventResponse: "Pass",
        EventRisk: { RiskDecision: "NoRisk", CompromisedCredentialsDetected: true },
        ChallengeResponses: [{ ChallengeName: "Password", ChallengeResponse: "Success" }],
        EventContextData: { IpAddress: "203.0.113.9", DeviceName: "Firefox 126, Linux" },
      },
    ]);
  });

  it("by a public call comes from the caller, or from where a client with a secret says", async () => {
    const sub = await pool.createUser("public@example.com");
    await signIn("public@example.com");
    const [event] = await eventsOf(house, pool, sub);
    expect(event?.EventContextData?.IpAddress).toMatch(/^(127\.0\.0\.1|::1)$/);
    expect(event?.EventContextData?.DeviceName).toMatch(/^aws-sdk-js/);
    const teller = await makeWatchedPool(house, "AUDIT", {
      client: { GenerateSecret: true, EnablePropagateAdditionalUserContextData: true },
    });
    const told = await teller.createUser("told@example.com");
    await house.api.initiateAuth({
      ClientId: teller.ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: {
        USERNAME: "told@example.com",
        PASSWORD: password,
        SECRET_HASH: teller.hashOf("told@example.com"),
      },
      UserContextData: { IpAddress: "203.0.113.77" },
    });
    expect((await eventsOf(house, teller, told))[0]?.EventContextData?.IpAddress).toBe("203.0.113.77");
  });

  it("that fails is recorded, each by itself, and one of nobody is not", async () => {
    const sub = await pool.createUser("wrong@example.com");
    for (const PASSWORD of ["wrong-1", "wrong-2"]) {
      expect(await refusalOf(signIn("wrong@example.com", PASSWORD))).toMatchObject({ name: "NotAuthorizedException" });
    }
    await refusalOf(signIn("nobody@example.com"));
    const events = await eventsOf(house, pool, sub);
    expect(events).toHaveLength(2);
    for (const event of events) {
      expect(event).toMatchObject({
        EventType: "SignIn",
        EventResponse: "Fail",
        ChallengeResponses: [{ ChallengeName: "Password", ChallengeResponse: "Failure" }],
      });
    }
  });

  it("that waits for an answer is in progress, and then what has become of it", async () => {
    const { api } = house;
    const email = "waiting@example.com";
    const User = await api.adminCreateUser({
      UserPoolId,
      Username: email,
      TemporaryPassword: password,
      MessageAction: "SUPPRESS",
    });
    const sub = User.User?.Username ?? "";
    const asked = await signIn(email);
    expect(await eventsOf(house, pool, sub)).toMatchObject([{ EventResponse: "InProgress" }]);
    const answer = (NEW_PASSWORD: string) =>
      api.respondToAuthChallenge({
        ClientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: asked.Session,
        ChallengeResponses: { USERNAME: email, NEW_PASSWORD },
      });
    await refusalOf(answer("short"));
    expect(await eventsOf(house, pool, sub)).toMatchObject([{ EventResponse: "InProgress" }]);
    await answer(goodPassword);
    expect(await eventsOf(house, pool, sub)).toMatchObject([
      {
        EventResponse: "Pass",
        EventRisk: { CompromisedCredentialsDetected: false },
        ChallengeResponses: [{ ChallengeName: "Password", ChallengeResponse: "Success" }],
      },
    ]);
    await refusalOf(answer(goodPassword));
    expect(await eventsOf(house, pool, sub)).toMatchObject([{ EventResponse: "Pass" }]);
  });

  it("by SRP is one event from question to tokens", async () => {
    const sub = await pool.createUser("srp@example.com", goodPassword);
    await signInBySrp(house, pool, { username: "srp@example.com", password: goodPassword });
    await refusalOf(signInBySrp(house, pool, { username: "srp@example.com", password: "another" }));
    const events = await eventsOf(house, pool, sub);
    expect(events.map(({ EventResponse }) => EventResponse).toSorted()).toEqual(["Fail", "Pass"]);
    expect(events.map(({ EventRisk }) => EventRisk?.CompromisedCredentialsDetected)).toEqual([false, false]);
  });

  it("of a disabled user fails", async () => {
    const sub = await pool.createUser("disabled@example.com");
    await house.api.adminDisableUser({ UserPoolId, Username: sub });
    await refusalOf(signIn("disabled@example.com"));
    expect(await eventsOf(house, pool, sub)).toMatchObject([{ EventResponse: "Fail" }]);
  });
});

describe("what else users do", () => {
  it("is recorded: signing up, asking for codes, changing and recovering the password", async () => {
    const { api } = house;
    const Username = "busy@example.com";
    const { UserSub = "" } = await api.signUp({
      ClientId,
      Username,
      Password: goodPassword,
      UserAttributes: [{ Name: "email", Value: Username }],
    });
    house.clock.advance(1000);
    await api.resendConfirmationCode({ ClientId, Username });
    await api.confirmSignUp({ ClientId, Username, ConfirmationCode: await house.codeFor(Username) });
    house.clock.advance(1000);
    await api.forgotPassword({ ClientId, Username });
    const ConfirmationCode = await house.codeFor(Username);
    house.clock.advance(1000);
    const wrong = ConfirmationCode === "000000" ? "000001" : "000000";
    await refusalOf(api.confirmForgotPassword({ ClientId, Username, ConfirmationCode: wrong, Password: goodPassword }));
    house.clock.advance(1000);
    await api.confirmForgotPassword({ ClientId, Username, ConfirmationCode, Password: goodPassword });
    house.clock.advance(1000);
    const AccessToken = (await signIn(Username, goodPassword)).AuthenticationResult?.AccessToken;
    house.clock.advance(1000);
    await refusalOf(api.changePassword({ AccessToken, PreviousPassword: "wrong-1", ProposedPassword: goodPassword }));
    house.clock.advance(1000);
    await api.changePassword({ AccessToken, PreviousPassword: goodPassword, ProposedPassword: `${goodPassword}0` });
    const events = await eventsOf(house, pool, UserSub);
    expect(events.map(({ EventType, EventResponse }) => [EventType, EventResponse])).toEqual([
      ["PasswordChange", "Pass"],
      ["PasswordChange", "Fail"],
      ["SignIn", "Pass"],
      ["ForgotPassword", "Pass"],
      ["ForgotPassword", "Fail"],
      ["ForgotPassword", "InProgress"],
      ["ResendCode", "Pass"],
      ["SignUp", "InProgress"],
    ]);
  });
});

describe("the list", () => {
  it("comes page by page, the newest first, none twice, and a token fits this list alone", async () => {
    const sub = await pool.createUser("pages@example.com");
    for (let index = 0; index < 7; index++) {
      await signIn("pages@example.com");
      if (index % 2 === 0) house.clock.advance(1000);
    }
    const seen: (string | undefined)[] = [];
    const times: number[] = [];
    let NextToken: string | undefined;
    do {
      const page = await house.api.adminListUserAuthEvents({ UserPoolId, Username: sub, MaxResults: 3, NextToken });
      seen.push(...(page.AuthEvents ?? []).map(({ EventId }) => EventId));
      times.push(...(page.AuthEvents ?? []).map(({ CreationDate }) => CreationDate?.getTime() ?? 0));
      NextToken = page.NextToken ?? NextToken;
      if (!page.NextToken) break;
    } while (seen.length < 20);
    expect(new Set(seen).size).toBe(7);
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    const whole = await house.api.adminListUserAuthEvents({ UserPoolId, Username: sub, MaxResults: 0 });
    expect(whole.AuthEvents).toHaveLength(7);
    expect(whole.NextToken).toBeUndefined();
    const other = await pool.createUser("another@example.com");
    for (const token of [NextToken, "bm90aGluZw=="]) {
      expect(
        await refusalOf(house.api.adminListUserAuthEvents({ UserPoolId, Username: other, NextToken: token })),
      ).toEqual({ name: "InvalidParameterException", message: "Invalid Pagination Token" });
    }
  });

  it("needs the add-on, and records nothing while it is off", async () => {
    const off = await makePool(house, {
      pool: { UserPoolTier: "PLUS" },
      client: { GenerateSecret: false },
    });
    const Username = await off.createUser("off@example.com");
    const AuthParameters = { USERNAME: "off@example.com", PASSWORD: password };
    await house.api.initiateAuth({ ClientId: off.ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    const calls = [
      () => house.api.adminListUserAuthEvents({ UserPoolId: off.UserPoolId, Username }),
      () =>
        house.api.adminUpdateAuthEventFeedback({
          UserPoolId: off.UserPoolId,
          Username,
          EventId: "e",
          FeedbackValue: "Valid",
        }),
      () =>
        house.api.updateAuthEventFeedback({
          UserPoolId: off.UserPoolId,
          Username,
          EventId: "e",
          FeedbackToken: "t",
          FeedbackValue: "Valid",
        }),
    ];
    for (const call of calls) {
      expect(await refusalOf(call())).toMatchObject({ name: "UserPoolAddOnNotEnabledException" });
    }
    await house.api.updateUserPool({
      UserPoolId: off.UserPoolId,
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
    });
    expect(await eventsOf(house, off, Username)).toEqual([]);
  });

  it("is kept for two years, and goes with its user", async () => {
    const old = await makeWatchedPool(house, "AUDIT");
    const sub = await old.createUser("old@example.com");
    await signInFrom(house, old, sub);
    const twoYears = 2 * 365 * 24 * 60 * 60 * 1000;
    await sweep(house.app.db, house.clock.now() + twoYears - 1);
    expect(await eventsOf(house, old, sub)).toHaveLength(1);
    await sweep(house.app.db, house.clock.now() + twoYears + 1);
    expect(await eventsOf(house, old, sub)).toEqual([]);
    await signInFrom(house, old, sub);
    await house.api.adminDeleteUser({ UserPoolId: old.UserPoolId, Username: sub });
    const left = await house.app.db
      .selectFrom("auth_events")
      .select("event_id")
      .where("pool_id", "=", old.UserPoolId)
      .execute();
    expect(left).toEqual([]);
  });
});

describe("a name that nobody has", () => {
  let hiding: TestPool;
  beforeAll(async () => {
    hiding = await makeWatchedPool(house, "AUDIT", { client: { PreventUserExistenceErrors: "ENABLED" } });
  });

  /** What an attempt writes among events, apart from whose it is. It is refused or not. */
  async function writtenBy(attempt: () => Promise<unknown>) {
    house.clock.advance(1_000);
    const since = house.clock.now();
    await attempt().catch(() => undefined);
    return house.app.db
      .selectFrom("auth_events")
      .select(["client_id", "type", "response", "details", "feedback"])
      .where("pool_id", "=", hiding.UserPoolId)
      .where("created_at", ">=", since)
      .execute();
  }

  const initiate = (AuthFlow: "USER_SRP_AUTH" | "USER_PASSWORD_AUTH", AuthParameters: Record<string, string>) =>
    house.api.initiateAuth({ ClientId: hiding.ClientId, AuthFlow, AuthParameters });
  const about = (Username: string) => ({ ClientId: hiding.ClientId, Username });
  const given = { ConfirmationCode: "000000", Password: "Brand-new1!" };
  const publicValue = "4".repeat(768);

  it.each<readonly [string, "confirmed" | "unconfirmed", (name: string) => Promise<unknown>]>([
    ["question of SRP", "confirmed", (USERNAME) => initiate("USER_SRP_AUTH", { USERNAME, SRP_A: publicValue })],
    ["password", "confirmed", (USERNAME) => initiate("USER_PASSWORD_AUTH", { USERNAME, PASSWORD: "Wr0ng-one!" })],
    ["forgotten password", "confirmed", (name) => house.api.forgotPassword(about(name))],
    ["wrong code", "confirmed", (name) => house.api.confirmForgotPassword({ ...about(name), ...given })],
    ["sign-up code", "unconfirmed", (name) => house.api.resendConfirmationCode(about(name))],
  ])("has the same written of its %s as a user, and it goes within hours", async (title, status, attempt) => {
    const domain = `${title.replaceAll(" ", "-")}.example.com`;
    const Username = `somebody@${domain}`;
    if (status === "confirmed") await hiding.createUser(Username);
    else await house.api.signUp({ ...about(Username), Password: password });
    const ofUser = await writtenBy(() => attempt(Username));
    expect(ofUser).toHaveLength(1);
    expect(await writtenBy(() => attempt(`nobody@${domain}`))).toEqual(ofUser);
    const left = () =>
      house.app.db
        .selectFrom("auth_events")
        .select("sub")
        .where("pool_id", "=", hiding.UserPoolId)
        .where("sub", "like", "nobody %")
        .execute();
    expect(await left()).toHaveLength(1);
    await sweep(house.app.db, house.clock.now() + 2 * 60 * 60 * 1000);
    expect(await left()).toEqual([]);
  });
});

describe("feedback", () => {
  it("is shown with its event: an administrator's, or by token the user's own", async () => {
    const sub = await pool.createUser("feedback@example.com");
    await signIn("feedback@example.com");
    const [event] = await eventsOf(house, pool, sub);
    const EventId = event?.EventId ?? "";
    expect(event).not.toHaveProperty("EventFeedback");
    const named = { UserPoolId, Username: "feedback@example.com", EventId };
    await house.api.adminUpdateAuthEventFeedback({ ...named, FeedbackValue: "Valid" });
    const FeedbackDate = new Date(house.clock.now());
    expect((await eventsOf(house, pool, sub))[0]?.EventFeedback).toEqual({
      FeedbackValue: "Valid",
      Provider: "Admin",
      FeedbackDate,
    });
    const FeedbackToken = await feedbackToken(house.app, { poolId: UserPoolId, sub, id: EventId });
    await house.api.updateAuthEventFeedback({ ...named, FeedbackToken, FeedbackValue: "Invalid" });
    expect((await eventsOf(house, pool, sub))[0]?.EventFeedback).toEqual({
      FeedbackValue: "Invalid",
      Provider: "User",
      FeedbackDate,
    });
  });

  it("by the token of another event, user or pool is refused, and of an event that is not there", async () => {
    const sub = await pool.createUser("strict@example.com");
    await signIn("strict@example.com");
    await signIn("strict@example.com");
    const [one, other] = await eventsOf(house, pool, sub);
    const FeedbackValue = "Valid";
    const named = { UserPoolId, Username: sub, EventId: one?.EventId ?? "" };
    const tokens = [
      "nothing",
      await feedbackToken(house.app, { poolId: UserPoolId, sub, id: other?.EventId ?? "" }),
      await feedbackToken(house.app, { poolId: UserPoolId, sub: "another", id: named.EventId }),
    ];
    for (const FeedbackToken of tokens) {
      expect(
        await refusalOf(house.api.updateAuthEventFeedback({ ...named, FeedbackToken, FeedbackValue })),
      ).toMatchObject({ name: "NotAuthorizedException" });
    }
    expect(
      await refusalOf(house.api.adminUpdateAuthEventFeedback({ ...named, EventId: "nothing", FeedbackValue })),
    ).toMatchObject({ name: "ResourceNotFoundException" });
    expect((await eventsOf(house, pool, sub))[0]).not.toHaveProperty("EventFeedback");
  });
});
