import { describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { eventsOf, goodPassword, makeWatchedPool, signInFrom } from "../../test/support/watched.ts";

const house = useHouse();

const guarded = (AdvancedSecurityMode: "AUDIT" | "ENFORCED" | "OFF") =>
  makePool(house, { pool: { UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode } } });

const blockKnown = { Actions: { EventAction: "BLOCK" } } as const;

describe("the risk configuration", () => {
  it("shows only the pool where nothing is set", async () => {
    const { UserPoolId, ClientId } = await guarded("AUDIT");
    const { RiskConfiguration } = await house.api.describeRiskConfiguration({ UserPoolId });
    expect(RiskConfiguration).toEqual({ UserPoolId });
    const ofClient = await house.api.describeRiskConfiguration({ UserPoolId, ClientId });
    expect(ofClient.RiskConfiguration).toEqual({ UserPoolId, ClientId });
  });

  it("is kept for the pool and for a client apart, and every event is looked at where none is named", async () => {
    const { UserPoolId, ClientId } = await guarded("ENFORCED");
    const CompromisedCredentialsRiskConfiguration = { EventFilter: ["SIGN_UP" as const], ...blockKnown };
    await house.api.setRiskConfiguration({ UserPoolId, CompromisedCredentialsRiskConfiguration });
    const set = await house.api.setRiskConfiguration({
      UserPoolId,
      ClientId,
      CompromisedCredentialsRiskConfiguration: blockKnown,
      RiskExceptionConfiguration: { BlockedIPRangeList: ["192.0.2.0/24", "2001:db8::/32"] },
    });
    const shown = {
      UserPoolId,
      ClientId,
      CompromisedCredentialsRiskConfiguration: {
        EventFilter: ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"],
        ...blockKnown,
      },
      RiskExceptionConfiguration: { BlockedIPRangeList: ["192.0.2.0/24", "2001:db8::/32"] },
      LastModifiedDate: new Date(house.clock.now()),
    };
    expect(set.RiskConfiguration).toEqual(shown);
    const ofClient = await house.api.describeRiskConfiguration({ UserPoolId, ClientId });
    expect(ofClient.RiskConfiguration).toEqual(shown);
    const ofPool = await house.api.describeRiskConfiguration({ UserPoolId });
    expect(ofPool.RiskConfiguration).toMatchObject({ UserPoolId, CompromisedCredentialsRiskConfiguration });
    expect(ofPool.RiskConfiguration).not.toHaveProperty("RiskExceptionConfiguration");
  });

  it("is replaced as a whole, and forgotten by a request that sets nothing", async () => {
    const { UserPoolId } = await guarded("ENFORCED");
    await house.api.setRiskConfiguration({ UserPoolId, CompromisedCredentialsRiskConfiguration: blockKnown });
    const AccountTakeoverRiskConfiguration = {
      Actions: { HighAction: { Notify: false, EventAction: "BLOCK" as const } },
    };
    await house.api.setRiskConfiguration({ UserPoolId, AccountTakeoverRiskConfiguration });
    const replaced = await house.api.describeRiskConfiguration({ UserPoolId });
    expect(replaced.RiskConfiguration).toMatchObject({ AccountTakeoverRiskConfiguration });
    expect(replaced.RiskConfiguration).not.toHaveProperty("CompromisedCredentialsRiskConfiguration");
    expect((await house.api.setRiskConfiguration({ UserPoolId })).RiskConfiguration).toEqual({ UserPoolId });
    const reset = await house.api.describeRiskConfiguration({ UserPoolId });
    expect(reset.RiskConfiguration).toEqual({ UserPoolId });
  });

  it("goes with its client", async () => {
    const { UserPoolId } = await guarded("ENFORCED");
    const named = { UserPoolId, ClientName: "_custom_id_:riskyclient1" };
    const ClientId = "riskyclient1";
    await house.api.createUserPoolClient(named);
    await house.api.setRiskConfiguration({ UserPoolId, ClientId, CompromisedCredentialsRiskConfiguration: blockKnown });
    await house.api.deleteUserPoolClient({ UserPoolId, ClientId });
    await house.api.createUserPoolClient(named);
    const { RiskConfiguration } = await house.api.describeRiskConfiguration({ UserPoolId, ClientId });
    expect(RiskConfiguration).toEqual({ UserPoolId, ClientId });
  });

  it.each([
    ["192.0.2.1"],
    ["192.0.2.0/33"],
    ["2001:db8::/129"],
    ["192.0.2.0/24/8"],
    ["example.com/24"],
    ["192.0.2.0/"],
    ["fe80::1%eth0/64"],
  ])("refuses %s, which is no network", async (range) => {
    const { UserPoolId } = await guarded("AUDIT");
    for (const list of ["BlockedIPRangeList", "SkippedIPRangeList"]) {
      const RiskExceptionConfiguration = { [list]: [range] };
      expect(await refusalOf(house.api.setRiskConfiguration({ UserPoolId, RiskExceptionConfiguration }))).toEqual({
        name: "InvalidParameterException",
        message: "Incorrect CIDR format",
      });
    }
  });

  it("needs the add-on, and a client of the pool", async () => {
    const off = await makePool(house);
    const on = await guarded("AUDIT");
    const { UserPoolId } = off;
    for (const call of [
      () => house.api.describeRiskConfiguration({ UserPoolId }),
      () => house.api.setRiskConfiguration({ UserPoolId }),
    ]) {
      expect(await refusalOf(call())).toMatchObject({ name: "UserPoolAddOnNotEnabledException" });
    }
    const foreign = { UserPoolId: on.UserPoolId, ClientId: off.ClientId };
    for (const call of [
      () => house.api.describeRiskConfiguration(foreign),
      () => house.api.setRiskConfiguration(foreign),
    ]) {
      expect(await refusalOf(call())).toMatchObject({ name: "ResourceNotFoundException" });
    }
  });
});

