/** Attacks on signing in: degenerate values at every door, proofs in other names, states that no proof gets past. */
import { beforeAll, describe, expect, it } from "vitest";
import { prime } from "../../src/lib/modular-power.ts";
import { authorizeUrl, messageOf, newVisitor, requestToken, signIn as signInOnPage } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { attributeList, makePerson, signIn } from "../support/people.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";
import { authenticatorCode, createSrpSession, proofOf, type Step, signInBySrp } from "../support/signing-in.ts";

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const define = ({ response }: { readonly response: object }) => ({
  response: { ...response, challengeName: "CUSTOM_CHALLENGE", issueTokens: false, failAuthentication: false },
});
const house = useHouse(
  {},
  { triggers: { [arn("define")]: (event) => define(event as never), [arn("other")]: (event) => event } },
);
let pool: TestPool;
let made = 0;

const everyFlow = {
  GenerateSecret: false,
  PreventUserExistenceErrors: "ENABLED" as const,
  ExplicitAuthFlows: [
    "ALLOW_USER_SRP_AUTH" as const,
    "ALLOW_USER_PASSWORD_AUTH" as const,
    "ALLOW_ADMIN_USER_PASSWORD_AUTH" as const,
    "ALLOW_USER_AUTH" as const,
    "ALLOW_CUSTOM_AUTH" as const,
    "ALLOW_REFRESH_TOKEN_AUTH" as const,
  ],
};

