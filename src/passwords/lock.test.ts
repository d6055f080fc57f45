/** The lock that wrong passwords bring: how long it lasts, what is counted, and that nothing is tried while it holds. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, messageOf, newVisitor, signIn as signInOnPage } from "../../test/support/browser-steps.ts";
import { openTestHouse, type TestHouse } from "../../test/support/house.ts";
import { makePool, password, postmanCallback, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { signInBySrp } from "../../test/support/signing-in.ts";

let house: TestHouse;
let pool: TestPool;

/** Clients sign with the time of their machine, so each part begins with a clock that is near it. */
const open = async () => {
  house = await openTestHouse();
  pool = await makePool(house, {
    client: {
      GenerateSecret: false,
      PreventUserExistenceErrors: "ENABLED",
      CallbackURLs: [postmanCallback],
      ExplicitAuthFlows: [
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_USER_AUTH",
      ],
    },
  });
};

const close = async () => {
  await house.close();
  expect(house.errors).toEqual([]);
};

const byPassword = (USERNAME: string, PASSWORD = password) =>
  house.api.initiateAuth({
    ClientId: pool.ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD },
  });
const guess = "Wr0ng-one!";
const wrong = { name: "NotAuthorizedException", message: "Incorrect username or password." };
const locked = { name: "NotAuthorizedException", message: "Password attempts exceeded" };
const second = 1000;
const quarterOfAnHour = 15 * 60 * second;

/** How long each failure locks, from the first: nothing for four, then doubled from a second up to a quarter of an hour. */
const locks = [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900].map((seconds) => seconds * second);

describe("the lock", () => {
  beforeAll(open);
  afterAll(close);

  it.each(["someone@example.com", "nobody@example.com"])(
    "PWD-07: of %s lasts twice as long with each failure, to the millisecond, and never more than a quarter of an hour",
    async (name) => {
      if (name.startsWith("someone")) await pool.createUser(name);
      for (const [index, duration] of locks.entries()) {
        expect(await refusalOf(byPassword(name, guess)), `failure ${index + 1}`).toEqual(wrong);
        if (duration === 0) continue;
        house.clock.advance(duration - 1);
        expect(await refusalOf(byPassword(name)), `within the lock of failure ${index + 1}`).toEqual(locked);
        house.clock.advance(1);
      }
      // The longest lock is as long as the quiet time, so the count has begun anew.
      for (let index = 0; index < 4; index++) expect(await refusalOf(byPassword(name, guess))).toEqual(wrong);
      const last = byPassword(name);
      if (name.startsWith("nobody")) return expect(await refusalOf(last)).toEqual(wrong);
      expect((await last).AuthenticationResult?.AccessToken).toBeTruthy();
    },
  );

  it("is not prolonged by what is tried while it holds", async () => {
    await pool.createUser("patient@example.com");
    for (let tries = 0; tries < 5; tries++) await refusalOf(byPassword("patient@example.com", guess));
    for (let tries = 0; tries < 20; tries++) {
      expect(await refusalOf(byPassword("patient@example.com", guess))).toEqual(locked);
    }
    house.clock.advance(second);
    await byPassword("patient@example.com");
  });

  it("is forgotten with a right password, and after a quiet quarter of an hour", async () => {
    await pool.createUser("quiet@example.com");
    const four = async () => {
      for (let tries = 0; tries < 4; tries++)
        expect(await refusalOf(byPassword("quiet@example.com", guess))).toEqual(wrong);
    };
    await four();
    await byPassword("quiet@example.com");
    await four();
    house.clock.advance(quarterOfAnHour);
    await four();
    await byPassword("quiet@example.com");
  });
});

describe("one count", () => {
  /** Every way to guess a password, each by another name of the user where there is one. */
  const doors: Readonly<Record<string, (sub: string, PASSWORD: string) => Promise<unknown>>> = {
    USER_PASSWORD_AUTH: byPassword,
    "USER_PASSWORD_AUTH by e-mail": (_sub, PASSWORD) => byPassword("counted@example.com", PASSWORD),
    USER_SRP_AUTH: (username, given) => signInBySrp(house, pool, { username, password: given }),
    ADMIN_USER_PASSWORD_AUTH: (USERNAME, PASSWORD) =>
      house.api.adminInitiateAuth({
        UserPoolId: pool.UserPoolId,
        ClientId: pool.ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD },
      }),
    "USER_AUTH with PASSWORD": (USERNAME, PASSWORD) =>
      house.api.initiateAuth({
        ClientId: pool.ClientId,
        AuthFlow: "USER_AUTH",
        AuthParameters: { USERNAME, PASSWORD, PREFERRED_CHALLENGE: "PASSWORD" },
      }),
    "the sign-in page": async (username, given) => {
      const answer = await signInOnPage(newVisitor(), authorizeUrl(pool), { username, password: given });
      const message = messageOf(await answer.text());
      if (message) throw Object.assign(new Error(message), { name: "NotAuthorizedException" });
    },
  };
  const names = Object.keys(doors);
  let sub: string;

  beforeAll(async () => {
    await open();
    sub = await pool.createUser("counted@example.com");
  });
  afterAll(close);

  it.each(names)("PWD-05, PWD-06: adds up whatever is guessed by, and the lock holds for %s", async (door) => {
    for (let tries = 0; tries < 5; tries++) {
      const by = names[tries % names.length] ?? "";
      expect((await refusalOf(doors[by]?.(sub, guess) ?? Promise.resolve())).message, by).toBe(wrong.message);
    }
    expect(await refusalOf(doors[door]?.(sub, password) ?? Promise.resolve())).toEqual(locked);
    house.clock.advance(second);
    await doors[door]?.(sub, password);
  });

  it.each(["burst@example.com", "burst-of-nobody@example.com"])(
    "lets five of a hundred guesses at once be tried: %s",
    async (name) => {
      if (!name.includes("nobody")) await pool.createUser(name);
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, (_, index) => refusalOf(byPassword(name, `Guess-${index}x`))),
      );
      expect(outcomes.filter(({ message }) => message === wrong.message)).toHaveLength(5);
      expect(outcomes.filter(({ message }) => message === locked.message)).toHaveLength(95);
    },
  );

  it("is not raised by right ones that come at once", async () => {
    await pool.createUser("many@example.com");
    const answers = await Promise.all(Array.from({ length: 20 }, () => byPassword("many@example.com")));
    expect(answers.every(({ AuthenticationResult }) => AuthenticationResult?.AccessToken)).toBe(true);
  });
});