describe("PWD-15: a new password that attackers know", () => {
  const known = ["Password1!", "Summer2024!", "Qwerty123!", "Known.Person1@example.com"];
  const refused = {
    name: "InvalidPasswordException",
    message: "Provided password cannot be used for security reasons.",
  };
  const email = "Known.Person1@example.com";

  /** A pool that refuses known passwords at these events, and every way to set one. */
  async function waysToSet(EventFilter: ("SIGN_IN" | "SIGN_UP" | "PASSWORD_CHANGE")[], mode: "AUDIT" | "ENFORCED") {
    const pool = await makeWatchedPool(house, mode);
    const { UserPoolId, ClientId } = pool;
    await house.api.setRiskConfiguration({
      UserPoolId,
      CompromisedCredentialsRiskConfiguration: { EventFilter, Actions: { EventAction: "BLOCK" } },
    });
    const sub = await pool.createUser(email, goodPassword);
    const { AuthenticationResult } = await signInFrom(house, pool, email, { given: goodPassword });
    const { api } = house;
    const ways: Record<string, (given: string) => Promise<unknown>> = {
      SignUp: (Password) => {
        const UserAttributes = [{ Name: "email", Value: `new.${email}` }];
        const Username = `new.${email}`;
        return api.signUp({ ClientId, Username, Password, UserAttributes });
      },
      ChangePassword: (ProposedPassword) =>
        api.changePassword({
          AccessToken: AuthenticationResult?.AccessToken,
          PreviousPassword: goodPassword,
          ProposedPassword,
        }),
      ConfirmForgotPassword: async (Password) => {
        // The inbox tells messages apart by their time.
        house.clock.advance(1);
        await api.forgotPassword({ ClientId, Username: email });
        const ConfirmationCode = await house.codeFor(email);
        return api.confirmForgotPassword({ ClientId, Username: email, ConfirmationCode, Password });
      },
      AdminSetUserPassword: (Password) =>
        api.adminSetUserPassword({ UserPoolId, Username: email, Password, Permanent: true }),
      NEW_PASSWORD_REQUIRED: async (NEW_PASSWORD) => {
        await api.adminSetUserPassword({ UserPoolId, Username: email, Password: goodPassword, Permanent: false });
        const { Session } = await signInFrom(house, pool, email, { given: goodPassword });
        return api.adminRespondToAuthChallenge({
          UserPoolId,
          ClientId,
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          Session,
          ChallengeResponses: { USERNAME: email, NEW_PASSWORD },
        });
      },
    };
    return { pool, sub, ways };
  }

  it.each(["SignUp", "ChangePassword", "ConfirmForgotPassword", "AdminSetUserPassword", "NEW_PASSWORD_REQUIRED"])(
    "is refused by %s where the pool blocks it, and a good one is taken",
    async (name) => {
      const { ways } = await waysToSet(["SIGN_UP", "PASSWORD_CHANGE"], "ENFORCED");
      const set = ways[name] ?? (() => Promise.reject(new Error(name)));
      const own = name === "SignUp" ? known.slice(0, -1) : known;
      // ChangePassword is tried five times an hour.
      for (const given of own) expect(await refusalOf(set(given))).toEqual(refused);
      await set(`${goodPassword}0`);
    },
  );

  it("is taken where the pool blocks other events, or only watches, and the event says so", async () => {
    const others = await waysToSet(["SIGN_IN"], "ENFORCED");
    await others.ways["AdminSetUserPassword"]?.("Password1!");
    const watched = await waysToSet(["SIGN_UP", "PASSWORD_CHANGE"], "AUDIT");
    await watched.ways["ChangePassword"]?.("Password1!");
    const [event] = await eventsOf(house, watched.pool, watched.sub);
    expect(event).toMatchObject({
      EventType: expect.stringMatching("PasswordChange|SignIn"),
      EventResponse: "Pass",
    });
    const changed = (await eventsOf(house, watched.pool, watched.sub)).find(
      ({ EventType }) => EventType === "PasswordChange",
    );
    expect(changed?.EventRisk?.CompromisedCredentialsDetected).toBe(true);
  });
});