const passwordless = { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD" as const, "EMAIL_OTP" as const] } };

beforeAll(async () => {
  pool = await makePool(house, {
    pool: {
      Policies: passwordless,
      LambdaConfig: {
        DefineAuthChallenge: arn("define"),
        CreateAuthChallenge: arn("other"),
        VerifyAuthChallengeResponse: arn("other"),
      },
    },
    client: everyFlow,
  });
});

const newName = () => `person-${++made}@example.com`;
const wrong = { name: "NotAuthorizedException", message: "Incorrect username or password." };
const badSession = { name: "NotAuthorizedException", message: "Invalid session for the user." };

const initiate = (
  AuthFlow: "USER_SRP_AUTH" | "USER_AUTH" | "CUSTOM_AUTH" | "USER_PASSWORD_AUTH",
  AuthParameters: Record<string, string>,
): Promise<Step> => house.api.initiateAuth({ ClientId: pool.ClientId, AuthFlow, AuthParameters });

const respond = (asked: Step, USERNAME: string, answer: Record<string, string>): Promise<Step> =>
  house.api.respondToAuthChallenge({
    ClientId: pool.ClientId,
    ChallengeName: asked.ChallengeName,
    Session: asked.Session,
    ChallengeResponses: { USERNAME, ...answer },
  });

describe("a public value that proves nothing", () => {
  const doors: Readonly<Record<string, (USERNAME: string, SRP_A: string) => Promise<unknown>>> = {
    USER_SRP_AUTH: (USERNAME, SRP_A) => initiate("USER_SRP_AUTH", { USERNAME, SRP_A }),
    "USER_AUTH that prefers SRP": (USERNAME, SRP_A) =>
      initiate("USER_AUTH", { USERNAME, SRP_A, PREFERRED_CHALLENGE: "PASSWORD_SRP" }),
    "the choice of SRP": async (USERNAME, SRP_A) =>
      respond(await initiate("USER_AUTH", { USERNAME }), USERNAME, { ANSWER: "PASSWORD_SRP", SRP_A }),
    "SRP that was chosen before": async (USERNAME, SRP_A) =>
      respond(
        await respond(await initiate("USER_AUTH", { USERNAME }), USERNAME, { ANSWER: "PASSWORD_SRP" }),
        USERNAME,
        { SRP_A },
      ),
    "CUSTOM_AUTH that begins with SRP": (USERNAME, SRP_A) =>
      initiate("CUSTOM_AUTH", { USERNAME, SRP_A, CHALLENGE_NAME: "SRP_A" }),
  };
  const values = [
    ["zero", "0"],
    ["the prime", prime.toString(16)],
    ["three times the prime", (3n * prime).toString(16)],
    ["one below the prime", (prime - 1n).toString(16)],
    ["an odd number of digits that are none", "xyz"],
  ] as const;
  const cases = Object.keys(doors).flatMap((door) => values.map(([what, value]) => [door, what, value] as const));

  it.each(cases)("SRP-01, SRP-02, SRP-03: is refused at %s: %s", async (door, _what, value) => {
    const name = newName();
    await pool.createUser(name);
    expect((await refusalOf(doors[door]?.(name, value) ?? Promise.resolve())).name).toBe("InvalidParameterException");
    // Nothing was tried, so nothing is counted.
    const counted = await house.app.db.selectFrom("password_failures").selectAll().execute();
    expect(counted.filter(({ failures }) => failures > 0)).toEqual([]);
  });
});

describe("a proof by SRP", () => {
  const begin = async (name: string) => {
    const session = createSrpSession(name, password, pool.UserPoolId, false);
    const asked = await initiate("USER_SRP_AUTH", { USERNAME: name, SRP_A: session.largeA });
    return { asked, proof: proofOf(session, pool.ClientId, asked) };
  };

  it("SRP-05: in the name of another user is refused, and its session is spent", async () => {
    const [mine, other] = [newName(), newName()];
    await pool.createUser(mine);
    const sub = await pool.createUser(other);
    for (const USERNAME of [other, sub]) {
      const { proof } = await begin(mine);
      const stolen = { ...proof, ChallengeResponses: { ...proof.ChallengeResponses, USERNAME } };
      expect(await refusalOf(house.api.respondToAuthChallenge(stolen))).toEqual(badSession);
      expect((await refusalOf(house.api.respondToAuthChallenge(proof))).message).toBe(
        "Invalid session for the user, session can only be used once.",
      );
    }
  });

  it("SRP-08: is refused to another client, to a client of another pool, and after its three minutes", async () => {
    const name = newName();
    await pool.createUser(name);
    const second = await house.api.createUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientName: "second",
      ...everyFlow,
    });
    const other = await makePool(house, { client: everyFlow });
    await other.createUser(name);
    for (const ClientId of [second.UserPoolClient?.ClientId, other.ClientId]) {
      for (const isWithSession of [true, false]) {
        const { proof } = await begin(name);
        const { Session, ...without } = proof;
        const call = { ...without, ClientId, ...(isWithSession && { Session }) };
        expect(await refusalOf(house.api.respondToAuthChallenge(call))).toEqual(badSession);
        expect((await house.api.respondToAuthChallenge(proof)).AuthenticationResult).toBeTruthy();
      }
    }
    const { proof } = await begin(name);
    house.clock.advance(3 * 60_000);
    expect((await refusalOf(house.api.respondToAuthChallenge(proof))).message).toBe(
      "Invalid session for the user, session is expired.",
    );
  });

  it("SRP-11: of a user without a password is asked and refused as of nobody", async () => {
    const name = newName();
    await house.api.signUp({ ClientId: pool.ClientId, Username: name });
    const ConfirmationCode = await house.codeFor(name);
    await house.api.confirmSignUp({ ClientId: pool.ClientId, Username: name, ConfirmationCode });
    const [one, nobody] = [await begin(name), await begin("nobody@example.com")];
    expect(Object.keys(one.asked.ChallengeParameters ?? {})).toEqual(
      Object.keys(nobody.asked.ChallengeParameters ?? {}),
    );
    const again = await begin(name);
    expect(again.asked.ChallengeParameters?.["SALT"]).toBe(one.asked.ChallengeParameters?.["SALT"]);
    for (const { proof } of [one, nobody, again]) {
      expect(await refusalOf(house.api.respondToAuthChallenge(proof))).toEqual(wrong);
    }
  });

  it("MFA-01: that is due is not given by a code that would be due after it", async () => {
    const factors = await makePool(house, { client: everyFlow });
    const { UserPoolId, ClientId } = factors;
    await house.api.setUserPoolMfaConfig({
      UserPoolId,
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const name = newName();
    await factors.createUser(name);
    const AccessToken = await signIn(house, factors, name);
    const { SecretCode = "" } = await house.api.associateSoftwareToken({ AccessToken });
    await house.api.verifySoftwareToken({ AccessToken, UserCode: authenticatorCode(house, SecretCode, -1) });
    await house.api.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true } });
    const session = createSrpSession(name, password, UserPoolId, false);
    const asked = await house.api.initiateAuth({
      ClientId,
      AuthFlow: "USER_SRP_AUTH",
      AuthParameters: { USERNAME: name, SRP_A: session.largeA },
    });
    const SOFTWARE_TOKEN_MFA_CODE = authenticatorCode(house, SecretCode);
    for (const ChallengeName of ["SOFTWARE_TOKEN_MFA", "SELECT_MFA_TYPE", "MFA_SETUP", "DEVICE_SRP_AUTH"] as const) {
      const early = house.api.respondToAuthChallenge({
        ClientId,
        ChallengeName,
        Session: asked.Session,
        ChallengeResponses: { USERNAME: name, SOFTWARE_TOKEN_MFA_CODE, ANSWER: "SOFTWARE_TOKEN_MFA" },
      });
      expect(await refusalOf(early), ChallengeName).toEqual(badSession);
    }
    const due = await house.api.respondToAuthChallenge(proofOf(session, ClientId, asked));
    expect(due.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const answer = {
      ClientId,
      ChallengeName: due.ChallengeName,
      Session: due.Session,
      ChallengeResponses: { USERNAME: name, SOFTWARE_TOKEN_MFA_CODE },
    };
    // MFA-02: of any number at once, and of any number after it.
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => house.api.respondToAuthChallenge(answer)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await refusalOf(house.api.respondToAuthChallenge(answer))).message).toBe(
      "Invalid session for the user, session can only be used once.",
    );
  });
});

