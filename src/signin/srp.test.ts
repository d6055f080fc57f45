import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { createSrpSession, proofOf, signInBySrp } from "../../test/support/signing-in.ts";
import { prime } from "../lib/modular-power.ts";

const house = useHouse();
let pool: TestPool;
let ClientId: string;

const flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] as const;

beforeAll(async () => {
  pool = await makePool(house, {
    client: { GenerateSecret: false, PreventUserExistenceErrors: "ENABLED", ExplicitAuthFlows: [...flows] },
  });
  ClientId = pool.ClientId;
});

const wrong = { name: "NotAuthorizedException", message: "Incorrect username or password." };
const locked = { name: "NotAuthorizedException", message: "Password attempts exceeded" };
const open = (USERNAME: string, SRP_A = "abcdef", client = ClientId) =>
  house.api.initiateAuth({ ClientId: client, AuthFlow: "USER_SRP_AUTH", AuthParameters: { USERNAME, SRP_A } });
const signIn = (username: string, given = password) => signInBySrp(house, pool, { username, password: given });

describe("signing in by SRP", () => {
  it("lets in who knows the password, by every name, and nobody else", async () => {
    const sub = await pool.createUser("srp@example.com");
    for (const username of ["srp@example.com", sub]) {
      const { AuthenticationResult } = await signIn(username);
      expect(AuthenticationResult?.AccessToken).toBeTruthy();
    }
    expect(await refusalOf(signIn("srp@example.com", "Wr0ng-one!"))).toEqual(wrong);
  });

  it("asks with what Cognito's clients need", async () => {
    const sub = await pool.createUser("asks@example.com");
    const asked = await open("asks@example.com");
    expect(asked).toMatchObject({
      ChallengeName: "PASSWORD_VERIFIER",
      Session: expect.stringMatching(/^AYABe/),
      ChallengeParameters: {
        SALT: expect.stringMatching(/^[0-9a-f]+$/),
        SRP_B: expect.stringMatching(/^[0-9a-f]+$/),
        SECRET_BLOCK: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
        USERNAME: sub,
        USER_ID_FOR_SRP: sub,
      },
    });
  });

  it("works without the session, which stands in the block", async () => {
    await pool.createUser("block@example.com");
    const session = createSrpSession("block@example.com", password, pool.UserPoolId, false);
    const asked = await open("block@example.com", session.largeA);
    const { Session: _session, ...proof } = proofOf(session, ClientId, asked);
    expect((await house.api.respondToAuthChallenge(proof)).AuthenticationResult?.IdToken).toBeTruthy();
  });

  it("follows the password when it changes", async () => {
    await pool.createUser("changes@example.com");
    const { AuthenticationResult } = await signIn("changes@example.com");
    await house.api.changePassword({
      AccessToken: AuthenticationResult?.AccessToken,
      PreviousPassword: password,
      ProposedPassword: "Brand-new1",
    });
    expect(await refusalOf(signIn("changes@example.com"))).toEqual(wrong);
    expect((await signIn("changes@example.com", "Brand-new1")).AuthenticationResult).toBeTruthy();
  });

  it("asks for a new password in place of a temporary one", async () => {
    await house.api.adminCreateUser({
      UserPoolId: pool.UserPoolId,
      Username: "temporary@example.com",
      TemporaryPassword: "Temp0rary!",
      MessageAction: "SUPPRESS",
    });
    expect((await signIn("temporary@example.com", "Temp0rary!")).ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  });

  const hex = (number: bigint): string => number.toString(16);
  it.each([
    ["SRP-01: zero", "0"],
    ["SRP-01: the prime", hex(prime)],
    ["SRP-01: twice the prime", hex(2n * prime)],
    ["SRP-01: the prime with zeros in front", `00${hex(prime)}`],
    ["SRP-02: one", "1"],
    ["SRP-02: one below the prime", hex(prime - 1n)],
    ["SRP-02: one above the prime", hex(prime + 1n)],
    ["SRP-03: no hexadecimal", "xyz"],
    ["SRP-03: negative", "-1"],
    ["SRP-03: far too long", "f".repeat(100_000)],
  ])("%s gets no session", async (_what, value) => {
    await pool.createUser("degenerate@example.com").catch(() => undefined);
    expect((await refusalOf(open("degenerate@example.com", value))).name).toBe("InvalidParameterException");
  });

  it("SRP-06: one proof is worth one sign-in, however often it is sent at once", async () => {
    await pool.createUser("replay@example.com");
    const session = createSrpSession("replay@example.com", password, pool.UserPoolId, false);
    const proof = proofOf(session, ClientId, await open("replay@example.com", session.largeA));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, () => house.api.respondToAuthChallenge(proof)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await refusalOf(house.api.respondToAuthChallenge(proof))).name).toBe("NotAuthorizedException");
  });

  it("SRP-08: a block that was altered, or that is another's, proves nothing", async () => {
    await pool.createUser("altered@example.com");
    const session = createSrpSession("altered@example.com", password, pool.UserPoolId, false);
    const asked = await open("altered@example.com", session.largeA);
    const proof = proofOf(session, ClientId, asked);
    const other = await open("altered@example.com", session.largeA);
    const block = asked.ChallengeParameters?.["SECRET_BLOCK"] ?? "";
    for (const altered of [
      block.slice(0, -8),
      `${block.slice(0, 400)}${block[400] === "A" ? "B" : "A"}${block.slice(401)}`,
      other.ChallengeParameters?.["SECRET_BLOCK"] ?? "",
    ]) {
      const ChallengeResponses = { ...proof.ChallengeResponses, PASSWORD_CLAIM_SECRET_BLOCK: altered };
      expect(await refusalOf(house.api.respondToAuthChallenge({ ...proof, ChallengeResponses }))).toEqual(wrong);
    }
  });

  it("SRP-09: answers for a name that nobody has as for a user, the same each time and another in each pool", async () => {
    const other = await makePool(house, {
      client: { GenerateSecret: false, ExplicitAuthFlows: [...flows], PreventUserExistenceErrors: "ENABLED" },
    });
    const answers = await Promise.all([1, 2, 3].map(() => open("nobody@example.com")));
    const seen = answers.map(({ ChallengeParameters }) => ChallengeParameters);
    expect(new Set(seen.map((parameters) => parameters?.["SALT"])).size).toBe(1);
    expect(new Set(seen.map((parameters) => parameters?.["USER_ID_FOR_SRP"])).size).toBe(1);
    expect(new Set(seen.map((parameters) => parameters?.["SRP_B"])).size).toBe(3);
    // A user is found by its contact however it is written in a pool that says so.
    const folding = await makePool(house, {
      pool: { UsernameConfiguration: { CaseSensitive: false } },
      client: { GenerateSecret: false, ExplicitAuthFlows: [...flows], PreventUserExistenceErrors: "ENABLED" },
    });
    const spelled = await Promise.all(
      ["nobody@example.com", "Nobody@Example.com"].map((name) => open(name, "abcdef", folding.ClientId)),
    );
    expect(new Set(spelled.map(({ ChallengeParameters }) => ChallengeParameters?.["SALT"])).size).toBe(1);
    expect(seen[0]?.["USER_ID_FOR_SRP"]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const elsewhere = await open("nobody@example.com", "abcdef", other.ClientId);
    expect(elsewhere.ChallengeParameters?.["SALT"]).not.toBe(seen[0]?.["SALT"]);
    expect(await refusalOf(signIn("nobody@example.com"))).toEqual(wrong);
  });

  it("SRP-09: names who nobody is as it names users: where they chose their names, by the name", async () => {
    const named = await makePool(house, {
      pool: { UsernameAttributes: undefined, AliasAttributes: ["email"] },
      client: { GenerateSecret: false, ExplicitAuthFlows: [...flows], PreventUserExistenceErrors: "ENABLED" },
    });
    const nameOf = async (name: string) =>
      (await open(name, "abcdef", named.ClientId)).ChallengeParameters?.["USER_ID_FOR_SRP"];
    expect(await nameOf("nobody")).toBe("nobody");
    expect(await nameOf("nobody@example.com")).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("tells at once that nobody has the name, where its client does not hide users", async () => {
    const open = await makePool(house, { client: { GenerateSecret: false, ExplicitAuthFlows: [...flows] } });
    expect(await refusalOf(signInBySrp(house, open, { username: "nobody@example.com", password }))).toEqual({
      name: "UserNotFoundException",
      message: "User does not exist.",
    });
  });

  it("SRP-11: a user whose password is not kept for SRP fails as nobody does, until it gives its password", async () => {
    const plain = await makePool(house, {
      client: { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] },
    });
    await plain.createUser("late@example.com");
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId: plain.UserPoolId,
      ClientName: "srp",
      ExplicitAuthFlows: [...flows],
    });
    const client = { UserPoolId: plain.UserPoolId, ClientId: UserPoolClient?.ClientId ?? "" };
    const bySrp = () => signInBySrp(house, client, { username: "late@example.com", password });
    expect(await refusalOf(bySrp())).toEqual(wrong);
    await house.api.initiateAuth({
      ClientId: client.ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "late@example.com", PASSWORD: password },
    });
    await expect.poll(async () => (await bySrp().catch(() => undefined))?.AuthenticationResult).toBeTruthy();
  });

  it("PWD-06: counts its failures with those of passwords given in the clear", async () => {
    await pool.createUser("counted@example.com");
    const inTheClear = (PASSWORD: string) =>
      house.api.initiateAuth({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "counted@example.com", PASSWORD },
      });
    for (const tried of [signIn, signIn, signIn]) {
      expect(await refusalOf(tried("counted@example.com", "Wr0ng-one!"))).toEqual(wrong);
    }
    expect(await refusalOf(inTheClear("Wr0ng-one!"))).toEqual(wrong);
    expect(await refusalOf(inTheClear("Wr0ng-one!"))).toEqual(wrong);
    expect(await refusalOf(signIn("counted@example.com"))).toEqual(locked);
    expect(await refusalOf(inTheClear(password))).toEqual(locked);
  });

  it("SRP-06: thirty guesses at once are tried five times", { timeout: 60_000 }, async () => {
    await pool.createUser("guessed@example.com");
    const guesses = Array.from({ length: 30 }, (_, index) =>
      refusalOf(signIn("guessed@example.com", `Guess-number-${index}`)),
    );
    const messages = (await Promise.all(guesses)).map(({ message }) => message);
    expect(messages.filter((message) => message === wrong.message)).toHaveLength(5);
  });
});
