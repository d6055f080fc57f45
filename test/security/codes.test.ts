/** Attacks on codes, on the ways back in and on the passwords that they set. */

import { beforeAll, describe, expect, it } from "vitest";
import { readInbox } from "../../src/messages/inbox.ts";
import { useHouse } from "../support/house.ts";
import { attributeList, makePerson, signIn } from "../support/people.ts";
import { makePlainPool, password, type TestPool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";

const house = useHouse();

const withEmail = (name: string) => ({ email: `${name}@example.com`, email_verified: "true" });

describe("nobody", () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await makePlainPool(house, {}, { PreventUserExistenceErrors: "ENABLED" });
    await makePerson(house, pool, "somebody", withEmail("somebody"));
    await house.api.signUp({
      ClientId: pool.ClientId,
      Username: "waiting",
      Password: password,
      UserAttributes: attributeList({ email: "waiting@example.com" }),
    });
  });

  const rowsOf = async ({ UserPoolId }: TestPool) => {
    const count = async (table: "codes" | "attempts_made"): Promise<number> => {
      const rows = await house.app.db.selectFrom(table).select("sub").where("pool_id", "=", UserPoolId).execute();
      return rows.length;
    };
    return { codes: await count("codes"), attempts: await count("attempts_made") };
  };

  const ask = {
    ForgotPassword: (Username: string) => house.api.forgotPassword({ ClientId: pool.ClientId, Username }),
    ResendConfirmationCode: (Username: string) =>
      house.api.resendConfirmationCode({ ClientId: pool.ClientId, Username }),
  } as const;

  it.each([
    ["ForgotPassword", "somebody", 1],
    ["ResendConfirmationCode", "waiting", 0],
  ] as const)("COD-04, COD-07: by %s costs what %s costs, and gets the same shape", async (door, Username, codes) => {
    const before = await rowsOf(pool);
    const real = await ask[door](Username);
    const between = await rowsOf(pool);
    const imagined = await ask[door](`nobody-${door.toLowerCase()}`);
    const after = await rowsOf(pool);
    // The code of somebody who signed up takes the place of an earlier one.
    expect(between).toEqual({ codes: before.codes + codes, attempts: before.attempts + 1 });
    expect(after).toEqual({ codes: between.codes + 1, attempts: between.attempts + 1 });
    expect(Object.keys(imagined.CodeDeliveryDetails ?? {})).toEqual(Object.keys(real.CodeDeliveryDetails ?? {}));
    expect(imagined.CodeDeliveryDetails?.DeliveryMedium).toBe(real.CodeDeliveryDetails?.DeliveryMedium);
  });

  it("COD-07: gets no mail, and guesses are told as for somebody", async () => {
    const guess = (Username: string) =>
      house.api.confirmForgotPassword({
        ClientId: pool.ClientId,
        Username,
        ConfirmationCode: "000000",
        Password: "Changed1!",
      });
    const waiting = (await readInbox(house.app)).length;
    await ask.ForgotPassword("no.body@example.com");
    expect((await readInbox(house.app)).length).toBe(waiting);
    await ask.ForgotPassword("somebody");
    const code = await house.codeFor("somebody@example.com");
    if (code === "000000") return;
    expect(await refusalOf(guess("no.body@example.com"))).toEqual(await refusalOf(guess("somebody")));
  });
});

describe("a link", () => {
  it("COD-08: leads to where the house says it is, whatever headers say", async () => {
    const pool = await makePlainPool(house, {
      VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_LINK" },
    });
    const answer = await fetch(house.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.SignUp",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "gopher",
        forwarded: "host=evil.example;proto=gopher",
        origin: "https://evil.example",
        referer: "https://evil.example/",
      },
      body: JSON.stringify({
        ClientId: pool.ClientId,
        Username: "linked",
        Password: password,
        UserAttributes: attributeList({ email: "linked@example.com" }),
      }),
    });
    expect(answer.status).toBe(200);
    const message = (await readInbox(house.app)).find(({ recipient }) => recipient === "linked@example.com");
    expect(message?.body).toContain(`${pool.base}/confirmUser?`);
    expect(message?.body).not.toContain("evil");
    expect(message?.body).not.toContain("gopher");
  });
});