describe("PWD-05: guesses by every name of one user", () => {
  it("are counted as one", async () => {
    const named = await makePool(house, {
      pool: {
        UsernameAttributes: undefined,
        AliasAttributes: ["email", "phone_number", "preferred_username"],
        UsernameConfiguration: { CaseSensitive: false },
      },
      client: everyFlow,
    });
    const contacts = { email: "many@example.com", email_verified: "true" };
    const phone = { phone_number: "+14325559876", phone_number_verified: "true" };
    const sub = await makePerson(house, named, "many", { ...contacts, ...phone, preferred_username: "Boss" });
    const names = ["many", "MANY", "Many@Example.com", "+14325559876", "boss"];
    for (const name of names) {
      expect(await refusalOf(signIn(house, named, name, "Wr0ng-one!")), name).toEqual(wrong);
    }
    for (const name of [...names, sub]) {
      expect((await refusalOf(signIn(house, named, name))).message, name).toBe("Password attempts exceeded");
    }
    house.clock.advance(1000);
    for (const name of [...names, sub]) expect(await signIn(house, named, name), name).toBeTruthy();
  });
});

describe("PWD-12, PWD-14: a password", () => {
  it.each(["Abc-123\u0000def", "Abc-123\ud800x"])(
    "that holds what nobody types is none, at no door: %j",
    async (given) => {
      const { ClientId, UserPoolId } = pool;
      const name = newName();
      await pool.createUser(name);
      const AccessToken = await signIn(house, pool, name);
      for (const call of [
        () => house.api.signUp({ ClientId, Username: newName(), Password: given }),
        () => house.api.adminSetUserPassword({ UserPoolId, Username: name, Password: given, Permanent: true }),
        () => house.api.changePassword({ AccessToken, PreviousPassword: password, ProposedPassword: given }),
        () => signIn(house, pool, name, given),
        () => initiate("USER_AUTH", { USERNAME: name, PASSWORD: given, PREFERRED_CHALLENGE: "PASSWORD" }),
      ]) {
        expect((await refusalOf(call())).name).toBe("SerializationException");
      }
      expect(await signIn(house, pool, name)).toBeTruthy();
    },
  );
});