describe("signing in with a password that attackers know", () => {
  const block = { EventFilter: ["SIGN_IN" as const], ...blockKnown };

  it("ends in a reset where the pool blocks it, and only for who gives the right one", async () => {
    const pool = await makeWatchedPool(house, "ENFORCED");
    const { UserPoolId } = pool;
    const sub = await pool.createUser("weak@example.com");
    expect((await signInFrom(house, pool, sub)).AuthenticationResult).toBeDefined();
    await house.api.setRiskConfiguration({ UserPoolId, CompromisedCredentialsRiskConfiguration: block });
    expect(await refusalOf(signInFrom(house, pool, sub, { given: "Password2!" }))).toEqual({
      name: "NotAuthorizedException",
      message: "Incorrect username or password.",
    });
    expect(await refusalOf(signInFrom(house, pool, sub))).toEqual({
      name: "PasswordResetRequiredException",
      message: "Password reset required for user due to security reasons",
    });
    expect(await house.api.adminGetUser({ UserPoolId, Username: sub })).toMatchObject({ UserStatus: "RESET_REQUIRED" });
    expect(await refusalOf(signInFrom(house, pool, sub))).toEqual({
      name: "PasswordResetRequiredException",
      message: "Password reset required for the user",
    });
    const blocked = (await eventsOf(house, pool, sub)).filter(({ EventRisk }) => EventRisk?.RiskDecision === "Block");
    expect(blocked).toMatchObject([
      { EventResponse: "Fail", EventRisk: { RiskDecision: "Block", CompromisedCredentialsDetected: true } },
    ]);
    await house.api.adminSetUserPassword({ UserPoolId, Username: sub, Password: goodPassword, Permanent: true });
    expect((await signInFrom(house, pool, sub, { given: goodPassword })).AuthenticationResult).toBeDefined();
  });

  it("is only recorded where the pool watches, and where it does not block it", async () => {
    for (const mode of ["AUDIT", "ENFORCED"] as const) {
      const pool = await makeWatchedPool(house, mode);
      const { UserPoolId } = pool;
      const settings = mode === "AUDIT" ? block : { ...block, Actions: { EventAction: "NO_ACTION" as const } };
      await house.api.setRiskConfiguration({ UserPoolId, CompromisedCredentialsRiskConfiguration: settings });
      const sub = await pool.createUser("weak@example.com", password);
      await signInFrom(house, pool, sub);
      expect(await eventsOf(house, pool, sub)).toMatchObject([
        { EventResponse: "Pass", EventRisk: { RiskDecision: "NoRisk", CompromisedCredentialsDetected: true } },
      ]);
    }
  });
});