describe("a code", () => {
  it("COD-13: is drawn evenly from a million", async () => {
    const { random } = house.app;
    const counts = Array.from({ length: 10 }, () => 0);
    for (let drawn = 0; drawn < 10_000; drawn++) {
      for (const digit of random.text("0123456789", 6)) counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1;
    }
    const expected = 6000;
    const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Nine degrees of freedom: more than this comes once in ten million runs.
    expect(chiSquared).toBeLessThan(50);
  });

  it("for one purpose is worth nothing for another", async () => {
    const pool = await makePlainPool(house);
    const { ClientId } = pool;
    await makePerson(house, pool, "jane", { email: "purpose@example.com", email_verified: "true" });
    const AccessToken = await signIn(house, pool, "jane");
    await house.api.getUserAttributeVerificationCode({ AccessToken, AttributeName: "email" });
    const ConfirmationCode = await house.codeFor("purpose@example.com");
    const reset = { ClientId, Username: "jane", ConfirmationCode, Password: "Changed1!" };
    expect((await refusalOf(house.api.confirmForgotPassword(reset))).name).toBe("ExpiredCodeException");
    expect((await refusalOf(house.api.confirmSignUp({ ClientId, Username: "jane", ConfirmationCode }))).name).toBe(
      "NotAuthorizedException",
    );
  });

  it("of one user is worth nothing for another", async () => {
    const pool = await makePlainPool(house);
    const { ClientId } = pool;
    for (const name of ["one", "two"]) {
      await makePerson(house, pool, name, withEmail(`of-${name}`));
      await house.api.forgotPassword({ ClientId, Username: name });
    }
    const [ConfirmationCode, other] = [
      await house.codeFor("of-one@example.com"),
      await house.codeFor("of-two@example.com"),
    ];
    if (ConfirmationCode === other) return;
    const stolen = { ClientId, Username: "two", ConfirmationCode, Password: "Changed1!" };
    expect((await refusalOf(house.api.confirmForgotPassword(stolen))).name).toBe("CodeMismatchException");
  });
});

describe("changing a password", () => {
  const change = (AccessToken: string, PreviousPassword: string, ProposedPassword = "Changed1!") =>
    house.api.changePassword({ AccessToken, PreviousPassword, ProposedPassword });
  const wrong = { name: "NotAuthorizedException", message: "Incorrect username or password." };

  it("PWD-06, PWD-18: counts wrong ones together with those of signing in", async () => {
    const pool = await makePlainPool(house);
    await makePerson(house, pool, "jane");
    const token = await signIn(house, pool, "jane");
    for (let tries = 0; tries < 3; tries++) expect(await refusalOf(change(token, `Wrong-${tries}!`))).toEqual(wrong);
    for (let tries = 0; tries < 2; tries++) {
      expect(await refusalOf(signIn(house, pool, "jane", "Wrong-1!"))).toEqual(wrong);
    }
    const locked = { name: "NotAuthorizedException", message: "Password attempts exceeded" };
    expect(await refusalOf(change(token, password))).toEqual(locked);
    expect(await refusalOf(signIn(house, pool, "jane"))).toEqual(locked);
    expect(await refusalOf(change(token, password))).toEqual(locked);
    expect((await refusalOf(change(token, password))).name).toBe("LimitExceededException");
  });

  it("PWD-19: leaves sign-ins as they are, as Cognito does, and the old password opens nothing", async () => {
    const pool = await makePlainPool(house);
    await makePerson(house, pool, "jane");
    const token = await signIn(house, pool, "jane");
    await change(token, password);
    await house.api.getUser({ AccessToken: token });
    expect(await refusalOf(signIn(house, pool, "jane"))).toEqual(wrong);
  });

  it("PWD-10: to one of the greatest length tells every letter apart, and no longer one is taken", async () => {
    const pool = await makePlainPool(house, { Policies: { PasswordPolicy: { MinimumLength: 6 } } });
    await makePerson(house, pool, "jane");
    const token = await signIn(house, pool, "jane");
    expect((await refusalOf(change(token, password, "x".repeat(257)))).name).toBe("InvalidParameterException");
    // The contract counts as UTF-16 does.
    const long = "😀".repeat(127);
    await change(token, password, `${long}😁`);
    expect(await refusalOf(signIn(house, pool, "jane", `${long}😂`))).toEqual(wrong);
    await signIn(house, pool, "jane", `${long}😁`);
  });
});
