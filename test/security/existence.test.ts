/**
 * Time must not tell who exists. On a busy machine a few hundred pairs find what is missing altogether, such as a hash
 * that is not made for nobody; `bench/timing.ts` sends thousands and finds a tenth of a millisecond.
 */
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { openMutant } from "../support/mutant.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { areTold, compare, limit, rankTest } from "../support/timing.ts";
import { type TimedPair, timedPairs } from "../support/timing-pairs.ts";

const people = 12;
const quarterOfAnHour = 15 * 60 * 1000;
const [fewPairs, fewerPairs] = [100, 30];

const houses: TestHouse[] = [];

/** A house with its pairs. Its clock goes on before each, so that nobody is ever locked or over a limit. */
async function pairsOf(opened: Promise<TestHouse>): Promise<TimedPair[]> {
  const house = await opened;
  houses.push(house);
  const flows = {
    ExplicitAuthFlows: [
      "ALLOW_USER_PASSWORD_AUTH" as const,
      "ALLOW_USER_SRP_AUTH" as const,
      "ALLOW_USER_AUTH" as const,
    ],
  };
  const pool = await makePool(house, {
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } } },
    client: { GenerateSecret: false, PreventUserExistenceErrors: "ENABLED", ...flows },
  });
  const guarded = await house.api.createUserPoolClient({
    UserPoolId: pool.UserPoolId,
    ClientName: "guarded",
    GenerateSecret: true,
    PreventUserExistenceErrors: "ENABLED",
    ...flows,
  });
  await Promise.all(Array.from({ length: people }, (_, index) => makePeople(house, pool, index)));
  const passing = (nameOf: (index: number) => string) => (index: number) => {
    house.clock.advance(quarterOfAnHour);
    return nameOf(index % people);
  };
  const pairs = timedPairs({
    url: house.url,
    ClientId: pool.ClientId,
    guarded: {
      ClientId: guarded.UserPoolClient?.ClientId ?? "",
      secret: guarded.UserPoolClient?.ClientSecret ?? "",
    },
    confirmed: passing((index) => `confirmed-${index}@example.com`),
    unconfirmed: passing((index) => `unconfirmed-${index}@example.com`),
    nobody: passing((index) => `nobody-${index}@example.com`),
  });
  return pairs;
}

async function makePeople({ api }: TestHouse, { createUser, ClientId }: TestPool, index: number): Promise<void> {
  await createUser(`confirmed-${index}@example.com`);
  await api.signUp({ ClientId, Username: `unconfirmed-${index}@example.com`, Password: password });
}

afterAll(async () => {
  for (const house of houses) {
    await house.close();
    expect(house.errors).toEqual([]);
  }
});

const named = (pairs: readonly TimedPair[], part: string): TimedPair => {
  const found = pairs.find(({ name }) => name.includes(part));
  if (!found) throw new Error(`No pair is called ${part}.`);
  return found;
};

describe("somebody and nobody", () => {
  let pairs: TimedPair[];
  beforeAll(async () => {
    pairs = await pairsOf(openTestHouse());
  });

  it.each([
    ["SRP-10", "the question of an SRP sign-in"],
    ["SRP-10", "the refusal of a wrong proof"],
    ["PWD-01", "the refusal of a wrong password"],
    ["COD-04", "a request for a forgotten password"],
    ["COD-04", "the refusal of a code"],
    ["COD-07", "a request for another sign-up code"],
    ["MFA-18", "a request for a code in place of a password"],
  ])("%s: are not told apart by %s", { timeout: 60_000 }, async (_id, part) => {
    const { kinds, isSlow } = named(pairs, part);
    const [isTold, found] = await areTold(kinds, isSlow ? fewerPairs : fewPairs);
    expect([isTold, found]).toEqual([false, found]);
  });
});

describe("the comparison", () => {
  // What is looked for is the same on both engines.
  if (inject("engine") === "sqlite")
    it("finds a hash that is not made for nobody", { timeout: 60_000 }, async () => {
      const mutation = {
        file: "passwords/password.ts",
        from: 'if (!(await app.passwords.verify(hash, password))) return "wrong";',
        to: 'if (hash === undefined || !(await app.passwords.verify(hash, password))) return "wrong";',
      };
      const pairs = await pairsOf(openTestHouse({}, {}, await openMutant(mutation)));
      const { z } = await compare(named(pairs, "the refusal of a wrong password").kinds, fewPairs);
      expect(z).toBeGreaterThan(limit);
    });

  it.each([
    ["the same", [1, 2, 3, 4], [1, 2, 3, 4], 0],
    ["all alike", [5, 5, 5], [5, 5, 5], 0],
    // By hand: the ranks of the first are 1, 2 and 3, of which 10.5 are expected with a variance of 5.25.
    ["apart", [1, 2, 3], [4, 5, 6], -1.964],
    ["apart the other way", [4, 5, 6], [1, 2, 3], 1.964],
  ])("of %s is as far as it should be", (_title, one, other, z) => {
    expect(rankTest(one, other)).toBeCloseTo(z, 3);
  });
});