describe("PWD-17: a user who may not sign in", () => {
  interface Person {
    readonly name: string;
    readonly refreshToken: string;
  }

  const byCode = async ({ name }: Person) => {
    const asked = await initiate("USER_AUTH", { USERNAME: name, PREFERRED_CHALLENGE: "EMAIL_OTP" });
    return respond(asked, name, { EMAIL_OTP_CODE: await house.codeFor(name) });
  };
  const doors: Readonly<Record<string, (person: Person, given: string) => Promise<unknown>>> = {
    USER_PASSWORD_AUTH: ({ name }, given) => signIn(house, pool, name, given),
    USER_SRP_AUTH: ({ name }, given) => signInBySrp(house, pool, { username: name, password: given }),
    ADMIN_USER_PASSWORD_AUTH: ({ name }, given) =>
      house.api.adminInitiateAuth({
        UserPoolId: pool.UserPoolId,
        ClientId: pool.ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: name, PASSWORD: given },
      }),
    "USER_AUTH with PASSWORD": ({ name }, given) =>
      initiate("USER_AUTH", { USERNAME: name, PASSWORD: given, PREFERRED_CHALLENGE: "PASSWORD" }),
    "USER_AUTH with PASSWORD_SRP": async ({ name }, given) => {
      const session = createSrpSession(name, given, pool.UserPoolId, false);
      const SRP_A = session.largeA;
      const asked = await initiate("USER_AUTH", { USERNAME: name, SRP_A, PREFERRED_CHALLENGE: "PASSWORD_SRP" });
      return house.api.respondToAuthChallenge(proofOf(session, pool.ClientId, asked));
    },
    "the sign-in page": async ({ name }, given) => {
      const answer = await signInOnPage(newVisitor(), authorizeUrl(pool), { username: name, password: given });
      const location = answer.headers.get("location");
      if (location) throw Object.assign(new Error(location), { name: "redirect" });
      throw Object.assign(new Error(messageOf(await answer.text())), { name: "NotAuthorizedException" });
    },
  };

  async function newPerson(): Promise<Person> {
    const name = newName();
    await pool.createUser(name);
    const { AuthenticationResult } = await initiate("USER_PASSWORD_AUTH", { USERNAME: name, PASSWORD: password });
    return { name, refreshToken: AuthenticationResult?.RefreshToken ?? "" };
  }

  const disabled = { name: "NotAuthorizedException", message: "User is disabled." };
  const reset = { name: "PasswordResetRequiredException", message: "Password reset required for the user" };
  const states = {
    disabled: {
      told: disabled,
      make: async () => {
        const person = await newPerson();
        await house.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username: person.name });
        return person;
      },
    },
    unconfirmed: {
      told: { name: "UserNotConfirmedException", message: "User is not confirmed." },
      make: async () => {
        const name = newName();
        await house.api.signUp({ ClientId: pool.ClientId, Username: name, Password: password });
        return { name, refreshToken: "" };
      },
    },
  } as const;

  const cases = (["disabled", "unconfirmed"] as const).flatMap((state) =>
    Object.keys(doors).map((door) => [state, door] as const),
  );
  it.each(cases)("because it is %s is told so at %s, by the right password alone", async (state, door) => {
    const { make, told } = states[state];
    const person = await make();
    const enter = doors[door] ?? (() => Promise.resolve());
    expect((await refusalOf(enter(person, "Wr0ng-one!"))).message).toBe(wrong.message);
    const refused = await refusalOf(enter(person, password));
    if (refused.name !== "redirect") return expect(refused.message).toBe(told.message);
    expect(new URL(refused.message).pathname).toBe(`/${pool.domain}/confirm`);
  });

  it("is told so by a code in place of the password, and a refresh gives nothing", async () => {
    const person = await states.disabled.make();
    expect(await refusalOf(byCode(person))).toEqual(disabled);
    const AuthParameters = { REFRESH_TOKEN: person.refreshToken };
    const refresh = { ClientId: pool.ClientId, AuthFlow: "REFRESH_TOKEN_AUTH" as const, AuthParameters };
    expect((await refusalOf(house.api.initiateAuth(refresh))).name).toBe("NotAuthorizedException");
    const form = { grant_type: "refresh_token", client_id: pool.ClientId, refresh_token: person.refreshToken };
    expect(await (await requestToken(pool, form, {})).json()).toEqual({ error: "invalid_grant" });
  });

  it("because its password is to be reset gets in at no door, not even by a code", async () => {
    for (const [door, enter] of Object.entries(doors)) {
      const person = await newPerson();
      await house.api.adminResetUserPassword({ UserPoolId: pool.UserPoolId, Username: person.name });
      const refused = await refusalOf(enter(person, password));
      expect(["NotAuthorizedException", reset.name, "redirect"], `${door}: ${refused.message}`).toContain(refused.name);
      if (refused.name === "redirect") expect(refused.message).not.toContain("code=");
    }
    const person = await newPerson();
    await house.api.adminResetUserPassword({ UserPoolId: pool.UserPoolId, Username: person.name });
    // The code of the reset is older than the one of the sign-in.
    house.clock.advance(1);
    const asked = await initiate("USER_AUTH", { USERNAME: person.name, PREFERRED_CHALLENGE: "EMAIL_OTP" });
    const code = await house.codeFor(person.name);
    expect((await refusalOf(respond(asked, person.name, { EMAIL_OTP_CODE: code }))).name).toBe(reset.name);
  });
});

describe("MFA-13: a code that was sent for one thing", () => {
  it("is worth nothing for another: of a sign-up for a forgotten password and for an address", async () => {
    const { ClientId, UserPoolId } = pool;
    const Username = newName();
    await house.api.signUp({ ClientId, Username, Password: password });
    const ConfirmationCode = await house.codeFor(Username);
    const Password = "Of-the-th1ef";
    const reset = house.api.confirmForgotPassword({ ClientId, Username, ConfirmationCode, Password });
    expect((await refusalOf(reset)).name).toBe("ExpiredCodeException");
    await house.api.adminConfirmSignUp({ UserPoolId, Username });
    const AccessToken = await signIn(house, pool, Username);
    const verify = house.api.verifyUserAttribute({ AccessToken, AttributeName: "email", Code: ConfirmationCode });
    expect((await refusalOf(verify)).name).toBe("ExpiredCodeException");
  });

  it("is worth nothing for another address: of the one before for the one that took its place", async () => {
    const name = newName();
    await pool.createUser(name);
    const AccessToken = await signIn(house, pool, name);
    await house.api.getUserAttributeVerificationCode({ AccessToken, AttributeName: "email" });
    const Code = await house.codeFor(name);
    const UserAttributes = attributeList({ email: newName() });
    await house.api.updateUserAttributes({ AccessToken, UserAttributes });
    const verify = house.api.verifyUserAttribute({ AccessToken, AttributeName: "email", Code });
    expect((await refusalOf(verify)).name).toMatch(/^(CodeMismatch|ExpiredCode)Exception$/);
  });
});
